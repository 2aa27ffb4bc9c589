import type { Database } from '../database/database.ts'
import { allSubjects, bySubjects, type StoredSubject } from '../evidence/by-subjects.ts'
import type { Description } from '../evidence/subjects.ts'
import { areaLevels, levelRank, regionLevels } from '../places/levels.ts'
import { type Searched, searchText, streetText, wordsToFind } from './search-text.ts'

/** A provider or place as its latest releases describe it. */
export interface Listing {
  readonly id: number
  readonly kind: 'provider' | 'place'
  readonly code: string
  readonly name: string
  readonly service: string | null
  readonly level: string | null
  readonly postcode: string | null
  readonly town: string | null
  /** All places that hold it, from the smallest to the largest. */
  readonly parents: readonly number[]
  readonly body: ListingBody
}

export interface ListingBody {
  readonly type: string | null
  readonly status: string | null
  /** Missing in what older publications stored. */
  readonly closed?: boolean
  readonly address: string | null
  readonly easting: number | null
  readonly northing: number | null
  readonly facts: Readonly<Record<string, string>>
}

/** The fact that gives the day on which a provider closed, as its source writes it. */
export const closedFact = 'Closed'

/**
 * Has a provider closed? By its status where its register gives one ("Closed"; one that is "Open, but
 * proposed to close" is open), else by whether a day of its closing is known.
 */
export const isClosed = (
  status: string | null,
  facts: Readonly<Record<string, string>>,
): boolean => (status === null ? closedFact in facts : /^closed\b/i.test(status))

/** What one release says of one subject. */
export interface Described {
  readonly subject_id: number
  readonly release_id: number
  readonly period: string
  readonly body: Description
}

/** The more authoritative, then the later word first. */
function byWeight(a: Described, b: Described): number {
  return (
    b.body.authority - a.body.authority ||
    (a.period < b.period ? 1 : a.period > b.period ? -1 : 0) ||
    b.release_id - a.release_id
  )
}

/** One description from many: for each thing the first that anybody says. */
export function mergeDescriptions(all: readonly Described[]): Description {
  const sorted = [...all].sort(byWeight).map((d) => d.body)
  const first = <K extends keyof Description>(key: K): Description[K] | null =>
    sorted.find((d) => d[key] !== null && d[key] !== '')?.[key] ?? null
  return {
    name: (first('name') as string | null) ?? '',
    authority: sorted[0]?.authority ?? 0,
    level: first('level'),
    service: first('service'),
    postcode: first('postcode'),
    address: first('address'),
    town: first('town'),
    type: first('type'),
    status: first('status'),
    easting: first('easting'),
    northing: first('northing'),
    parents: [...new Set(sorted.flatMap((d) => d.parents))],
    facts: Object.assign({}, ...sorted.map((d) => d.facts).reverse()),
  }
}

export interface Listings {
  readonly all: Map<number, Listing>
  /** Those that are not as they were in the last publication. */
  readonly changed: readonly Listing[]
  /** Those that were listed until now and that nothing describes any more, as they were. */
  readonly ended: readonly Listing[]
}

/** What some releases say of everybody. */
export function describedBy(db: Database, releases: readonly number[]): Promise<Described[]> {
  return bySubjects<Described>(
    db,
    `select d.subject_id, d.release_id, r.period, d.body from description d
     join release r on r.id = d.release_id
     where d.release_id = any($1::int[]) and d.subject_id >= $2 and d.subject_id < $3`,
    [releases],
  )
}

/** What every provider and place is called and where it lies, by what is said of it. */
export function listingsOf(
  subjects: readonly StoredSubject[],
  described: readonly Described[],
): Map<number, Listing> {
  const bySubject = Map.groupBy(described, (d) => d.subject_id)
  const merged = new Map<number, Description>()
  for (const [id, all] of bySubject) merged.set(id, mergeDescriptions(all))
  const all = new Map<number, Listing>()
  for (const { id, kind, code } of subjects) {
    const d = merged.get(id)
    if (!d) continue
    all.set(id, {
      id,
      kind,
      code,
      name: d.name || code,
      service: kind === 'provider' ? d.service : null,
      level: kind === 'place' ? (d.level ?? null) : null,
      postcode: d.postcode,
      town: d.town,
      parents: ancestors(id, merged),
      body: {
        type: d.type,
        status: d.status,
        closed: isClosed(d.status, d.facts),
        address: d.address,
        easting: d.easting,
        northing: d.northing,
        facts: d.facts,
      },
    })
  }
  return all
}

/** What every provider and place is now called and where it lies, from all current releases. */
export async function makeListings(
  db: Database,
  releases: readonly number[],
  publication: number,
): Promise<Listings> {
  const described = await describedBy(db, releases)
  const all = listingsOf(await allSubjects(db), described)
  return { all, ...(await unlike(db, all, publication)) }
}

