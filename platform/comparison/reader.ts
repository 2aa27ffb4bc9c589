import type { CardsReader } from '../cards/store.ts'
import type { DeskReader } from '../desk/store.ts'
import type { Indicator, Service } from '../evidence/indicator.ts'
import type { PeriodKind } from '../evidence/period.ts'
import type { FairnessReader } from '../fairness/store.ts'
import type { JobsReader } from '../jobs/store.ts'
import type { NewsReader } from '../news/store.ts'
import type { MapsReader } from '../places/maps.ts'
import type { RegisterReader } from '../providers/register.ts'
import type { RecordReader } from '../record/store.ts'
import type { RepliesReader } from '../replies/store.ts'
import type { StandardsReader } from '../standards/store.ts'
import type { StoriesReader } from '../stories/store.ts'
import type { SurveysReader } from '../surveys/reader.ts'
import type { ValueReader } from '../value/store.ts'
import type { YardstickReader } from '../yardstick/store.ts'
import type {
  Direction,
  Figure,
  FigureSeries,
  IndicatorRow,
  IndicatorSummary,
  Peer,
  PlaceLink,
  ReleaseRow,
  SubjectPage,
  Successor,
} from './figures.ts'
import type {
  Change,
  ChangesAsked,
  ChangesPage,
  ChangesQuery,
  ReleasePage,
} from './release-page.ts'

/** Which published state is read: the number of the last publication that counts. */
export interface State {
  readonly publication: number
  /** When it was published; null while nothing is. */
  readonly at: string | null
  /** It holds invented releases: the example area's. */
  readonly invented: boolean
  /** The number of the last answer to a signal that had been given. */
  readonly answers: number
  /** The number of the last entry on the record, and how many entries the last checkpoint covers. */
  readonly record: number
  readonly checkpoint: number
  /** The last entry that says something was erased, whenever that was: no state shows it any more. */
  readonly erased: number
}

export interface SearchHit {
  readonly code: string
  readonly name: string
  readonly kind: 'provider' | 'place'
  readonly service: string | null
  readonly level: string | null
  readonly postcode: string | null
  readonly town: string | null
  readonly closed: boolean
  /** The day, as its source writes it. */
  readonly closedOn: string | null
  /** Known from a register alone: no release that counts has a figure of it. */
  readonly silent: boolean
}

/** A hit of a search. */
export interface Found extends SearchHit {
  /** It holds what was typed; others are only like it. */
  readonly exact: boolean
  /** Its address, where it is found by that and not by its name; else null. */
  readonly street?: string | null
}

/** One that no current release describes any more. */
export interface Ended {
  readonly kind: 'provider' | 'place'
  readonly name: string
  /** The day before it ended: how it was can be seen `as-of` it. */
  readonly last: string
  /** Who came after it, where its source says so and they are listed. */
  readonly successors: readonly Successor[]
}

/** How many providers a service has. */
export interface ProviderCounts {
  /** Open, with figures or without. */
  readonly open: number
  readonly closed: number
  /** Of the open ones, those known from a register alone: no release has a figure of them. */
  readonly silent: number
  /** Of the open ones, those known by their code alone: no register that was read names them. */
  readonly nameless: number
}

export interface IndicatorQuery {
  /** Default: the latest period. */
  readonly period?: string
  readonly breakdown?: string
  /** Only providers within this place. */
  readonly place?: string
  /** Part of a name or code. */
  readonly q?: string
  readonly direction?: Direction
  readonly sort?: 'name' | 'value' | 'area' | 'direction'
  readonly order?: 'asc' | 'desc'
  readonly page?: number
  readonly size?: number
}

export interface IndicatorPage {
  readonly summary: IndicatorSummary
  readonly rows: readonly IndicatorRow[]
  /** Rows after filtering. */
  readonly total: number
  /** Every provider's value, in ascending order, for the distribution (codes alongside). */
  readonly distribution: { readonly codes: readonly string[]; readonly values: Float64Array }
  /** The whole's own series over time, where there is one. */
  readonly wholeSeries: FigureSeries | null
  /** The latest values of each breakdown of the whole (deprivation deciles, sex ...). */
  readonly groups: readonly Figure[]
  /** Regions and areas by which the table may be narrowed, in the order of their names. */
  readonly areas: readonly PlaceLink[]
  readonly releases: readonly ReleaseRow[]
}

/** What names a series: an indicator in one period for one group. */
export interface SeriesName {
  readonly indicator: string
  readonly period: string
  /** '' for everyone, else `sex=boys`. */
  readonly breakdown: string
}

/** What an indicator was whose last figures were withdrawn. */
export interface EndedIndicator {
  readonly release: { readonly id: number; readonly title: string }
  /** The last moment at which its figures counted. */
  readonly last: string
}

