import { Duplex } from 'node:stream'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Asked } from './serve.ts'

/** A connection to PGlite's thread that looks to the PostgreSQL driver like a socket. */
export class PortStream extends Duplex {
  readonly #port: MessagePort

  constructor(door: MessagePort) {
    super()
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const asked: Asked = { ask: 'connect', port: port2 }
    door.postMessage(asked, [port2])
    port1.on('message', (bytes: Uint8Array) => {
      this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    })
    port1.on('close', () => this.destroy())
  }

  /** The driver's word; there is nothing to wait for. */
  connect(): this {
    process.nextTick(() => this.emit('connect'))
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    this.#port.ref()
    return this
  }

  unref(): this {
    this.#port.unref()
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#send(chunk)
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)))
    done()
  }

  /** Hands over a copy of its own: of a chunk as it is, all of the buffer that it lies in is copied. */
  #send(chunk: Buffer): void {
    const own = new Uint8Array(chunk)
    this.#port.postMessage(own, [own.buffer])
  }

  override _final(done: () => void): void {
    this.#port.close()
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#port.close()
    done(error)
  }
}
