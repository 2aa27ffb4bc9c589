import type { Outcome } from '../standards/judge.ts'
import type { JudgedTurn } from './story.ts'

/** What a standard said of some providers in one period, from one publication on. */
export interface JudgedRow {
  readonly standard: string
  readonly period: string
  readonly publication: number
  /** By their numbers. */
  readonly outcomes: ReadonlyMap<number, Outcome>
}

export interface Turned {
  readonly standard: string
  readonly publication: number
  readonly subject: number
  readonly turns: JudgedTurn[]
}

/**
 * Who is judged otherwise by which publication. Being judged for the first time counts where there was
 * something to judge by.
 * @param rows in the order of their publications; within one of them in the order of the periods.
 */
export function turnsOf(rows: readonly JudgedRow[]): Turned[] {
  const found = new Map<string, Turned>()
  /** By standard and provider: what is said of each period. */
  const said = new Map<string, Map<string, Outcome>>()
  /** By standard and period: whom the row before was about. */
  const known = new Map<string, Iterable<number>>()
  for (const { standard, period, publication, outcomes } of rows) {
    const of = `${standard}\n${period}`
    for (const subject of new Set([...(known.get(of) ?? []), ...outcomes.keys()])) {
      const key = `${standard}\n${subject}`
      const periods = said.get(key) ?? new Map<string, Outcome>()
      said.set(key, periods)
      const before = periods.get(period) ?? null
      const after = outcomes.get(subject) ?? null
      if (after === null) periods.delete(period)
      else periods.set(period, after)
      if (before === after || (before === null && after === 'not judged')) continue
      const turned = found.get(`${key}\n${publication}`) ?? {
        ...{ standard, publication, subject },
        turns: [],
      }
      turned.turns.push({ period, before, after, earlier: latestBefore(period, periods) })
      found.set(`${key}\n${publication}`, turned)
    }
    known.set(of, outcomes.keys())
  }
  return [...found.values()].reverse()
}

function latestBefore(
  period: string,
  periods: ReadonlyMap<string, Outcome>,
): JudgedTurn['earlier'] {
  const last = [...periods.keys()]
    .filter((p) => p < period)
    .sort()
    .at(-1)
  const outcome = last === undefined ? undefined : periods.get(last)
  return last === undefined || outcome === undefined ? null : { period: last, outcome }
}
