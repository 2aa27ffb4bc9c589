import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { PassThrough, type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { isGzip } from '../evidence/rows.ts'

/** What is sent cannot be taken as it is. `kind` says why for programs. */
export class Unspoolable extends Error {
  readonly kind: 'too-large' | 'not-packed' | 'packed-twice' | 'empty' | 'broken-off'

  constructor(kind: Unspoolable['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

const number = new Intl.NumberFormat('en-GB')

/** Passes on at most so many bytes. */
function atMost(bytes: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen <= bytes) return done(null, chunk)
      const limit = `${number.format(bytes)} bytes`
      done(new Unspoolable('too-large', `No more than ${limit} are taken at a time, unpacked.`))
    },
  })
}

/**
 * Writes what somebody sends to a file as it comes, unpacked, in memory that does not grow.
 * @param packed whether it comes as gzip.
 * @param most bytes that are taken, before and after unpacking.
 * @returns its SHA-256.
 * @throws Unspoolable; the file may lie there half written.
 */
export async function spool(
  body: Readable,
  path: string,
  { packed, most }: { packed: boolean; most: number },
): Promise<Buffer> {
  const hash = createHash('sha256')
  let bytes = 0
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const { relayed, release } = relay(body)
  const unpacked = packed ? [createGunzip(), atMost(most)] : []
  try {
    await pipeline([relayed, atMost(most), ...unpacked, hashed, createWriteStream(path)])
  } catch (error) {
    throw spoolError(error)
  } finally {
    release()
  }
  if (bytes === 0) throw new Unspoolable('empty', 'Nothing was sent: the body is empty.')
  if (await isGzip(path)) {
    const sentence = packed
      ? 'It is packed twice: pack it once.'
      : 'It is packed: say so with “content-encoding: gzip”.'
    throw new Unspoolable('packed-twice', sentence)
  }
  return hash.digest()
}

/**
 * A request's body that can fail without ending its connection, on which the refusal is still to be sent.
 * Afterwards, what comes yet is read and forgotten.
 */
function relay(body: Readable): { relayed: Readable; release(): void } {
  const relayed = new PassThrough()
  const broken = (): void => {
    if (body.readableEnded) return
    relayed.destroy(new Unspoolable('broken-off', 'The request broke off before its end.'))
  }
  body.once('error', broken).once('close', broken)
  body.pipe(relayed)
  return {
    relayed,
    release() {
      body.unpipe(relayed)
      body.resume()
    },
  }
}

function spoolError(error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code.startsWith('Z_')) {
    return new Unspoolable('not-packed', 'It is not gzip, or a part of it is missing or damaged.')
  }
  return error
}
