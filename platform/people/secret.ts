import { createHmac, randomBytes } from 'node:crypto'
import { secretFile } from '../database/secret-file.ts'

/** Where the secret lies that signs cookies and keys the hashes of codes. */
export interface SecretPlace {
  /** The text of `PLUMBLINE_SIGN_IN_SECRET`; null where nothing is set. */
  readonly given: string | null
  readonly folder: string
}

/** The secret's file within the data folder. */
export const secretName = 'sign-in-secret'

/** The secret as text; made at first need, in a file that its owner alone may read. */
export function secretAt({ given, folder }: SecretPlace): string {
  return given ?? secretFile(folder, secretName, () => randomBytes(32).toString('base64url')).trim()
}

/**
 * A keyed hash (HMAC-SHA-256): whoever reads the database alone cannot find a short code or an address by
 * trying them all.
 * @param purpose keeps the hashes of one use apart from those of another.
 */
export function keyed(secret: string, purpose: string, text: string): string {
  return createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url')
}
