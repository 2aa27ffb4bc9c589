import { postcodeOf } from '../places/locate.ts'
import { plainText } from '../publishing/search-text.ts'

/** What a text must hold to be worth rewriting: most do not, and lists are long. */
const notPlain = /['’‘ʼ`.]|\s\s/

/**
 * Whether a text of names, codes and postcodes holds what somebody typed into the filter of a list: whatever the
 * capitals, apostrophes and full stops, and with or without the space within a postcode.
 * @example nameFilter('st marys')("St. Mary's Surgery J82177") // true
 * @example nameFilter('po13du')('John Pounds Surgery PO1  3DU') // true
 */
export function nameFilter(typed: string): (text: string) => boolean {
  const plain = plainText(typed)
  if (plain === '') return () => true
  const [outward, inward] = postcodeOf(typed)?.toLowerCase().split(' ') ?? []
  // Not within another: E1 1AA is no part of SE1 1AA.
  const postcode = inward && new RegExp(`(?<![a-z0-9])${outward}\\s*${inward}(?![a-z0-9])`)
  return (text) => {
    const own = notPlain.test(text) ? plainText(text) : text.toLowerCase()
    return postcode ? postcode.test(own) : own.includes(plain)
  }
}
