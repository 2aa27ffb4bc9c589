import type { Highs } from 'highs'
import type { Category, Dimension, Row } from '../src/index.ts'

// The package's types describe a CommonJS module, where Node gets an ES module.
const loaded: { readonly default: unknown } = await import('highs')
if (typeof loaded.default !== 'function') throw new Error('highs has no loader')
const solver: Highs = await loaded.default()

/**
 * A second attacker, who shares nothing with the package but the data: it reads what the public reads, writes down
 * every sum from the dimensions, and asks HiGHS in its text format for both ends of every hidden cell.
 */
export interface PublicTable {
  readonly dimensions: readonly Dimension[]
  /** Codes, and the value or null where it is hidden. */
  readonly cells: readonly { readonly codes: readonly string[]; readonly value: number | null }[]
}

export interface Found {
  readonly codes: readonly string[]
  readonly lower: number
  readonly upper: number
}

/** Both ends of each hidden cell, as whole numbers; several tables are attacked together. */
export function attackTables(tables: readonly PublicTable[], least: number): Found[] {
  const names = new Map<string, string>()
  const nameOf = (key: string): string => {
    const name = names.get(key) ?? `x${names.size}`
    names.set(key, name)
    return name
  }
  const rows = new Set<string>()
  const hidden = new Map<string, readonly string[]>()
  for (const table of tables) {
    for (const { codes, value } of table.cells) {
      const name = nameOf(keyOf(table, codes))
      if (value === null) hidden.set(name, codes)
      else rows.add(`${name} = ${value}`)
    }
    for (const [total, parts] of sumsOf(table)) {
      const terms = parts.map((part) => `+ ${nameOf(keyOf(table, part))}`)
      rows.add(`${terms.join('\n ')}\n - ${nameOf(keyOf(table, total))} = 0`)
    }
  }
  const body = [...rows].map((row, i) => ` c${i}: ${row}\n`).join('')
  const bounds = [...hidden.keys()].map((name) => ` ${name} >= ${least}\n`).join('')
  const end = (sense: string, name: string): number => {
    const text = `${sense}\n obj: ${name}\nSubject To\n${body}Bounds\n${bounds}End\n`
    const answer = solver.solve(text, { primal_feasibility_tolerance: 1e-9 })
    if (answer.Status === 'Optimal') return answer.ObjectiveValue
    if (/unbounded/i.test(answer.Status)) return Number.POSITIVE_INFINITY
    throw new Error(`the attacker's programme is ${answer.Status}`)
  }
  return Array.from(hidden, ([name, codes]) => ({
    codes,
    lower: Math.ceil(end('Minimize', name) - 1e-6),
    upper: Math.floor(end('Maximize', name) + 1e-6),
  }))
}

/** Cells of linked tables are the same where their categories, totals left out, are the same. */
function keyOf({ dimensions }: PublicTable, codes: readonly string[]): string {
  return dimensions
    .flatMap(({ name, total }, d) => (codes[d] === total.code ? [] : [`${name}:${codes[d]}`]))
    .sort()
    .join(' ')
}

function* sumsOf({
  dimensions,
  cells,
}: PublicTable): Generator<readonly [readonly string[], readonly (readonly string[])[]]> {
  for (const { codes } of cells) {
    for (let d = 0; d < dimensions.length; d++) {
      const at = find((dimensions[d] as Dimension).total, codes[d] as string)
      if (!at?.children?.length) continue
      yield [codes, at.children.map(({ code }) => codes.with(d, code))]
    }
  }
}

function find(category: Category, code: string): Category | undefined {
  if (category.code === code) return category
  for (const child of category.children ?? []) {
    const found = find(child, code)
    if (found) return found
  }
  return undefined
}

/** What the public sees of rows when some are hidden. */
export const published = (
  dimensions: readonly Dimension[],
  rows: readonly Row[],
  isHidden: (row: Row) => boolean,
): PublicTable => ({
  dimensions,
  cells: rows.map((row) => ({ codes: row.codes, value: isHidden(row) ? null : row.count })),
})
