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
import { mostNamed } from '../comparison/scope.ts'
import { unpackSheet } from '../comparison/sheet.ts'
import type { Database } from '../database/database.ts'
import { bySubjects } from '../evidence/by-subjects.ts'
import { kindApart, type Service } from '../evidence/indicator.ts'
import { successorFact } from '../evidence/subjects.ts'
import { areaLevels, levelRank, regionLevels } from '../places/levels.ts'
import { closedFact, type ListingBody } from '../publishing/listings.ts'

/** A provider or place as it is stored. */
export interface ListingRow {
  id: number
  code: string
  kind: 'provider' | 'place'
  name: string
  service: string | null
  level: string | null
  postcode: string | null
  town: string | null
  parents: number[]
  body: ListingBody
}

/** The newest row of each subject that a state sees, of those that have not ended. */
const newest = `l.publication <= $1 and not l.ended and not exists (select 1 from listing n
  where n.subject_id = l.subject_id and n.publication <= $1 and n.publication > l.publication)`

/** It has closed: false for what older publications stored. */
const closed = `coalesce((l.body->>'closed')::boolean, false)`

const hasFigures = `exists (select 1 from (select distinct on (dataset) body from sheet
  where subject_id = l.subject_id and publication <= $1
  order by dataset, publication desc) newest where body <> '')`

const hitColumns = `s.code, l.name, s.kind, l.service, l.level, l.postcode, l.town,
  ${closed} as closed, l.body->'facts'->>'${closedFact}' as "closedOn",
  s.kind = 'provider' and not ${hasFigures} as silent`

const columns = `l.subject_id as id, s.code, s.kind, l.name, l.service, l.level, l.postcode, l.town,
  l.parents, l.body`

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

  /**
   * Names, codes, towns and postcodes like what was typed; a misspelt name is found by its trigrams.
   * What holds the text comes before what is only like it, what begins with it first of all; closed
   * ones come last of either.
   */
  async search(state: State, text: string, limit = 20): Promise<Found[]> {
    const q = text.trim().toLowerCase().slice(0, 100)
    if (q.length < 2) return []
    // The hits first, by the index that leaves small areas out (0003-search): these have no name and
    // are found by their whole code. How like a hit is matters only where it does not hold the text.
    return this.#db.query<Found>(
      `with hit as materialized (
         select l.* from listing l
         where (l.search like $4 or $2 <% l.search) and l.level is distinct from 'lsoa'
         union all
         select l.* from listing l join subject s on s.id = l.subject_id
         where s.code = upper($2) and l.level = 'lsoa'
       )
       select ${hitColumns}, l.search like $4 as exact from hit l join subject s on s.id = l.subject_id
       where ${newest}
       order by l.search like $4 desc, ${closed}, l.search like $3 desc,
         case when l.search like $4 then 1 else word_similarity($2, l.search) end desc,
         l.service is not null desc, l.name, s.code
       limit $5`,
      [state.publication, q, `${likeText(q)}%`, `%${likeText(q)}%`, limit],
    )
  }

  /** The largest two levels of places within one: a region's counties, not all of its wards. */
  async #levelsWithin(state: State, place: ListingRow): Promise<string[]> {
    const rows = await this.#db.query<{ level: string }>(
      `select distinct l.level from listing l join subject s on s.id = l.subject_id
       where s.kind = 'place' and l.level is not null and l.level not in ('lsoa', $3)
         and l.parents @> array[$2::int] and ${newest}`,
      [state.publication, place.id, place.level ?? ''],
    )
    const levels = rows.map((r) => r.level)
    return levels.sort((a, b) => levelRank(b) - levelRank(a)).slice(0, 2)
  }

  async #servicesWithin(state: State, place: number) {
    return this.#db.query<{ service: string; count: number; closed: number }>(
      `select l.service, count(*) filter (where not ${closed})::int as count,
         count(*) filter (where ${closed})::int as closed from listing l join subject s on s.id = l.subject_id
       where l.parents @> array[$2::int] and s.kind = 'provider' and l.service is not null
         and ${newest} group by l.service order by count(*) desc, l.service`,
      [state.publication, place],
    )
  }

  /** Which few of the places within one hold all of its providers; null where they are many or all. */
  async #scopeWithin(
    state: State,
    place: number,
    children: readonly (PlaceLink & { id: number })[],
    count: number,
  ): Promise<string[] | null> {
    const rows = await this.#db.query<{ id: number; count: number }>(
      `select u.id, count(*)::int as count from listing l cross join unnest(l.parents) as u(id)
       where l.parents @> array[$2::int] and l.service is not null and u.id = any($3::int[])
         and ${newest} group by u.id`,
      [state.publication, place, children.map((c) => c.id)],
    )
    const held = new Map(rows.map((r) => [r.id, r.count]))
    for (const [, some] of Map.groupBy(children, (c) => c.level)) {
      const holding = some.filter((c) => held.has(c.id))
      const all = holding.reduce((sum, c) => sum + (held.get(c.id) ?? 0), 0)
      const isFew = holding.length > 0 && holding.length <= mostNamed
      if (isFew && all === count && holding.length < some.length) return holding.map((c) => c.name)
    }
    return null
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

  async place(state: State, code: string, page = 1): Promise<PlacePage | null> {
    const row = await this.listing(state, code)
    const found = await this.page(state, code)
    if (!row || !found || row.kind !== 'place') return null
    const inside = await this.#levelsWithin(state, row)
    const links = await this.#db.query<PlaceLink & { id: number; inside: boolean }>(
      `select s.id, s.code, l.name, coalesce(l.level, 'place') as level, l.parents @> array[$2::int] as inside
       from listing l join subject s on s.id = l.subject_id
       where s.kind = 'place' and l.level is distinct from 'lsoa' and s.id <> $2
         and ((l.parents @> array[$2::int] and l.level = any($5::text[]))
           or (l.level = $3 and l.parents && $4::int[])) and ${newest}
       order by l.name, s.code limit 500`,
      [state.publication, row.id, row.level, row.parents.slice(0, 1), inside],
    )
    const services = await this.#servicesWithin(state, row.id)
    const providers = await this.within(state, row.id, null, { page, size: 50 })
    const count = services.reduce((sum, s) => sum + s.count + s.closed, 0)
    const children = links.filter((l) => l.inside)
    const plain = ({ code, name, level }: PlaceLink): PlaceLink => ({ code, name, level })
    return {
      page: found,
      children: children.map(plain),
      neighbours: links.filter((l) => !l.inside).map(plain),
      providers,
      providerCount: count,
      scope: await this.#scopeWithin(state, row.id, children, count),
      services,
    }
  }
}

const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
