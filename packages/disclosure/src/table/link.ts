import { DisclosureError } from '../errors.ts'
import { buildTable, type CellInput, type Relation } from './build.ts'
import { type CellTable, cellOf, statusOf } from './table.ts'

/** What ties tables together beside the cells that they share. */
export interface Links {
  /** Sums across tables: overlapping places, a total and parts that were published elsewhere. */
  readonly sums?: readonly Relation[]
  /** Cells that no table has, such as what is left of one place when another is taken out of it. */
  readonly cells?: readonly { readonly key: string; readonly count: number }[]
}

/**
 * One table of several: cells with the same key are the same cell, and all sums hold at once. Cells that are
 * added by `cells` are published nowhere, and yet must not be worked out.
 *
 * @throws DisclosureError where two tables disagree on a cell, or a sum does not add up.
 * @example
 * linkTables(
 *   [
 *     crossTable({ dimensions: [], rows: [{ codes: [], count: 20 }], population: 'district' }),
 *     crossTable({ dimensions: [], rows: [{ codes: [], count: 18 }], population: 'trust' }),
 *   ],
 *   {
 *     cells: [{ key: 'rest', count: 2 }],
 *     sums: [{ total: 'district?', parts: ['trust?', 'rest'] }],
 *   },
 * ).keys
 * // ['district?', 'rest', 'trust?']
 */
export function linkTables(tables: readonly CellTable[], links: Links = {}): CellTable {
  const cells = new Map<string, CellInput>()
  for (const table of tables) {
    table.keys.forEach((key, at) => {
      const next: CellInput = {
        key,
        count: table.counts[at] as number,
        status: statusOf(table, at),
        contributions: table.contributions.has(at)
          ? Array.from(table.contributions.get(at) as Float64Array)
          : undefined,
      }
      cells.set(key, mergedCell(cells.get(key), next))
    })
  }
  for (const { key, count } of links.cells ?? [])
    cells.set(key, mergedCell(cells.get(key), { key, count, status: 'unpublished' }))
  return buildTable({
    whole: tables.every(({ whole }) => whole),
    cells: [...cells.values()],
    relations: [
      ...tables.flatMap((table) => sumsIn(table)),
      ...(links.sums ?? []).map((sum) => ({ ...sum, dimension: '' })),
    ],
    grids: tables.flatMap(({ grids, keys }) =>
      grids.map((grid) => ({
        trees: grid.trees,
        keys: Array.from(grid.cells, (cell) => keys[cell] as string),
      })),
    ),
  })
}

/** Of two statuses of one cell, what an attacker knows more by. */
const knownMore = ['known', 'published', 'open', 'unpublished'] as const

/** What two tables say of one cell, as one; throws DisclosureError where they disagree. */
export function mergedCell(old: CellInput | undefined, next: CellInput): CellInput {
  if (!old) return next
  if (old.count !== next.count && !(Number.isNaN(old.count) && Number.isNaN(next.count))) {
    const sentence = `${next.key} is ${old.count} in one table and ${next.count} in another; give them different populations`
    throw new DisclosureError('invalid-table', sentence, next.key)
  }
  const status = knownMore.find((s) => s === old.status || s === next.status) ?? old.status
  return { ...old, status, contributions: old.contributions ?? next.contributions }
}

function sumsIn({ relations, keys }: CellTable): (Relation & { readonly dimension: string })[] {
  return relations.dimensions.map((dimension, r) => {
    const from = relations.start[r] as number
    const to = relations.start[r + 1] as number
    const [total, ...parts] = Array.from(
      relations.cells.subarray(from, to),
      (cell) => keys[cell] as string,
    )
    return { total: total as string, parts, dimension }
  })
}

/** An earlier release, as the public has it. */
export interface EarlierRelease {
  readonly table: CellTable
  /** 1 for each cell that it hid. */
  readonly hidden: Uint8Array
}

/**
 * A release beside an earlier one of the same people: what was published stays public, what was hidden stays
 * unpublished, and a cell whose count did not change is the same in both. So a corrected release that shows
 * what the first hid, or whose difference from it gives a hidden cell away, does not pass the audit.
 *
 * @param earlierPopulation the population of the earlier table, which must differ from the later one's.
 * @example
 * const release = (population, count) =>
 *   crossTable({ dimensions: [], rows: [{ codes: [], count }], population })
 * linkReleases({ table: release('v1', 3), hidden: Uint8Array.of(1) }, release('v2', 3), 'v1', 'v2')
 *   .relations.dimensions.length
 * // 1
 */
export function linkReleases(
  earlier: EarlierRelease,
  later: CellTable,
  earlierPopulation: string,
  laterPopulation: string,
): CellTable {
  const statuses = Uint8Array.from(earlier.table.statuses, (status, at) =>
    status === 0 ? (earlier.hidden[at] === 1 ? 2 : 1) : status,
  )
  const sums: Relation[] = []
  const prefix = `${encodeURIComponent(earlierPopulation)}?`
  earlier.table.keys.forEach((key, at) => {
    if (!key.startsWith(prefix)) return
    const same = `${encodeURIComponent(laterPopulation)}?${key.slice(prefix.length)}`
    const cell = cellOf(later, same)
    if (cell >= 0 && later.counts[cell] === earlier.table.counts[at])
      sums.push({ total: key, parts: [same] })
  })
  return linkTables([{ ...earlier.table, statuses }, later], { sums })
}
