/**
 * As much of PostgreSQL's wire protocol as lets an ordinary client talk to PGlite: where one
 * statement's messages end, and the greeting of a new connection.
 */

const SYNC = 'S'.charCodeAt(0)
const SIMPLE_QUERY = 'Q'.charCodeAt(0)
const TERMINATE = 'X'.charCodeAt(0)
const READY = 'Z'.charCodeAt(0)

/** What a client's bytes hold: its greeting, statements, its farewell. */
export type Received = 'startup' | 'terminate' | Uint8Array

/** Cuts a stream of bytes from a client into whole statements, each ending in Sync or Query. */
export class StatementReader {
  #bytes: Buffer = Buffer.alloc(0)
  #started = false

  push(chunk: Uint8Array): Received[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes])
    const received: Received[] = []
    if (!this.#started) {
      if (this.#bytes.length < 4 || this.#bytes.length < this.#bytes.readInt32BE(0)) return []
      this.#bytes = this.#bytes.subarray(this.#bytes.readInt32BE(0))
      this.#started = true
      received.push('startup')
    }
    let start = 0
    let at = 0
    while (at + 5 <= this.#bytes.length) {
      const type = this.#bytes[at]
      const end = at + 1 + this.#bytes.readInt32BE(at + 1)
      if (end > this.#bytes.length) break
      if (type === TERMINATE) received.push('terminate')
      if (type === SYNC || type === SIMPLE_QUERY) {
        received.push(this.#bytes.subarray(start, end))
        start = end
      }
      at = end
    }
    this.#bytes = this.#bytes.subarray(start)
    return received
  }
}

/** Whether the answer's last message says that the connection is within a transaction. */
export function inTransaction(answer: Uint8Array): boolean {
  const at = answer.length - 6
  return answer[at] === READY && answer[at + 5] !== 'I'.charCodeAt(0)
}

function message(type: string, ...body: (string | number)[]): Buffer {
  const parts = body.map((part) => {
    if (typeof part === 'string') return Buffer.from(`${part}\0`)
    const int = Buffer.alloc(4)
    int.writeInt32BE(part)
    return int
  })
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(4 + parts.reduce((sum, part) => sum + part.length, 0), 1)
  return Buffer.concat([head, ...parts])
}

/** The answer to a client's greeting: come in, there is no password here. */
export function welcome(): Uint8Array {
  const idle = Buffer.from([READY, 0, 0, 0, 5, 'I'.charCodeAt(0)])
  return Buffer.concat([
    message('R', 0),
    message('S', 'client_encoding', 'UTF8'),
    message('S', 'DateStyle', 'ISO, MDY'),
    message('K', 0, 0),
    idle,
  ])
}

/** The answer when the database itself could not run a statement at all. */
export function failure(reason: string): Uint8Array {
  const fields = Buffer.from(`SFATAL\0CXX000\0M${reason}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(4 + fields.length, 1)
  return Buffer.concat([head, fields, Buffer.from([READY, 0, 0, 0, 5, 'I'.charCodeAt(0)])])
}
