import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { enqueue } from '../jobs/kind.ts'
import { publicationMade } from '../news/publication-made.ts'
import { endExample } from '../people/walk-in.ts'
import { append } from '../record/append.ts'
import { endStories } from '../stories/teller.ts'
import { tellSubscribers } from '../subscriptions/kinds.ts'
import { findChanges } from './changes.ts'
import { dependents } from './dependents.ts'
import { InventedBesideReal, isReal } from './invented.ts'
import { recordActs } from './record-acts.ts'
import { type PublishOptions, type ReleaseRow, Steps } from './steps.ts'

export interface Published {
  readonly publication: number
  readonly releases: readonly number[]
  readonly superseded: readonly number[]
  /** Invented releases that gave way to real ones. */
  readonly gaveWay: readonly number[]
}

const releaseColumns =
  'id, dataset, descriptor, service, slot, state, published_in, invented, yardstick'

/** Those that are published now. */
function currentReleases(db: Database): Promise<ReleaseRow[]> {
  return db.query<ReleaseRow>(
    `select ${releaseColumns} from release where published_in is not null and ended_in is null`,
  )
}

/** The tables whose rows carry a publication's number. */
const computed: readonly string[] = [
  ...['listing', 'sheet', 'comparison_series', 'peer_group'],
  ...dependents.flatMap((d) => d.tables),
]

/**
 * Removes what a publication left behind that did not come to its end. A server may still be at the
 * last statement of a process that was killed: the lock waits until no statement writes any more,
 * so that none of it comes after the removal and mixes with what is computed next.
 */
export async function removeStaged(db: Database): Promise<number> {
  const rows = await db.query<{ id: number | null }>('select max(id) as id from publication')
  const current = rows[0]?.id ?? 0
  await db.transaction((tx) =>
    tx.query(`lock table ${computed.join(', ')}, release_change in share row exclusive mode`),
  )
  for (const table of computed) {
    await db.query(`delete from ${table} where publication > $1`, [current])
  }
  return current
}

/**
 * Publishes drafts together, as one numbered publication. Everything that depends on them is
 * computed and stored under the new number first; the last step, one transaction, makes the number
 * count. Until then nobody sees any of it, and a process that dies leaves rows that nobody reads.
 * The first real releases take the place of all invented ones, yardsticks of none; invented drafts beside real releases
 * throw InventedBesideReal.
 */
export async function publish(
  db: Database,
  catalogue: Catalogue,
  drafts: readonly number[],
  options: PublishOptions,
): Promise<Published> {
  return db.lock('publish', async () => {
    const { publication, added, superseded, gone } = await stage(db, catalogue, drafts, options)
    for (const old of superseded) {
      const corrected = added.find((r) => r.slot === old.slot) as ReleaseRow
      await findChanges(db, old.id, corrected.id)
    }
    await tellPlanner(db)
    await readAhead(publication, options)
    await count(db, publication, { added, superseded, withdrawn: gone }, options)
    const ids = (some: readonly ReleaseRow[]): number[] => some.map((r) => r.id)
    return {
      publication,
      releases: ids(added),
      superseded: ids(superseded),
      gaveWay: ids(gone),
    }
  })
}

/** A publication of which all is computed and nothing counts. */
export interface Staged {
  readonly publication: number
  readonly added: ReleaseRow[]
  readonly superseded: ReleaseRow[]
  /** Invented releases that give way to real ones. */
  readonly gone: ReleaseRow[]
}

/** Computes a publication, lets `look` read what it holds, and removes it again. */
export async function stagePublication<T>(
  db: Database,
  catalogue: Catalogue,
  drafts: readonly number[],
  options: PublishOptions,
  look: (staged: Staged) => Promise<T>,
): Promise<T> {
  return db.lock('publish', async () => {
    try {
      return await look(await stage(db, catalogue, drafts, options))
    } finally {
      await removeStaged(db)
    }
  })
}

async function stage(
  db: Database,
  catalogue: Catalogue,
  drafts: readonly number[],
  options: PublishOptions,
): Promise<Staged> {
  const publication = (await removeStaged(db)) + 1
  const current = await currentReleases(db)
  const drafted = await db.query<ReleaseRow>(
    `select ${releaseColumns} from release
     where id = any($1::int[]) and published_in is null and state = 'draft'`,
    [drafts],
  )
  const unknown = drafts.filter((id) => !drafted.some((r) => r.id === id))
  if (unknown.length > 0) throw new Error(`There is no draft ${unknown.join(', ')}.`)
  const slots = new Map(drafted.map((r) => [r.slot, r]))
  if (drafted.some((r) => r.invented) && [...current, ...drafted].some(isReal)) {
    throw new InventedBesideReal()
  }
  const gone = drafted.some(isReal) ? current.filter((r) => r.invented) : []
  const kept = current.filter((r) => !gone.includes(r))
  const superseded = kept.filter((r) => slots.has(r.slot))
  const active = [...kept.filter((r) => !slots.has(r.slot)), ...slots.values()]
  const step = new Steps(db, catalogue, publication, active, options)
  await step.compute(new Set([...drafted, ...gone].map((r) => r.dataset)))
  return { publication, added: [...slots.values()], superseded, gone }
}

