import type { Queries } from '../database/database.ts'

/** How often something may be done in an hour, by one address or from one network. */
export const hourly = {
  /** Letters to one address. */
  'letter-to': 5,
  /** Letters asked for from one network: a hospital's thousands may share one. */
  'letter-from': 400,
  /** Codes, links, passkeys and returns from another service tried from one network; each code by itself
   * bears five wrong ones. */
  'try-from': 600,
  /** Ways to another service, questions to a passkey, and new passkeys, begun from one network. */
  'begin-from': 600,
  /** Letters about subscriptions: to one address, and asked for from one network. */
  'subscribe-to': 5,
  'subscribe-from': 100,
  /** Changes of what somebody follows: each of their hundred things may be set anew and stopped. */
  'follow-by': 300,
  /** Stories: steps of telling from one network, and letters about them to one address and from one network. */
  'story-step': 900,
  'story-to': 5,
  'story-from': 100,
  /** What whoever told a story does with it. */
  'story-own': 60,
  /** Forms that a person sends: replies, answers, requests for a correction. */
  'form-by': 60,
  /** Pages of surveys sent from one network: a hospital's waiting rooms share one. */
  'survey-from': 20_000,
  /** Codes of surveys that are nowhere, tried from one network. */
  'survey-try': 300,
  /** Files that a person begins to hand in. */
  'file-by': 60,
} as const
export type Counted = keyof typeof hourly

/**
 * Counts one more of it, and says whether that is still within the hour's number. Counted in the database by
 * one statement, so that any number of servers count together.
 * @param who a keyed hash.
 */
export async function isWithin(db: Queries, what: Counted, who: string): Promise<boolean> {
  const [row] = await db.query<{ count: number }>(
    `insert into sign_in_count (what, who, hour, count) values ($1, $2, date_trunc('hour', now()), 1)
     on conflict (what, who, hour) do update set count = sign_in_count.count + 1 returning count`,
    [what, who],
  )
  return (row?.count ?? 0) <= hourly[what]
}

/** The network that counts as one asker: an IPv4 address, or the half of an IPv6 address that names a home. */
export function networkOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const gap = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  const parts = tail === undefined ? before : [...before, ...gap, ...after]
  return `${parts
    .slice(0, 4)
    .map((p) => p.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`
}
