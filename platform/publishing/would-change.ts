import type { StoredPart } from '../comparison/series.ts'
import type { Database } from '../database/database.ts'
import type { Series } from '../evidence/columns.ts'
import { statuses } from '../evidence/descriptor.ts'
import type { Sink } from '../evidence/reading.ts'
import { absent, changeKinds } from './change-kinds.ts'
import { loadIndicator } from './compute.ts'
import { type FigureColumns, isSameFigure, statusAt } from './same-figure.ts'

/** How many figures a file would change, held against the release whose place it would take. */
export interface WouldChange {
  /** That release; null where nothing of this dataset and period is published. */
  readonly supersedes: number | null
  readonly same: number
  /** Of the same, those that the source keeps back in both. */
  readonly suppressed: number
  readonly changed: number
  /** Of the changed, those that have a value there and none in the file. */
  readonly withoutValue: number
  readonly added: number
  /** Figures that the release has and the file has not. */
  readonly gone: number
  /**
   * Figures that the release hides, since few people are behind them, or that its source keeps back among such, and
   * those whose counts it rounds. Whether the file says the same of them is not told: one could find them out by
   * trying.
   */
  readonly hidden: number
}

/** Where a figure of the release is. */
interface Known {
  readonly part: StoredPart
  readonly at: number
}

const suppressed = statuses.indexOf('suppressed')

/** The release that stands, with how many figures it has. */
interface Stands {
  readonly id: number
  readonly total: number
  /** Its small counts were hidden or rounded. */
  readonly isProtected: boolean
}

/** The figures that are published, which those of a file are counted against as they are read. */
export class CurrentFigures implements Sink {
  readonly #db: Database
  readonly #release: number | null
  readonly #total: number
  readonly #isProtected: boolean
  /** By indicator, then by group and period, then by subject. */
  readonly #known = new Map<string, Map<string, Map<number, Known>>>()
  readonly #counts = { same: 0, suppressed: 0, hidden: 0 }
  /** Changes by their statuses before and after. */
  readonly #changes = new Map<string, { before: number; after: number; count: number }>()

  private constructor(db: Database, of: Stands | null) {
    this.#db = db
    this.#release = of?.id ?? null
    this.#total = of?.total ?? 0
    this.#isProtected = of?.isProtected ?? false
  }

  /** Those of the release that stands for a slot now. */
  static async of(db: Database, slot: string): Promise<CurrentFigures> {
    const rows = await db.query<Stands>(
      `select id, (select coalesce(sum(cardinality(subjects)), 0)::int from observation_series
         where release_id = release.id) as total,
         exists (select 1 from protected_release p where p.release_id = release.id) as "isProtected"
       from release where slot = $1 and published_in is not null and ended_in is null`,
      [slot],
    )
    return new CurrentFigures(db, rows[0] ?? null)
  }

  async write(all: readonly Series[]): Promise<void> {
    for (const series of all) {
      const known = await this.#series(series.key)
      const columns = { value: series.value, status: series.status, ...series.optional }
      for (let i = 0; i < series.length; i++) {
        const was = known?.get(series.subjects[i] as number)
        const found = this.#difference(was, columns, i)
        if (found === 'other') {
          this.#change(was ? statusAt(was.part, was.at) : absent, statusAt(columns, i))
          continue
        }
        this.#counts[found] += 1
        if (found === 'same' && series.status[i] === suppressed) this.#counts.suppressed += 1
      }
    }
  }

  changes(): WouldChange {
    const { same, hidden } = this.#counts
    const kinds = changeKinds(this.#changes.values())
    // Of what the file has nothing of, nothing was read: it is what is left.
    const gone = this.#total - same - kinds.changed - hidden
    return { supersedes: this.#release, ...this.#counts, ...kinds, gone }
  }

  #change(before: number, after: number): void {
    const name = `${before} ${after}`
    const alike = this.#changes.get(name) ?? { before, after, count: 0 }
    this.#changes.set(name, alike)
    alike.count += 1
  }

  #difference(
    was: Known | undefined,
    file: FigureColumns,
    at: number,
  ): 'same' | 'hidden' | 'other' {
    if (!was) return 'other'
    if (this.#isProtected && isKept(was)) return 'hidden'
    return isSameFigure(was.part, was.at, file, at) ? 'same' : 'other'
  }

  async #series(key: Series['key']): Promise<ReadonlyMap<number, Known> | undefined> {
    if (this.#release === null) return undefined
    let ofIndicator = this.#known.get(key.indicator)
    if (!ofIndicator) {
      ofIndicator = new Map()
      for (const part of await loadIndicator(this.#db, [this.#release], key.indicator)) {
        const name = `${part.breakdown}\n${part.period}`
        const figures = ofIndicator.get(name) ?? new Map<number, Known>()
        ofIndicator.set(name, figures)
        for (let i = 0; i < part.subjects.length; i++) {
          figures.set(part.subjects[i] as number, { part, at: i })
        }
      }
      this.#known.set(key.indicator, ofIndicator)
    }
    return ofIndicator.get(`${key.breakdown}\n${key.period}`)
  }
}

/** Whether a protected release does not say what its file did: it hides the figure, or rounds its counts. */
const isKept = ({ part, at }: Known): boolean =>
  statusAt(part, at) === suppressed || (part.counts_rounded_to ?? null) !== null
