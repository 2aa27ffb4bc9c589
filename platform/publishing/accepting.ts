import type { CheckReport } from '../evidence/checks.ts'
import { slippedNames } from '../evidence/name-check.ts'

/** What a steward has to accept of a file before it is taken: rows that are left out, and names that are not known so. */
export const toAccept = ({ rowsRefused, rules }: CheckReport): number =>
  rowsRefused + slippedNames(rules)

const byFlag = 'Nothing is imported unless --accept says how many may be.'

/**
 * The command line's sentence names its flag, which nobody has in a browser or over the network.
 * @param instead what is said there in its place.
 */
export const withoutFlag = (sentence: string, instead = ''): string =>
  sentence.replace(byFlag, instead).trimEnd()

/** Why a file is not taken as long as nobody accepts what is wrong with it. */
export function whyRefused({ rowsRefused, rules }: CheckReport): string {
  const slipped = slippedNames(rules)
  const rows = rowsRefused === 1 ? '1 row' : `${rowsRefused} rows`
  const names = `${slipped.toLocaleString('en-GB')} names are not those of their codes`
  return [
    ...(rowsRefused > 0 ? [`${rows} refused.`] : []),
    ...(slipped > 0 ? [`${names}: look whether a column has slipped.`] : []),
    byFlag,
  ].join(' ')
}
