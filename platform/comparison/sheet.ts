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
import { groupHere } from './scope.ts'

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
  note?: string,
]
export type PackedComparison = [
  against: number,
  value: number,
  origin: number,
  direction: number | null,
  lower95?: number | null,
  upper95?: number | null,
  /** How many providers were taken together: for a region or area that nobody published. */
  count?: number,
]
export interface PackedSeries {
  readonly i: string
  readonly b: string
  /** What the whole is called in this series. */
  readonly w: string | null
  /** Which areas hold all providers that its region is pooled from, where they are few. */
  readonly r?: string
  readonly f: readonly PackedFigure[]
}

/** A limit with as many digits as can matter: six places. */
export const short = (x: number): number => Math.round(x * 1e6) / 1e6

export const origins: readonly Comparison['origin'][] = [
  'published',
  'pooled',
  'weighted-mean',
  'mean',
]

/** What the comparators of a subject are called, and what its providers are. */
export type ComparatorNames = Readonly<
  Record<Exclude<Comparator, 'whole' | 'past'> | 'providers', string>
>

/*
 * By index below: to take arrays apart by pattern makes an iterator and an object for each step of it, a tenth of all
 * that a page throws away.
 */

function comparatorName(
  packed: PackedComparison,
  series: PackedSeries,
  names: ComparatorNames,
  previous: PackedFigure | undefined,
): string {
  const comparator = comparators[packed[0]] as Comparator
  const count = packed[6]
  if (comparator === 'whole') return series.w ?? 'all'
  if (comparator === 'past') return previous?.[0] ?? 'before'
  if (packed[2] === 0 || count === undefined || comparator === 'peers') return names[comparator]
  const scope = comparator === 'region' ? (series.r ?? null) : null
  return `${names[comparator]}: the ${groupHere(count, names.providers, scope)}`
}

/** Its own past has the limits of the figure before; the others bring theirs. */
function limits95(packed: PackedComparison, previous: PackedFigure | undefined) {
  const past = comparators[packed[0]] === 'past'
  const before = previous?.[4] || null
  const lower95 = past ? before?.[0] : packed[4]
  const upper95 = past ? before?.[1] : packed[5]
  return typeof lower95 === 'number' && typeof upper95 === 'number' ? { lower95, upper95 } : null
}

function unpackComparison(
  packed: PackedComparison,
  series: PackedSeries,
  names: ComparatorNames,
  previous: PackedFigure | undefined,
): Comparison {
  return {
    against: comparators[packed[0]] as Comparator,
    name: comparatorName(packed, series, names, previous),
    value: packed[1],
    limits95: limits95(packed, previous),
    origin: origins[packed[2]] ?? 'published',
    direction: packed[3] as Direction | null,
  }
}

/** What a figure is unpacked from: its series, what its comparators are called, and the figure before. */
interface UnpackedFrom {
  readonly series: PackedSeries
  readonly names: ComparatorNames
  readonly previous: PackedFigure | undefined
}

/**
 * A class, since there are hundreds on a page and an object with a getter of its own is a hidden class of its
 * own, which V8 keeps, with all that it knows, until the next major collection of garbage.
 */
class UnpackedFigure implements Figure {
  readonly indicator: string
  readonly breakdown: string
  readonly period: string
  readonly status: Figure['status']
  readonly value: number | null
  readonly limits: Figure['limits']
  readonly numerator: number | null
  readonly denominator: number | null
  readonly release: number
  readonly note: string | null
  readonly #comparisons: readonly PackedComparison[]
  readonly #from: UnpackedFrom
  #unpacked: readonly Comparison[] | null = null

  constructor(packed: PackedFigure, from: UnpackedFrom) {
    const limits = packed[4]
    const counts = packed[5]
    this.indicator = from.series.i
    this.breakdown = from.series.b
    this.period = packed[0]
    this.status = statuses[packed[2]] ?? 'missing'
    this.value = packed[3]
    this.limits = limits ? unpackLimits(limits) : null
    this.numerator = counts ? counts[0] : null
    this.denominator = counts ? counts[1] : null
    this.release = packed[1]
    this.note = packed[7] ?? null
    this.#comparisons = packed[6] || []
    this.#from = from
  }

  // Most pages show those of the latest figures alone.
  get comparisons(): readonly Comparison[] {
    const { series, names, previous } = this.#from
    this.#unpacked ??= this.#comparisons.map((c) => unpackComparison(c, series, names, previous))
    return this.#unpacked
  }

  /** One comparison alone: of a long past, a page shows no other. */
  against(what: Comparator): Comparison | undefined {
    if (this.#unpacked) return this.#unpacked.find((c) => c.against === what)
    const { series, names, previous } = this.#from
    const found = this.#comparisons.find((c) => comparators[c[0]] === what)
    return found && unpackComparison(found, series, names, previous)
  }

  toJSON(): Figure {
    const { note, ...rest } = this
    return { ...rest, comparisons: this.comparisons, note }
  }
}

/** What a figure is held against in one way; undefined where it is not. */
export const comparisonOf = (f: Figure, what: Comparator): Comparison | undefined =>
  f instanceof UnpackedFigure ? f.against(what) : f.comparisons.find((c) => c.against === what)

const unpackLimits = (packed: [number, number, number, number, number]): Figure['limits'] => ({
  lower95: packed[0],
  upper95: packed[1],
  lower998: packed[2],
  upper998: packed[3],
  method: intervalMethods[packed[4]] ?? 'published',
})

/** Figures as pages know them, oldest first, from stored text. */
export function unpackSheet(body: string, names: ComparatorNames): FigureSeries[] {
  const packed = JSON.parse(`[${body}]`) as PackedSeries[]
  return packed.map((series) => ({
    indicator: series.i,
    breakdown: series.b,
    figures: series.f.map(
      (f, i) => new UnpackedFigure(f, { series, names, previous: series.f[i - 1] }),
    ),
  }))
}
