import { z } from 'zod'

/**
 * What an analyst declares about fairness in a service: by what its providers are ordered from the most
 * to the least deprived, which groups of people are compared, and which indicators are looked at.
 */
export const fairnessSchema = z.strictObject({
  service: z.string(),
  /** The indicator that says how deprived: of the provider itself, or of the place of a level it lies in. */
  deprivation: z
    .strictObject({
      indicator: z.string(),
      /** "ward": read from the place of that level that holds the provider. */
      level: z.string().optional(),
      /** By what they are put in order: "how deprived the places are where their patients live". */
      of: z.string().min(3),
    })
    .optional(),
  /** The level of places whose differences are shown: "icb". */
  areas: z.string(),
  /** Two groups of one dimension; a gap is the first less the second. */
  groups: z
    .array(
      z.strictObject({
        first: z.string().regex(/^[^=]+=.+$/),
        second: z.string().regex(/^[^=]+=.+$/),
        /** "disadvantaged pupils", "other pupils". */
        firstName: z.string().min(3),
        secondName: z.string().min(3),
      }),
    )
    .default([]),
  indicators: z.array(z.string()).min(1),
})
export type FairnessDeclaration = z.infer<typeof fairnessSchema>
