import type { ColumnProfile } from './column-profile.ts'
import type { Found } from './found.ts'

/** One measure of a long table: rows whose column of measures holds `code` give its figure. */
export interface Measure {
  readonly code: string
  readonly name: string
  /** As the file says it; empty where it does not. */
  readonly unit: string
}

/** A long table: the column that says which indicator a row is a figure of. */
export interface LongTable {
  readonly at: number
  readonly column: string
  readonly measures: readonly Measure[]
}

const headed = /(^|[^a-z])(measures?|indicators?|metrics?|statistics?|variables?)([^a-z]|$)/i
/** More measures than these are better described by the file that names them. */
const mostMeasures = 40

/**
 * Finds the column that tells indicators apart in a table with one column of values: headed so, and among those that
 * tell rows apart. Null where groups of people alone do.
 */
export function findLongTable(found: Found): LongTable | null {
  const { columns, key, figures, subject, period } = found
  if (figures.length !== 1) return null
  const about = new Set([subject?.at, period?.at])
  const at = (key ?? []).find((i) => !about.has(i) && headed.test(columns[i]?.name ?? ''))
  const column = at === undefined ? undefined : columns[at]
  if (at === undefined || !column?.values || column.empty > 0) return null
  const codes = [...column.values.keys()]
  if (codes.length < 2 || codes.length > mostMeasures) return null
  const name = said(found, at, (c) => headed.test(c.name) && /name|title|label/i.test(c.name))
  const unit = said(found, at, (c) => /^units?\b/i.test(c.name))
  const measures = codes.map((code) => ({
    code,
    name: name.get(code) ?? code,
    unit: unit.get(code) ?? '',
  }))
  return { at, column: column.name, measures }
}

/** What another column says of each measure, as far as it says one thing alone, by the first rows. */
function said(
  { columns, first }: Found,
  at: number,
  fits: (column: ColumnProfile) => boolean,
): Map<string, string> {
  const other = columns.findIndex((c, i) => i !== at && fits(c))
  const found = new Map<string, string | null>()
  for (const cells of other < 0 ? [] : first) {
    const [code = '', text = ''] = [cells[at]?.trim(), cells[other]?.trim()]
    const known = found.get(code)
    found.set(code, known === undefined || known === text ? text : null)
  }
  return new Map([...found].flatMap(([code, text]) => (text ? [[code, text]] : [])))
}
