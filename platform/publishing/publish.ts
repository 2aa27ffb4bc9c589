import type { Geography } from '../comparison/compare.ts'
import { peerIndicators } from '../comparison/peers.ts'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { levelRank } from '../places/levels.ts'
import { findChanges } from './changes.ts'
import { computeDataset } from './compute.ts'
import { storedIndicators } from './indicators.ts'
import { InventedBesideReal } from './invented.ts'
import { areaOf, type Listing, makeListings, regionOf, storeListings } from './listings.ts'
import { computePeers, loadPeers } from './peer-groups.ts'

export interface PublishOptions {
  readonly by: string
  readonly reason: string
  readonly onProgress?: (event: { label: string; done: number; total: number }) => void
}

export interface Published {
  readonly publication: number
  readonly releases: readonly number[]
  readonly superseded: readonly number[]
  /** Invented releases that gave way to real ones. */
  readonly gaveWay: readonly number[]
}

interface ReleaseRow {
  id: number
  dataset: string
  service: string | null
  slot: string
  state: string
  published_in: number | null
  invented: boolean
}

const releaseColumns = 'id, dataset, service, slot, state, published_in, invented'

/** Those that are published now. */
function currentReleases(db: Database): Promise<ReleaseRow[]> {
  return db.query<ReleaseRow>(
    `select ${releaseColumns} from release where published_in is not null and ended_in is null`,
  )
}

/** The tables whose rows carry a publication's number. */
const computed = ['listing', 'sheet', 'comparison_series', 'peer_group'] as const

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
 * The first real releases take the place of all invented ones; invented drafts beside real releases
 * throw InventedBesideReal.
 */
export async function publish(
  db: Database,
  catalogue: Catalogue,
  drafts: readonly number[],
  options: PublishOptions,
): Promise<Published> {
  return db.lock('publish', async () => {
    const publication = (await removeStaged(db)) + 1
    const current = await currentReleases(db)
    const added = await db.query<ReleaseRow>(
      `select ${releaseColumns} from release
       where id = any($1::int[]) and published_in is null and state = 'draft'`,
      [drafts],
    )
    const unknown = drafts.filter((id) => !added.some((r) => r.id === id))
    if (unknown.length > 0) throw new Error(`There is no draft ${unknown.join(', ')}.`)
    const slots = new Map(added.map((r) => [r.slot, r]))
    const isReal = (r: ReleaseRow): boolean => !r.invented
    if (added.some((r) => r.invented) && [...current, ...added].some(isReal)) {
      throw new InventedBesideReal()
    }
    const gone = added.some(isReal) ? current.filter((r) => r.invented) : []
    const kept = current.filter((r) => !gone.includes(r))
    const superseded = kept.filter((r) => slots.has(r.slot))
    const active = [...kept.filter((r) => !slots.has(r.slot)), ...slots.values()]
    const step = new Steps(db, catalogue, publication, active, options)
    await step.compute(new Set([...added, ...gone].map((r) => r.dataset)))
    for (const old of superseded) {
      const corrected = slots.get(old.slot) as ReleaseRow
      await findChanges(db, old.id, corrected.id)
    }
    const parts = { added: [...slots.values()], superseded, withdrawn: gone }
    await tellPlanner(db)
    await count(db, publication, parts, options)
    const ids = (some: readonly ReleaseRow[]): number[] => some.map((r) => r.id)
    return {
      publication,
      releases: ids(parts.added),
      superseded: ids(superseded),
      gaveWay: ids(gone),
    }
  })
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
    await count(db, publication, parts, options)
    return publication
  })
}

/**
 * How the tables have grown, so that the planner takes their indexes: PGlite has no autovacuum that
 * would tell it. A small sample does, and keeps no page waiting.
 */
async function tellPlanner(db: Database): Promise<void> {
  for (const table of ['subject', 'subject_alias', 'listing', 'peer_group', 'sheet']) {
    await db.transaction(async (tx) => {
      await tx.query('set local default_statistics_target = 10')
      await tx.query(`analyze ${table}`)
    })
  }
}

// Moments grow with numbers, even where the clock was set back: each tells one state from another.
const insertPublication = `insert into publication (id, published_at, published_by, reason)
  select $1, greatest(now(), max(published_at) + interval '1 microsecond'), $2, $3
  from publication`

/** The one transaction that makes a publication count. */
async function count(
  db: Database,
  publication: number,
  { added, superseded, withdrawn }: Record<'added' | 'superseded' | 'withdrawn', ReleaseRow[]>,
  options: PublishOptions,
): Promise<void> {
  const end = 'update release set ended_in = $2, ended_as = $3 where id = any($1::int[])'
  const ids = (some: readonly ReleaseRow[]): number[] => some.map((r) => r.id)
  await db.transaction(async (tx) => {
    await tx.query(insertPublication, [publication, options.by, options.reason])
    await tx.query(end, [ids(superseded), publication, 'superseded'])
    await tx.query(end, [ids(withdrawn), publication, 'withdrawn'])
    for (const release of added) {
      const old = superseded.find((s) => s.slot === release.slot)
      await tx.query(
        `update release set state = 'ready', published_in = $2, supersedes = $3 where id = $1`,
        [release.id, publication, old?.id ?? null],
      )
    }
  })
}

