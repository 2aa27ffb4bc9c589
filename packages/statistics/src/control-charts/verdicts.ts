import type { Assurance, ChartColumns, Improvement, Variation } from './chart.ts'

/** The verdicts of {@link variationAt}, in the order of the numbers that bulk charts give. */
export const variations: readonly Variation[] = [
  'common-cause',
  'improvement',
  'concern',
  'neutral-high',
  'neutral-low',
]

/** The verdicts of {@link assuranceAt}, in the order of the numbers that bulk charts give. */
export const assurances: readonly Assurance[] = [
  'none',
  'consistent-pass',
  'consistent-fail',
  'inconsistent',
]

/**
 * What a point says: common cause, or special cause that is an improvement, a concern, or neither, by the
 * side of the centre that it lies on (NHSRplotthedots; Making Data Count's variation icons).
 * @example variationAt({ flags: 1, side: 1 }, 'decrease') // 'concern'
 */
export function variationAt(
  { flags, side }: { readonly flags: number; readonly side: number },
  improvement: Improvement,
): Variation {
  if (flags === 0) return 'common-cause'
  if (improvement === 'neutral') return side > 0 ? 'neutral-high' : 'neutral-low'
  return side === (improvement === 'increase' ? 1 : -1) ? 'improvement' : 'concern'
}

/**
 * Whether limits say that a target will always be met, never, or sometimes by chance (Making Data Count's
 * assurance icons); `none` without a target or a better way.
 * @example assuranceAt({ lower: 5, upper: 7 }, 4, 'increase') // 'consistent-pass'
 */
export function assuranceAt(
  { lower, upper }: { readonly lower: number; readonly upper: number },
  target: number | undefined,
  improvement: Improvement,
): Assurance {
  if (target === undefined || improvement === 'neutral' || !(lower <= upper)) return 'none'
  const up = improvement === 'increase'
  if (target > upper) return up ? 'consistent-fail' : 'consistent-pass'
  if (target < lower) return up ? 'consistent-pass' : 'consistent-fail'
  return 'inconsistent'
}

/** The last point of `from` to `to` that has a value; -1 where none has. */
export function lastPoint(columns: ChartColumns, from: number, to: number): number {
  let at = to - 1
  while (at >= from && Number.isNaN(columns.value[at])) at--
  return at >= from ? at : -1
}
