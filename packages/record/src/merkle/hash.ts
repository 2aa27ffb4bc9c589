import { hash } from 'node:crypto'

/** SHA-256 of bytes or of a text in UTF-8: 32 bytes. */
export const sha256 = (data: Uint8Array | string): Uint8Array => hash('sha256', data, 'buffer')

const nodeBytes = new Uint8Array(65)
nodeBytes[0] = 1

/**
 * The hash of a leaf: SHA-256 of a zero byte and the entry (RFC 9162, 2.1.1). A leaf can so never be
 * taken for a node.
 */
export const leafHash = (entry: Uint8Array | string): Uint8Array =>
  sha256(typeof entry === 'string' ? `\0${entry}` : Buffer.concat([zero, entry]))

const zero = Uint8Array.of(0)

/** The hash of a node above two others, of 32 bytes each (RFC 9162, 2.1.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeBytes.set(left, 1)
  nodeBytes.set(right, 33)
  return sha256(nodeBytes)
}

/** The root of a tree without leaves. */
export const emptyRoot: Uint8Array = sha256('')

/** Whether two hashes are the same bytes. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Bytes of a text such as `00ff`, in lower case; null where it is none. */
export const fromHex = (text: string): Uint8Array | null =>
  /^([0-9a-f]{2})*$/.test(text) ? Buffer.from(text, 'hex') : null
