import { z } from 'zod'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { changeCounts, judgementChanges } from '../standards/changes.ts'
import { outcomes } from '../standards/judge.ts'
import { kindsOfDrafts } from './change-store.ts'
import { findChanges } from './changes.ts'
import { storedIndicators } from './indicators.ts'
import { newFigureSchema, newFigures } from './new-figures.ts'
import { stagePublication } from './publish.ts'
import type { PublishOptions } from './steps.ts'
import { type StagedDrafts, touchedIndicators, touchedPages } from './touched-pages.ts'

const count = z.int().min(0)
const outcome = z.enum(outcomes).nullable()

/** What a publication of some drafts would change, for people and programs. */
export const previewSchema = z.strictObject({
  /** The last publication when this was worked out: another one since makes it out of date. */
  after: count,
  /**
   * Figures that would be new, changed and gone against the releases whose place the drafts take, with or without a
   * value. Of a draft that takes nobody's place all that have a value are new.
   */
  figures: z.strictObject({ new: count, changed: count, gone: count }),
  /** Of the changed, those that have a value and would have none; none in what an older version made. */
  withoutValue: count.default(0),
  /**
   * Small counts: how many figures of how many would not be shown, or to what they are rounded; missing where no
   * draft asks for either.
   */
  hidden: z
    .strictObject({ hidden: count, figures: count, roundedTo: count.nullable().default(null) })
    .optional(),
  /** Releases that would be superseded, and invented ones that would give way. */
  superseded: z.array(z.int()),
  gaveWay: count,
  /** The figures that change most for their size, the largest first. */
  biggest: z.array(
    z.strictObject({
      subject: z.string(),
      name: z.string(),
      indicator: z.string(),
      indicatorName: z.string(),
      period: z.string(),
      breakdown: z.string(),
      before: z.number(),
      after: z.number(),
    }),
  ),
  /** Providers and places that nothing has described before, and the first of them; none in what an older version made. */
  unknown: z.strictObject({
    providers: count,
    places: count,
    first: z.array(z.strictObject({ code: z.string(), name: z.string() })).default([]),
  }),
  /** Pages of whom a figure is new, another or gone. */
  providers: count,
  places: count,
  /** Further pages, of whom only what they are held against would be another; none in what an older version made. */
  heldAgainst: z
    .strictObject({ providers: count, places: count })
    .default({ providers: 0, places: 0 }),
  indicators: z.array(z.strictObject({ code: z.string(), name: z.string(), isNew: z.boolean() })),
  /** What indicators would say that are new; none in a preview that an older version made. */
  newFigures: z.array(newFigureSchema).default([]),
  /** By standard, how many judgements would turn, and the first providers of them. */
  judgements: z.array(
    z.strictObject({
      standard: z.string(),
      name: z.string(),
      providers: count,
      changes: z.array(z.strictObject({ before: outcome, after: outcome, count })),
      first: z.array(
        z.strictObject({
          code: z.string(),
          name: z.string(),
          period: z.string(),
          before: outcome,
          after: outcome,
        }),
      ),
    }),
  ),
})
export type Preview = z.infer<typeof previewSchema>

/** How many changes are named; the others are counted. */
const mostNamed = 10

/**
 * Computes all that a publication of these drafts would, tells what differs from now, and leaves none of it.
 * Small counts of the drafts are hidden first, as they would be.
 * @throws UnsafeRelease, InventedBesideReal.
 */
export async function preview(
  db: Database,
  catalogue: Catalogue,
  drafts: readonly number[],
  options: PublishOptions,
): Promise<Preview> {
  return stagePublication(db, catalogue, drafts, options, async (staged) => {
    const { publication, added, superseded, gone } = staged
    const pairs = superseded.flatMap((old) => {
      const made = added.find((r) => r.slot === old.slot)
      return made ? [[old.id, made.id] as const] : []
    })
    for (const [before, after] of pairs) await findChanges(db, before, after)
    const ids = added.map((r) => r.id)
    const indicators = await storedIndicators(db, catalogue)
    const named: Named = (code) => indicators.get(code)?.name ?? code
    const corrections = pairs.map(([, after]) => after)
    const touched = await pages(db, { publication, drafts: ids, corrections }, named)
    const found = {
      after: publication - 1,
      ...(await figureCounts(db, ids, corrections)),
      ...(await hiddenCounts(db, ids)),
      superseded: superseded.map((r) => r.id),
      gaveWay: gone.length,
      biggest: await biggestChanges(db, ids, publication, named),
      unknown: await unknownSubjects(db, publication),
      ...touched,
      newFigures: await newFigures(
        db,
        publication,
        touched.indicators.filter((i) => i.isNew),
      ),
      judgements: await judgements(db, publication),
    }
    await db.query('delete from release_change where release_id = any($1::int[])', [ids])
    return found
  })
}

/** What an indicator is called. */
type Named = (code: string) => string

