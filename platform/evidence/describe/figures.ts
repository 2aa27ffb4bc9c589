import type { ColumnProfile } from './column-profile.ts'
import type { Relation } from './relations.ts'

/** A column that looks like the value of an indicator, and the columns that belong to it. */
export interface FigureRole {
  readonly value: number
  readonly numerator?: number
  readonly denominator?: number
  readonly lower95?: number
  readonly upper95?: number
  readonly lower998?: number
  readonly upper998?: number
  /** 100 for a percentage; null where nothing tells. */
  readonly scale: number | null
}

const limitKinds = ['lower95', 'upper95', 'lower998', 'upper998'] as const
type LimitKind = (typeof limitKinds)[number]

/** What a header says of limits: `Lower CI 95.0 limit`, `READPROG_LOWER`, `UCL`. */
function limitKind(name: string): LimitKind | null {
  const low = /lower|(^|[^a-z])l(ci|cl)([^a-z]|$)/i.test(name)
  const high = /upper|(^|[^a-z])u(ci|cl)([^a-z]|$)/i.test(name)
  if (low === high) return null
  const wide = /99\.?8/.test(name)
  return low ? (wide ? 'lower998' : 'lower95') : wide ? 'upper998' : 'upper95'
}

/** The value that a column of limits is headed after, or the nearest value before it. */
function valueOf(at: number, values: readonly number[], columns: readonly ColumnProfile[]): number {
  const name = columns[at]?.name.toLowerCase() ?? ''
  const after = values.filter((v) => name.startsWith(columns[v]?.name.toLowerCase() ?? '\u0000'))
  const before = values.filter((v) => v < at)
  return after.at(-1) ?? before.at(-1) ?? (values[0] as number)
}

/** Columns of numbers that measure something: no codes, nothing that is the same throughout. */
export function measures(columns: readonly ColumnProfile[], taken: ReadonlySet<number>): number[] {
  return numbers(columns, taken).filter((at) => columns[at]?.isCategory() === false)
}

function numbers(columns: readonly ColumnProfile[], taken: ReadonlySet<number>): number[] {
  return columns.flatMap((c, at) => {
    const isNumber = ['integer', 'number'].includes(c.type().type)
    const constant = c.rows > 3 && c.different() === 1 && c.others?.size === 0
    return isNumber && !c.isCode() && !constant && c.name !== '' && !taken.has(at) ? [at] : []
  })
}

/**
 * Columns of few different numbers, such as of small counts, as figures to choose from: for a file in which none
 * other is found. Those that tell rows apart are `taken`, as codes and periods are.
 */
export function smallFigures(
  columns: readonly ColumnProfile[],
  taken: ReadonlySet<number>,
): FigureRole[] {
  return numbers(columns, taken).map((at) => bare(at, columns, []))
}

/**
 * Which columns of numbers are values, and which are parts, wholes and limits of others. Columns in
 * `taken` (codes, periods) are left out.
 */
export function findFigures(
  columns: readonly ColumnProfile[],
  relations: readonly Relation[],
  taken: ReadonlySet<number>,
): FigureRole[] {
  const all = measures(columns, taken)
  const limits = all.filter((at) => limitKind(columns[at]?.name ?? '') !== null)
  const parts = new Set(relations.flatMap((r) => [r.numerator, r.denominator]))
  const values = all.filter((at) => !limits.includes(at) && !parts.has(at))
  const figures = new Map(values.map((at) => [at, bare(at, columns, relations)]))
  if (values.length > 0) {
    for (const at of limits) {
      const value = valueOf(at, values, columns)
      const kind = limitKind(columns[at]?.name ?? '') as LimitKind
      const figure = figures.get(value) as FigureRole
      if (figure[kind] === undefined) figures.set(value, { ...figure, [kind]: at })
    }
  }
  return [...figures.values()]
}

function bare(
  value: number,
  columns: readonly ColumnProfile[],
  relations: readonly Relation[],
): FigureRole {
  const relation = relations.find((r) => r.value === value)
  if (relation) {
    const { numerator, denominator, scale } = relation
    return { value, numerator, denominator, scale }
  }
  const column = columns[value]
  const percent =
    column?.type().format === 'percent' || /percent|perc|pct|%|share/i.test(column?.name ?? '')
  const within = column && column.least >= 0 && column.most <= 100
  return { value, scale: percent && within ? 100 : null }
}
