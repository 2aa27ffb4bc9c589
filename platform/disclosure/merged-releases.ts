import type { ReleaseCells } from './cells.ts'
import type { Cell, Sum } from './sums.ts'

/** A release with, for its figures' cells, how the figure stood. */
export interface Stood extends ReleaseCells {
  readonly stood: ReadonlyMap<string, string>
}

/** A cell's key without the name of its release. */
export const withoutRelease = (key: string): string => key.replace(/^(now|before \d+|at once)/, '')

/** A sum of one release or more, and the names of its published parts, the same in any release. */
export interface MergedSum extends Sum {
  readonly listed: string
}

export interface Merged {
  readonly cells: ReadonlyMap<string, Cell>
  readonly sums: readonly MergedSum[]
  /** Of each release the cells of what it lists, by their names. */
  readonly figuresOf: readonly ReadonlyMap<string, string>[]
}

/**
 * The cells of all releases, where those that are the same in two of them are one, so that a long row of releases
 * of which each changes little is a small table.
 */
export function merged(all: readonly Stood[]): Merged {
  const cells = new Map<string, Cell>()
  const sums = new Map<string, MergedSum>()
  const first = new Map<string, string>()
  const figuresOf: Map<string, string>[] = []
  for (const { cells: own, sums: ownSums, stood } of all) {
    const listed = new Map(ownSums.map((s) => [s, listedIn(s)]))
    const beside = new Map(ownSums.flatMap((s) => (s.rest ? [[s.rest, listed.get(s)]] : [])))
    const keys = new Map<string, string>()
    for (const cell of own) {
      const as = stood.get(cell.key)
      const rest = beside.get(cell.key)
      const how = as ?? (rest === undefined ? undefined : `${cell.count}|${rest}`)
      const version = how === undefined ? cell.key : `${withoutRelease(cell.key)}|${how}`
      const key = first.get(version) ?? cell.key
      first.set(version, key)
      keys.set(cell.key, key)
      if (!cells.has(key) || cell.status === 'published') cells.set(key, { ...cell, key })
    }
    figuresOf.push(new Map([...stood.keys()].map((k) => [withoutRelease(k), keys.get(k) ?? k])))
    const key = (k: string): string => keys.get(k) ?? k
    for (const s of ownSums) {
      const sum = {
        ...s,
        total: key(s.total),
        parts: s.parts.map(key),
        rest: s.rest && key(s.rest),
      }
      const same = [sum.of, sum.total, ...sum.parts].join('\n')
      sums.set(same, { ...sum, listed: listed.get(s) ?? '' })
    }
  }
  return { cells, sums: [...sums.values()], figuresOf }
}

const listedIn = ({ parts, rest }: Sum): string =>
  parts
    .filter((p) => p !== rest)
    .map(withoutRelease)
    .sort()
    .join('\n')
