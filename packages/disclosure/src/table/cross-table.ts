import { DisclosureError } from '../errors.ts'
import { buildTable, type CellInput, checkCount, type Draft, type Relation } from './build.ts'
import { byCodeUnits, type Dimension, type Tree, treeOf } from './dimension.ts'
import { type CellStatus, type CellTable, nameOf } from './table.ts'

/** A row of a table: one category of each dimension, in their order. */
export interface Row {
  readonly codes: readonly string[]
  /** From 0 up; NaN where nobody measured it. */
  readonly count: number
  /** Default `open`. */
  readonly status?: CellStatus
  readonly contributions?: readonly number[]
}

/** A table to protect. */
export interface CrossTableInput {
  readonly dimensions: readonly Dimension[]
  /** In any order. A total without a row is worked out and not published; a category without one is 0, known. */
  readonly rows: Iterable<Row>
  /** Whom the table counts, such as a release. Cells of tables of the same people are the same cells. */
  readonly population?: string
  /** Whether the figures are counts (the default) or amounts. */
  readonly whole?: boolean
}

/**
 * A table with all its sums: every dimension adds up, at every level, for every combination of the others.
 *
 * @throws DisclosureError where a row names no category, occurs twice, or a total is not the sum of its parts.
 * @example
 * crossTable({
 *   dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } }],
 *   rows: [{ codes: ['f'], count: 3 }, { codes: ['m'], count: 9 }, { codes: ['all'], count: 12 }],
 * }).keys
 * // ['', 'sex=f', 'sex=m']
 */
export function crossTable(input: CrossTableInput): CellTable {
  const trees = input.dimensions
    .map((dimension) => treeOf(dimension))
    .sort((a, b) => byCodeUnits(a.name, b.name))
  const order = trees.map((tree) => input.dimensions.findIndex(({ name }) => name === tree.name))
  const size = trees.reduce((product, tree) => product * tree.codes.length, 1)
  const keys = Array.from({ length: size }, (_, position) =>
    keyAt(trees, position, input.population ?? ''),
  )
  const rows = new Array<Row | undefined>(size)
  for (const row of input.rows) {
    const position = positionOf(trees, order, row)
    if (rows[position]) {
      const sentence = `${nameOf(keys[position] as string)} occurs twice; give each cell one row`
      throw new DisclosureError('invalid-table', sentence, keys[position])
    }
    checkCount(keys[position] as string, row.count, input.whole ?? true)
    rows[position] = row
  }
  const relations = sumsOf(trees, keys)
  return buildTable({
    whole: input.whole ?? true,
    cells: withTotals(trees, keys, rows),
    relations,
    grids: trees.length > 0 ? [{ trees, keys }] : [],
  })
}

/**
 * The key of a cell: its population, and its categories that are not totals, in the order of their names. The
 * same cell of two linked tables has the same key.
 * @example cellKey({ sex: 'f', place: 'E06' }, '2024') // '2024?place=E06&sex=f'
 */
export function cellKey(categories: Readonly<Record<string, string>>, population = ''): string {
  const text = Object.keys(categories)
    .sort(byCodeUnits)
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(categories[name] as string)}`)
    .join('&')
  return population === '' ? text : `${encodeURIComponent(population)}?${text}`
}

function keyAt(trees: readonly Tree[], position: number, population: string): string {
  const categories: Record<string, string> = {}
  let rest = position
  for (let d = trees.length - 1; d >= 0; d--) {
    const { codes, name } = trees[d] as Tree
    const node = rest % codes.length
    rest = (rest - node) / codes.length
    if (node > 0) categories[name] = codes[node] as string
  }
  return cellKey(categories, population)
}

function positionOf(trees: readonly Tree[], order: readonly number[], row: Row): number {
  let position = 0
  trees.forEach((tree, d) => {
    const code = row.codes[order[d] as number] as string
    const node = tree.nodeOf.get(code)
    if (node === undefined) {
      const sentence = `${tree.name} has no category ${code}; add it to the dimension`
      throw new DisclosureError('invalid-table', sentence)
    }
    position = position * tree.codes.length + node
  })
  return position
}

/** Calls back with each total of one dimension and its parts, deepest totals first. */
function eachSum(
  trees: readonly Tree[],
  d: number,
  say: (total: number, parts: readonly number[]) => void,
): void {
  const { children, codes } = trees[d] as Tree
  const stride = trees.slice(d + 1).reduce((product, tree) => product * tree.codes.length, 1)
  const size = trees.reduce((product, tree) => product * tree.codes.length, 1)
  for (let node = codes.length - 1; node >= 0; node--) {
    const below = children[node] as Int32Array
    if (below.length === 0) continue
    for (let high = 0; high < size; high += stride * codes.length) {
      for (let low = 0; low < stride; low++) {
        const at = (n: number): number => high + n * stride + low
        say(at(node), Array.from(below, at))
      }
    }
  }
}

function sumsOf(trees: readonly Tree[], keys: readonly string[]): Draft['relations'] {
  const relations: (Relation & { dimension: string })[] = []
  trees.forEach((tree, d) => {
    eachSum(trees, d, (total, parts) => {
      relations.push({
        total: keys[total] as string,
        parts: parts.map((part) => keys[part] as string),
        dimension: tree.name,
      })
    })
  })
  return relations
}

function withTotals(
  trees: readonly Tree[],
  keys: readonly string[],
  rows: readonly (Row | undefined)[],
): CellInput[] {
  const counts = Float64Array.from(keys, (_, at) => rows[at]?.count ?? Number.NaN)
  const isTotal = new Uint8Array(keys.length)
  trees.forEach((_, d) => {
    eachSum(trees, d, (total) => {
      isTotal[total] = 1
    })
  })
  for (let at = 0; at < keys.length; at++) if (!rows[at] && isTotal[at] === 0) counts[at] = 0
  trees.forEach((_, d) => {
    eachSum(trees, d, (total, parts) => {
      if (rows[total] || !Number.isNaN(counts[total] as number)) return
      counts[total] = parts.reduce((sum, part) => sum + (counts[part] as number), 0)
    })
  })
  return keys.map((key, at) => ({
    key,
    count: counts[at] as number,
    status: rows[at] ? (rows[at]?.status ?? 'open') : isTotal[at] === 1 ? 'unpublished' : 'known',
    contributions: rows[at]?.contributions,
  }))
}
