import { type ControlChart, controlChart } from '@plumbline/statistics'
import type { Queries } from '../database/database.ts'
import { questionsOf, standard } from './instrument.ts'
import { type Part, parts, satisfiedFrom } from './question.ts'
import { type Answerers, answerers, whoAnswered } from './who.ts'

/** Fewer answers in a week are not shown to the team: it might know who came then. */
export const fewestInWeek = 5
/** Fewer weeks have no control chart. */
export const fewestWeeks = 12
/** The weeks that are looked at, back from today. */
const weeksBack = 104

/** One week of answers to one part of the standard questions. */
export interface Week {
  /** Its Monday. */
  readonly from: string
  readonly satisfied: number
  readonly answered: number
}

/** The answers to one part, week by week. */
export interface Weekly {
  readonly part: Part
  readonly who: Answerers
  /** Oldest first; weeks with too few answers are left out. */
  readonly weeks: readonly Week[]
  /** How many weeks were left out. */
  readonly tooFew: number
  /** Null where there are too few weeks. */
  readonly chart: ControlChart | null
}

const scored = questionsOf(standard).filter((q) => q.part !== undefined)
const optionsFrom = (least: number): string[] => [
  ...new Set(
    scored.flatMap((q) => q.options.filter((o) => (o.score ?? 0) >= least).map((o) => o.code)),
  ),
]

/** What has come in about a provider, as of now, by week and part and by who answered. */
export async function weeklyOf(db: Pick<Queries, 'query'>, provider: string): Promise<Weekly[]> {
  const rows = await db.query<Week & { who: Answerers; question: string }>(
    `select to_char(date_trunc('week', submitted_at at time zone 'UTC'), 'YYYY-MM-DD') as "from",
       ${whoAnswered} as who, a.key as question,
       count(*) filter (where a.value = any($3::text[]))::int as satisfied, count(*)::int as answered
     from survey_response r, jsonb_each_text(r.answers) a
     where r.survey = any (select survey from survey_link where provider = $1) and r.provider = $1
       and submitted_at > now() - make_interval(weeks => $5)
       and a.key = any($2::text[]) and a.value = any($4::text[])
     group by 1, 2, 3 order by 1`,
    [
      ...[provider, scored.map((q) => q.code), optionsFrom(satisfiedFrom), optionsFrom(1)],
      weeksBack,
    ],
  )
  return parts.flatMap((part) =>
    answerers.flatMap((who) => {
      const code = scored.find((q) => q.part === part)?.code
      const all = rows.filter((r) => r.question === code && r.who === who)
      return all.length === 0 ? [] : [charted(part, who, all)]
    }),
  )
}

/** A p chart (Montgomery): limits are wider in weeks with fewer answers. */
export function charted(part: Part, who: Answerers, all: readonly Week[]): Weekly {
  const weeks = all
    .filter((w) => w.answered >= fewestInWeek)
    .map(({ from, satisfied, answered }) => ({ from, satisfied, answered }))
  const chart =
    weeks.length < fewestWeeks
      ? null
      : controlChart(
          Float64Array.from(weeks, (w) => w.satisfied),
          Float64Array.from(weeks, (w) => w.answered),
          { kind: 'p', improvement: 'increase' },
        )
  return { part, who, weeks, tooFew: all.length - weeks.length, chart }
}
