import { timingSafeEqual } from 'node:crypto'
import { keyed } from '../people/secret.ts'

/** What a mailed link is good for: of subscriptions to confirm one, to see all of an address, to end them; of a
 * story to say that one told it, and to see what became of it; not to be asked by surveys any more. */
export type LinkPurpose = 'confirm' | 'all' | 'end' | 'story' | 'own-story' | 'peace'

const macOf = (secret: string, purpose: LinkPurpose, parts: readonly string[]): string =>
  keyed(secret, `subscription ${purpose}`, parts.join('\0'))

/**
 * What a link of one purpose carries: some words that anybody may read, and proof that we wrote them. It lies
 * nowhere in the database, so that whoever reads that can make none.
 * @param until after which it is worth nothing; null for a link that must work for as long as letters are kept.
 */
export function seal(
  secret: string,
  purpose: LinkPurpose,
  words: readonly string[],
  until: Date | null,
): string {
  const parts = [...words, until === null ? '' : String(Math.floor(until.getTime() / 1000))]
  return [...parts, macOf(secret, purpose, parts)].join('.')
}

/** The words of a link that we wrote for this purpose; null for any other, and for one that is too old. */
export function unseal(
  secret: string,
  purpose: LinkPurpose,
  token: string,
  now = new Date(),
): readonly string[] | null {
  if (token.length > 500) return null
  const parts = token.split('.')
  const mac = Buffer.from(parts.pop() ?? '')
  const right = Buffer.from(macOf(secret, purpose, parts))
  if (mac.length !== right.length || !timingSafeEqual(mac, right)) return null
  const until = parts.pop()
  if (until !== '' && Number(until) * 1000 < now.getTime()) return null
  return parts
}
