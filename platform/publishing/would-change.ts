import type { Database } from '../database/database.ts'
import type { Series } from '../evidence/columns.ts'
import { statuses } from '../evidence/descriptor.ts'
import type { Sink } from '../evidence/reading.ts'
import { loadIndicator } from './compute.ts'

/** How many figures a file would change, held against the release whose place it would take. */
export interface WouldChange {
  /** That release; null where nothing of this dataset and period is published. */
  readonly supersedes: number | null
  readonly same: number
  readonly changed: number
  readonly added: number
  /** Figures that the release has and the file has not. */
  readonly gone: number
  /**
   * Figures that the release hides, since few people are behind them. Whether the file says the same of
   * them is not told: one could find them out by trying.
   */
  readonly hidden: number
}

interface Known {
  readonly value: number | null
  readonly status: number
}

const hiddenStatus = statuses.indexOf('suppressed')

/** The figures that are published, which those of a file are counted against as they are read. */
export class CurrentFigures implements Sink {
  readonly #db: Database
  readonly #release: number | null
  readonly #total: number
  /** By indicator, then by group and period, then by subject. */
  readonly #known = new Map<string, Map<string, Map<number, Known>>>()
  readonly #counts = { same: 0, changed: 0, added: 0, hidden: 0 }

  private constructor(db: Database, release: number | null, total: number) {
    this.#db = db
    this.#release = release
    this.#total = total
  }

  /** Those of the release that stands for a slot now. */
  static async of(db: Database, slot: string): Promise<CurrentFigures> {
    const rows = await db.query<{ id: number; total: number }>(
      `select id, (select coalesce(sum(cardinality(subjects)), 0)::int from observation_series
         where release_id = release.id) as total
       from release where slot = $1 and published_in is not null and ended_in is null`,
      [slot],
    )
    return new CurrentFigures(db, rows[0]?.id ?? null, rows[0]?.total ?? 0)
  }

  async write(all: readonly Series[]): Promise<void> {
    for (const series of all) {
      const known = await this.#series(series.key)
      for (let i = 0; i < series.length; i++) {
        const was = known?.get(series.subjects[i] as number)
        const value = series.value[i] as number
        const status = series.status[i] as number
        this.#counts[difference(was, Number.isNaN(value) ? null : value, status)] += 1
      }
    }
  }

  changes(): WouldChange {
    const { same, changed, hidden } = this.#counts
    return {
      supersedes: this.#release,
      ...this.#counts,
      gone: this.#total - same - changed - hidden,
    }
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
          const known = { value: part.value[i] ?? null, status: part.status?.[i] ?? 0 }
          figures.set(part.subjects[i] as number, known)
        }
      }
      this.#known.set(key.indicator, ofIndicator)
    }
    return ofIndicator.get(`${key.breakdown}\n${key.period}`)
  }
}

function difference(
  was: Known | undefined,
  value: number | null,
  status: number,
): 'same' | 'changed' | 'added' | 'hidden' {
  if (was === undefined) return 'added'
  if (was.status === hiddenStatus) return 'hidden'
  const before = was.value === null || Number.isNaN(was.value) ? null : was.value
  return before === value && was.status === status ? 'same' : 'changed'
}
