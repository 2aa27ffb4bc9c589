import { setImmediate } from 'node:timers/promises'
import type { MessagePort } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'
import { Answer } from './answer.ts'
import { Turns } from './turns.ts'
import { failure, inTransaction, StatementReader, welcome } from './wire.ts'

/** What a thread asks through its door: a connection, a lock, another door. */
export type Asked =
  | { ask: 'connect'; port: MessagePort }
  | { ask: 'lock'; name: string; port: MessagePort }
  | { ask: 'door'; port: MessagePort }

interface Connection {
  readonly port: MessagePort
  readonly pending: Uint8Array[]
}

const rollback = Buffer.from([...Buffer.from('Q'), 0, 0, 0, 13, ...Buffer.from('rollback\0')])

/** Serves one PGlite to any number of threads, one statement at a time. */
export class Server {
  readonly #pglite: PGlite
  readonly #turns = new Turns<Uint8Array, Connection>()
  readonly #locks = new Map<string, MessagePort[]>()
  readonly #said = new Answer()
  #running = false

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  /** Listens at a door for what its thread asks. */
  door(port: MessagePort): void {
    port.on('message', (asked: Asked) => {
      if (asked.ask === 'connect') this.#connect(asked.port)
      else if (asked.ask === 'lock') this.#lock(asked.name, asked.port)
      else this.door(asked.port)
    })
  }

  #connect(port: MessagePort): void {
    const connection: Connection = { port, pending: [] }
    const reader = new StatementReader()
    this.#turns.join(connection)
    port.on('message', (chunk: Uint8Array) => {
      for (const received of reader.push(chunk)) {
        if (received === 'startup') port.postMessage(welcome())
        else if (received === 'terminate') port.close()
        else connection.pending.push(received)
      }
      this.#run()
    })
    // A thread that ends within a transaction, in whatever way, leaves nothing half done.
    port.on('close', () => {
      connection.pending.length = 0
      if (this.#turns.leave(connection)) {
        const last: Connection = { port, pending: [rollback] }
        this.#turns.join(last)
        this.#turns.hold(last)
      }
      this.#run()
    })
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    for (let turn = this.#turns.next(); turn; turn = this.#turns.next()) {
      const { who, statement } = turn
      const answer = await this.#answer(statement)
      this.#turns.hold(inTransaction(answer) ? who : null)
      if (statement === rollback) this.#turns.leave(who)
      else who.port.postMessage(answer, [answer.buffer as ArrayBuffer])
      // Lets in what has been asked meanwhile, so that it takes its turn.
      await setImmediate()
    }
    this.#running = false
  }

  async #answer(statement: Uint8Array): Promise<Uint8Array> {
    try {
      // Not `execProtocolRaw`: it reads each answer a second time and keeps what it found for good.
      await this.#pglite.execProtocolRawStream(statement, {
        onRawData: (part) => this.#said.add(part),
      })
      return this.#said.take()
    } catch (error) {
      this.#said.take()
      return new Uint8Array(failure(error instanceof Error ? error.message : String(error)))
    }
  }

  #lock(name: string, port: MessagePort): void {
    const waiting = this.#locks.get(name) ?? []
    this.#locks.set(name, waiting)
    waiting.push(port)
    port.on('close', () => {
      const at = waiting.indexOf(port)
      waiting.splice(at, 1)
      if (at === 0) waiting[0]?.postMessage('granted')
      if (waiting.length === 0) this.#locks.delete(name)
    })
    if (waiting[0] === port) port.postMessage('granted')
  }
}
