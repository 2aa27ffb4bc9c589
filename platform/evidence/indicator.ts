import { z } from 'zod'

/** What kind of number an indicator is; it decides the interval and how groups are pooled. */
export const indicatorKinds = [
  'proportion', // part of a whole, shown as %
  'rate', // events for each `scale` of a population
  'mean', // an average or score
  'money', // pounds
  'count', // a number of things
  'rating', // an ordered category, 1 is the lowest; `labels` names each
] as const

/**
 * An indicator as an analyst writes and reviews it (JSON, one list for each service).
 * `scale` turns numerator / denominator into the unit shown: 100 for %, 1000 for "per 1,000".
 */
export const indicatorSchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: z.string().min(3),
  service: z.string().nullable(),
  topic: z.string(),
  unit: z.string(),
  kind: z.enum(indicatorKinds),
  scale: z.number().positive().default(1),
  polarity: z.enum(['higher', 'lower', 'neither']),
  decimals: z.int().min(0).max(4),
  /** One sentence: why it matters. */
  why: z.string(),
  /** One line on how to read a value that its unit does not explain: "0 is the average ...". */
  meaning: z.string().optional(),
  definition: z.string(),
  method: z.string(),
  caveats: z.array(z.string()).default([]),
  /** Shown with its own chart at the top of a provider's page. */
  headline: z.boolean().default(false),
  /**
   * Where each value has a day or year of its own, older than its period: what was done then
   * ("inspected"). The descriptor's `note` names the column that gives it.
   */
  dated: z.string().min(3).optional(),
  /**
   * Who chose those who are counted, where no draw among all did. `self`: whoever wanted to, as by an open link.
   * `service`: whom the service itself reported. They are not like the others, so the figure is shown and never
   * compared, ranked, judged, graded or watched.
   */
  selected: z.enum(['self', 'service']).optional(),
  /** Only for ratings: the word for each value, from 1 up. */
  labels: z.array(z.string()).optional(),
})
export type Indicator = z.infer<typeof indicatorSchema>

/** Whom an indicator counts where no draw chose them, in words. */
export const chosenBy: Readonly<Record<NonNullable<Indicator['selected']>, string>> = {
  self: 'people who chose to answer',
  service: 'people whom the service itself reported',
}

/**
 * Whether a difference between two of its values means anything: neither for sizes, nor for words that are ordered
 * and not measured, nor where no draw chose those who are counted.
 */
export const isComparable = ({ kind, selected }: Pick<Indicator, 'kind' | 'selected'>): boolean =>
  kind !== 'count' && kind !== 'rating' && selected === undefined

/**
 * Between which ends the indicator's values can lie at all: 0 to 100 for a percentage, from 0 up for
 * rates, counts and money; null where a value may be negative.
 */
export function boundsOf({ kind, scale }: Indicator): readonly [number, number] | null {
  if (kind === 'proportion') return [0, scale]
  return kind === 'rate' || kind === 'count' ? [0, Number.POSITIVE_INFINITY] : null
}

/** A service: what its providers are called and in which files its indicators stand. */
export const serviceSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  /** "general practice", "primary school": one provider of it. */
  provider: z.string(),
  providers: z.string(),
  /** What whoever leads one is called: "head teacher". Left out: "head". */
  lead: z.string().min(3).max(60).optional(),
  about: z.string(),
  /** Known from invented figures alone: shown only while such figures are. */
  invented: z.boolean().optional(),
  /**
   * A described fact by which providers are held apart: each kind is compared only with its own.
   * `apart` names each kind by the fact's value; a provider of any other value, or of none, is of the
   * `usual` kind.
   */
  separate: z
    .strictObject({
      fact: z.string(),
      usual: z.string(),
      apart: z.record(z.string(), z.string()),
      /** A sentence or two for the pages: why they are held apart. */
      why: z.string(),
    })
    .optional(),
  /** Facts that say which providers are alike; weights sum to any positive number. */
  peers: z.array(
    z.strictObject({
      /** An indicator's code, or `fact:NAME` for a described fact such as phase. */
      from: z.string(),
      name: z.string(),
      weight: z.number().positive(),
      transform: z.enum(['none', 'log', 'same']),
    }),
  ),
})
export type Service = z.infer<typeof serviceSchema>

/** "special schools": the kind of a provider that is held apart; null for the usual kind. */
export function kindApart(
  service: Service | null | undefined,
  facts: Readonly<Record<string, string>>,
): string | null {
  const separate = service?.separate
  const value = separate && facts[separate.fact]
  return value === undefined || !Object.hasOwn(separate?.apart ?? {}, value)
    ? null
    : (separate?.apart[value] ?? null)
}
