import type { Indicator } from '../evidence/indicator.ts'
import { type Estimate, type GroupEstimate, groupEstimate } from './estimate.ts'
import { type Figure, roundedMethods } from './figures.ts'
import type { PublishedSeries } from './series.ts'

type Known = Pick<Figure, 'value' | 'limits' | 'numerator' | 'denominator'>

const column = (figures: readonly Known[], of: (f: Known) => number | null | undefined) =>
  Float64Array.from(figures, (f) => of(f) ?? Number.NaN)

/** A figure's value with its limits; NaN for what is not known. */
export function estimateOf(f: Known): Estimate {
  return {
    value: f.value ?? Number.NaN,
    lower95: f.limits?.lower95 ?? Number.NaN,
    upper95: f.limits?.upper95 ?? Number.NaN,
    lower998: f.limits?.lower998 ?? Number.NaN,
    upper998: f.limits?.upper998 ?? Number.NaN,
  }
}

/**
 * What several figures of one indicator come to, taken together as a group of a series is: for groups
 * that a visitor makes, and for the periods before and after a date. Null where none has a value.
 */
export function estimateFigures(
  figures: readonly Known[],
  indicator: Indicator,
): GroupEstimate | null {
  const rounded = figures.some((f) => f.limits && roundedMethods.includes(f.limits.method))
  const limits = {
    lower95: column(figures, (f) => f.limits?.lower95),
    upper95: column(figures, (f) => f.limits?.upper95),
    lower998: column(figures, (f) => f.limits?.lower998),
    upper998: column(figures, (f) => f.limits?.upper998),
    method: new Uint8Array(figures.length),
  }
  const series: PublishedSeries = {
    indicator: indicator.code,
    breakdown: '',
    period: '',
    roundedTo: rounded ? 1 : null,
    subjects: Int32Array.from(figures, (_, i) => i),
    value: column(figures, (f) => f.value),
    status: new Uint8Array(figures.length),
    release: new Int32Array(figures.length),
    ...limits,
    numerator: column(figures, (f) => f.numerator),
    denominator: column(figures, (f) => f.denominator),
    notes: new Map(),
  }
  return groupEstimate(series, limits, series.subjects, indicator)
}
