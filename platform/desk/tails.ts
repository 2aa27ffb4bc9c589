import {
  adjustPValues,
  criticalValue,
  type FunnelUnits,
  funnel,
  normalCdf,
} from '@plumbline/statistics'
import type { Indicator } from '../evidence/indicator.ts'

/** The figures of all providers of one kind in one period, a column each; NaN for what is not known. */
export interface Field {
  readonly value: Float64Array
  readonly lower95: Float64Array
  readonly upper95: Float64Array
  readonly numerator: Float64Array
  readonly denominator: Float64Array
  /** Counts were worked back from rounded percentages: they are nobody's. */
  readonly rounded: boolean
}

/** A provider that lies far from all others. */
export interface Outlier {
  /** Place among the providers. */
  readonly at: number
  /** 1 far above the rest, -1 far below. */
  readonly side: 1 | -1
}

/** Fewer providers than this have no tails. */
export const fewestInField = 20
/** Of those that are called far off on one side, at most this share is expected to be chance. */
export const falseTailShare = 0.05

/**
 * Providers far off from all others on a funnel that allows for how much providers differ anyhow
 * (additive over-dispersion, Spiegelhalter 2005), with false discoveries controlled on each side.
 * @returns the outliers, and how many providers were looked at; none below `fewestInField`.
 */
export function outliers(
  field: Field,
  indicator: Pick<Indicator, 'kind'>,
): { outliers: Outlier[]; watched: number } {
  const error = field.value.map(
    (_, i) =>
      ((field.upper95[i] as number) - (field.lower95[i] as number)) / (2 * criticalValue(0.95)),
  )
  const counted = !field.rounded && (indicator.kind === 'proportion' || indicator.kind === 'rate')
  const places = Array.from(field.value.keys()).filter((i) => {
    const k = field.numerator[i] as number
    const n = field.denominator[i] as number
    if (Number.isNaN(field.value[i])) return false
    return counted
      ? n > 0 && k >= 0 && (indicator.kind === 'rate' || k <= n)
      : (error[i] as number) > 0
  })
  if (places.length < fewestInField) return { outliers: [], watched: 0 }
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(places, (i) => column[i] as number)
  const counts = pick(field.numerator)
  const ns = pick(field.denominator)
  const units: FunnelUnits = !counted
    ? { kind: 'estimate', values: pick(field.value), errors: pick(error) }
    : indicator.kind === 'proportion'
      ? { kind: 'proportion', counts, ns }
      : { kind: 'rate', counts, denominators: ns }
  if (counted && allAlike(counts, ns, indicator.kind))
    return { outliers: [], watched: places.length }
  const scale =
    units.kind === 'proportion' ? 'arcsine' : units.kind === 'rate' ? 'square-root' : 'none'
  const { z } = funnel(units, { scale, dispersion: 'additive' })
  const found = ([1, -1] as const).flatMap((side) => {
    const chance = adjustPValues(z.map((score) => normalCdf(-side * score)))
    return places.flatMap((at, i): Outlier[] =>
      (chance[i] as number) <= falseTailShare ? [{ at, side }] : [],
    )
  })
  return { outliers: found, watched: places.length }
}

/** Nobody at all, or everybody: there is no funnel to draw. */
function allAlike(counts: Float64Array, ns: Float64Array, kind: Indicator['kind']): boolean {
  const events = counts.reduce((sum, k) => sum + k, 0)
  const whole = ns.reduce((sum, n) => sum + n, 0)
  return events === 0 || (kind === 'proportion' && events >= whole)
}