/** Withdraws a published release, with a reason: what rested on it is computed anew without it. */
export async function withdraw(
  db: Database,
  catalogue: Catalogue,
  release: number,
  options: PublishOptions,
): Promise<number> {
  return db.lock('publish', async () => {
    const publication = (await removeStaged(db)) + 1
    const current = await currentReleases(db)
    const gone = current.find((r) => r.id === release)
    if (!gone) throw new Error(`Release ${release} is not published now.`)
    const active = current.filter((r) => r.id !== release)
    await new Steps(db, catalogue, publication, active, options).compute(new Set([gone.dataset]))
    const parts = { added: [], superseded: [], withdrawn: [gone] }
    await tellPlanner(db)
    await readAhead(publication, options)
    await count(db, publication, parts, options)
    return publication
  })
}

/** What was put into these waits in a list, which each search would read to its end. */
const searchIndexes = ['listing_by_search', 'listing_by_street', 'search_word_by_trigram']

/**
 * How the tables have grown, so that the planner takes their indexes, and these in order: PGlite has no
 * autovacuum that would do it. A small sample does, and keeps no page waiting.
 */
async function tellPlanner(db: Database): Promise<void> {
  for (const table of [
    'subject',
    'subject_alias',
    'listing',
    'search_word',
    'peer_group',
    'sheet',
  ]) {
    await db.transaction(async (tx) => {
      await tx.query('set local default_statistics_target = 10')
      await tx.query(`analyze ${table}`)
    })
  }
  // On a server autovacuum does it, and the role that publishes need not own the indexes.
  if (db.kind !== 'pglite') return
  for (const index of searchIndexes) await db.query('select gin_clean_pending_list($1)', [index])
}

/** Lets whoever wants to read the publication, which nobody is told of yet. */
async function readAhead(publication: number, { ahead, signal }: PublishOptions): Promise<void> {
  await ahead?.(publication)
  signal?.throwIfAborted()
}

// Moments grow with numbers, even where the clock was set back: each tells one state from another.
const insertPublication = `insert into publication (id, published_at, published_by, reason)
  select $1, greatest(now(), max(published_at) + interval '1 microsecond'), $2, $3
  from publication returning published_at as at`

/** The one transaction that makes a publication count, and puts on the record what it did. */
async function count(
  db: Database,
  publication: number,
  { added, superseded, withdrawn }: Record<'added' | 'superseded' | 'withdrawn', ReleaseRow[]>,
  options: PublishOptions,
): Promise<void> {
  const end = 'update release set ended_in = $2, ended_as = $3 where id = any($1::int[])'
  const ids = (some: readonly ReleaseRow[]): number[] => some.map((r) => r.id)
  const successor = new Map(
    superseded.flatMap((old) => {
      const made = added.find((r) => r.slot === old.slot)
      return made ? [[old.id, made.id] as const] : []
    }),
  )
  const parts = {
    added: ids(added),
    superseded: ids(superseded),
    withdrawn: ids(withdrawn),
    successor,
  }
  const acts = await recordActs(db, publication, parts, options)
  await db.transaction(async (tx) => {
    const [made] = await tx.query<{ at: string }>(insertPublication, [
      publication,
      options.by,
      options.reason,
    ])
    await tx.query(end, [ids(superseded), publication, 'superseded'])
    await tx.query(end, [ids(withdrawn), publication, 'withdrawn'])
    for (const release of added) {
      const old = superseded.find((s) => s.slot === release.slot)
      const counted = await tx.query(
        `update release set state = 'ready', published_in = $2, supersedes = $3
         where id = $1 and published_in is null returning id`,
        [release.id, publication, old?.id ?? null],
      )
      if (counted.length === 0)
        throw new Error(`Draft ${release.id} is gone: nothing was published.`)
    }
    if (withdrawn.some((r) => r.invented) && added.some(isReal)) {
      await endStories(tx, new Date().toISOString().slice(0, 10))
      await endExample(tx)
    }
    await enqueue(tx, publicationMade, { publication })
    await enqueue(tx, tellSubscribers, null)
    await append(tx, acts, made?.at)
  })
}
