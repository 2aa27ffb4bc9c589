import { z } from 'zod'

/**
 * Whom a study or a card takes: providers whose figure lies within the limits, both included. The
 * others are left out, and `why` says so on their pages.
 */
export const takeSchema = z.strictObject({
  indicator: z.string(),
  least: z.number().optional(),
  most: z.number().optional(),
  why: z.string().min(10),
})
export type Take = z.infer<typeof takeSchema>

/**
 * The first limit that a provider lies outside of; undefined where it lies within all. One whose
 * figure is not known (NaN) lies outside.
 * @example outsideOf([{ indicator: 'patients', least: 1000, why: 'Too few.' }], () => 900)?.why // 'Too few.'
 */
export const outsideOf = (
  takes: readonly Take[],
  valueOf: (indicator: string) => number,
): Take | undefined =>
  takes.find(({ indicator, least, most }) => {
    const value = valueOf(indicator)
    return !(value >= (least ?? -Infinity) && value <= (most ?? Infinity))
  })
