import { disclosureRules } from '@plumbline/disclosure'
import { z } from 'zod'

/** How all counts of a descriptor are rounded before anything is public. */
const roundingSchema = z.strictObject({
  base: z.int().min(3).max(1000).default(5),
  /**
   * `controlled`: totals are still the sums of their parts, wherever that can be. `random`: each count is
   * rounded for itself, without bias, unless that would give one away.
   */
  method: z.enum(['controlled', 'random']).default('controlled'),
})
export type Rounding = z.infer<typeof roundingSchema>

/** Whether each group lies in one other at most, and none in itself. */
function isForest(groups: Readonly<Record<string, readonly string[]>>): boolean {
  const within = new Map<string, string>()
  for (const [of, parts] of Object.entries(groups))
    for (const part of parts) {
      if (within.has(part)) return false
      within.set(part, of)
    }
  return [...within.keys()].every((group) => {
    let above = within.get(group)
    while (above !== undefined && above !== group) above = within.get(above)
    return above !== group
  })
}

/**
 * What a descriptor says of its figures' safety: which counts are too small to be shown, or to what all are
 * rounded; and which places add up to which, so that nobody works a figure out by subtraction.
 */
export const disclosureSchema = z
  .strictObject({
    /** What is hidden. */
    rules: disclosureRules.optional(),
    /** In place of rules: nothing is hidden, and every count is rounded. */
    round: roundingSchema.optional(),
    /**
     * Levels that add up, the smallest first: `["ward", "district", "county"]`; `provider` for providers.
     * Two lists for places that overlap: `[["ward", "district"], ["ward", "neighbourhood"]]`.
     */
    chains: z.array(z.array(z.string()).min(2)).default([]),
    /**
     * Groups that lie in others of the same column, by the column: `{ "age": { "children": ["infants", "pupils"] } }`.
     * Ranges (`0-4` in `0-17`) need not be declared.
     */
    groups: z
      .record(
        z.string(),
        z
          .record(z.string(), z.array(z.string()).min(1))
          .refine(isForest, 'has a group that lies in itself, or in two others'),
      )
      .default({}),
    /**
     * Indicators of the same people: whoever is counted by `part` is counted by `of` too, in the same place,
     * period and group, so that what is left between them tells of those who are in the one alone.
     */
    links: z
      .array(z.strictObject({ part: z.string(), of: z.string() }))
      .refine((all) => all.every(({ part, of }) => part !== of), 'links an indicator to itself')
      .default([]),
    /**
     * Lists of indicators that are questions to the same people, those first that are shown rather than the
     * others. Whoever leaves a question out is in the base of another: where few do, two bases that are both
     * shown would tell of them.
     */
    bases: z.array(z.array(z.string()).min(2)).default([]),
    /**
     * Indicators whose counts may be withheld, such as weighted shares: beside one, counts tell how many of each part
     * of the sample there were. A figure of theirs without a numerator, whose base its source rounded, was made safe
     * before it was handed in, and stands as it is; any other is held against the rules.
     */
    withheld: z.array(z.string()).default([]),
  })
  .refine(
    ({ rules, round }) => (rules === undefined) !== (round === undefined),
    'must have rules, by which small counts are hidden, or round, by which all are rounded: one of the two',
  )
export type DisclosureDeclaration = z.infer<typeof disclosureSchema>

export type Link = DisclosureDeclaration['links'][number]

/** Indicators whose bases are the same people, but for those who left a question out. */
export type SameBase = DisclosureDeclaration['bases'][number]

/** The rules by which figures are hidden. */
export type HidingRules = NonNullable<DisclosureDeclaration['rules']>