/** By kind, as the check of their files counts them. */
async function figureCounts(
  db: Database,
  drafts: readonly number[],
  corrections: readonly number[],
): Promise<Pick<Preview, 'figures' | 'withoutValue'>> {
  const { added, changed, gone, withoutValue } = await kindsOfDrafts(db, drafts)
  const [row] = await db.query<{ count: number }>(
    `select coalesce(sum((select count(*) from unnest(value) v where v <> 'NaN')), 0)::int as count
     from observation_series where release_id = any($1::int[]) and release_id <> all($2::int[])`,
    [drafts, corrections],
  )
  return { figures: { new: added + (row?.count ?? 0), changed, gone }, withoutValue }
}

/** What was hidden of the drafts, where any of them asks for that. */
async function hiddenCounts(
  db: Database,
  drafts: readonly number[],
): Promise<Pick<Preview, 'hidden'>> {
  const [row] = await db.query<Record<'hidden' | 'figures' | 'roundedTo', number | null>>(
    `select sum(hidden)::int as hidden, sum(figures)::int as figures,
       max((rules->'round'->>'base')::int) as "roundedTo"
     from protected_release where release_id = any($1::int[])`,
    [drafts],
  )
  const { hidden = null, figures = null, roundedTo = null } = row ?? {}
  return hidden === null || figures === null ? {} : { hidden: { hidden, figures, roundedTo } }
}

const nameOf = (subject: string): string => `coalesce((select l.name from listing l
  where l.subject_id = ${subject} and l.publication <= $2 order by l.publication desc limit 1), s.code)`

async function biggestChanges(
  db: Database,
  drafts: readonly number[],
  publication: number,
  named: Named,
): Promise<Preview['biggest']> {
  const rows = await db.query<Omit<Preview['biggest'][number], 'indicatorName'>>(
    `select s.code as subject, ${nameOf('s.id')} as name, c.indicator, c.period, c.breakdown, c.before, c.after
     from release_change c join subject s on s.id = c.subject_id
     where c.release_id = any($1::int[]) and c.before is not null and c.after is not null
       and c.before <> c.after
     order by abs(c.after - c.before) / greatest(abs(c.after), abs(c.before)) desc, s.code
     limit ${mostNamed}`,
    [drafts, publication],
  )
  return rows.map((r) => ({ ...r, indicatorName: named(r.indicator) }))
}

async function unknownSubjects(db: Database, publication: number): Promise<Preview['unknown']> {
  const isNew = `l.publication = $1 and not exists (select 1 from listing o
    where o.subject_id = l.subject_id and o.publication < $1)`
  const rows = await db.query<{ kind: string; count: number }>(
    `select s.kind, count(*)::int as count from listing l join subject s on s.id = l.subject_id
     where ${isNew} group by s.kind`,
    [publication],
  )
  const first = await db.query<Preview['unknown']['first'][number]>(
    `select s.code, l.name from listing l join subject s on s.id = l.subject_id
     where ${isNew} order by s.kind desc, s.id limit ${mostNamed}`,
    [publication],
  )
  return { providers: countOf(rows, 'provider'), places: countOf(rows, 'place'), first }
}

const countOf = (
  rows: readonly { readonly kind: string; readonly count: number }[],
  kind: string,
): number => rows.find((r) => r.kind === kind)?.count ?? 0

/** Whose pages change, under the names that a preview gives them. */
async function pages(
  db: Database,
  staged: StagedDrafts,
  named: Named,
): Promise<Pick<Preview, 'providers' | 'places' | 'heldAgainst' | 'indicators'>> {
  const { own, heldAgainst } = await touchedPages(db, staged)
  const indicators = await touchedIndicators(db, staged.publication)
  return {
    ...own,
    heldAgainst,
    indicators: indicators.map(({ code, isNew }) => ({ code, name: named(code), isNew })),
  }
}

async function judgements(db: Database, publication: number): Promise<Preview['judgements']> {
  const found = await judgementChanges(db, publication)
  const first = found.flatMap((f) => f.of.slice(0, mostNamed).map((o) => o.code))
  const names = await db.query<{ code: string; name: string }>(
    `select s.code, ${nameOf('s.id')} as name from subject s where s.code = any($1::text[])`,
    [first, publication],
  )
  const standards = await db.query<{ code: string; definition: string | null }>(
    `select distinct on (code) code, definition from standard where publication <= $1
     order by code, publication desc`,
    [publication],
  )
  const name = new Map(names.map((n) => [n.code, n.name]))
  return found.map((changes) => {
    const standard = standards.find((s) => s.code === changes.standard)?.definition ?? null
    const named = standard === null ? null : (JSON.parse(standard) as { name?: string })
    return {
      standard: changes.standard,
      name: named?.name ?? changes.standard,
      providers: changes.of.length,
      changes: changeCounts(changes),
      first: changes.of.slice(0, mostNamed).flatMap(({ code, changes: own }) => {
        const last = own.at(-1)
        if (!last) return []
        const { period, before, after } = last
        return [{ code, name: name.get(code) ?? code, period, before, after }]
      }),
    }
  })
}
