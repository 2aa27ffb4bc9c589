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
const when = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'is no date such as 2016-01-29')

/** A step of a standard's life: what was decided, when, by whom and why. */
const stepSchema = z.strictObject({
  state: z.enum(['draft', 'consulted on', 'adopted', 'superseded', 'withdrawn']),
  on: when,
  by: z.string().min(3),
  reason: z.string().min(10),
})

/**
 * A standard as its author writes it and others review it. No standard is a ceiling: one that is met
 * says nothing of who did best, and nothing here rewards stopping at it.
 */
export const standardSchema = z
  .strictObject({
    code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    name: z.string().min(5),
    kind: z.enum(standardKinds),
    service: z.string(),
    /** Whom it binds: the providers of the service, or places. */
    of: z.enum(['providers', 'places']).default('providers'),
    setBy: z.string().min(3),
    /** What gives them the right to set it. */
    right: z.string().min(10),
    checkedBy: z.string().min(3),
    indicator: z.string(),
    breakdown: z.string().default(''),
    /** On which side of the threshold the standard is met. */
    side: z.enum(['at least', 'at most']),
    /**
     * In the indicator's unit: a fixed value, or the value that a share of providers (`percentile`,
     * 0 to 100) lay at or below in a base year. It does not move with later years.
     */
    threshold: z.union([
      z.strictObject({ fixed: z.number() }),
      z.strictObject({ percentile: z.number().min(0).max(100), period: z.string() }),
    ]),
    /** First and last period that it is held against, as the indicator's files name them. */
    from: z.string(),
    to: z.string().optional(),
    /** What follows for a provider that does not meet it. */
    consequence: z.string().min(10),
    evidence: z.string().min(10),
    source: z.string().min(5),
    /** The day until which it counts without being looked at again; later periods are not judged. */
    review: z.iso.date(),
    steps: z.array(stepSchema).min(1),
  })
  .refine((s) => s.steps.every((step, i) => i === 0 || (s.steps[i - 1]?.on ?? '') <= step.on), {
    message: 'the steps are not in the order of their dates',
    path: ['steps'],
  })
export type Standard = z.infer<typeof standardSchema>

/** Where a standard's life has come to. */
export const stateOf = (s: Standard) => s.steps.at(-1)?.state ?? 'draft'

/** It was in force once: what it judged then stands, even after another took its place. */
export const wasAdopted = (s: Standard): boolean => s.steps.some((step) => step.state === 'adopted')
