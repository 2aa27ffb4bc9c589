import { z } from 'zod'
import { takeSchema } from '../evidence/takes.ts'

/** An indicator, or the product of an indicator and of how many people it is about. */
const termSchema = z.strictObject({
  indicator: z.string(),
  /** A count by which it is multiplied: money for each patient times patients. */
  times: z.string().optional(),
  /** The share of people of whom it does not hold: pupils who are not often absent. */
  without: z.boolean().default(false),
})
export type Term = z.infer<typeof termSchema>

/** One column of a study: a sum of terms, less others. */
const columnSchema = z.strictObject({
  name: z.string().min(3),
  unit: z.string(),
  decimals: z.int().min(0).max(4).default(0),
  why: z.string().min(10),
  add: z.array(termSchema).min(1),
  less: z.array(termSchema).default([]),
})
export type Column = z.infer<typeof columnSchema>

/**
 * What a service's providers use and what they achieve, as its author writes it and others review it:
 * who gets the most from each pound is then found among them (data envelopment analysis).
 */
export const studySchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  service: z.string(),
  name: z.string().min(5),
  /** One or two sentences for its page: what is held against what. */
  about: z.string().min(20),
  inputs: z.array(columnSchema).min(1).max(4),
  outputs: z.array(columnSchema).min(1).max(6),
  /** What a provider cannot change, and whether more of it makes its work harder or easier. */
  fixed: z.array(columnSchema.extend({ makes: z.enum(['harder', 'easier']) })).default([]),
  /** Its years are the periods of this indicator; others are taken from the nearest period. */
  years: z.strictObject({
    from: z.string(),
    /** How many years a figure's period may begin before or after. */
    within: z.number().min(0).max(3),
    why: z.string().min(10),
  }),
  /** Whom it takes: providers whose figure lies outside are left out, and why. */
  takes: z.array(takeSchema).default([]),
  /**
   * The picture: an outcome (a share of people) against what each of its people cost; `cost` says the
   * latter in words.
   */
  picture: z.strictObject({
    outcome: z.string(),
    people: z.string(),
    cost: z.string().min(5),
    without: z.boolean().default(false),
  }),
  /** What the figures cannot show, in plain words. */
  limits: z.array(z.string().min(10)).min(1),
  /** For drawing subsamples; written down, so that anyone can draw the same. */
  seed: z.int().min(0),
})
export type Study = z.infer<typeof studySchema>

/** Every indicator that a study rests on. */
export function indicatorsOf(study: Study): string[] {
  const terms = [...study.inputs, ...study.outputs, ...study.fixed].flatMap((c) => [
    ...c.add,
    ...c.less,
  ])
  return [
    ...new Set([
      study.years.from,
      ...terms.flatMap((t) => [t.indicator, ...(t.times === undefined ? [] : [t.times])]),
      ...study.takes.map((t) => t.indicator),
      study.picture.outcome,
      study.picture.people,
    ]),
  ]
}
