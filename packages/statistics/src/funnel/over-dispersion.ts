import { quantileOfSorted } from '../columns.ts'
import { checkLength, StatisticsError } from '../errors.ts'

export interface OverDispersionOptions {
  /** The share of z-scores at each end that is drawn in or left out; 0 up to 0.5, default 0.1. */
  readonly trim?: number
  /**
   * `winsorise` draws them in to the quantile (Spiegelhalter 2005, 2012; CQC); `truncate` leaves them out
   * by their rank, floor(rank / ((n + 1) trim)) (NHS England's SHMI). Default `winsorise`.
   */
  readonly by?: 'winsorise' | 'truncate'
}

/** How much more units differ than chance explains. */
export interface OverDispersion {
  /** The mean of squared z-scores after trimming; about 1 where chance explains all. */
  readonly phi: number
  /** The variance between units, on the scale of the standard errors; 0 where φ shows none. */
  readonly tauSquared: number
  /** How many z-scores were used. */
  readonly units: number
}

/**
 * Over-dispersion from z-scores (Spiegelhalter 2005): φ = Σ z²/I of the trimmed scores and
 * τ² = (Iφ - (I - 1)) / (Σw - Σw²/Σw), w = 1/error², or 0 where Iφ < I - 1 (DerSimonian and Laird 1986).
 *
 * @param z a column of z-scores; NaN is left out.
 * @param errors their standard errors, on the same scale.
 * @returns φ 1 and τ² 0 where fewer than 2 scores are left, since nothing shows more than chance.
 * @throws StatisticsError naming `trim` or `errors`.
 * @example overDispersion(Float64Array.of(-2, 2, 0, 1), Float64Array.of(1, 1, 1, 1), { trim: 0 })
 * // { phi: 2.25, tauSquared: 2, units: 4 }
 */
export function overDispersion(
  z: Float64Array,
  errors: Float64Array,
  { trim = 0.1, by = 'winsorise' }: OverDispersionOptions = {},
): OverDispersion {
  checkLength('errors', errors, z.length)
  const none = errors.findIndex((error) => error <= 0)
  if (none >= 0) {
    throw new StatisticsError('errors', `number ${none}, ${errors[none]}, is not above 0`)
  }
  if (!(trim >= 0 && trim < 0.5)) {
    throw new StatisticsError('trim', `${trim} does not lie from 0 to below 0.5`)
  }
  const sorted = z.filter((score) => !Number.isNaN(score)).sort()
  const [low, high] =
    by === 'truncate'
      ? keptByRank(sorted, trim)
      : sorted.length === 0
        ? [Number.NaN, Number.NaN]
        : [quantileOfSorted(sorted, trim), quantileOfSorted(sorted, 1 - trim)]
  let units = 0
  let squares = 0
  let weight = 0
  let weightSquares = 0
  for (let i = 0; i < z.length; i++) {
    const score = z[i] as number
    const out = score < low || score > high
    if (Number.isNaN(score) || (out && by === 'truncate')) continue
    const drawn = Math.min(high, Math.max(low, score))
    const w = 1 / (errors[i] as number) ** 2
    units += 1
    squares += drawn * drawn
    weight += w
    weightSquares += w * w
  }
  if (units < 2) return { phi: 1, tauSquared: 0, units }
  const excess = squares - (units - 1)
  const tauSquared = excess <= 0 ? 0 : excess / (weight - weightSquares / weight)
  return { phi: squares / units, tauSquared, units }
}

function keptByRank(sorted: Float64Array, trim: number): [number, number] {
  const groups = trim === 0 ? 1 : 1 / trim
  const groupOf = (rank: number): number => Math.floor((rank * groups) / (sorted.length + 1))
  let low = 0
  let high = sorted.length - 1
  if (trim > 0) {
    while (low <= high && groupOf(low + 1) < 1) low++
    while (high >= low && groupOf(high + 1) >= groups - 1) high--
  }
  if (low > high) return [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  return [sorted[low] as number, sorted[high] as number]
}
