import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { type KillPlace, killPlace, plumbline, type Running, serving } from './killed-rounds.ts'

/** Runs a server while `use` asks of it; whatever happens, it is gone afterwards. */
async function withServer(
  use: (at: KillPlace, server: Running & { address: string }) => Promise<void>,
): Promise<void> {
  const at = await killPlace('pglite')
  const server = await serving(at)
  try {
    await use(at, server)
  } finally {
    server.child.kill('SIGKILL')
    await server.ended
    await at.remove()
  }
}

/** A connection that the server has taken; `text` gathers what it answers. */
async function connected(address: string): Promise<{ socket: Socket; text(): string }> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  socket.write(request('/healthz'))
  while (!text.includes('{"status":"ok"}')) await once(socket, 'data')
  text = ''
  return { socket, text: () => text }
}

const request = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends the server when all that was asked is answered',
  (signal) =>
    withServer(async (at, server) => {
      const all = await Promise.all(Array.from({ length: 20 }, () => connected(server.address)))
      const closed = all.map(({ socket }) => once(socket, 'close'))
      const first = Promise.race(all.map(({ socket }) => once(socket, 'data')))
      for (const { socket } of all) socket.write(request('/'))
      await first
      server.child.kill(signal)
      expect(await server.ended, server.said()).toBe(0)
      await Promise.all(closed)
      for (const { text } of all) {
        expect(text()).toMatch(/^HTTP\/1.1 200 OK/)
        expect(text()).toContain('</html>')
      }
      expect(existsSync(join(at.place.folder, 'owner.lock'))).toBe(false)
    }),
)

it('a client that never finishes its request does not hold the end up', () =>
  withServer(async (_, server) => {
    const { socket } = await connected(server.address)
    socket.on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nHost: loc')
    server.child.kill('SIGTERM')
    expect(await server.ended, server.said()).toBe(0)
    socket.destroy()
  }))

it('a wrong file of the catalogue ends the start with its place, and leaves the folder to others', async () => {
  const at = await killPlace('pglite')
  try {
    const file = join(at.place.folder, 'catalogue/sources/more.json')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '{"id": "More!"}')
    const server = plumbline(at, ['start'])
    expect(await server.ended, server.said()).toBe(1)
    expect(server.said()).toContain('more.json')
    expect(existsSync(join(at.place.folder, 'owner.lock'))).toBe(false)
    expect(await at.opened(async () => 'opened')).toBe('opened')
  } finally {
    await at.remove()
  }
})
