import type { PlaceLink } from '../comparison/figures.ts'
import type { PlacePage, State } from '../comparison/reader.ts'
import { mostNamed } from '../comparison/scope.ts'
import type { Database } from '../database/database.ts'
import { levelRank } from '../places/levels.ts'
import { closed, type ListingRow, newest } from './listing-rows.ts'
import type { SubjectStore } from './store.ts'

/** The page of a place: what lies in it and beside it, and its providers. */
export async function placePage(
  db: Database,
  store: Pick<SubjectStore, 'listing' | 'page' | 'within'>,
  state: State,
  { code, page }: { readonly code: string; readonly page: number },
): Promise<PlacePage | null> {
  const row = await store.listing(state, code)
  const found = await store.page(state, code)
  if (!row || !found || row.kind !== 'place') return null
  const inside = await levelsWithin(db, state, row)
  const links = await db.query<PlaceLink & { id: number; inside: boolean }>(
    `select s.id, s.code, l.name, coalesce(l.level, 'place') as level, l.parents @> array[$2::int] as inside
     from listing l join subject s on s.id = l.subject_id
     where s.kind = 'place' and l.level is distinct from 'lsoa' and s.id <> $2
       and ((l.parents @> array[$2::int] and l.level = any($5::text[]))
         or (l.level = $3 and l.parents && $4::int[])) and ${newest}
     order by l.name, s.code limit 500`,
    [state.publication, row.id, row.level, row.parents.slice(0, 1), inside],
  )
  const services = await servicesWithin(db, state, row.id)
  const providers = await store.within(state, row.id, null, { page, size: 50 })
  const count = services.reduce((sum, s) => sum + s.count + s.closed, 0)
  const children = links.filter((l) => l.inside)
  const plain = ({ code, name, level }: PlaceLink): PlaceLink => ({ code, name, level })
  return {
    page: found,
    children: children.map(plain),
    neighbours: links.filter((l) => !l.inside).map(plain),
    providers,
    providerCount: count,
    scope: await scopeWithin(db, state, row.id, children, count),
    services,
  }
}

/** The largest two levels of places within one: a region's counties, not all of its wards. */
async function levelsWithin(db: Database, state: State, place: ListingRow): Promise<string[]> {
  const rows = await db.query<{ level: string }>(
    `select distinct l.level from listing l join subject s on s.id = l.subject_id
     where s.kind = 'place' and l.level is not null and l.level not in ('lsoa', $3)
       and l.parents @> array[$2::int] and ${newest}`,
    [state.publication, place.id, place.level ?? ''],
  )
  const levels = rows.map((r) => r.level)
  return levels.sort((a, b) => levelRank(b) - levelRank(a)).slice(0, 2)
}

async function servicesWithin(db: Database, state: State, place: number) {
  return db.query<{ service: string; count: number; closed: number }>(
    `select l.service, count(*) filter (where not ${closed})::int as count,
       count(*) filter (where ${closed})::int as closed from listing l join subject s on s.id = l.subject_id
     where l.parents @> array[$2::int] and s.kind = 'provider' and l.service is not null
       and ${newest} group by l.service order by count(*) desc, l.service`,
    [state.publication, place],
  )
}

/** Which few of the places within one hold all of its providers; null where they are many or all. */
async function scopeWithin(
  db: Database,
  state: State,
  place: number,
  children: readonly (PlaceLink & { id: number })[],
  count: number,
): Promise<string[] | null> {
  const rows = await db.query<{ id: number; count: number }>(
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
