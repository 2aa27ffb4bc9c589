import { readDecimalComma, readNumber } from '../cells.ts'
import type { ColumnProfile } from './column-profile.ts'

type Seen = Pick<ColumnProfile, 'name' | 'sample'>

/** With a comma for the point and for nothing else, as in “62,1”: in English it is no number. */
const isSure = (t: string): boolean =>
  Number.isNaN(readNumber(t)) && !Number.isNaN(readDecimalComma(t))
const isNumber = (t: string): boolean => !Number.isNaN(readNumber(t)) || isSure(t)
/** “1,234”: a thousand and more where commas group, hardly more than one where they are points. */
const isEither = (t: string): boolean => /^[-+]?\d{1,3},\d{3}\s*%?$/.test(t)

/** Whether a column has numbers with a comma for the point, as far as its first values tell. */
export const hasCommas = ({ sample }: Seen): boolean => {
  const sure = sample.filter(isSure).length
  const numbers = sample.filter(isNumber).length
  // A slip among thousands makes no column of decimals.
  return sure > 0 && sure >= sample.filter(isEither).length && numbers >= sample.length / 2
}

const readsByComma = ({ sample }: Seen): boolean =>
  sample.filter(isNumber).every((t) => !Number.isNaN(readDecimalComma(t)))

/**
 * The columns, by their places, whose numbers have a comma for the point. It is told by the column and never by
 * the cell: in such a file “1.234” in another column is a thousand and more, where all its numbers can be read so.
 */
export function commaColumns(columns: readonly Seen[]): ReadonlySet<number> {
  if (!columns.some((c) => hasCommas(c) && readsByComma(c))) return new Set()
  return new Set(
    columns.flatMap((c, at) => {
      const isWritten = hasCommas(c) || c.sample.some((t) => /^[-+]?\d{1,3}([. ]\d{3})+$/.test(t))
      return isWritten && readsByComma(c) ? [at] : []
    }),
  )
}

/** Whether commas in a column can be read in both ways, so that a person had better look. */
export const isDoubtful = ({ sample }: Seen): boolean =>
  sample.some(isEither) &&
  sample
    .filter((t) => !Number.isNaN(readNumber(t)))
    .every((t) => /^[-+]?(\d+|\d{1,3},\d{3})\s*%?$/.test(t))
