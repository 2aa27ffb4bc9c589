import type { Database } from '../database/database.ts'
import { bySubjects } from '../evidence/by-subjects.ts'

/** The drafts of a staged publication: all of them, and those that take the place of another release. */
export interface StagedDrafts {
  readonly publication: number
  readonly drafts: readonly number[]
  readonly corrections: readonly number[]
}

/** How many pages. */
export interface PageCounts {
  readonly providers: number
  readonly places: number
}

/** Whose pages a staged publication would change. */
export interface TouchedPages {
  /** Of whom a figure is new, another or gone. */
  readonly own: PageCounts
  /** Of whom no figure is, but what they are held against. */
  readonly heldAgainst: PageCounts
}

interface Touched {
  readonly id: number
  readonly kind: string
}

/** So many pages are held against what they were in one statement: other pages wait no longer than that. */
const atOnce = 500

/**
 * Looks through the pages that were worked out anew: more than will show anything else, since those who are compared
 * are computed together.
 * @param of whose changes against what they correct have been found (`findChanges`).
 */
export async function touchedPages(db: Database, of: StagedDrafts): Promise<TouchedPages> {
  const all = await bySubjects<Touched>(
    db,
    `select distinct s.id, s.kind from sheet x join subject s on s.id = x.subject_id
     where x.publication = $1 and x.subject_id >= $2 and x.subject_id < $3`,
    [of.publication],
  )
  const changed = await withOtherFigures(db, of)
  const others = all.filter(({ id }) => !changed.has(id))
  const held: Touched[] = []
  for (let from = 0; from < others.length; from += atOnce) {
    const some = others.slice(from, from + atOnce)
    const differ = await whoseSheetDiffers(db, of.publication, some)
    held.push(...some.filter(({ id }) => differ.has(id)))
  }
  return { own: count(all.filter(({ id }) => changed.has(id))), heldAgainst: count(held) }
}

const count = (some: readonly Touched[]): PageCounts => ({
  providers: some.filter((t) => t.kind === 'provider').length,
  places: some.filter((t) => t.kind === 'place').length,
})

/** Of whom a figure is new, another or gone. */
async function withOtherFigures(
  db: Database,
  { publication, drafts, corrections }: StagedDrafts,
): Promise<Set<number>> {
  const rows = await db.query<{ id: number }>(
    `select subject_id as id from release_change where release_id = any($2::int[])
     union select unnest(subjects) from observation_series
       where release_id = any($2::int[]) and release_id <> all($3::int[])
     union select subject_id from sheet where publication = $1 and body = ''`,
    [publication, drafts, corrections],
  )
  return new Set(rows.map((r) => r.id))
}

async function whoseSheetDiffers(
  db: Database,
  publication: number,
  some: readonly Touched[],
): Promise<Set<number>> {
  const rows = await db.query<{ id: number }>(
    `select distinct x.subject_id as id from sheet x
     where x.publication = $1 and x.subject_id = any($2::int[]) and x.body is distinct from (
       select o.body from sheet o where o.subject_id = x.subject_id and o.dataset = x.dataset
         and o.publication < $1 order by o.publication desc limit 1)`,
    [publication, some.map((t) => t.id)],
  )
  return new Set(rows.map((r) => r.id))
}

/** Indicators whose pages would show another figure, interval or comparison than now. */
export function touchedIndicators(
  db: Database,
  publication: number,
): Promise<{ code: string; isNew: boolean }[]> {
  return db.query(
    `select c.indicator as code, not exists (select 1 from comparison_series o
       where o.indicator = c.indicator and o.publication < $1) as "isNew"
     from comparison_series c left join lateral (
       select o.* from comparison_series o where o.indicator = c.indicator and o.period = c.period
         and o.breakdown = c.breakdown and o.publication < $1
       order by o.publication desc limit 1) before on true
     where c.publication = $1 and (c.subjects, c.value, c.status, c.lower95, c.upper95, c.direction)
       is distinct from (before.subjects, before.value, before.status, before.lower95,
         before.upper95, before.direction)
     group by c.indicator order by c.indicator`,
    [publication],
  )
}
