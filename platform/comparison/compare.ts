import { type Indicator, isComparable } from '../evidence/indicator.ts'
import {
  direction,
  type Estimate,
  estimateAt,
  type GroupEstimate,
  groupEstimate,
} from './estimate.ts'
import { comparators, type Direction } from './figures.ts'
import type { SeriesLimits } from './limits.ts'
import { groupHere, scopeOf } from './scope.ts'
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
  /** "special schools": a kind of provider that is held apart; null for the usual kind and for places. */
  readonly kind: (subject: number) => string | null
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
  /** The whole of the usual kind of provider. */
  readonly whole: Whole | null
  /** What each place in the series was held against: the whole of its own kind. */
  readonly wholeAt: (at: number) => Whole | null
  /** Which areas hold all providers of its region that stand here, where they are few. */
  readonly scopeAt: (at: number) => string | null
  /** For each place in the series. */
  readonly comparisons: readonly (PackedComparison[] | null)[]
  /** Against the whole; 9 for none. */
  readonly direction: Int8Array
}

export class SeriesComparison {
  readonly series: PublishedSeries
  readonly limits: SeriesLimits | null
  readonly #indicator: Indicator
  readonly #geography: Geography
  readonly #place = new Map<number, number>()
  readonly #groups = new Map<string, GroupEstimate | null>()
  readonly #wholes = new Map<string | null, Whole | null>()
  readonly #scopes = new Map<string, string | null>()
  #providersWithin: Map<string, number[]> | null = null

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
   * with itself. A kind that is held apart is taken together alone: what is published holds all kinds.
   */
  whole(kind: string | null = null): Whole | null {
    const known = this.#wholes.get(kind)
    if (known !== undefined) return known
    const whole = this.#findWhole(kind)
    this.#wholes.set(kind, whole)
    return whole
  }

  #findWhole(kind: string | null): Whole | null {
    const { series } = this
    const g = this.#geography
    const providers: number[] = []
    let best: number | null = null
    series.subjects.forEach((subject, at) => {
      if (g.isProvider(subject)) {
        if (g.kind(subject) === kind) providers.push(at)
      } else if (kind !== null) return
      else if (g.isCountry(subject) && !Number.isNaN(series.value[at] as number)) best = at
    })
    if (kind === null) best ??= this.#mostlyHolding(providers)
    if (best !== null) {
      const at: number = best
      const subject = series.subjects[at] as number
      const estimate = { ...this.estimate(at), origin: 'published' as const, count: 1 }
      return { name: g.name(subject), estimate, at }
    }
    const estimate = groupEstimate(series, this.limits, providers, this.#indicator)
    if (!estimate || estimate.count < 2) return null
    const scope = this.#scope(providers)
    const name = `all ${groupHere(estimate.count, kind ?? g.providers, scope)}`
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

  #scope(providers: readonly number[]): string | null {
    const g = this.#geography
    const subjects = providers
      .filter((at) => !Number.isNaN(this.series.value[at] as number))
      .map((at) => this.series.subjects[at] as number)
    return scopeOf(subjects, g.area, g.name)
  }

  /**
   * A place's own figure where it was published, else that of its providers of one kind taken
   * together; for a kind that is held apart always the latter.
   */
  group(place: number, kind: string | null = null): GroupEstimate | null {
    const key = `${place} ${kind ?? ''}`
    const known = this.#groups.get(key)
    if (known !== undefined) return known
    const at = kind === null ? this.#place.get(place) : undefined
    let estimate: GroupEstimate | null = null
    if (at !== undefined && !Number.isNaN(this.series.value[at] as number)) {
      estimate = { ...this.estimate(at), origin: 'published', count: 1 }
    } else {
      const members = this.#members().get(key) ?? []
      if (members.length >= 2) {
        estimate = groupEstimate(this.series, this.limits, members, this.#indicator)
      }
    }
    this.#groups.set(key, estimate)
    return estimate
  }

  /** Providers by the region or area that holds them, and by their kind. */
  #members(): Map<string, number[]> {
    if (this.#providersWithin) return this.#providersWithin
    const within = new Map<string, number[]>()
    const g = this.#geography
    this.series.subjects.forEach((subject, at) => {
      if (!g.isProvider(subject)) return
      for (const place of [g.region(subject), g.area(subject)]) {
        if (place === null) continue
        const key = `${place} ${g.kind(subject) ?? ''}`
        const list = within.get(key)
        if (list) list.push(at)
        else within.set(key, [at])
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
    if (!isComparable(this.#indicator)) {
      const none = { whole: null, wholeAt: () => null, scopeAt: () => null }
      return { ...none, comparisons: [], direction: found }
    }
    const g = this.#geography
    const wholeAt = (at: number): Whole | null => this.whole(g.kind(series.subjects[at] as number))
    const everyone = series.breakdown === ''
    const comparisons = Array.from(series.subjects, (subject, at) => {
      const own = this.estimate(at)
      if (Number.isNaN(own.value)) return null
      const list: PackedComparison[] = []
      const whole = wholeAt(at)
      if (whole && whole.at !== at) {
        add(list, 'whole', own, whole.estimate)
        found[at] = list[0]?.[3] ?? 9
      }
      if (everyone) this.#near(list, subject, own, whole)
      const before = past?.at(subject)
      if (past && before !== undefined) {
        const estimate = past.estimate(before)
        if (!Number.isNaN(estimate.value)) {
          add(list, 'past', own, { ...estimate, origin: 'published', count: 1 })
        }
      }
      return list
    })
    return { whole: this.whole(), wholeAt, scopeAt: this.#scopeAt, comparisons, direction: found }
  }

  readonly #scopeAt = (at: number): string | null => {
    const g = this.#geography
    const subject = this.series.subjects[at] as number
    const region = g.region(subject)
    if (region === null) return null
    const key = `${region} ${g.kind(subject) ?? ''}`
    let scope = this.#scopes.get(key)
    if (scope === undefined) {
      scope = this.#scope(this.#members().get(key) ?? [])
      this.#scopes.set(key, scope)
    }
    return scope
  }

  #near(list: PackedComparison[], subject: number, own: Estimate, whole: Whole | null): void {
    const g = this.#geography
    const wholeAt = whole?.at ?? null
    const kind = g.kind(subject)
    // Areas lie within regions, regions within the whole: as many providers are the same providers.
    const told = new Set(whole && wholeAt === null ? [whole.estimate.count] : [])
    for (const against of ['region', 'area'] as const) {
      const place = g[against](subject)
      if (place === null || place === subject) continue
      if (wholeAt !== null && this.series.subjects[wholeAt] === place) continue
      const estimate = this.group(place, kind)
      if (!estimate) continue
      if (estimate.origin !== 'published') {
        if (told.has(estimate.count)) continue
        told.add(estimate.count)
      }
      add(list, against, own, estimate)
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
  const packed: PackedComparison = [
    comparators.indexOf(against),
    Math.round(other.value * 1e6) / 1e6,
    origins.indexOf(other.origin),
    found,
  ]
  // Its own past has the limits of the figure before, which stands in the same sheet.
  const hasLimits = against !== 'past' && !Number.isNaN(other.lower95 + other.upper95)
  const isPooled = other.origin !== 'published' && against !== 'whole' && against !== 'peers'
  if (hasLimits) packed.push(short(other.lower95), short(other.upper95))
  else if (isPooled) packed.push(null, null)
  if (isPooled) packed.push(other.count)
  list.push(packed)
}

/** Six digits are more than any page shows. */
const short = (x: number): number => Number(x.toPrecision(6))
