import { readNumber } from '../cells.ts'
import type { ColumnProfile } from './column-profile.ts'

/** A number with a comma for the point, as in "62,1" or "1.234,5 %". */
const commaNumber = /^[-+]?(\d+|\d{1,3}(\.\d{3})+),\d+\s*%?$/

interface Look {
  readonly columns: readonly Pick<ColumnProfile, 'name' | 'sample'>[]
  readonly rows: number
  /** Rows with fewer and with more cells than the header. */
  readonly raggedRows: { readonly short: number; readonly long: number }
}

const hasCommas = ({ sample }: Look['columns'][number]): boolean =>
  sample.length > 0 &&
  sample.filter((t) => commaNumber.test(t) && Number.isNaN(readNumber(t))).length >=
    0.9 * sample.length

/**
 * Why a file would be misread, and what to do, as a sentence; null where nothing speaks against it. Wrong by a
 * thousand is worse than not read: where one column has commas for points, points may stand for thousands in another.
 */
export function unfitness({ columns, rows, raggedRows }: Look): string | null {
  if (rows === 0) return 'The file has no rows to describe: it needs a header and at least one row.'
  const commas = columns.find(hasCommas)
  if (commas) {
    return `Its numbers have a comma for the point, such as “${commas.sample[0]}” in the column “${commas.name}”. Save it with points (62.1 and 1,234), and hand it in again.`
  }
  const named = columns.filter((c) => c.name !== '')
  if (named.length <= columns.length / 2 || raggedRows.long > rows / 2) {
    const first = named[0]?.name ?? ''
    return `Its first line does not name the columns${first === '' ? '' : `: it says “${first.slice(0, 60)}”`}. Take out what stands above the line that names them, and hand it in again.`
  }
  return null
}
