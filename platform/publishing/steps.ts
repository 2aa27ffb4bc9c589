import type { Geography } from '../comparison/compare.ts'
import { peerIndicators } from '../comparison/peers.ts'
import type { Database } from '../database/database.ts'
import { lastProtected } from '../disclosure/earlier.ts'
import type { Suppress } from '../disclosure/hide.ts'
import { protectRelease } from '../disclosure/protect-release.ts'
import { UnsafeRelease } from '../disclosure/unsafe-release.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { Descriptor } from '../evidence/descriptor.ts'
import { type Indicator, kindApart } from '../evidence/indicator.ts'
import { withoutInvented } from '../evidence/invented-only.ts'
import { levelRank } from '../places/levels.ts'
import { type Computing, computeDataset } from './compute.ts'
import { computeDependents, dependents, type PublicationAtHand } from './dependents.ts'
import { storedIndicators } from './indicators.ts'
import { areaOf, type Listing, makeListings, regionOf, storeListings } from './listings.ts'
import { computePeers, loadPeers } from './peer-groups.ts'
import type { SheetWriter } from './sheet-writer.ts'
import { emptySeries } from './tombstones.ts'
import { Writing } from './writing.ts'

export interface PublishOptions {
  readonly by: string
  readonly reason: string
  /** Whose act it is on the record: the steward's, unless said otherwise. */
  readonly role?: string
  /** Ends the computing between two series; what was stored under the number counts for nothing. */
  readonly signal?: AbortSignal
  readonly onProgress?: (event: { label: string; done: number; total: number }) => void
  /** Waits, with all computed and nothing counting yet, for whoever reads it ahead of its visitors. */
  readonly ahead?: ((publication: number) => Promise<void>) | undefined
  /** Another choice of what to hide: for tests that break it on purpose. */
  readonly suppress?: Suppress
}

/** What publishing needs to know of a release. */
export interface ReleaseRow {
  id: number
  dataset: string
  service: string | null
  descriptor: string
  slot: string
  state: string
  published_in: number | null
  invented: boolean
  yardstick: boolean
}

/** What a publication says of everybody, which its figures are compared by. */
interface Known {
  readonly all: ReadonlyMap<number, Listing>
  readonly peers: ReadonlyMap<number, Int32Array>
  readonly indicators: ReadonlyMap<string, Indicator>
}

