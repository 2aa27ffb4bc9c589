import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { canonicalText } from './canonical.ts'
import { fromHex } from './merkle/hash.ts'

/**
 * What stands in an entry for something that may have to be erased: HMAC-SHA-256 of its name and value,
 * with a salt of 32 random bytes as the key. Whoever has value and salt can show that they belong to the
 * entry; once they are erased, the hash says nothing, since nobody can try values without the salt.
 * @example const salt = newSalt(); checkSeal('name', 'A. Head', salt, seal('name', 'A. Head', salt)) // true
 */
export function seal(name: string, value: string, salt: Uint8Array): string {
  return createHmac('sha256', salt)
    .update(canonicalText([name, value]))
    .digest('hex')
}

/** A new salt. */
export const newSalt = (): Uint8Array => randomBytes(32)

/** Whether a value is the one that was sealed. */
export function checkSeal(name: string, value: string, salt: Uint8Array, sealed: string): boolean {
  const claimed = fromHex(sealed)
  return (
    claimed?.length === 32 && timingSafeEqual(claimed, Buffer.from(seal(name, value, salt), 'hex'))
  )
}
