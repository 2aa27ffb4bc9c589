import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { problem } from './api/problem.ts'

/** What Node says of bytes that are no request: their code, and what to do about it. */
const known: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'The address and the headers are longer than 16 kB together: send less in them.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come to its end in time: send it again.'],
}

/** An answer has begun that another would fall into: Node looks so itself before it refuses. */
const isAnswering = (
  socket: Socket & { _httpMessage?: { headersSent: boolean } | null },
): boolean => socket._httpMessage?.headersSent === true

/** Refuses with a problem, as routes do, bytes that are no request that a route could be found for. */
export function clientErrors(
  this: FastifyInstance,
  error: Error & { readonly code?: string },
  socket: Socket,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  this.log.trace({ err: error }, 'no request')
  const [status, detail] = known[error.code ?? ''] ?? [400, 'This is no request of HTTP.']
  if (socket.writable && !isAnswering(socket)) {
    const body = JSON.stringify(problem('unreadable-request', status, detail))
    socket.write(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        'content-type: application/problem+json; charset=utf-8',
        `content-length: ${Buffer.byteLength(body)}`,
        'cache-control: no-store',
        'connection: close',
        '',
        body,
      ].join('\r\n'),
    )
  }
  socket.destroySoon()
}
