import { postcodeOf } from '../places/locate.ts'

/** What the texts that a listing is found by are made from. */
export interface Searched {
  readonly name: string
  readonly code: string
  readonly town: string | null
  readonly postcode: string | null
  readonly address: string | null
}

/**
 * A text as it is held against others: small letters, without apostrophes and full stops, one space between words.
 * A full stop that holds two words apart is a space. Migration 0063 does the same in SQL.
 * @example plainText('St.Mary’s  G.P. Surg.') // 'st marys gp surg'
 */
export const plainText = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(?<=\p{L}{2})\.(?=\p{L})|(?<=\p{L})\.(?=\p{L}{2})/gu, ' ')
    .replace(/['’‘ʼ`.]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** What a search is held against: name, code, town, and postcode with one space and without any. */
export function searchText({ name, code, town, postcode }: Searched): string {
  // Sources pad short postcodes ("PO1  3DU"), or leave the space out.
  const written = postcode === null ? null : (postcodeOf(postcode) ?? postcode)
  const texts = [name, code, town, written, written?.replace(/\s+/g, '')]
  return plainText(texts.filter((text) => text).join(' '))
}

/**
 * A street as it is held against what is typed: letters and digits alone count.
 * @example streetText('Queen’s Road, Gosport') // 'queens road gosport'
 */
export const streetText = (address: string): string =>
  plainText(address)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The words of a name, a town and a street, of three letters and more, by which misspelt ones are put right. */
export const wordsToFind = (of: Searched): string[] =>
  `${searchText(of)} ${streetText(of.address ?? '')}`.match(/\p{L}{3,40}/gu) ?? []