/** All places that hold a subject, directly or through others, from the smallest to the largest. */
function ancestors(id: number, merged: ReadonlyMap<number, Description>): number[] {
  const found = new Set<number>()
  const visit = (at: number, depth: number): void => {
    for (const parent of merged.get(at)?.parents ?? []) {
      if (parent === id || found.has(parent) || depth > 12) continue
      found.add(parent)
      visit(parent, depth + 1)
    }
  }
  visit(id, 0)
  const rank = (place: number): number => levelRank(merged.get(place)?.level ?? null)
  return [...found].sort((a, b) => rank(a) - rank(b) || a - b)
}

async function unlike(
  db: Database,
  all: ReadonlyMap<number, Listing>,
  publication: number,
): Promise<Pick<Listings, 'changed' | 'ended'>> {
  const stored = await bySubjects<Listing & { ended: boolean }>(
    db,
    `select distinct on (l.subject_id) l.subject_id as id, s.kind, s.code, l.name, l.service, l.level,
       l.postcode, l.town, l.parents, l.body, l.ended
     from listing l join subject s on s.id = l.subject_id
     where l.publication < $1 and l.subject_id >= $2 and l.subject_id < $3
     order by l.subject_id, l.publication desc`,
    [publication],
  )
  const current = stored.filter((s) => !s.ended)
  const before = new Map(current.map((s) => [s.id, signature(s)]))
  return {
    changed: [...all.values()].filter((listing) => before.get(listing.id) !== signature(listing)),
    ended: current.filter((s) => !all.has(s.id)),
  }
}

function signature(l: Omit<Listing, 'id' | 'kind' | 'code'>): string {
  const b = l.body
  const facts = Object.entries(b.facts).sort(([x], [y]) => (x < y ? -1 : 1))
  const parts = [l.name, l.service, l.level, l.postcode, l.town, [...l.parents], b.type, b.status]
  return JSON.stringify([...parts, b.closed ?? false, b.address, b.easting, b.northing, facts])
}

/** Stores what changed, and for what ended a row that says so. */
export async function storeListings(
  db: Database,
  { changed, ended }: Pick<Listings, 'changed' | 'ended'>,
  publication: number,
): Promise<void> {
  await storeRows(db, changed, publication, false)
  await storeRows(db, ended, publication, true)
}

async function storeRows(
  db: Database,
  changed: readonly Listing[],
  publication: number,
  ended: boolean,
): Promise<void> {
  for (let from = 0; from < changed.length; from += 300) {
    const some = changed.slice(from, from + 300)
    await db.query(
      `insert into listing (subject_id, publication, name, service, level, postcode, town, parents,
         search, street, body, ended)
       select id, $1, name, service, level, postcode, town,
         case when parents = '' then '{}'::int[] else string_to_array(parents, ',')::int[] end,
         search, street, body, $12
       from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
         $9::text[], $10::text[], $11::jsonb[])
         as l(id, name, service, level, postcode, town, parents, search, street, body)`,
      [
        publication,
        some.map((l) => l.id),
        some.map((l) => l.name),
        some.map((l) => l.service),
        some.map((l) => l.level),
        some.map((l) => l.postcode),
        some.map((l) => l.town),
        some.map((l) => l.parents.join(',')),
        some.map((l) => searchText(searched(l))),
        some.map((l) => streetText(l.body.address ?? '') || null),
        some.map((l) => JSON.stringify(l.body)),
        ended,
      ],
    )
    if (!ended) await storeWords(db, some)
  }
}

/** Keeps the words of names and streets, by which misspelt ones are put right (providers/words-like.ts). */
async function storeWords(db: Database, some: readonly Listing[]): Promise<void> {
  // Small areas are found by their code alone: thirty thousand of them have no name.
  const named = some.filter((l) => l.level !== 'lsoa')
  const words = new Set(named.flatMap((l) => wordsToFind(searched(l))))
  if (words.size === 0) return
  await db.query('insert into search_word select unnest($1::text[]) on conflict do nothing', [
    [...words],
  ])
}

const searched = ({ name, code, town, postcode, body }: Listing): Searched => ({
  ...{ name, code, town, postcode },
  address: body.address,
})

/** The nearest parent at one of the levels given, in the order of the list. */
export function parentAt(
  listing: Listing | undefined,
  wanted: readonly string[],
  all: ReadonlyMap<number, Listing>,
): number | null {
  if (!listing) return null
  for (const level of wanted) {
    const found = listing.parents.find((p) => all.get(p)?.level === level)
    if (found !== undefined) return found
  }
  return null
}

export const regionOf = (l: Listing | undefined, all: ReadonlyMap<number, Listing>) =>
  parentAt(l, regionLevels, all)
export const areaOf = (l: Listing | undefined, all: ReadonlyMap<number, Listing>) =>
  parentAt(l, areaLevels, all)
