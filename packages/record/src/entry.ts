import { z } from 'zod'
import { canonicalText, isCanonical, type Json } from './canonical.ts'
import { hex, leafHash } from './merkle/hash.ts'

// Entries are parsed from JSON or written to it: there the type is checked already.
const json = z.custom<Json>()
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'is no hash')

/** The hash before the first entry. */
export const beginning = '0'.repeat(64)

/** An entry of the record, as it is written and hashed. */
export const entrySchema = z.strictObject({
  /** From 1 on, without gaps. */
  number: z.int().min(1),
  /** When: a moment in UTC, such as 2026-11-25T10:00:00.000001Z; never before that of the entry before. */
  at: z.iso.datetime(),
  /** What was done, as one of the words of whoever keeps the record: `release-published`. */
  act: z.string().min(1),
  /** Who, by their public role, or by their name where they act in public. */
  by: z.strictObject({ role: z.string().min(1), name: z.string().optional() }),
  /** To what: `release:12`. */
  subject: z.string().min(1),
  why: z.string().nullable(),
  /** Under which rule. */
  rule: z.string().min(1),
  details: z.record(z.string(), json),
  /** Of what may have to be erased: the salted hash alone, by name (`seal`). */
  sealed: z.record(z.string(), hash),
  /** The hash of the entry before. */
  previous: hash,
})
export type Entry = z.infer<typeof entrySchema>

/** An entry before it has its place. */
export type Act = Omit<Entry, 'number' | 'at' | 'previous'>

/** An entry, the text that is hashed, and its hash. */
export interface Written {
  readonly entry: Entry
  readonly text: string
  readonly hash: Uint8Array
}

/**
 * The next entry of a record. Its hash is that of its leaf in the Merkle tree, so that chain and tree
 * vouch for the same bytes.
 * @param place its number, moment and the hash of the entry before (`beginning` for the first).
 * @throws Error where the act is none (an empty role, a number that is not finite).
 */
export function writeEntry(act: Act, place: Pick<Entry, 'number' | 'at' | 'previous'>): Written {
  const entry = entrySchema.parse({ ...act, ...place })
  const text = canonicalText(entry as Json)
  return { entry, text, hash: leafHash(text) }
}

/** The hash of an entry from its text: SHA-256 of a zero byte and the text in UTF-8. */
export const entryHash = (text: string): Uint8Array => leafHash(text)

/**
 * Reads the text of an entry; null where it is none: no JSON, not canonical, or of another shape.
 * @example readEntry('{}') // null
 */
export function readEntry(text: string): Entry | null {
  try {
    const parsed: Json = JSON.parse(text)
    const entry = entrySchema.safeParse(parsed)
    return entry.success && isCanonical(text, parsed) ? entry.data : null
  } catch {
    return null
  }
}

/** The hash of an entry as the next one names it. */
export const hexHash = (text: string): string => hex(entryHash(text))
