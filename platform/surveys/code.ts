import { createHmac, randomInt } from 'node:crypto'
import { keyed } from '../people/secret.ts'

/** Letters and figures that nobody takes for others, and that make no words. */
const letters = 'BCDFGHJKMNPQRTVWXY346789'

/** On a poster: short, to be typed. */
const openLength = 8
/** Of one person: nobody finds another's by trying (68 bits). */
const ownLength = 15

const randomOf = (length: number): string =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join('')

/** A new code of an open link, such as `K7QM4XPD`. */
export const newOpenCode = (): string => randomOf(openLength)
/** A new code of one invitation. */
export const newOwnCode = (): string => randomOf(ownLength)

/**
 * The code to come back by to answers that began with a form. It can be told from the form's number
 * again: a start that is sent twice is one.
 */
export const returnCode = (secret: string, form: string): string =>
  codeFrom(secret, `survey return\0${form}`)

/**
 * The code on somebody's letter of paper. It can be told again from the draw and the person, so that letters
 * that are sent for twice are the same ones.
 * @param draw a number by chance that is kept nowhere: without it nobody can tell whose a code is.
 */
export const letterCode = (secret: string, draw: string, person: string): string =>
  codeFrom(secret, `survey letter\0${draw}\0${person}`)

/**
 * The code on somebody's letter of paper by which they are not asked again. It is theirs in every survey, and says
 * nothing of what they answer.
 */
export const stopCode = (secret: string, personHash: string): string =>
  codeFrom(secret, `survey stop\0${personHash}`)

/** What is kept of such a code. */
export const stopHashOf = (secret: string, code: string): string =>
  keyed(secret, 'survey stop code', code)

function codeFrom(secret: string, text: string): string {
  const hash = createHmac('sha256', secret).update(text).digest('hex')
  let rest = BigInt(`0x${hash}`)
  const base = BigInt(letters.length)
  return Array.from({ length: ownLength }, () => {
    const letter = letters[Number(rest % base)]
    rest /= base
    return letter
  }).join('')
}

/** What is kept of a code of one person. */
export const hashOf = (secret: string, code: string): string => keyed(secret, 'survey code', code)

/** A code as somebody typed it: without spaces and dashes, in capitals. Null where it can be none. */
export function readCode(typed: string): { readonly kind: 'open' | 'own'; code: string } | null {
  const code = typed.replace(/[\s\u2010-\u2015-]/g, '').toUpperCase()
  if (![...code].every((letter) => letters.includes(letter))) return null
  if (code.length === openLength) return { kind: 'open', code }
  return code.length === ownLength ? { kind: 'own', code } : null
}

/** In groups, as people write it down: `K7QM-4XPD`, `BCDFG-HJKMN-PQRTV`. */
export const spelled = (code: string): string =>
  (code.match(code.length === openLength ? /.{4}/g : /.{5}/g) ?? [code]).join('-')

/** What a person is known by: nobody who reads the database alone can tell who it is. */
export const personHashOf = (secret: string, person: string): string =>
  keyed(secret, 'survey person', person)
