import canonicalize from 'canonicalize'

/** What JSON can say. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json }

/**
 * The one text of a value that everybody writes alike: JSON by the JSON Canonicalization Scheme
 * (RFC 8785), names in the order of their UTF-16 units, no space, numbers as ECMAScript writes them.
 * @throws Error for NaN, infinite numbers and lone surrogates, which JSON cannot carry.
 * @example canonicalText({ b: 1.0, a: 'é' }) // '{"a":"é","b":1}'
 */
export function canonicalText(value: Json): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('Only JSON has a canonical text.')
  return text
}

/**
 * Whether a text is the canonical text of what it says. A text that says a name twice, or a number with
 * more digits than a double holds, is not: it would be read in two ways.
 */
export function isCanonical(text: string, parsed: Json): boolean {
  try {
    return canonicalText(parsed) === text
  } catch {
    return false
  }
}
