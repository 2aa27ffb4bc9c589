import { z } from 'zod'
import { codeSchema, faultsOf } from '../days/schema.ts'
import { type Refusal, refuse } from '../refusal.ts'

const dayOfStop = z.enum(['stopped', 'counts']).default('stopped')

/** A rule of time as data: what starts the clock, how long it runs, and what may stop it. */
export const ruleSchema = z.strictObject({
  name: codeSchema,
  /** What is to be done, such as "Reply to a story". */
  title: z.string().min(1).max(200),
  start: z.strictObject({
    /** What starts the clock, as a clause: "the story is published". */
    event: z.string().min(1).max(200),
    /** Whether the day itself counts as the first; most laws say it does not. */
    dayCounts: z.boolean().default(false),
    /** What happened on a closed day `stays` there, or counts as done on the next working day. */
    closedDay: z.enum(['stays', 'next-working-day']).default('stays'),
  }),
  amount: z.int().min(1).max(10_000),
  unit: z.enum(['working-day', 'calendar-day', 'week', 'month']),
  /** For months only; see {@link MonthEnd}. */
  monthEnd: z.enum(['same-date', 'last-day']).default('same-date'),
  /** The calendar's name. Always said, since "working day" means nothing without it. */
  calendar: codeSchema,
  /**
   * Where the deadline goes when its day is closed: nowhere, to the next working day, to the one before, or to
   * the next unless that lies in another month (then to the one before): the business day conventions of the
   * ISDA Definitions 2006, section 4.12. It never goes before the start: it goes forward then.
   */
  roll: z.enum(['none', 'following', 'preceding', 'modified-following']).default('none'),
  /** The reasons for which the clock may stand still, and whether the days of stopping and restarting count. */
  stops: z
    .array(
      z.strictObject({
        reason: codeSchema,
        /** As a clause that follows a colon: "waiting for the person to say more". */
        title: z.string().min(1).max(200),
        firstDay: dayOfStop,
        lastDay: dayOfStop,
      }),
    )
    .max(200)
    .default([])
    .refine(
      (stops) => new Set(stops.map(({ reason }) => reason)).size === stops.length,
      'has a reason twice',
    ),
  /** The law, charter or guidance that sets the rule. */
  source: z.string().min(1).max(500).optional(),
})

/** A rule with its defaults filled in. */
export type Rule = z.output<typeof ruleSchema>

/** A rule as it is written. */
export type RuleInput = z.input<typeof ruleSchema>

/**
 * Reads a rule and fills in its defaults.
 * @param data as {@link RuleInput}; unknown, since it may come from a file.
 * @example parseRule({ name: 'foi', title: 'Answer a request', start: { event: 'it is received' },
 *   amount: 20, unit: 'working-day', calendar: 'any-uk-nation' }).roll // 'none'
 */
export function parseRule(data: unknown): Rule | Refusal {
  const parsed = ruleSchema.safeParse(data)
  return parsed.success ? parsed.data : refuse('invalid-rule', `${faultsOf(parsed.error)}.`)
}

/** Whether a rule counts working days; the others count all days. */
export const countsWorkingDays = ({ unit }: Pick<Rule, 'unit'>): boolean => unit === 'working-day'