/** How all providers' values of an indicator are spread in one period. */
export interface Spread {
  /** In ascending order. */
  readonly values: Float64Array
  /** The same of the providers that one may be held against: of its own kind. */
  readonly valuesLike: (code: string) => Float64Array
  /** The value of a provider or place by its code; null where it has none. */
  readonly valueOf: (code: string) => number | null
}

export interface PlacePage {
  readonly page: SubjectPage
  readonly children: readonly PlaceLink[]
  readonly neighbours: readonly PlaceLink[]
  /** Open ones first. */
  readonly providers: readonly SearchHit[]
  /** Open and closed. */
  readonly providerCount: number
  /** The few places within it that hold all of them, where it has more: "Hampshire", "Surrey". */
  readonly scope: readonly string[] | null
  /** How many open providers of each service lie within it, and how many that have closed. */
  readonly services: readonly {
    readonly service: string
    readonly count: number
    readonly closed: number
  }[]
}

/** Everything that pages and the API read. All answers are stored results of one state. */
export interface Reader {
  /** Report cards. */
  readonly cards: CardsReader
  /** Standards and the judgements by them. */
  readonly standards: StandardsReader
  /** What needs a steward, and what was answered. */
  readonly desk: DeskReader
  readonly fairness: FairnessReader
  /** What the server does beside answering. */
  readonly jobs: JobsReader
  /** What changed: figures, judgements. */
  readonly news: NewsReader
  /** The public record. */
  readonly record: RecordReader
  /** What providers say of what is said of them. */
  readonly replies: RepliesReader
  /** What citizens tell of services. */
  readonly stories: StoriesReader
  readonly surveys: SurveysReader
  /** Who gets the most from each pound. */
  readonly value: ValueReader
  /** Who there is: all providers and places. */
  readonly register: RegisterReader
  /** Known figures of other countries and years. */
  readonly yardstick: YardstickReader
  /** The state at a moment (ISO date or date-time), or now. */
  state(asOf?: string): Promise<State>
  /** All services, or, given a state, without those that are known from invented figures alone. */
  services(state?: State): readonly Service[]
  service(code: string): Service | null
  /** All indicators by code, in the order in which analysts list them. */
  indicators(state: State): Promise<ReadonlyMap<string, Indicator>>
  /** Which kind of period an indicator has; null where no kind of file names it. */
  periodKind(code: string): PeriodKind | null
  /** The latest summary of each indicator of a service. */
  summaries(state: State, service: string): Promise<readonly IndicatorSummary[]>
  subject(state: State, code: string): Promise<SubjectPage | null>
  /** Since when somebody who was listed once is listed no more; null for all others. */
  ended(state: State, code: string): Promise<Ended | null>
  /** Codes of those that have ended or closed, of whom this one came after. */
  precededBy(state: State, code: string): Promise<readonly string[]>
  peers(state: State, code: string): Promise<readonly Peer[]>
  indicatorPage(state: State, code: string, query: IndicatorQuery): Promise<IndicatorPage | null>
  /** Every indicator, period and group that has figures, in that order. */
  seriesKeys(state: State): Promise<readonly SeriesName[]>
  /** All rows of one table by name, providers and places; of those within a place where one is named. */
  tableRows(state: State, key: SeriesName, within: string | null): Promise<readonly IndicatorRow[]>
  place(state: State, code: string, page?: number): Promise<PlacePage | null>
  spread(state: State, code: string, period: string, breakdown?: string): Promise<Spread | null>
  /** The rows of an indicator's table for some subjects, in the order asked for. */
  rowsOf(
    state: State,
    code: string,
    key: { period: string; breakdown: string },
    subjects: readonly string[],
  ): Promise<readonly IndicatorRow[]>
  /** The providers of a service by name, at most `limit`. */
  providersOf(state: State, service: string, limit: number): Promise<readonly SearchHit[]>
  /** How many providers each service has. */
  providerCounts(state: State): Promise<ReadonlyMap<string, ProviderCounts>>
  /** The last release that held figures of an indicator and counts no more; null where one still does, or none did. */
  indicatorEnded(state: State, code: string): Promise<EndedIndicator | null>
  release(state: State, id: number): Promise<ReleasePage | null>
  /** The figures that a correction changed, a page of them; null where there is no such release. */
  changes(state: State, id: number, query: ChangesAsked): Promise<ChangesPage | null>
  /** All of them that a query leaves, by figure, some thousands at a time. */
  allChanges(state: State, by: number, query: ChangesQuery): AsyncIterable<readonly Change[]>
  /** To what counts were rounded, by release and indicator; null where they were not. */
  roundedReleases(): Promise<(release: number, indicator: string) => number | null>
  /** Newest first. */
  releases(
    state: State,
    filter?: { dataset?: string; service?: string; limit?: number },
  ): Promise<readonly ReleaseRow[]>
  search(state: State, q: string, limit?: number): Promise<readonly Found[]>
  /** The codes of the open providers of a service within a place, at most 500. */
  providersWithin(state: State, place: string, service: string): Promise<readonly string[]>
  readonly maps: MapsReader
}
