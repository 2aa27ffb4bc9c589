import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { holdsJsonLines, JsonLinesParser } from './json-lines.ts'
import { type ParsedRow, RowParser } from './row-parser.ts'

export type { ParsedRow } from './row-parser.ts'

export interface SourceFile {
  readonly path: string
  readonly bytes: number
  /** Of the file as it lies on disk (packed, if it is). Known once it has been read to its end. */
  readonly sha256: () => string
  /** Bytes read so far, of `bytes`. */
  readonly read: () => number
  /** Rows that stand above the header; known once that has been read. */
  readonly above?: () => readonly ParsedRow[]
}

export interface ReadOptions {
  readonly encoding: 'utf-8' | 'windows-1252'
  readonly delimiter: string
  /** The line that names the columns, where it is not the first. */
  readonly headerLine?: number | undefined
}

/** True for gzip's first two bytes, whatever the file is called. */
export async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

function counted(hash: Hash, add: (n: number) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      add(chunk.length)
      done(null, chunk)
    },
  })
}

function decoded(encoding: ReadOptions['encoding']): Transform {
  // `fatal`: text in another encoding must not turn into question marks unseen.
  const decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' })
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        const text = decoder.decode(chunk, { stream: true })
        if (text.includes('\0')) done(new NullCharacter())
        else done(null, text)
      } catch {
        done(new EncodingError())
      }
    },
    flush(done) {
      try {
        done(null, decoder.decode())
      } catch {
        done(new EncodingError())
      }
    },
  })
}

/** The file holds bytes that are no UTF-8 text. */
export class EncodingError extends Error {
  constructor() {
    super('The file is not UTF-8 text. Say "encoding": "windows-1252" in its descriptor if it is.')
  }
}

/** No text holds it, and no database takes it. */
export class NullCharacter extends Error {
  constructor() {
    super(
      'The file holds a null character: it is damaged, or no text in the encoding that is declared.',
    )
  }
}

/** A stream of the file's text, unpacked and decoded, with its checksum on the way. */
export async function openText(
  path: string,
  encoding: ReadOptions['encoding'],
): Promise<{ file: SourceFile; text: Readable; done: Promise<void> }> {
  const { size } = await stat(path)
  const hash = createHash('sha256')
  let read = 0
  let digest: string | null = null
  const text = decoded(encoding)
  const steps = [
    createReadStream(path, { highWaterMark: 1 << 16 }),
    counted(hash, (n) => {
      read += n
    }),
    ...((await isGzip(path)) ? [createGunzip()] : []),
    text,
  ]
  const done = pipeline(steps as [Readable, ...Transform[]])
  done.catch(() => undefined) // the reader of `text` meets the same error
  const file = {
    path,
    bytes: size,
    sha256: () => {
      digest ??= hash.digest('hex')
      return digest
    },
    read: () => read,
  }
  return { file, text, done }
}

/** As many rows are handed on at a time, or a few more. */
const batch = 500

/**
 * Streams the rows of a delimited file or of JSON lines: gzip or plain, byte-order mark or none, quoted newlines.
 * The first row, or that of `headerLine`, is the header, which comes alone. Ragged rows come as they are; blank lines are left
 * out. Throws BrokenRow, after the rows before it, for a row that never ends.
 */
export async function* readRows(
  path: string,
  options: ReadOptions,
): AsyncGenerator<ParsedRow[] | SourceFile> {
  const isJson = holdsJsonLines(path)
  const { file, text } = await openText(path, isJson ? 'utf-8' : options.encoding)
  const above: ParsedRow[] = []
  yield { ...file, above: () => above }
  const from = isJson ? 1 : (options.headerLine ?? 1)
  const rows = isJson ? new JsonLinesParser() : new RowParser(options.delimiter)
  let first = true
  try {
    for await (const chunk of text) {
      await rows.write(chunk)
      if (first) takeAbove(rows.ready, above, from)
      if (first && rows.ready.length > 0) {
        first = false
        yield rows.ready.splice(0, 1)
      }
      if (rows.ready.length >= batch) yield rows.ready.splice(0)
    }
    await rows.end()
    if (first) takeAbove(rows.ready, above, from)
  } catch (error) {
    // What stands before it is told first, so that the header is known.
    yield* headerApart(rows.ready.splice(0), first)
    throw error
  }
  yield* headerApart(rows.ready.splice(0), first)
}

/** Takes the rows away that begin before a line. */
function takeAbove(rows: ParsedRow[], above: ParsedRow[], from: number): void {
  while (rows[0] !== undefined && rows[0].line < from) above.push(...rows.splice(0, 1))
}

function* headerApart(rows: ParsedRow[], first: boolean): Generator<ParsedRow[]> {
  const header = first ? rows.splice(0, 1) : []
  for (const part of [header, rows]) if (part.length > 0) yield part
}
