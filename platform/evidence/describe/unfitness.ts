import type { ColumnProfile } from './column-profile.ts'
import { hasCommas } from './comma-columns.ts'

interface Look {
  readonly columns: readonly Pick<ColumnProfile, 'name' | 'sample' | 'decimalChar'>[]
  readonly rows: number
  /** Rows with fewer and with more cells than the header. */
  readonly raggedRows: { readonly short: number; readonly long: number }
}

/**
 * Why a file would be misread, and what to do, as a sentence; null where nothing speaks against it. Wrong by a
 * thousand is worse than not read: a column is read with commas for points, or with points, and never with both.
 */
export function unfitness({ columns, rows, raggedRows }: Look): string | null {
  if (rows === 0) return 'The file has no rows to describe: it needs a header and at least one row.'
  const both = columns.find((c) => hasCommas(c) && c.decimalChar === '.')
  if (both) {
    return `The column “${both.name}” has numbers with a comma for the point and others with a point. Write all of them in one way, and hand it in again.`
  }
  const named = columns.filter((c) => c.name !== '')
  if (named.length <= columns.length / 2 || raggedRows.long > rows / 2) {
    const first = named[0]?.name ?? ''
    return `Its first line does not name the columns${first === '' ? '' : `: it says “${first.slice(0, 60)}”`}. Take out what stands above the line that names them, and hand it in again.`
  }
  return null
}
