import type { Database } from '../database/database.ts'
import type { SeriesSummary } from '../publishing/series-store.ts'
import { Kept } from './kept.ts'
import type { Spread } from './reader.ts'

interface Subject {
  readonly id: number
  readonly code: string
  readonly kind: 'provider' | 'place'
}

/** Values kept in memory, 12 bytes each. */
const valuesKept = 2_000_000

/** A series by its publication: the same for ever. */
export interface SeriesId {
  readonly publication: number
  readonly indicator: string
  readonly period: string
  readonly breakdown: string
}

/**
 * How everyone's values are spread: all that a provider's page needs of a table of thousands. No name is
 * in it, so it stays when a publication changes how somebody is called, as nearly every one does.
 */
export class SpreadStore {
  readonly #db: Database
  readonly #spreads = new Kept<Spread | null>(valuesKept, (s) => 100 + (s?.values.length ?? 0))
  /** Nobody's number or code ever changes. */
  readonly #subjects = new Map<number, Subject>()
  readonly #numbers = new Map<string, number>()

  constructor(db: Database) {
    this.#db = db
  }

  /** Null where no provider has a value. */
  of({ publication, indicator, period, breakdown }: SeriesId): Promise<Spread | null> {
    const key = [publication, indicator, period, breakdown].join('\n')
    return this.#spreads.get(key, async () => {
      const [series] = await this.#db.query<Series>(
        `select subjects, value, summary->'apart' as apart from comparison_series
         where publication = $1 and indicator = $2 and period = $3 and breakdown = $4`,
        [publication, indicator, period, breakdown],
      )
      if (!series) return null
      await this.#meet(series.subjects)
      return this.#spread(series)
    })
  }

  async #meet(ids: readonly number[]): Promise<void> {
    const unknown = ids.filter((id) => !this.#subjects.has(id))
    if (unknown.length === 0) return
    const found = await this.#db.query<Subject>(
      'select id, code, kind from subject where id = any($1::int[])',
      [unknown],
    )
    for (const subject of found) {
      this.#subjects.set(subject.id, subject)
      this.#numbers.set(subject.code, subject.id)
    }
  }

  #spread({ subjects, value, apart }: Series): Spread | null {
    const kinds = new Map(
      apart?.flatMap((k) => k.subjects.map((id): [number, string] => [id, k.name])),
    )
    const valued = subjects
      .map((id, at) => ({ id, value: value[at] ?? null }))
      .filter((v): v is { id: number; value: number } => v.value !== null)
    const providers = valued.filter(({ id }) => this.#subjects.get(id)?.kind === 'provider')
    const ofKind = (name: string | undefined) =>
      Float64Array.from(
        providers.filter(({ id }) => kinds.get(id) === name),
        (v) => v.value,
      ).sort()
    const values = ofKind(undefined)
    if (values.length === 0) return null
    const like = new Map(apart?.map(({ name }) => [name, ofKind(name)]))
    valued.sort((a, b) => a.id - b.id)
    const ids = Int32Array.from(valued, (v) => v.id)
    const inOrder = Float64Array.from(valued, (v) => v.value)
    const numberOf = (code: string) => this.#numbers.get(code) ?? -1
    return {
      values,
      valuesLike: (code) => like.get(kinds.get(numberOf(code)) ?? '') ?? values,
      valueOf: (code) => inOrder[placeOf(ids, numberOf(code))] ?? null,
    }
  }
}

interface Series {
  readonly subjects: readonly number[]
  readonly value: readonly (number | null)[]
  readonly apart: SeriesSummary['apart'] | null
}

/** The place of a number among others in ascending order; -1 where it is none of them. */
function placeOf(ids: Int32Array, id: number): number {
  let [low, high] = [0, ids.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ids[middle] as number) < id) low = middle + 1
    else high = middle
  }
  return ids[low] === id ? low : -1
}
