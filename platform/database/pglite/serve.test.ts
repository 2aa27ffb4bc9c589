import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { MessageChannel } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { expect, it } from 'vitest'
import { Server } from './serve.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const query = (sql: string): Buffer => {
  const text = Buffer.from(`${sql}\0`)
  const head = Buffer.alloc(5)
  head.write('Q')
  head.writeInt32BE(4 + text.length, 1)
  return Buffer.concat([head, text])
}

async function held(): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  return process.memoryUsage().heapUsed
}

it('answers in whole, short and long, and keeps nothing of what it has answered', async () => {
  const pglite = await PGlite.create()
  const { port1: door, port2 } = new MessageChannel()
  const { port1: client, port2: port } = new MessageChannel()
  new Server(pglite).door(port2)
  door.postMessage({ ask: 'connect', port }, [port])
  const ask = async (bytes: Uint8Array): Promise<Buffer> => {
    const heard = once(client, 'message')
    client.postMessage(bytes)
    return Buffer.from((await heard)[0])
  }
  // The greeting: eight bytes of length and version.
  await ask(Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]))
  const long = await ask(query("select repeat('x', 3000000)"))
  expect(long.toString().match(/x{3000000}/)).not.toBeNull()
  expect(long.at(-6)).toBe('Z'.charCodeAt(0))
  expect((await ask(query('select nothing'))).toString()).toContain('does not exist')
  const said = (i: number): Promise<Buffer> => ask(query(`select ${i} || repeat('y', 40000)`))
  for (let i = 0; i < 50; i++) await said(i)
  const before = await held()
  for (let i = 0; i < 500; i++) expect((await said(i)).length).toBeGreaterThan(40_000)
  // 20 MB of answers went through.
  expect((await held()) - before).toBeLessThan(4_000_000)
  client.close()
  door.close()
  await pglite.close()
})
