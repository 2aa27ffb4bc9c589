import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fixtureReader } from './fixture.ts'
import { buildServer } from './server.ts'

let app: Awaited<ReturnType<typeof buildServer>>
beforeAll(async () => {
  app = await buildServer({
    reader: fixtureReader,
    logLevel: 'silent',
    example: null,
    ready: async () => true,
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => app.close())

/** What is answered to bytes, to the end of the connection. */
async function answerTo(sent: string): Promise<{ head: string; body: unknown; bytes: number }> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(sent)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  return { head, body: JSON.parse(body), bytes: Buffer.byteLength(body) }
}

it.each([
  ['headers of 20 kB', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
  ['an address of 20 kB', `GET /${'y'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`, 431],
  ['a method that there is not', 'FOO / HTTP/1.1\r\nhost: a\r\n\r\n', 400],
  ['what is no HTTP', 'nonsense\r\n\r\n', 400],
])('refuses %s with a problem that says what to do', async (_, sent, status) => {
  const { head, body, bytes } = await answerTo(sent)
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(head.toLowerCase()).toContain('content-type: application/problem+json; charset=utf-8')
  expect(head.toLowerCase()).toContain(`content-length: ${bytes}`)
  expect(head.toLowerCase()).toContain('connection: close')
  expect(body).toMatchObject({ type: '/api#unreadable-request', status })
  expect(JSON.stringify(body)).not.toContain('yyyy')
})

it('refuses so also what follows a request on the same connection', async () => {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('HEAD /api/v1/services HTTP/1.1\r\nhost: a\r\n\r\n')
  const [first] = await once(socket, 'data')
  expect(String(first)).toMatch(/^HTTP\/1\.1 200 /)
  socket.write('nonsense\r\n\r\n')
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 [^]*unreadable-request/)
})