/** The computing of one publication: all that depends on its releases, under its number. */
export class Steps {
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
    const writing = new Writing()
    const sheets: SheetWriter[] = []
    try {
      await this.#compute(touched, writing, sheets)
      await writing.done()
    } finally {
      await writing.stop()
      for (const each of sheets) each.close()
    }
  }

  /** What nothing after it reads is left to the database, `writing`, while other things are computed. */
  async #compute(
    touched: ReadonlySet<string>,
    writing: Writing,
    sheets: SheetWriter[],
  ): Promise<void> {
    const db = this.#db
    const ids = this.#active.map((r) => r.id)
    const listings = await makeListings(db, ids, this.#publication)
    const { all, changed, ended } = listings
    const listed = writing.begin(() => storeListings(db, listings, this.#publication))
    const indicators = await storedIndicators(db, this.#catalogue)
    await this.#protect(all, indicators, listed)
    const datasets = new Set(touched)
    const peers = await loadPeers(db, this.#publication)
    for (const { id } of ended) peers.delete(id)
    for (const service of this.#catalogue.services) {
      const facts = service.separate || service.peers.some((p) => p.from.startsWith('fact:'))
      const moved = facts && [...changed, ...ended].some((l) => l.service === service.code)
      if (!moved && !(await this.#peersTouched(peerIndicators(service), touched))) continue
      await computePeers(db, service, ids, all, this.#publication, peers)
      // New peers change the comparisons of all that the service publishes.
      for (const r of this.#active) if (r.service === service.code) datasets.add(r.dataset)
    }
    await this.#figures(datasets, { all, peers, indicators }, sheets)
    await listed
    writing.begin(async (signal) => {
      for (const each of sheets) await each.write(signal)
    })
    const touchedIndicators = await this.#indicatorsOf([...datasets])
    await this.#dependents({ indicators, listings: all, peers, touched: touchedIndicators })
  }

  /** The figures of each dataset with their comparisons; their sheets are left to be written. */
  async #figures(
    datasets: ReadonlySet<string>,
    { all, peers, indicators }: Known,
    sheets: SheetWriter[],
  ): Promise<void> {
    const db = this.#db
    const total = await this.#seriesCount([...datasets])
    let done = 0
    for (const dataset of datasets) {
      const releases = this.#active.filter((r) => r.dataset === dataset).map((r) => r.id)
      const computing: Computing = {
        db,
        publication: this.#publication,
        releases,
        indicators,
        geography: this.#geography(all, peers),
        onSeries: (count) => {
          this.#options.signal?.throwIfAborted()
          done += count
          this.#options.onProgress?.({ label: 'Publishing', done, total })
        },
      }
      sheets.push(await computeDataset(dataset, computing))
      await emptySeries(db, { dataset, publication: this.#publication, releases })
    }
  }

  /** Hides what must not be shown, before anything that the public reads is computed; by name, once all are `listed`. */
  async #protect(
    all: ReadonlyMap<number, Listing>,
    indicators: ReadonlyMap<string, Indicator>,
    listed: Promise<void>,
  ): Promise<void> {
    const byId = new Map(this.#catalogue.descriptors.map((d) => [d.id, d]))
    for (const release of this.#active) {
      const { disclosure: declared, invented } = byId.get(release.descriptor) ?? {}
      if (release.published_in === null) await this.#refuseUndeclared(release, byId)
      if (!declared) continue
      await listed
      await protectRelease(this.#db, {
        release: release.id,
        slot: release.slot,
        dataset: release.dataset,
        invented: invented === true,
        declared,
        indicators,
        locate(subject) {
          const l = all.get(subject)
          return l ? { level: l.level ?? l.kind, parents: l.parents } : null
        },
        everyone: () => all.keys(),
        name: (subject) => all.get(subject)?.name ?? `subject ${subject}`,
        code: (subject) => all.get(subject)?.code ?? String(subject),
        suppress: this.#options.suppress,
        signal: this.#options.signal,
      })
    }
  }

  /**
   * Refuses a draft of which nobody says here what must be hidden, though its kind of file may have said so
   * where it was read, or what it takes the place of was protected.
   */
  async #refuseUndeclared(
    { id, descriptor, slot }: ReleaseRow,
    known: ReadonlyMap<string, Descriptor>,
  ): Promise<void> {
    const kind = known.get(descriptor)
    if (!kind) {
      throw new UnsafeRelease(
        `Release ${id}: its kind of file, “${descriptor}”, is not known here, nor which of its small counts must be hidden. Nothing was published. Name the folder of its catalogue (PLUMBLINE_CATALOGUE), or import the file again.`,
        `The kind of this file, “${descriptor}”, is not known here, nor which of its small counts must be hidden. Nothing was published. Ask the operator for its descriptor.`,
      )
    }
    if (kind.disclosure) return
    const before = await lastProtected(this.#db, { slot, except: id })
    if (before === null) return
    throw new UnsafeRelease(
      `Release ${id}: release ${before} gave the same figures with its small counts protected, and “${descriptor}” says nothing of small counts. Nothing was published. Write \`disclosure\` into the descriptor as it was before.`,
      `Release ${before} gave the same figures with its small counts protected, and “${descriptor}” says nothing of small counts. Nothing was published. Ask the operator to write \`disclosure\` into the descriptor as it was before.`,
    )
  }

  /** What follows from figures: judgements, cards and so on. */
  async #dependents(
    of: Pick<PublicationAtHand, 'indicators' | 'listings' | 'peers' | 'touched'>,
  ): Promise<void> {
    const { signal, onProgress } = this.#options
    const invented = this.#active.some((r) => r.invented)
    const catalogue = invented ? this.#catalogue : withoutInvented(this.#catalogue)
    const fixed = {
      db: this.#db,
      number: this.#publication,
      releases: this.#active.map((r) => r.id),
      catalogue,
    }
    let done = 0
    await computeDependents({ ...fixed, signal, ...of }, ({ label }) => {
      onProgress?.({ label, done, total: dependents.length })
      done += 1
    })
  }

  /**
   * Every indicator that any release of these datasets ever held, current or not; nothing is drawn,
   * judged or signalled of a yardstick's.
   */
  async #indicatorsOf(datasets: readonly string[]): Promise<Set<string>> {
    const rows = await this.#db.query<{ code: string }>(
      `select distinct jsonb_array_elements_text(indicators) as code from release
       where dataset = any($1::text[]) and not yardstick`,
      [datasets],
    )
    return new Set(rows.map((r) => r.code))
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
    const kinds = new Map<number, string>()
    for (const service of this.#catalogue.services) {
      if (!service.separate) continue
      for (const [id, l] of all) {
        const kind = l.service === service.code ? kindApart(service, l.body.facts) : null
        if (kind !== null) kinds.set(id, kind)
      }
    }
    return (indicator) => ({
      ...shared,
      kind: (s: number) => kinds.get(s) ?? null,
      providers:
        this.#catalogue.services.find((x) => x.code === indicator.service)?.providers ?? 'places',
    })
  }
}
