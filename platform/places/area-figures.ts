import { type Geography, SeriesComparison } from '../comparison/compare.ts'
import { direction, type GroupEstimate, groupEstimate } from '../comparison/estimate.ts'
import type { Direction } from '../comparison/figures.ts'
import type { PublishedSeries } from '../comparison/series.ts'
import type { StoredSeries } from '../comparison/stored-series.ts'
import { type Indicator, isComparable, kindApart, type Service } from '../evidence/indicator.ts'
import type { Listing } from '../publishing/listings.ts'
import { levelRank } from './levels.ts'

/** What one indicator comes to in one area, in one period. */
export interface AreaFigure {
  readonly area: number
  readonly estimate: GroupEstimate
  /** Against the whole; null where nobody can say. */
  readonly direction: Direction | null
}

export interface AreaFigures {
  readonly figures: readonly AreaFigure[]
  /** The name of what they were compared with. */
  readonly whole: string | null
}

/** Which providers lie in which area, by number. */
export type Members = ReadonlyMap<number, readonly number[]>

/** Fewer providers than this stand for themselves, not for an area. */
const fewestProviders = 2

/** A count or a rating is nobody's mean, nor are those who chose to answer: such an area has its own published figure or none. */
const canPool = (indicator: Indicator): boolean => isComparable(indicator) && !indicator.labels

/**
 * One series by area: the area's own figure where it was published, else that of its providers taken
 * together, at least two; against the whole, as every figure is. Areas without either are left out.
 */
export function areaFigures(
  stored: StoredSeries,
  members: Members,
  indicator: Indicator,
  geography: Geography,
): AreaFigures {
  const series = published(stored)
  const limits = { ...stored, method: new Uint8Array(stored.subjects.length) }
  const comparison = new SeriesComparison(series, limits, indicator, geography)
  const estimates = [...members].flatMap(([area, inside]) => {
    const estimate = own(comparison, area) ?? together(inside)
    return estimate ? [{ area, estimate }] : []
  })
  const whole = canPool(indicator) ? (comparison.whole() ?? holding(estimates)) : null
  const figures = estimates.map(
    (e): AreaFigure => ({ ...e, direction: whole ? direction(e.estimate, whole.estimate) : null }),
  )
  return { figures, whole: whole?.name ?? null }

  /** Figures of places alone have no providers to find the whole by: it is what holds all of them. */
  function holding(some: readonly { readonly area: number }[]) {
    const [first, ...rest] = some.map(({ area }) => geography.ancestors(area))
    const common = first?.filter((place) => rest.every((others) => others.includes(place))) ?? []
    for (const place of common) {
      const estimate = own(comparison, place)
      if (estimate) return { name: geography.name(place), estimate }
    }
    return null
  }

  function together(inside: readonly number[]): GroupEstimate | null {
    if (!canPool(indicator)) return null
    // A kind that is held apart (special schools) is no part of what the usual kind comes to.
    const usual = inside.filter((provider) => geography.kind(provider) === null)
    const at = usual.flatMap((provider) => comparison.at(provider) ?? [])
    const found = groupEstimate(series, limits, at, indicator)
    return found && found.count >= fewestProviders ? found : null
  }
}

/** An area's own figure; null where none with a value was published. */
function own(comparison: SeriesComparison, area: number): GroupEstimate | null {
  const at = comparison.at(area)
  if (at === undefined) return null
  const estimate = comparison.estimate(at)
  return Number.isNaN(estimate.value) ? null : { ...estimate, origin: 'published', count: 0 }
}

/** The stored series as comparing takes one. */
const published = (s: StoredSeries): PublishedSeries => ({
  ...s,
  roundedTo: s.rounded ? 1 : null,
  notes: new Map(),
})

/** Who is who, for finding the whole. */
export const geographyOf =
  (listings: ReadonlyMap<number, Listing>) =>
  (service: Service | undefined): Geography => ({
    isProvider: (s) => listings.get(s)?.kind === 'provider',
    region: () => null,
    area: () => null,
    ancestors: (s) => listings.get(s)?.parents ?? [],
    isCountry: (s) => listings.get(s)?.level === 'country',
    rank: (s) => levelRank(listings.get(s)?.level ?? null),
    name: (s) => listings.get(s)?.name ?? 'the whole',
    kind: (s) => kindApart(service, listings.get(s)?.body.facts ?? {}),
    providers: service?.providers ?? 'places',
    peers: () => null,
  })