/** The computing of one publication. */
class Steps {
  readonly #db: Database
  readonly #catalogue: Catalogue
  readonly #publication: number
  readonly #active: readonly ReleaseRow[]
  readonly #options: PublishOptions

  constructor(
    db: Database,
    catalogue: Catalogue,
    publication: number,
    active: readonly ReleaseRow[],
    options: PublishOptions,
  ) {
    this.#db = db
    this.#catalogue = catalogue
    this.#publication = publication
    this.#active = active
    this.#options = options
  }

  async compute(touched: ReadonlySet<string>): Promise<void> {
    const db = this.#db
    const ids = this.#active.map((r) => r.id)
    const listings = await makeListings(db, ids, this.#publication)
    const { all, changed, ended } = listings
    await storeListings(db, listings, this.#publication)
    const indicators = await storedIndicators(db, this.#catalogue)
    const datasets = new Set(touched)
    const peers = await loadPeers(db, this.#publication)
    for (const { id } of ended) peers.delete(id)
    for (const service of this.#catalogue.services) {
      const facts = service.peers.some((p) => p.from.startsWith('fact:'))
      const moved = facts && [...changed, ...ended].some((l) => l.service === service.code)
      if (!moved && !(await this.#peersTouched(peerIndicators(service), touched))) continue
      await computePeers(db, service, ids, all, this.#publication, peers)
      // New peers change the comparisons of all that the service publishes.
      for (const r of this.#active) if (r.service === service.code) datasets.add(r.dataset)
    }
    const total = await this.#seriesCount([...datasets])
    let done = 0
    for (const dataset of datasets) {
      const releases = this.#active.filter((r) => r.dataset === dataset).map((r) => r.id)
      await computeDataset(dataset, {
        db,
        publication: this.#publication,
        releases,
        indicators,
        geography: this.#geography(all, peers),
        onSeries: (count) => {
          done += count
          this.#options.onProgress?.({ label: 'Publishing', done, total })
        },
      })
      await this.#tombstones(dataset, releases)
    }
  }

  async #peersTouched(codes: string[], touched: ReadonlySet<string>): Promise<boolean> {
    if (codes.length === 0) return false
    const rows = await this.#db.query<{ n: number }>(
      `select count(*)::int as n from release
       where dataset = any($1::text[]) and indicators ?| $2::text[]`,
      [[...touched], codes],
    )
    return (rows[0]?.n ?? 0) > 0
  }

  async #seriesCount(datasets: readonly string[]): Promise<number> {
    const ids = this.#active.filter((r) => datasets.includes(r.dataset)).map((r) => r.id)
    const rows = await this.#db.query<{ n: number }>(
      `select count(*)::int as n from (select distinct indicator, breakdown, period
         from observation_series where release_id = any($1::int[])) s`,
      [ids],
    )
    return rows[0]?.n ?? 0
  }

  /** Sheets and series that no current release supports any more are emptied, not deleted. */
  async #tombstones(dataset: string, releases: readonly number[]): Promise<void> {
    await this.#db.query(
      `insert into sheet (subject_id, dataset, publication, body)
       select distinct subject_id, dataset, $2::int, '' from sheet s
       where dataset = $1 and publication < $2 and not exists (
         select 1 from sheet n where n.subject_id = s.subject_id and n.dataset = $1
           and n.publication = $2)`,
      [dataset, this.#publication],
    )
    await this.#db.query(
      `insert into comparison_series (indicator, period, breakdown, publication, summary, subjects,
         value, status, release, releases)
       select distinct c.indicator, c.period, c.breakdown, $2::int, '{"empty":true}'::jsonb,
         '{}'::int[], '{}'::float8[], '{}'::smallint[], '{}'::smallint[], '{}'::int[]
       from comparison_series c
       where c.publication < $2
         and c.indicator in (select jsonb_array_elements_text(indicators) from release
           where dataset = $1)
         and not exists (select 1 from comparison_series n where n.indicator = c.indicator
           and n.period = c.period and n.breakdown = c.breakdown and n.publication = $2)
         and not exists (select 1 from observation_series o where o.release_id = any($3::int[])
           and o.indicator = c.indicator and o.period = c.period and o.breakdown = c.breakdown)`,
      [dataset, this.#publication, releases],
    )
  }

  #geography(
    all: ReadonlyMap<number, Listing>,
    peers: ReadonlyMap<number, Int32Array>,
  ): (indicator: Indicator) => Geography {
    const regions = new Map<number, number | null>()
    const areas = new Map<number, number | null>()
    for (const [id, listing] of all) {
      regions.set(id, regionOf(listing, all))
      areas.set(id, areaOf(listing, all))
    }
    const shared = {
      isProvider: (s: number) => all.get(s)?.kind === 'provider',
      region: (s: number) => regions.get(s) ?? null,
      area: (s: number) => areas.get(s) ?? null,
      ancestors: (s: number) => all.get(s)?.parents ?? [],
      isCountry: (s: number) => all.get(s)?.level === 'country',
      rank: (s: number) => levelRank(all.get(s)?.level ?? null),
      name: (s: number) => all.get(s)?.name ?? 'the whole',
      peers: (s: number) => peers.get(s) ?? null,
    }
    return (indicator) => ({
      ...shared,
      providers:
        this.#catalogue.services.find((x) => x.code === indicator.service)?.providers ?? 'places',
    })
  }
}
