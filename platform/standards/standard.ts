import { z } from 'zod'

/** What a standard is for; each is set by those with the right to set it. */
export const standardKinds = [
  'floor', // government: below it a provider must not fall (para 107-111)
  'excellence', // a profession: above it is what professionals call excellent (para 86-87)
  'entitlement', // a charter: what a citizen may expect (para 111)
  'ambition', // government's or an area's goal (para 100-106)
] as const
export type StandardKind = (typeof standardKinds)[number]

/** A day, or as much of it as is known: 2016, 2016-01, 2016-01-29. */
const when = z.union(
  [z.iso.date(), z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/)],
  'is no date such as 2016-01-29',
)

/** What a step may follow: a life goes one way, and what has ended is not taken up again. */
const order = {
  draft: 0,
  'consulted on': 1,
  adopted: 2,
  superseded: 3,
  withdrawn: 3,
} as const
export type StandardState = keyof typeof order
const hasEnded = (state: StandardState): boolean => order[state] === order.withdrawn

/** A step of a standard's life: what was decided, when, by whom and why. */
const stepSchema = z.strictObject({
  state: z
    .enum(['draft', 'consulted on', 'adopted', 'superseded', 'withdrawn'])
    .describe('What was decided.'),
  on: when.describe('The day, or as much of it as is known.'),
  by: z.string().min(3).describe('Who decided it.'),
  reason: z.string().min(10).describe('Why.'),
})

const code = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

/** A standard as it is stored: what was written under an earlier rule stays readable. */
export const storedStandardSchema = z.strictObject({
  code: code.describe('It lasts: pages and judgements know it by this.'),
  name: z.string().min(5).describe('What it is called.'),
  kind: z.enum(standardKinds).describe('What it is for.'),
  service: z.string().describe('The code of the service.'),
  /** Whom it binds: the providers of the service, or places. */
  of: z.enum(['providers', 'places']).default('providers'),
  setBy: z.string().min(3).describe('Who set it.'),
  right: z.string().min(10).describe('What gives them the right to set it.'),
  checkedBy: z.string().min(3).describe('Who checks whether it is met.'),
  indicator: z.string().describe('The code of the indicator.'),
  breakdown: z.string().default(''),
  side: z.enum(['at least', 'at most']).describe('On which side of the threshold it is met.'),
  threshold: z
    .union([
      z.strictObject({ fixed: z.number().describe('The value.') }),
      z.strictObject({
        percentile: z.number().min(0).max(100).describe('The share of providers, 0 to 100.'),
        period: z.string().describe('The base year.'),
      }),
    ])
    .describe(
      'In the unit of the indicator: a fixed value, or the value that a share of providers lay at or below in a base year. It does not move with later years.',
    ),
  /**
   * Other ways to meet it: lists of codes of standards, its parts. Whoever meets all of one list meets
   * this standard as well; it is missed only where its own threshold and each list are missed.
   */
  alternatives: z.array(z.array(code).min(1)).min(1).optional(),
  /** Fewer in a figure's denominator say too little: such a figure is not judged. */
  fewest: z.int().positive().optional(),
  invented: z
    .boolean()
    .optional()
    .describe('Of an invented area: where figures are real, it binds nobody.'),
  onDesk: z
    .boolean()
    .optional()
    .describe(
      'Whoever misses it for certain stands on the desk of those who look after the service, as with a floor.',
    ),
  /** A sentence or two beside every judgement, where it leaves out something that the rule counts. */
  caveat: z.string().min(10).optional(),
  from: z.string().describe('The first period that it is held against, as the indicator names it.'),
  to: z.string().optional().describe('The last period that it is held against.'),
  consequence: z.string().min(10).describe('What follows for a provider that does not meet it.'),
  evidence: z.string().min(10).describe('Why the line lies where it does.'),
  source: z.string().min(5).describe('Where it is laid down.'),
  review: z.iso
    .date()
    .describe(
      'The day until which it counts without being looked at again; later periods are not judged.',
    ),
  steps: z.array(stepSchema).min(1).describe('What was decided about it, the oldest first.'),
})

/**
 * A standard as its author writes it and others review it. No standard is a ceiling: one that is met
 * says nothing of who did best, and nothing here rewards stopping at it.
 */
export const standardSchema = storedStandardSchema.superRefine(({ steps }, context) => {
  const message = steps.flatMap((step, i) => wrongAfter(steps[i - 1], step) ?? [])[0]
  if (message) context.addIssue({ code: 'custom', message, path: ['steps'] })
})
export type Standard = z.infer<typeof standardSchema>
type Step = z.infer<typeof stepSchema>

/** Why a step cannot follow another; null where it can. */
function wrongAfter(before: Step | undefined, { state, on }: Step): string | null {
  if (before === undefined) {
    return state === 'superseded' ? 'nothing is superseded before it was adopted' : null
  }
  const known = Math.min(before.on.length, on.length)
  if (before.on.slice(0, known) > on.slice(0, known)) {
    return 'the steps are not in the order of their dates'
  }
  if (hasEnded(before.state)) {
    return `nothing follows once it is ${before.state}: write a new standard`
  }
  if (order[state] < order[before.state]) return `"${state}" cannot follow "${before.state}"`
  return state === 'superseded' && before.state !== 'adopted'
    ? 'nothing is superseded before it was adopted'
    : null
}

/** The first day that a date may mean: 2016 begins on 2016-01-01. */
const firstDay = (on: string): string => `${on}-01-01`.slice(0, 10)

/** The last step that counts by a day; null before the first. */
export const stepBy = (s: Pick<Standard, 'steps'>, day: string): Step | null =>
  s.steps.findLast((step) => firstDay(step.on) <= day) ?? null

/** Where a standard's life has come to by a day, such as 2026-11-24; a draft before its first step. */
export const stateOf = (s: Pick<Standard, 'steps'>, day: string): StandardState =>
  stepBy(s, day)?.state ?? 'draft'

/** It was in force by a day: what it judged then stands, even after another took its place. */
export const wasAdopted = (s: Pick<Standard, 'steps'>, day: string): boolean =>
  s.steps.some((step) => step.state === 'adopted' && firstDay(step.on) <= day)

/** The day from which it is in force no more, by its steps; null where none ends it. */
export function endOf({ steps }: Pick<Standard, 'steps'>): string | null {
  const last = steps.at(-1)
  return last && hasEnded(last.state) ? firstDay(last.on) : null
}

/** The codes of the parts by which a standard may be met instead of its own threshold. */
export const partsOf = ({ alternatives }: Pick<Standard, 'alternatives'>): readonly string[] =>
  alternatives?.flat() ?? []

/** All that are a part of another: missing one is not yet missing the whole. */
export const allParts = (standards: Iterable<Standard>): ReadonlySet<string> =>
  new Set([...standards].flatMap(partsOf))

/** What is wrong with the parts that a standard names; null where nothing is. */
export function problemOf(s: Standard, known: ReadonlyMap<string, Standard>): string | null {
  for (const name of partsOf(s)) {
    const part = known.get(name)
    if (name === s.code) return 'names itself as a part'
    if (!part) return `names "${name}" as a part, which nobody describes`
    if (part.service !== s.service || part.of !== s.of) {
      return `names "${name}" as a part, which binds others`
    }
    if (part.alternatives) return `names "${name}" as a part, which has parts of its own`
  }
  return null
}
