import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Reader, State } from '../comparison/reader.ts'
import { isUnchanged } from './conditional.ts'
import { faultOf, query } from './query.ts'
import { BadRequest } from './refusals.ts'

/** The state that an address asks for. @throws BadRequest where it names none that can be. */
export async function stateOf(reader: Reader, request: FastifyRequest): Promise<State> {
  const found = query.safeParse(request.query)
  if (found.success) return reader.state(found.data['as-of'])
  throw new BadRequest(faultOf(found.error))
}

/** What is put behind the addresses of other files of the same state: nothing, or the moment that was asked for. */
export function asAsked(request: FastifyRequest): string {
  const moment = query.safeParse(request.query).data?.['as-of']
  return moment === undefined ? '' : `?as-of=${encodeURIComponent(moment)}`
}

/**
 * A text that is whole, with a tag made from it: who has it already gets nothing again.
 * @param changedAt when what it says was published; null where nothing is.
 */
export function whole(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  text: string,
  changedAt: string | null,
): FastifyReply {
  // Weak: the packed text and the plain one are the same text.
  const tag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  reply.header('etag', tag).header('cache-control', 'no-cache')
  if (changedAt !== null) reply.header('last-modified', new Date(changedAt).toUTCString())
  if (isUnchanged(request.headers, tag, changedAt)) return reply.code(304).send()
  return reply.type(`${type}; charset=utf-8`).send(text)
}

export const json = (
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  value: unknown,
  changedAt: string | null,
): FastifyReply => whole(request, reply, type, JSON.stringify(value, null, 2), changedAt)
