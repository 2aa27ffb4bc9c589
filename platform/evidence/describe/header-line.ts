import { type ParsedRow, readRows } from '../rows.ts'
import { sniff, usualWidth } from './sniff.ts'

/** How a file begins. */
export interface Beginning {
  readonly rows: readonly Pick<ParsedRow, 'line' | 'cells'>[]
  /** The line that most likely names the columns. */
  readonly header: number
}

/** Rows that are looked through for the one that names the columns. */
const shown = 20
/** Rows by which it is told how many columns there are. */
const counted = 200

/** The first rows of a file, above whose columns' names other lines may stand. */
export async function beginning(path: string): Promise<Beginning> {
  const writing = await sniff(path)
  const rows: ParsedRow[] = []
  for await (const item of readRows(path, writing)) {
    if (Array.isArray(item)) rows.push(...item)
    if (rows.length >= counted) break
  }
  const some = rows.slice(0, counted)
  const width = usualWidth(some.map((r) => r.cells))
  const first = rows.slice(0, shown)
  const names = ({ cells }: ParsedRow): boolean =>
    cells.length === width && cells.filter((cell) => cell.trim() !== '').length > width / 2
  return { rows: first, header: (first.find(names) ?? first[0])?.line ?? 1 }
}
