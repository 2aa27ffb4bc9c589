import { createHash } from 'node:crypto'
import type { EventType, NewsEvent } from '../news/events.ts'
import type { Message } from './send.ts'

/**
 * An event as it is sent: the same text, under the same name, however often it is made.
 * @param home the address by which others find this Plumbline; '' where nobody has said.
 */
export function messageOf(
  event: NewsEvent,
  home: string,
): Message & { readonly type: EventType; readonly at: string } {
  const { type, subject, at, data, api, page } = event
  const name = createHash('sha256').update([type, subject, at].join('\n')).digest('hex')
  const links = { api: `${home}${api}`, page: `${home}${page}` }
  return {
    id: `msg_${name.slice(0, 32)}`,
    type,
    at,
    body: JSON.stringify({ type, timestamp: at, data: { ...data, links } }),
  }
}
