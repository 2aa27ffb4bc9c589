import type { Indicator, Service } from '../evidence/indicator.ts'
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
} from './figures.ts'

/** Which published state is read: the number of the last publication that counts. */
export interface State {
  readonly publication: number
  /** When it was published; null while nothing is. */
  readonly at: string | null
  /** It holds invented releases: the example area's. */
  readonly invented: boolean
}

export interface SearchHit {
  readonly code: string
  readonly name: string
  readonly kind: 'provider' | 'place'
  readonly service: string | null
  readonly level: string | null
  readonly postcode: string | null
  readonly town: string | null
}

export interface CheckResult {
  readonly rule: string
  readonly severity: 'refuse' | 'warn' | 'note'
  readonly count: number
  readonly sentence: string
  /** The first few places where it was seen. */
  readonly examples: readonly { line: number; column: string | null; value: string | null }[]
}

export interface Change {
  readonly subject: string
  readonly name: string
  readonly indicator: string
  readonly breakdown: string
  readonly period: string
  readonly before: number | null
  readonly after: number | null
}

export interface ReleasePage {
  readonly release: ReleaseRow
  readonly checks: readonly CheckResult[]
  readonly indicators: readonly string[]
  /** Figures that differ from the release that this one supersedes: the first 100. */
  readonly changes: readonly Change[]
  readonly changeCount: number
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
  readonly releases: readonly ReleaseRow[]
}

export interface PlacePage {
  readonly page: SubjectPage
  readonly children: readonly PlaceLink[]
  readonly neighbours: readonly PlaceLink[]
  readonly providers: readonly SearchHit[]
  readonly providerCount: number
}

/** Everything that pages and the API read. All answers are stored results of one state. */
export interface Reader {
  /** The state at a moment (ISO date or date-time), or now. */
  state(asOf?: string): Promise<State>
  /** All services, or, given a state, without those that are known from invented figures alone. */
  services(state?: State): readonly Service[]
  service(code: string): Service | null
  indicator(code: string): Promise<Indicator | null>
  indicators(service?: string): Promise<readonly Indicator[]>
  /** The latest summary of each indicator of a service. */
  summaries(state: State, service: string): Promise<readonly IndicatorSummary[]>
  subject(state: State, code: string): Promise<SubjectPage | null>
  peers(state: State, code: string): Promise<readonly Peer[]>
  indicatorPage(state: State, code: string, query: IndicatorQuery): Promise<IndicatorPage | null>
  place(state: State, code: string, page?: number): Promise<PlacePage | null>
  release(state: State, id: number): Promise<ReleasePage | null>
  /** Newest first. */
  releases(
    state: State,
    filter?: { dataset?: string; service?: string; limit?: number },
  ): Promise<readonly ReleaseRow[]>
  search(q: string, limit?: number): Promise<readonly SearchHit[]>
  /** The codes of the providers of a service within a place, at most 500. */
  providersWithin(state: State, place: string, service: string): Promise<readonly string[]>
}
