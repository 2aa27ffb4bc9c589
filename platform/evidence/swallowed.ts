import type { Plan } from './plan.ts'
import type { ParsedRow } from './rows.ts'

/** Rows that a quotation mark without its partner made one cell of. */
export interface Swallowed {
  /** Where the mark opens. */
  readonly line: number
  readonly column: string
  /** The file's lines within the row, each with its number; blank ones are left out. */
  readonly lines: readonly { readonly line: number; readonly text: string }[]
  readonly sentence: string
}

/** Lines that are looked at before it is said what they are. */
const looked = 200

const number = new Intl.NumberFormat('en-GB')

/**
 * Tells a quotation mark that lacks its partner from a cell that honestly holds new lines: then the
 * lines within would be rows themselves, with as many cells as the header and what its fields
 * promise. Null where the row is one row.
 */
export function swallowed(row: ParsedRow, plan: Plan, delimiter: string): Swallowed | null {
  if (row.to === row.line) return null
  const parts = row.cells.map((cell) => cell.split(/\r\n|\n|\r/))
  const at = parts.findIndex((p) => p.length > 1)
  const all = row.cells.join(delimiter).split(/\r\n|\n|\r/)
  const lines = all.flatMap((text, i) => (text.trim() === '' ? [] : [{ line: row.line + i, text }]))
  const within = lines.filter((l) => l.line !== row.line && l.line !== row.to)
  const asked = (within.length > 0 ? within : lines).slice(0, looked)
  const rows = asked.filter(({ text }) => isRow(text, plan, delimiter)).length
  // Two columns are soon found in a sentence with a comma.
  const enough = plan.header.length > 2 ? 1 : 3
  if (rows < enough || rows < asked.length / 2) return null
  const column = plan.header[at]?.trim() ?? ''
  const [from, to] = [number.format(row.line), number.format(row.to)]
  const sentence =
    `A quotation mark in column "${column}" opens on line ${from} and closes only on line ${to}: its ` +
    `partner is probably missing. The ${number.format(lines.length)} rows on lines ${from} to ${to} ` +
    'cannot be told apart and are all refused.'
  return { line: row.line, column, lines, sentence }
}

function isRow(text: string, plan: Plan, delimiter: string): boolean {
  const cells = text.split(delimiter).map((c) => c.replace(/^\s*"|"\s*$/g, ''))
  const { header, fields } = plan
  if (header.length < 2 || cells.length < header.length) return false
  return fields.every((f) => f.check(cells[f.at] ?? '') === null)
}
