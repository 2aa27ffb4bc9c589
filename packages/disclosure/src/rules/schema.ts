import { z } from 'zod'
import { DisclosureError } from '../errors.ts'

/**
 * The rules of a data set, as its descriptor declares them. All are optional; one of them at least must say
 * what is hidden.
 */
export const disclosureRules = z
  .strictObject({
    /** Counts from 1 to below this are hidden: 5 hides 1, 2, 3 and 4. */
    threshold: z.int().min(2).max(1000).optional(),
    /** Whether the figure 0 is shown, or hidden as a small figure is. */
    zeros: z.enum(['published', 'hidden']).default('published'),
    /** Dimensions in which a cell that holds its whole total is hidden, with its siblings of 0. */
    fullCells: z.array(z.string()).default([]),
    /** Hidden where the n largest contributions are more than k per cent of a cell. */
    dominance: z
      .strictObject({ n: z.int().min(1).max(10), k: z.number().gt(0).lt(100) })
      .optional(),
    /** Hidden where the second largest contributor can tell the largest to within p per cent. */
    pPercent: z.number().gt(0).lt(100).optional(),
    /** How wide an attacker's interval of a hidden count must be at least; default threshold - 1. */
    width: z.int().min(1).max(1000).optional(),
    /** What hiding a cell costs: its count, or 1 for each. */
    cost: z.enum(['count', 'cells']).default('count'),
  })
  .refine(
    ({ threshold, zeros, fullCells, dominance, pPercent }) =>
      threshold !== undefined ||
      zeros === 'hidden' ||
      fullCells.length > 0 ||
      dominance !== undefined ||
      pPercent !== undefined,
    'the rules hide nothing; give a threshold, or another rule',
  )

/** Rules with their defaults filled in. */
export type DisclosureRules = z.output<typeof disclosureRules>

/** Rules as they are written. */
export type DisclosureRulesInput = z.input<typeof disclosureRules>

/**
 * Reads rules and fills in their defaults.
 * @throws DisclosureError with a sentence for each rule that is wrong.
 * @example parseRules({ threshold: 5 }).width // 4
 */
export function parseRules(rules: unknown): DisclosureRules & { readonly width: number } {
  const parsed = disclosureRules.safeParse(rules)
  if (!parsed.success) {
    const sentences = parsed.error.issues.map(
      ({ path, message }) => `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`,
    )
    throw new DisclosureError('invalid-rules', sentences.join('; '))
  }
  return { ...parsed.data, width: parsed.data.width ?? (parsed.data.threshold ?? 2) - 1 }
}
