import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Database } from '../database/database.ts'
import { type FromClient, receive, send } from './messages.ts'
import { runVerb, type Verbs } from './verb.ts'

/** Where a running server takes work from the command line. */
export interface ControlServer {
  /** For the lock file: `owned.announce(control.address)`. */
  readonly address: string
  /** Cancels what runs, waits until it has stopped, and listens no more. */
  close(): Promise<void>
}

/**
 * Takes work from the command line on a Unix domain socket, in a folder that only this user can
 * enter (on Windows a named pipe), and streams back what the verb says.
 */
export async function listenForWork(verbs: Verbs, db: Database): Promise<ControlServer> {
  const address = newAddress()
  const sockets = new Set<Socket>()
  const works = new Set<Promise<void>>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    const work = serve(socket, verbs, db).finally(() => works.delete(work))
    works.add(work)
  })
  server.listen(address)
  await once(server, 'listening')
  return {
    address,
    async close() {
      server.close()
      // The end of its client's line cancels a piece of work.
      for (const socket of sockets) socket.destroy()
      await Promise.all(works)
      removeAddress(address)
    },
  }
}

const folderPrefix = 'plumbline-'
const socketName = 'control.sock'

function newAddress(): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\plumbline-${randomUUID()}`
  // mkdtemp makes a folder of mode 0700.
  return join(mkdtempSync(join(tmpdir(), folderPrefix)), socketName)
}

/** Removes the socket of a server that is no more, with its folder; leaves anything else alone. */
export function removeAddress(address: string): void {
  const folder = dirname(address)
  const ours = basename(address) === socketName && basename(folder).startsWith(folderPrefix)
  if (process.platform === 'win32' || !ours) return
  rmSync(address, { force: true })
  try {
    rmdirSync(folder)
  } catch {
    // It is gone already, or holds what is not ours.
  }
}

/** One client: one piece of work. */
async function serve(socket: Socket, verbs: Verbs, db: Database): Promise<void> {
  const cancelled = new AbortController()
  const asked = Promise.withResolvers<Extract<FromClient, { verb: string }> | null>()
  socket.on('error', () => {})
  socket.on('close', () => {
    cancelled.abort()
    asked.resolve(null)
  })
  receive<FromClient>(socket, (message) => {
    if ('cancel' in message) cancelled.abort()
    else asked.resolve(message)
  })
  const work = await asked.promise
  if (!work) return
  if (typeof work.verb !== 'string' || !Array.isArray(work.args)) {
    socket.destroy()
    return
  }
  const { verb, args, cwd } = work
  const emit = (event: Parameters<Parameters<typeof runVerb>[4]>[0]): void =>
    send(socket, { event })
  const exit = await runVerb(verbs, verb, args, { db, cwd }, emit, cancelled.signal)
  send(socket, { exit })
  socket.end()
}
