import fc from 'fast-check'
import { type Category, cellKey, type Dimension, type Row } from '../src/index.ts'

/** A table with all its totals. */
export interface WholeTable {
  readonly dimensions: readonly Dimension[]
  readonly rows: readonly Row[]
}

/** The total and the categories below it, as many at each level as the widths say. */
export function category(code: string, widths: readonly number[]): Category {
  const [width, ...rest] = widths
  if (width === undefined) return { code }
  return {
    code,
    children: Array.from({ length: width }, (_, i) => category(`${code}${'abcdefgh'[i]}`, rest)),
  }
}

const leaves = (at: Category): string[] =>
  at.children?.length ? at.children.flatMap(leaves) : [at.code]

const nodes = (at: Category): Category[] => [at, ...(at.children ?? []).flatMap(nodes)]

const product = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((so, list) => so.flatMap((head) => list.map((next) => [...head, next])), [[]])

/** Adds all totals to counts of leaves, which come in the order of the product of the dimensions. */
export function withTotals(
  dimensions: readonly Dimension[],
  counts: readonly number[],
): WholeTable {
  const cells = product(dimensions.map(({ total }) => leaves(total)))
  const rows = product(dimensions.map(({ total }) => nodes(total))).map((categories) => {
    const below = categories.map((at) => new Set(leaves(at)))
    const count = cells.reduce(
      (sum, codes, i) =>
        codes.every((code, d) => below[d]?.has(code)) ? sum + (counts[i] as number) : sum,
      0,
    )
    return { codes: categories.map(({ code }) => code), count }
  })
  return { dimensions, rows }
}

/** The key of a row. */
export function keyOfRow({ dimensions }: WholeTable, { codes }: Row): string {
  const categories: Record<string, string> = {}
  dimensions.forEach(({ name, total }, d) => {
    if (codes[d] !== total.code) categories[name] = codes[d] as string
  })
  return cellKey(categories)
}

const shapes: readonly (readonly (readonly number[])[])[] = [
  [[4], [3]],
  [[2, 2], [3]],
  [
    [2, 2],
    [2, 2],
  ],
  [[3], [2], [2]],
  [[2, 2], [2], [2]],
  [[2], [2], [2], [2]],
]

const count = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 6, arbitrary: fc.integer({ min: 5, max: 60 }) },
)

/** Tables in two to four dimensions, most with trees, with many small counts and zeros. */
export const anyTable: fc.Arbitrary<WholeTable> = fc.constantFrom(...shapes).chain((widths) => {
  const dimensions = widths.map((width, d) => ({ name: `d${d}`, total: category('t', width) }))
  const size = dimensions.reduce((n, { total }) => n * leaves(total).length, 1)
  return fc
    .array(count, { minLength: size, maxLength: size })
    .map((counts) => withTotals(dimensions, counts))
})

/** The same, of which nobody publishes some cells: what is left of a place when those that are listed are taken out. */
export const anyTableWithUnpublished: fc.Arbitrary<WholeTable> = anyTable.chain((whole) =>
  fc
    .array(fc.boolean(), { minLength: whole.rows.length, maxLength: whole.rows.length })
    .map((marks) => withUnpublished(whole, marks)),
)

/** A table of which nobody publishes the marked cells. */
export const withUnpublished = (whole: WholeTable, marks: readonly boolean[]): WholeTable => ({
  ...whole,
  rows: whole.rows.map((row, i) => (marks[i] ? { ...row, status: 'unpublished' } : row)),
})

/** Two tables of the same people that share the totals of one dimension. */
export const anyLinkedTables: fc.Arbitrary<readonly [WholeTable, WholeTable]> = fc
  .array(count, { minLength: 12, maxLength: 12 })
  .map((counts) => {
    const dimensions = [
      { name: 'place', total: category('t', [3]) },
      { name: 'age', total: category('t', [2]) },
      { name: 'sex', total: category('t', [2]) },
    ]
    const whole = withTotals(dimensions, counts)
    const without = (d: number): WholeTable => ({
      dimensions: dimensions.filter((_, i) => i !== d),
      rows: whole.rows
        .filter(({ codes }) => codes[d] === 't')
        .map(({ codes, count: n }) => ({ codes: codes.filter((_, i) => i !== d), count: n })),
    })
    return [without(2), without(1)]
  })
