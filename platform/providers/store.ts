import type { Peer, PlaceLink, SubjectPage, Successor } from '../comparison/figures.ts'
import { Kept } from '../comparison/kept.ts'
import type {
  Ended,
  Found,
  PlacePage,
  ProviderCounts,
  SearchHit,
  State,
} from '../comparison/reader.ts'
import { unpackSheet } from '../comparison/sheet.ts'
import type { Database } from '../database/database.ts'
import { bySubjects } from '../evidence/by-subjects.ts'
import { kindApart, type Service } from '../evidence/indicator.ts'
import { successorFact } from '../evidence/subjects.ts'
import { areaLevels, regionLevels } from '../places/levels.ts'
import type { ListingBody } from '../publishing/listings.ts'
import { closed, columns, hasFigures, hitColumns, type ListingRow, newest } from './listing-rows.ts'
import { placePage } from './place-page.ts'
import { searchListings } from './search.ts'

/** What a page needs beside its listing. */
interface PageParts {
  readonly ended: boolean
  readonly within: { id: number; code: string; name: string; level: string | null }[] | null
  /** One text, since the driver takes an array of long texts apart letter by letter. */
  readonly sheets: string | null
  /** Codes of its peers, the nearest first. */
  readonly peers: string[] | null
}

const subjectPage = `select ${columns}, l.ended,
    (select json_agg(json_build_object('id', p.id, 'code', p.code, 'name', q.name, 'level', q.level))
      from unnest(l.parents) as u(id) join subject p on p.id = u.id
      join lateral (select name, level, ended from listing where subject_id = u.id
        and publication <= $1 order by publication desc limit 1) q on not q.ended) as within,
    (select string_agg(body, ',') from (select distinct on (dataset) body from sheet
      where subject_id = s.id and publication <= $1 order by dataset, publication desc) newest
      where body <> '') as sheets,
    (select array(select m.code from unnest(g.members) with ordinality as v(id, place)
        join subject m on m.id = v.id order by v.place)
      from peer_group g where g.subject_id = s.id and g.publication <= $1
      order by g.publication desc limit 1) as peers
  from subject s join listing l on l.subject_id = s.id
  where s.code = $2 and l.publication <= $1 order by l.publication desc limit 1`

/** From so many subjects on, all are read at once and kept. */
const many = 500

/** What is stored of providers and places, as one state sees it. */
export class SubjectStore {
  readonly #db: Database
  readonly #services: readonly Service[]
  readonly #listed = new Kept<number>(8)
  readonly #everybody = new Kept<ReadonlyMap<number, ListingRow>>(1)
  readonly #counts = new Kept<ReadonlyMap<string, ProviderCounts>>(4)

  constructor(db: Database, services: readonly Service[]) {
    this.#db = db
    this.#services = services
  }

