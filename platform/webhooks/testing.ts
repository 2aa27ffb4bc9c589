import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A message as the other side got it. */
export interface Received {
  readonly id: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The other side of a webhook, on this machine. */
export interface Receiver {
  readonly address: string
  /** All that came, in its order. */
  readonly received: readonly Received[]
  /** What it answers from now on: a status, or null for nothing at all. */
  answer(how: (received: Received) => number | null): void
  close(): Promise<void>
}

export async function receiver(): Promise<Receiver> {
  const received: Received[] = []
  const hanging = new Set<ServerResponse>()
  let answer: (received: Received) => number | null = () => 204
  const server = createServer(async (request, reply) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    const got = { id: headers['webhook-id'] ?? '', headers, body }
    received.push(got)
    const status = answer(got)
    if (status === null) hanging.add(reply)
    else reply.writeHead(status, { location: '/elsewhere' }).end('{"ok":true}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/hook`,
    received,
    answer: (how) => {
      answer = how
    },
    async close() {
      for (const reply of hanging) reply.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
