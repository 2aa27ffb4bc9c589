import type { IncomingHttpHeaders } from 'node:http'

/** Is a tag among those that a browser or a proxy has, weak or not? */
export const hasTag = (known: string | undefined, tag: string): boolean =>
  known !== undefined && known.split(',').some((t) => t.trim().replace(/^(W\/)?/, 'W/') === tag)

/** What somebody has is still the answer: by its tag, or, where none is sent, by its time (RFC 9110). */
export function isUnchanged(
  headers: IncomingHttpHeaders,
  tag: string,
  changedAt: string | null,
): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined) return tags.trim() === '*' || hasTag(tags, tag)
  const since = Date.parse(headers['if-modified-since'] ?? '')
  if (Number.isNaN(since) || changedAt === null) return false
  return Math.floor(Date.parse(changedAt) / 1000) * 1000 <= since
}
