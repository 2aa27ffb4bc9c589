import { z } from 'zod'

const publishedSchema = z.strictObject({
  indicators: z.array(z.string()).min(1),
  /** The code of the place whose people they are: "E92000001". */
  place: z.string(),
  /** What they are tenths of: "people in England, by how deprived their county is". */
  of: z.string().min(3),
  /**
   * The group of each tenth, with {tenth} where its name stands. A period is read from the first of these
   * that has all ten: a source renames them when boundaries change.
   */
  breakdowns: z.array(z.string().regex(/\{tenth\}/)).min(1),
  /** Their names in the source, the most deprived first. */
  tenths: z.array(z.string()).length(10),
})
export type PublishedTenths = z.infer<typeof publishedSchema>

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
        /** '' is everyone: where the source gives the first group and no other. */
        second: z.string().regex(/^([^=]+=.+)?$/),
        /** "disadvantaged pupils", "other pupils". */
        firstName: z.string().min(3),
        secondName: z.string().min(3),
      }),
    )
    .default([]),
  /** Figures that a source itself gives of a place's people by tenths of deprivation. */
  published: z.array(publishedSchema).default([]),
  indicators: z.array(z.string()).min(1),
})
export type FairnessDeclaration = z.infer<typeof fairnessSchema>
