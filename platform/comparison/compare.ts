import type { Indicator } from '../evidence/indicator.ts'
import {
  direction,
  type Estimate,
  estimateAt,
  type GroupEstimate,
  groupEstimate,
} from './estimate.ts'
import { comparators, type Direction } from './figures.ts'
import type { SeriesLimits } from './limits.ts'
import type { PublishedSeries } from './series.ts'
import { origins, type PackedComparison } from './sheet.ts'

/** Who is who: what comparing needs to know of providers and places, by subject number. */
export interface Geography {
  readonly isProvider: (subject: number) => boolean
  readonly region: (subject: number) => number | null
  readonly area: (subject: number) => number | null
  /** All places that hold a subject. */
  readonly ancestors: (subject: number) => readonly number[]
  readonly isCountry: (subject: number) => boolean
  readonly rank: (subject: number) => number
  readonly name: (subject: number) => string
  /** "practices", "schools": for the name of a whole that nobody published. */
  readonly providers: string
  /** Peers by subject number; null where none are known. */
  readonly peers: (subject: number) => Int32Array | null
}

export interface Whole {
  readonly name: string
  readonly estimate: GroupEstimate
  /** Place in the series, where the whole is one of its subjects. */
  readonly at: number | null
}

export interface Compared {
  readonly whole: Whole | null
  /** For each place in the series. */
  readonly comparisons: readonly (PackedComparison[] | null)[]
  /** Against the whole; 9 for none. */
  readonly direction: Int8Array
}

/** Values that nobody should compare: sizes, and words that are ordered but not measured. */
const comparable = (indicator: Indicator): boolean =>
  indicator.kind !== 'count' && indicator.kind !== 'rating'

export class SeriesComparison {
  readonly series: PublishedSeries
  readonly limits: SeriesLimits | null
  readonly #indicator: Indicator
  readonly #geography: Geography
  readonly #place = new Map<number, number>()
  readonly #groups = new Map<number, GroupEstimate | null>()
  #providersWithin: Map<number, number[]> | null = null

  constructor(
    series: PublishedSeries,
    limits: SeriesLimits | null,
    indicator: Indicator,
    geography: Geography,
  ) {
    this.series = series
    this.limits = limits
    this.#indicator = indicator
    this.#geography = geography
    series.subjects.forEach((subject, at) => {
      this.#place.set(subject, at)
    })
  }

  at(subject: number): number | undefined {
    return this.#place.get(subject)
  }

  estimate(at: number): Estimate {
    return estimateAt(this.series, this.limits, at)
  }

  /**
   * The whole: a country's own row; else the largest place in the series that holds nine in ten of
   * its providers; else all its providers taken together. Null for one alone, who would be compared
   * with itself.
   */
  whole(): Whole | null {
    const { series } = this
    const g = this.#geography
    const providers: number[] = []
    let best: number | null = null
    series.subjects.forEach((subject, at) => {
      if (g.isProvider(subject)) providers.push(at)
      else if (g.isCountry(subject) && !Number.isNaN(series.value[at] as number)) best = at
    })
    best ??= this.#mostlyHolding(providers)
    if (best !== null) {
      const at: number = best
      const subject = series.subjects[at] as number
      const estimate = { ...this.estimate(at), origin: 'published' as const, count: 1 }
      return { name: g.name(subject), estimate, at }
    }
    const estimate = groupEstimate(series, this.limits, providers, this.#indicator)
    if (!estimate || estimate.count < 2) return null
    const name = `all ${estimate.count.toLocaleString('en-GB')} ${g.providers}`
    return { name, estimate, at: null }
  }

  #mostlyHolding(providers: readonly number[]): number | null {
    const { series } = this
    const g = this.#geography
    const held = new Map<number, number>()
    for (const at of providers) {
      for (const place of g.ancestors(series.subjects[at] as number)) {
        held.set(place, (held.get(place) ?? 0) + 1)
      }
    }
    let best: number | null = null
    for (const [place, count] of held) {
      const at = this.#place.get(place)
      if (at === undefined || count < 0.9 * providers.length) continue
      if (Number.isNaN(series.value[at] as number)) continue
      if (best === null || g.rank(place) > g.rank(series.subjects[best] as number)) best = at
    }
    return best
  }

