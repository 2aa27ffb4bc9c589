import { createHash } from 'node:crypto'
import { escape } from './components/svg.ts'

/** A name for ever, from a key: a UUID of version 5 within the feed's own space (RFC 9562). */
export function feedId(key: string): string {
  const space = Buffer.from('c0f1a3d25b0e4d6c9a7e2f80c1d4b6e3', 'hex')
  const hash = createHash('sha1').update(space).update(key, 'utf8').digest().subarray(0, 16)
  hash[6] = ((hash[6] as number) & 0x0f) | 0x50
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ]
  return `urn:uuid:${parts.join('-')}`
}

/** Text as XML may hold it: some characters it may not, even escaped. */
export const xml = (text: string): string =>
  escape(text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''))
