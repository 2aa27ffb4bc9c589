import { checkNotEmpty } from '../columns.ts'
import { StatisticsError } from '../errors.ts'

/** How p values are adjusted: see adjustPValues. */
export type DiscoveryMethod = 'benjamini-hochberg' | 'benjamini-yekutieli' | 'storey'

/**
 * p values adjusted for many comparisons at once: of all units whose adjusted value is at most q, an
 * expected share of at most q are false discoveries. The same units stay in the same order.
 *
 * - `benjamini-hochberg` (1995; the default, R's p.adjust "BH"): for comparisons that are independent or
 *   lean the same way.
 * - `benjamini-yekutieli` (2001; "BY"): however they depend on one another; stricter.
 * - `storey` (2002): q values, Benjamini-Hochberg's times the share of comparisons that seem to be null,
 *   the share above `lambda` over 1 - lambda (at most 1). R's qvalue smooths over many lambdas by default
 *   and does this with one lambda.
 *
 * @param pValues each 0 to 1. @param lambda of `storey`, 0 up to 1, default 0.5.
 * @throws StatisticsError naming `pValues` or `lambda`.
 * @example adjustPValues(Float64Array.of(0.01, 0.02, 0.03)) // [0.03, 0.03, 0.03]
 */
export function adjustPValues(
  pValues: Float64Array,
  {
    method = 'benjamini-hochberg',
    lambda = 0.5,
  }: { method?: DiscoveryMethod; lambda?: number } = {},
): Float64Array {
  checkNotEmpty('pValues', pValues)
  const wrong = pValues.findIndex((p) => !(p >= 0 && p <= 1))
  if (wrong >= 0) {
    throw new StatisticsError('pValues', `number ${wrong}, ${pValues[wrong]}, is not within 0 to 1`)
  }
  if (!(lambda >= 0 && lambda < 1))
    throw new StatisticsError('lambda', `${lambda} is not from 0 up to 1`)
  const n = pValues.length
  const order = new Uint32Array(n).map((_, i) => i)
  order.sort((a, b) => (pValues[a] as number) - (pValues[b] as number))
  const factor = factorOf(pValues, method, lambda)
  const adjusted = new Float64Array(n)
  let least = 1
  for (let rank = n; rank > 0; rank--) {
    const i = order[rank - 1] as number
    least = Math.min(least, ((pValues[i] as number) * n * factor) / rank)
    adjusted[i] = least
  }
  return adjusted
}

function factorOf(pValues: Float64Array, method: DiscoveryMethod, lambda: number): number {
  if (method === 'benjamini-hochberg') return 1
  if (method === 'benjamini-yekutieli') {
    let harmonic = 0
    for (let i = 1; i <= pValues.length; i++) harmonic += 1 / i
    return harmonic
  }
  const above = pValues.reduce((count, p) => count + (p > lambda ? 1 : 0), 0)
  // With none above, no share can be told: one comparison is taken as null, as a share of 0 says all differ.
  return Math.min(1, Math.max(1, above) / (pValues.length * (1 - lambda)))
}
