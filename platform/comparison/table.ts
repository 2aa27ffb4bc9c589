import { statuses } from '../evidence/descriptor.ts'
import type { ListingRow } from '../providers/store.ts'
import type { SeriesSummary } from '../publishing/series-store.ts'
import {
  type Direction,
  type IndicatorRow,
  intervalMethods,
  type Limits,
  type PlaceLink,
} from './figures.ts'
import type { IndicatorPage, IndicatorQuery } from './reader.ts'

/** A series as it is stored: columns with an entry for each subject. */
export interface SeriesRow {
  indicator: string
  period: string
  breakdown: string
  publication: number
  summary: SeriesSummary & { empty?: boolean }
  subjects: number[]
  value: (number | null)[]
  status: number[]
  release: number[]
  releases: number[]
  lower95: (number | null)[] | null
  upper95: (number | null)[] | null
  lower998: (number | null)[] | null
  upper998: (number | null)[] | null
  numerator: (number | null)[] | null
  denominator: (number | null)[] | null
  method: number[] | null
  direction: number[] | null
}

/** A stored series with who its subjects are: all that an indicator's table needs. */
export interface Table {
  readonly series: SeriesRow
  readonly rows: readonly (IndicatorRow & { parents: readonly number[]; search: string })[]
  readonly distribution: IndicatorPage['distribution']
  /** Values in ascending order of each kind of provider that is held apart. */
  readonly apart: ReadonlyMap<string, Float64Array>
  /** Place in `rows`, which are in the order of their names, by code. */
  readonly byCode: ReadonlyMap<string, number>
  /** Regions and areas that hold some of the providers, by number. */
  readonly areas: ReadonlyMap<number, PlaceLink>
}

/** Levels by which a table of providers may be narrowed. */
const areaLevels = ['region', 'nhs-region', 'icb', 'county', 'district']

// Made once: `localeCompare` would make one for each pair.
export const byName = new Intl.Collator('en-GB')

/** A stored series with the names of its subjects and of the places that hold them. */
export function tableOf(
  series: SeriesRow,
  listings: ReadonlyMap<number, ListingRow>,
  parents: ReadonlyMap<number, ListingRow>,
): Table {
  const areas = new Map<number, PlaceLink>()
  for (const { id, code, name, level } of parents.values()) {
    if (level !== null && areaLevels.includes(level)) areas.set(id, { code, name, level })
  }
  const kinds = bySubject(series.summary.apart, (kind) => kind.name)
  const notes = bySubject(series.summary.notes, (note) => note.text)
  const rows = series.subjects.map((id, at) => {
    const l = listings.get(id)
    const area = l?.parents.map((p) => parents.get(p)).find((p) => p && p.level !== 'lsoa')
    return {
      code: l?.code ?? String(id),
      name: l?.name ?? String(id),
      kind: l?.kind ?? 'place',
      area: area?.name ?? null,
      status: statuses[series.status[at] ?? 0] ?? 'missing',
      value: series.value[at] ?? null,
      limits: limitsAt(series, at),
      numerator: series.numerator?.[at] ?? null,
      denominator: series.denominator?.[at] ?? null,
      direction: directionAt(series, at),
      release: series.releases[series.release[at] ?? 0] ?? 0,
      note: notes.get(id) ?? null,
      closed: l?.body.closed ?? false,
      apart: kinds.get(id) ?? null,
      parents: l?.parents ?? [],
      search: `${l?.name ?? ''} ${l?.code ?? ''} ${l?.postcode ?? ''}`.toLowerCase(),
    }
  })
  rows.sort((a, b) => byName.compare(a.name, b.name) || (a.code < b.code ? -1 : 1))
  const valued = rows
    .filter((r) => r.kind === 'provider' && r.value !== null)
    .sort((a, b) => (a.value as number) - (b.value as number) || (a.code < b.code ? -1 : 1))
  const usual = valued.filter((r) => r.apart === null)
  const valuesOf = (some: typeof valued) => Float64Array.from(some, (r) => r.value as number)
  const distribution = { codes: usual.map((r) => r.code), values: valuesOf(usual) }
  const ofKind = ({ name }: { name: string }) => valuesOf(valued.filter((r) => r.apart === name))
  const apart = new Map(series.summary.apart?.map((kind) => [kind.name, ofKind(kind)]))
  const byCode = new Map(rows.map((r, at) => [r.code, at]))
  return { series, rows, distribution, apart, byCode, areas }
}

/** The rows that a visitor asks for, in the order asked for. */
export function filterRows(
  table: Table,
  query: IndicatorQuery,
  place: number | null,
): IndicatorRow[] {
  const hasProviders = table.distribution.codes.length > 0
  const q = query.q?.trim().toLowerCase()
  const rows = table.rows.filter(
    (r) =>
      (!hasProviders || r.kind === 'provider') &&
      (place === null || r.parents.includes(place)) &&
      (!q || r.search.includes(q)) &&
      (query.direction === undefined || r.direction === query.direction),
  )
  const sign = query.order === 'desc' ? -1 : 1
  const last = Number.POSITIVE_INFINITY
  const by: Record<string, (a: IndicatorRow, b: IndicatorRow) => number> = {
    area: (a, b) => sign * byName.compare(a.area ?? '', b.area ?? ''),
    // Figures without a value come last whichever way, so that a place in the list tells nothing.
    value: (a, b) =>
      a.value === null || b.value === null
        ? (a.value ?? last) - (b.value ?? last) || 0
        : sign * (a.value - b.value),
    direction: (a, b) => sign * ((a.direction ?? -9) - (b.direction ?? -9)),
  }
  const compare = by[query.sort ?? 'name']
  // Rows lie in the order of their names already, and sorting keeps it where others are equal.
  if (!compare) return sign === 1 ? rows : rows.reverse()
  return rows.sort(compare)
}

/** What is said of groups of subjects, by subject. */
function bySubject<T extends { readonly subjects: readonly number[] }>(
  groups: readonly T[] | undefined,
  said: (group: T) => string,
): ReadonlyMap<number, string> {
  return new Map(
    groups?.flatMap((group) => group.subjects.map((id): [number, string] => [id, said(group)])),
  )
}

function limitsAt(s: SeriesRow, at: number): Limits | null {
  const lower95 = s.lower95?.[at] ?? null
  const upper95 = s.upper95?.[at] ?? null
  if (lower95 === null || upper95 === null || s.value[at] === null) return null
  const method = intervalMethods[s.method?.[at] ?? 0] ?? 'published'
  const lower998 = s.lower998?.[at] ?? lower95
  const upper998 = s.upper998?.[at] ?? upper95
  return { lower95, upper95, lower998, upper998, method }
}

function directionAt(s: SeriesRow, at: number): Direction | null {
  const found = s.direction?.[at] ?? 9
  return found === 9 ? null : (found as Direction)
}