  async listing(state: State, code: string): Promise<ListingRow | null> {
    const rows = await this.#db.query<ListingRow & { ended: boolean }>(
      `select ${columns}, l.ended from subject s join listing l on l.subject_id = s.id
       where s.code = $2 and l.publication <= $1 order by l.publication desc limit 1`,
      [state.publication, code],
    )
    return rows[0] && !rows[0].ended ? rows[0] : null
  }

  /** Since when somebody who was listed once is listed no more; null for all others. */
  async ended(state: State, code: string): Promise<Ended | null> {
    const [row] = await this.#db.query<
      Omit<Ended, 'successors'> & { ended: boolean; last: string | null; body: ListingBody }
    >(
      `select s.kind, l.name, l.ended, l.body,
         (select max(published_at) from publication where id < l.publication) as last
       from subject s join listing l on l.subject_id = s.id
       where s.code = $2 and l.publication <= $1 order by l.publication desc limit 1`,
      [state.publication, code],
    )
    if (!row?.ended || row.last === null) return null
    const successors = await this.#successors(state, row.body.facts)
    return { kind: row.kind, name: row.name, last: row.last, successors }
  }

  /** Codes of those that have ended or closed, of whom this one came after. */
  async precededBy(state: State, code: string): Promise<readonly string[]> {
    const rows = await this.#db.query<{ code: string }>(
      `select s.code from listing l join subject s on s.id = l.subject_id
       where l.publication <= $1 and (l.ended or ${closed})
         and $2 = any(string_to_array(l.body->'facts'->>$3, ', '))
         and not exists (select 1 from listing n where n.subject_id = l.subject_id
           and n.publication <= $1 and n.publication > l.publication)
       order by s.code`,
      [state.publication, code, successorFact],
    )
    return rows.map((r) => r.code)
  }

  /** Who came after, as far as they are listed: most have none, and ask nothing of the database. */
  async #successors(state: State, facts: ListingBody['facts']): Promise<readonly Successor[]> {
    const codes = (facts[successorFact] ?? '').split(', ').filter((c) => c !== '')
    if (codes.length === 0) return []
    return this.#db.query<Successor>(
      `select s.kind, s.code, l.name from listing l join subject s on s.id = l.subject_id
       where s.code = any($2::text[]) and ${newest} order by l.name, s.code`,
      [state.publication, codes],
    )
  }

  /** The last publication that changed anyone's listing. */
  listedIn(state: State): Promise<number> {
    return this.#listed.get(String(state.publication), async () => {
      const [row] = await this.#db.query<{ last: number | null }>(
        'select max(publication) as last from listing where publication <= $1',
        [state.publication],
      )
      return row?.last ?? 0
    })
  }

  async listings(state: State, ids: readonly number[]): Promise<Map<number, ListingRow>> {
    if (ids.length < many) return this.#read(state, ids)
    // Table after table asks for the same thousands.
    const all = await this.everybody(state)
    const unknown = ids.filter((id) => !all.has(id))
    const rest = unknown.length === 0 ? null : await this.#read(state, unknown)
    return new Map(
      ids.flatMap((id): [number, ListingRow][] => {
        const row = all.get(id) ?? rest?.get(id)
        return row ? [[id, row]] : []
      }),
    )
  }

  /** Everybody but small areas, of whom there are tens of thousands. */
  async everybody(state: State): Promise<ReadonlyMap<number, ListingRow>> {
    const listed = await this.listedIn(state)
    return this.#everybody.get(String(listed), () => this.#readAll(state))
  }

  async #readAll(state: State): Promise<ReadonlyMap<number, ListingRow>> {
    const rows = await bySubjects<ListingRow>(
      this.#db,
      `select ${columns} from listing l join subject s on s.id = l.subject_id
       where l.subject_id >= $2 and l.subject_id < $3 and l.level is distinct from 'lsoa' and ${newest}`,
      [state.publication],
    )
    return new Map(rows.map((r) => [r.id, r]))
  }

  async #read(state: State, ids: readonly number[]): Promise<Map<number, ListingRow>> {
    const rows = await this.#db.query<ListingRow & { ended: boolean }>(
      `select distinct on (l.subject_id) ${columns}, l.ended from listing l
       join subject s on s.id = l.subject_id
       where l.subject_id = any($2::int[]) and l.publication <= $1
       order by l.subject_id, l.publication desc`,
      [state.publication, ids],
    )
    return new Map(rows.filter((r) => !r.ended).map((r) => [r.id, r]))
  }

  /** All of a subject's page in one statement: at a hundred pages a second each one more is felt. */
  async page(state: State, code: string): Promise<SubjectPage | null> {
    const rows = await this.#db.query<ListingRow & PageParts>(subjectPage, [
      state.publication,
      code,
    ])
    const row = rows[0]
    if (!row || row.ended) return null
    const parents = new Map(row.within?.map((p) => [p.id, p]))
    const links = row.parents.flatMap((id): PlaceLink[] => {
      const p = parents.get(id)
      return p ? [{ code: p.code, name: p.name, level: p.level ?? 'place' }] : []
    })
    const at = (wanted: readonly string[]): string =>
      wanted.flatMap((w) => links.filter((l) => l.level === w))[0]?.name ?? 'the area'
    const service = this.#services.find((s) => s.code === row.service)
    const names = {
      region: at(regionLevels),
      area: at(areaLevels),
      peers: `${service?.providers ?? 'providers'} like it`,
      providers: kindApart(service, row.body.facts) ?? service?.providers ?? 'providers',
    }
    return {
      kind: row.kind,
      code: row.code,
      name: row.name,
      service: row.service,
      level: row.level,
      type: row.body.type,
      status: row.body.status,
      closed: row.body.closed ?? false,
      address: row.body.address,
      postcode: row.postcode,
      facts: row.body.facts,
      successors: await this.#successors(state, row.body.facts),
      parents: links,
      peers: row.peers ?? [],
      series: unpackSheet(row.sheets ?? '', names),
    }
  }

  async peers(state: State, code: string): Promise<Peer[]> {
    const rows = await this.#db.query<{ members: number[]; distances: number[] }>(
      `select members, distances from peer_group p join subject s on s.id = p.subject_id
       where s.code = $2 and p.publication <= $1 order by p.publication desc limit 1`,
      [state.publication, code],
    )
    const group = rows[0]
    if (!group) return []
    const named = await this.listings(state, group.members)
    return group.members.flatMap((id, i) => {
      const l = named.get(id)
      return l ? [{ code: l.code, name: l.name, distance: group.distances[i] ?? 0 }] : []
    })
  }

  /** All providers with what a map needs of them, by name. */
  async providers(state: State) {
    return this.#db.query<SearchHit & { id: number; status: string | null; parents: number[] }>(
      `select s.id, s.code, l.name, s.kind, l.service, l.level, l.postcode, l.town, l.parents,
         l.body->>'status' as status
       from listing l join subject s on s.id = l.subject_id
       where s.kind = 'provider' and ${newest} order by l.name, s.code`,
      [state.publication],
    )
  }

  /** The providers of a service by name. */
  async ofService(state: State, service: string, limit: number): Promise<SearchHit[]> {
    return this.#db.query<SearchHit>(
      `select ${hitColumns}
       from listing l join subject s on s.id = l.subject_id
       where l.service = $2 and s.kind = 'provider' and ${newest}
       order by ${closed}, l.name, s.code limit $3`,
      [state.publication, service, limit],
    )
  }

  /** The providers within a place by name, those that have closed last; of one service, or of all. */
  async within(
    state: State,
    place: number,
    service: string | null,
    { page, size }: { page: number; size: number } = { page: 1, size: 500 },
  ): Promise<SearchHit[]> {
    return this.#db.query<SearchHit>(
      `select ${hitColumns}
       from listing l join subject s on s.id = l.subject_id
       where l.parents @> array[$2::int] and s.kind = 'provider'
         and ($3::text is null or l.service = $3) and ${newest}
       order by ${closed}, l.name, s.code limit $4 offset $5`,
      [state.publication, place, service, size, (page - 1) * size],
    )
  }

  /** The open providers of a service within a place by name, at most 500. */
  async openWithin(state: State, place: number, service: string): Promise<SearchHit[]> {
    return (await this.within(state, place, service)).filter((h) => !h.closed)
  }

  /** How many providers each service has; a publication's answer never changes, so it is kept. */
  counts(state: State): Promise<ReadonlyMap<string, ProviderCounts>> {
    return this.#counts.get(String(state.publication), async () => {
      const rows = await this.#db.query<ProviderCounts & { service: string }>(
        `select l.service, count(*) filter (where not ${closed})::int as open,
           count(*) filter (where ${closed})::int as closed,
           count(*) filter (where not ${closed} and not ${hasFigures})::int as silent,
           count(*) filter (where not ${closed} and l.name = s.code)::int as nameless from listing l join subject s on s.id = l.subject_id
         where s.kind = 'provider' and l.service is not null and ${newest} group by l.service`,
        [state.publication],
      )
      return new Map(rows.map(({ service, ...counts }) => [service, counts]))
    })
  }

  place(state: State, code: string, page = 1): Promise<PlacePage | null> {
    return placePage(this.#db, this, state, { code, page })
  }

  /** Providers and places like what was typed, the likest first. */
  search(state: State, text: string, limit = 20): Promise<Found[]> {
    return searchListings(this.#db, state, text, limit)
  }
}
