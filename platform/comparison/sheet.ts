import { statuses } from '../evidence/descriptor.ts'
import {
  type Comparator,
  type Comparison,
  comparators,
  type Direction,
  type Figure,
  type FigureSeries,
  intervalMethods,
} from './figures.ts'

/**
 * A sheet holds all figures of one subject in one dataset, as its page reads them: written once at
 * publish, read in one go. Packed as arrays, since there are millions of figures.
 */
export type PackedFigure = [
  period: string,
  release: number,
  status: number,
  value: number | null,
  limits?: [number, number, number, number, number] | 0,
  counts?: [number | null, number | null] | 0,
  comparisons?: PackedComparison[] | 0,
]
export type PackedComparison = [
  against: number,
  value: number,
  origin: number,
  direction: number | null,
]
export interface PackedSeries {
  readonly i: string
  readonly b: string
  /** What the whole is called in this series. */
  readonly w: string | null
  readonly f: readonly PackedFigure[]
}

export const origins: readonly Comparison['origin'][] = [
  'published',
  'pooled',
  'weighted-mean',
  'mean',
]

/** What the comparators of a subject are called. */
export type ComparatorNames = Readonly<Record<Exclude<Comparator, 'whole' | 'past'>, string>>

function unpackComparison(
  [against, value, origin, direction]: PackedComparison,
  whole: string | null,
  names: ComparatorNames,
  previous: string | null,
): Comparison {
  const comparator = comparators[against] as Comparator
  const name =
    comparator === 'whole'
      ? (whole ?? 'all')
      : comparator === 'past'
        ? (previous ?? 'before')
        : names[comparator]
  return {
    against: comparator,
    name,
    value,
    origin: origins[origin] ?? 'published',
    direction: direction as Direction | null,
  }
}

function unpackFigure(
  series: PackedSeries,
  packed: PackedFigure,
  names: ComparatorNames,
  previous: string | null,
): Figure {
  const [period, release, status, value, limits, counts, comparisons] = packed
  return {
    indicator: series.i,
    breakdown: series.b,
    period,
    status: statuses[status] ?? 'missing',
    value,
    limits: limits
      ? {
          lower95: limits[0],
          upper95: limits[1],
          lower998: limits[2],
          upper998: limits[3],
          method: intervalMethods[limits[4]] ?? 'published',
        }
      : null,
    numerator: counts ? counts[0] : null,
    denominator: counts ? counts[1] : null,
    release,
    comparisons: (comparisons || []).map((c) => unpackComparison(c, series.w, names, previous)),
  }
}

/** Figures as pages know them, oldest first, from stored text. */
export function unpackSheet(body: string, names: ComparatorNames): FigureSeries[] {
  const packed = JSON.parse(`[${body}]`) as PackedSeries[]
  return packed.map((series) => ({
    indicator: series.i,
    breakdown: series.b,
    figures: series.f.map((f, i) =>
      unpackFigure(series, f, names, i > 0 ? (series.f[i - 1]?.[0] ?? null) : null),
    ),
  }))
}
