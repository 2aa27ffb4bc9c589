import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Batch, BatchWriter } from './batch.ts'
import { CsvWriter } from './csv-writer.ts'
import { JsonLinesWriter } from './json-lines-writer.ts'
import { ParquetBatchWriter } from './parquet-writer.ts'
import type { Form } from './scope.ts'

/** A file that is whole. */
export interface MadeFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  /** Rows of data, without a header; null where it is no table. */
  readonly rows: number | null
  /** The releases that its figures come from; null where it is no table of figures. */
  readonly releases: readonly number[] | null
}

/** A file could not be made; the sentence says what to do. */
export class DownloadRefused extends Error {
  override name = 'DownloadRefused'
}

export const writerOf = (form: Form): BatchWriter =>
  form === 'csv'
    ? new CsvWriter()
    : form === 'jsonl'
      ? new JsonLinesWriter()
      : new ParquetBatchWriter()

/** What a file is made of, piece by piece; `rows` and `releases` are asked at its end. */
export interface Pieces {
  readonly pieces: AsyncIterable<Uint8Array>
  readonly rows: () => number | null
  readonly releases: () => readonly number[] | null
}

/** The pieces of a file of observations. */
export function tablePieces(batches: AsyncIterable<Batch>, writer: BatchWriter): Pieces {
  let rows = 0
  const releases = new Set<number>()
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for await (const batch of batches) {
      rows += batch.rows.length
      for (const { release } of batch.rows) releases.add(release)
      yield writer.write(batch)
    }
    yield writer.end()
  }
  return {
    pieces: pieces(),
    rows: () => rows,
    releases: () => [...releases].sort((a, b) => a - b),
  }
}

/** How a file is finished. */
export interface Finish {
  /** Its date of change: when what it holds was published. */
  readonly modified: Date
  /** Whether its checksum and rows are noted beside it. */
  readonly noted: boolean
}

/** What has been noted of a file beside it. */
const noteOf = (path: string): string => `${path}.made.json`

/**
 * Makes a file under another name and gives it its own when it is whole: a file that is there is always whole, whatever happened while it was made.
 */
export async function makeFile(
  path: string,
  parts: Pieces,
  { modified, noted }: Finish,
): Promise<MadeFile> {
  const under = `${path}.${randomUUID()}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    const hash = createHash('sha256')
    let bytes = 0
    const file = await open(under, 'wx')
    try {
      for await (const piece of parts.pieces) {
        hash.update(piece)
        bytes += piece.length
        await file.writeFile(piece)
      }
      await file.utimes(new Date(), modified)
      await file.datasync()
    } finally {
      await file.close()
    }
    const made = {
      bytes,
      sha256: hash.digest('hex'),
      rows: parts.rows(),
      releases: parts.releases(),
    }
    if (noted) {
      const note = `${noteOf(path)}.${randomUUID()}.tmp`
      await writeFile(note, JSON.stringify(made))
      await rename(note, noteOf(path))
    }
    await rename(under, path)
    return { path, ...made }
  } catch (error) {
    await rm(under, { force: true }).catch(() => undefined)
    throw refusal(error)
  }
}

/** A file that was made before; null where there is none. */
export async function madeFile(path: string): Promise<MadeFile | null> {
  try {
    const { size } = await stat(path)
    const note: unknown = JSON.parse(await readFile(noteOf(path), 'utf8'))
    if (typeof note !== 'object' || note === null) return null
    const { bytes, sha256, rows, releases } = note as Record<string, unknown>
    if (bytes !== size || typeof sha256 !== 'string') return null
    return {
      path,
      bytes: size,
      sha256,
      rows: typeof rows === 'number' ? rows : null,
      releases: Array.isArray(releases) ? releases.map(Number) : null,
    }
  } catch {
    return null
  }
}

export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true })
  await rm(noteOf(path), { force: true })
}

/** What the disk refuses, in a sentence. */
export function refusal(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new DownloadRefused(
      'The disk is full, so the file could not be made. The operator can make room in the data folder.',
    )
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new DownloadRefused(
      'The folder for downloads cannot be written to. The operator can allow it in the data folder.',
    )
  }
  return error
}
