import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * What a token may send: files of some descriptors, or of every descriptor of a publisher; or, instead of files, who
 * was seen at some providers, by their codes.
 */
export type TokenScope =
  | { readonly descriptors: readonly string[] }
  | { readonly publisher: string }
  | { readonly appointments: readonly string[] }

/** What is known of a token: everything but the token itself. */
export interface Token {
  readonly id: number
  /** Shown on the record. */
  readonly name: string
  readonly scope: TokenScope
  /** It may publish; otherwise it only brings drafts. */
  readonly publishes: boolean
  readonly madeAt: string
  readonly validFrom: string
  readonly validUntil: string | null
  readonly revokedAt: string | null
}

/** What every token of ours begins with, so that scanners for leaked secrets know it. */
const prefix = 'plumbline'
const shape = /^plumbline_(\d{1,9})_([A-Za-z0-9_-]{43})$/

/** A new token with 256 random bits. `id` says where its hash lies. */
export const newToken = (id: number): string =>
  `${prefix}_${id}_${randomBytes(32).toString('base64url')}`

/** Where the hash of a token lies; null for what is no token of ours. */
export function idOf(token: string): number | null {
  const id = Number(shape.exec(token)?.[1] ?? Number.NaN)
  return id > 0 && id < 2 ** 31 ? id : null
}

/** What is stored of a token: as it is random throughout, one round of SHA-256 is enough. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Whether a token has this hash, in a time that tells nothing of it. */
export function hasHash(token: string, hash: Uint8Array): boolean {
  const own = hashOf(token)
  return own.length === hash.length && timingSafeEqual(own, hash)
}

/** Why a token is not taken at a moment, in a sentence; null where it is. */
export function whyInvalid(token: Token, at: Date): string | null {
  const { revokedAt, validFrom, validUntil } = token
  if (revokedAt !== null) return `This token was revoked on ${day(revokedAt)}.`
  if (at < new Date(validFrom)) return `This token is valid from ${day(validFrom)} on.`
  if (validUntil !== null && at >= new Date(validUntil)) {
    return `This token was valid until ${day(validUntil)}: ask the operator for another.`
  }
  return null
}

const day = (moment: string): string => new Date(moment).toISOString().slice(0, 10)

/** Whether a token may send files of a descriptor. */
export function maySend(
  { scope }: Token,
  descriptor: { readonly id: string; readonly publisher: string },
): boolean {
  if ('publisher' in scope) return scope.publisher === descriptor.publisher
  return 'descriptors' in scope && scope.descriptors.includes(descriptor.id)
}

/** The providers of which a token may report who was seen; none for one that sends files. */
export const reportsOf = ({ scope }: Pick<Token, 'scope'>): readonly string[] =>
  'appointments' in scope ? scope.appointments : []
