import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { CsvError, parse } from 'csv-parse'

export interface SourceFile {
  readonly path: string
  readonly bytes: number
  /** Of the file as it lies on disk (packed, if it is). Known once it has been read to its end. */
  readonly sha256: () => string
  /** Bytes read so far, of `bytes`. */
  readonly read: () => number
}

export interface ReadOptions {
  readonly encoding: 'utf-8' | 'windows-1252'
  readonly delimiter: string
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
        done(null, decoder.decode(chunk, { stream: true }))
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

/** The longest row that is read, in characters: rows of published files are a thousandth of it. */
const longestRow = 1 << 22

/** The file cannot be split into rows from some row on. */
export class BrokenRow extends Error {
  constructor(error: CsvError) {
    const row = Number(error.records ?? 0) + 1
    const sentences: Readonly<Record<string, string>> = {
      CSV_QUOTE_NOT_CLOSED: 'A quotation mark opens a cell and is never closed.',
      CSV_MAX_RECORD_SIZE:
        'A row never ends: a quotation mark before it probably lacks its partner.',
    }
    super(`${sentences[error.code] ?? error.message} Look at row ${row}; the header is row 1.`)
  }
}

export interface ParsedRow {
  /** 1 is the header's line. A quoted cell may span lines: this is the row's last. */
  readonly line: number
  readonly cells: string[]
}

/**
 * Streams the rows of a delimited file: gzip or plain, byte-order mark or none, quoted newlines.
 * The first row is the header. Ragged rows come as they are; blank lines are left out.
 */
export async function* readRows(
  path: string,
  options: ReadOptions,
): AsyncGenerator<ParsedRow[] | SourceFile> {
  const { file, text } = await openText(path, options.encoding)
  yield file
  const parser = parse({
    bom: true,
    delimiter: options.delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    relax_quotes: true,
    // Bounds the memory where a quotation mark lacks its partner and swallows the rest of the file.
    max_record_size: longestRow,
  })
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  try {
    yield* batches(parser)
  } catch (error) {
    throw error instanceof CsvError ? new BrokenRow(error) : error
  }
}

async function* batches(parser: AsyncIterable<unknown>): AsyncGenerator<ParsedRow[]> {
  let batch: ParsedRow[] = []
  let first = true
  for await (const { record, info } of parser as AsyncIterable<{
    record: string[]
    info: { lines: number }
  }>) {
    batch.push({ line: info.lines, cells: record })
    // The header goes ahead alone: what follows it may be broken.
    if (batch.length === 500 || first) {
      first = false
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}
