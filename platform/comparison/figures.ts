import type { Status } from '../evidence/descriptor.ts'

/** How an interval came about; each has a section on the methods page. */
export const intervalMethods = [
  'published', // the source's own limits
  'wilson', // from counts
  'wilson-rounded', // from counts worked back from rounded percentages: the widest that fit
  'byar', // events: Byar's method, exact below 10
  'published-rescaled', // 95% published, 99.8% scaled from it
  'wilson-rounded-counts', // from counts that were rounded at publish: the widest that fit
  'byar-rounded-counts', // the same of events
  'published-weighted', // the source's own, of a weighted share whose counts are withheld
] as const
export type IntervalMethod = (typeof intervalMethods)[number]

/** Methods of figures whose counts are nobody's, or withheld: they are not to be added up, nor told by. */
export const roundedMethods: readonly IntervalMethod[] = [
  'published-weighted',
  'wilson-rounded',
  'wilson-rounded-counts',
  'byar-rounded-counts',
]

export interface Limits {
  readonly lower95: number
  readonly upper95: number
  readonly lower998: number
  readonly upper998: number
  readonly method: IntervalMethod
}

export const comparators = ['whole', 'region', 'area', 'peers', 'past'] as const
export type Comparator = (typeof comparators)[number]

/** -2 and 2: different at 99.8%; -1 and 1: at 95%; 0: similar; null: not enough data to say. */
export type Direction = -2 | -1 | 0 | 1 | 2

export interface Comparison {
  readonly against: Comparator
  /** "England", "Hampshire", "30 similar practices", "2017-18". */
  readonly name: string
  readonly value: number
  /** Null where nobody knows them, and for what older publications stored. */
  readonly limits95: { readonly lower95: number; readonly upper95: number } | null
  /** Whether the value was published or worked out from the providers, and how. */
  readonly origin: 'published' | 'pooled' | 'weighted-mean' | 'mean'
  readonly direction: Direction | null
}

/** One value of one indicator for one subject and period, with all that was computed at publish. */
export interface Figure {
  readonly indicator: string
  /** '' for everyone, else `sex=boys` (dimensions in alphabetical order, joined by `;`). */
  readonly breakdown: string
  readonly period: string
  readonly status: Status
  readonly value: number | null
  readonly limits: Limits | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly release: number
  readonly comparisons: readonly Comparison[]
  /** What the source says of this one value. */
  readonly note: string | null
}

/** All periods of one indicator and breakdown for one subject, oldest first. */
export interface FigureSeries {
  readonly indicator: string
  readonly breakdown: string
  readonly figures: readonly Figure[]
}

export interface PlaceLink {
  readonly code: string
  readonly name: string
  readonly level: string
}

/** Who came after a provider or place that has closed or was merged. */
export interface Successor {
  readonly kind: 'provider' | 'place'
  readonly code: string
  readonly name: string
}

export interface SubjectPage {
  readonly kind: 'provider' | 'place'
  readonly code: string
  readonly name: string
  readonly service: string | null
  readonly level: string | null
  readonly type: string | null
  readonly status: string | null
  readonly closed: boolean
  readonly address: string | null
  readonly postcode: string | null
  readonly facts: Readonly<Record<string, string>>
  /** Who came after it, of those that are listed. */
  readonly successors: readonly Successor[]
  /** From the smallest to the largest. */
  readonly parents: readonly PlaceLink[]
  /** Codes of the providers it is compared with, the nearest first; none for places. */
  readonly peers: readonly string[]
  readonly series: readonly FigureSeries[]
}

export interface Peer {
  readonly code: string
  readonly name: string
  readonly distance: number
}

/** A row of an indicator's table. */
export interface IndicatorRow {
  readonly code: string
  readonly name: string
  readonly kind: 'provider' | 'place'
  readonly area: string | null
  readonly status: Status
  readonly value: number | null
  readonly limits: Limits | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly direction: Direction | null
  readonly release: number
  /** What the source says of this one value. */
  readonly note: string | null
  readonly closed: boolean
  /** "special schools", for one that is compared only with its own kind; null for all others. */
  readonly apart: string | null
}

export interface SummaryWhole {
  readonly name: string
  readonly value: number
  readonly origin: Comparison['origin']
  readonly limits95: Comparison['limits95']
}

/** An indicator in one period: what its page leads with. */
export interface IndicatorSummary {
  readonly indicator: string
  readonly period: string
  readonly breakdown: string
  readonly periods: readonly string[]
  readonly breakdowns: readonly string[]
  /** Providers with a value, and without one for each reason. */
  readonly counts: Readonly<Record<Status, number>>
  readonly whole: SummaryWhole | null
  /** 5th, 25th, 50th, 75th and 95th percentile of the providers' values. */
  readonly percentiles: readonly number[] | null
  /** Kinds of provider that are held apart: they are not among the percentiles. */
  readonly apart: readonly { readonly name: string; readonly count: number }[]
}

export interface ReleaseRow {
  readonly id: number
  readonly dataset: string
  readonly title: string
  readonly publisher: string
  readonly source: string
  readonly licence: string
  readonly period: string
  /** Null where it is about several services or none. */
  readonly service: string | null
  /** What tells it from others of its dataset and period, as the file's name has it. */
  readonly part: string | null
  /** The same in words, where they are known: the name of the place "850". */
  readonly partName: string | null
  readonly status: 'draft' | 'published' | 'superseded' | 'withdrawn'
  readonly fileName: string
  readonly sha256: string
  readonly bytes: number
  readonly rowsRead: number
  readonly rowsAccepted: number
  readonly rowsRefused: number
  readonly publishedOn: string | null
  readonly createdAt: string
  readonly publishedAt: string | null
  /** When it was superseded or withdrawn; null while it counts. */
  readonly endedAt: string | null
  readonly by: string
  readonly supersedes: number | null
  readonly supersededBy: number | null
  /** Why it was published, as its steward said. */
  readonly reason: string
  /** Why it was superseded or withdrawn; null while it counts. */
  readonly endReason: string | null
}