  /** A place's own figure where it was published, else that of its providers taken together. */
  group(place: number): GroupEstimate | null {
    const known = this.#groups.get(place)
    if (known !== undefined) return known
    const at = this.#place.get(place)
    let estimate: GroupEstimate | null = null
    if (at !== undefined && !Number.isNaN(this.series.value[at] as number)) {
      estimate = { ...this.estimate(at), origin: 'published', count: 1 }
    } else {
      const members = this.#members().get(place) ?? []
      if (members.length >= 2) {
        estimate = groupEstimate(this.series, this.limits, members, this.#indicator)
      }
    }
    this.#groups.set(place, estimate)
    return estimate
  }

  #members(): Map<number, number[]> {
    if (this.#providersWithin) return this.#providersWithin
    const within = new Map<number, number[]>()
    const g = this.#geography
    this.series.subjects.forEach((subject, at) => {
      if (!g.isProvider(subject)) return
      for (const place of [g.region(subject), g.area(subject)]) {
        if (place === null) continue
        const list = within.get(place)
        if (list) list.push(at)
        else within.set(place, [at])
      }
    })
    this.#providersWithin = within
    return within
  }

  peers(subject: number): GroupEstimate | null {
    const members = this.#geography.peers(subject)
    if (!members) return null
    const at: number[] = []
    for (const member of members) {
      const place = this.#place.get(member)
      if (place !== undefined) at.push(place)
    }
    return at.length < 2 ? null : groupEstimate(this.series, this.limits, at, this.#indicator)
  }

  /**
   * Every subject against every comparator.
   * @param past the period before, for the same indicator and group.
   */
  compare(past: SeriesComparison | null): Compared {
    const { series } = this
    const found = new Int8Array(series.subjects.length).fill(9)
    if (!comparable(this.#indicator)) {
      return { whole: null, comparisons: [], direction: found }
    }
    const whole = this.whole()
    const everyone = series.breakdown === ''
    const comparisons = Array.from(series.subjects, (subject, at) => {
      const own = this.estimate(at)
      if (Number.isNaN(own.value)) return null
      const list: PackedComparison[] = []
      if (whole && whole.at !== at) {
        add(list, 'whole', own, whole.estimate)
        found[at] = list[0]?.[3] ?? 9
      }
      if (everyone) this.#near(list, subject, own, whole?.at ?? null)
      const before = past?.at(subject)
      if (past && before !== undefined) {
        const estimate = past.estimate(before)
        if (!Number.isNaN(estimate.value)) {
          add(list, 'past', own, { ...estimate, origin: 'published', count: 1 })
        }
      }
      return list
    })
    return { whole, comparisons, direction: found }
  }

  #near(list: PackedComparison[], subject: number, own: Estimate, wholeAt: number | null): void {
    const g = this.#geography
    for (const against of ['region', 'area'] as const) {
      const place = g[against](subject)
      if (place === null || place === subject) continue
      if (wholeAt !== null && this.series.subjects[wholeAt] === place) continue
      const estimate = this.group(place)
      if (estimate) add(list, against, own, estimate)
    }
    if (!g.isProvider(subject)) return
    const peers = this.peers(subject)
    if (peers) add(list, 'peers', own, peers)
  }
}

function add(
  list: PackedComparison[],
  against: (typeof comparators)[number],
  own: Estimate,
  other: GroupEstimate,
): void {
  const found: Direction | null = direction(own, other)
  list.push([
    comparators.indexOf(against),
    Math.round(other.value * 1e6) / 1e6,
    origins.indexOf(other.origin),
    found,
  ])
}
