import { createHash } from 'node:crypto'
import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { MadeFile } from '../make-file.ts'

/** Bytes that are held before they are written. */
const held = 64_000

/**
 * A file that grows beside very many others: it is opened for each write, so that none of them stays
 * open, and its checksum is worked out on the way.
 */
export class AppendedFile {
  readonly #path: string
  readonly #hash = createHash('sha256')
  #pieces: Uint8Array[] = []
  #heldBytes = 0
  #bytes = 0

  /** `path` must not be there yet. */
  constructor(path: string) {
    this.#path = path
  }

  async write(piece: Uint8Array): Promise<void> {
    this.#pieces.push(piece)
    this.#heldBytes += piece.length
    if (this.#heldBytes >= held) await this.#flush()
  }

  /** Writes what is held still and tells what the file came to. */
  async end(rows: number | null): Promise<MadeFile> {
    await this.#flush()
    return {
      path: this.#path,
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
      rows,
      releases: null,
    }
  }

  async #flush(): Promise<void> {
    if (this.#bytes === 0) await mkdir(dirname(this.#path), { recursive: true })
    const piece = Buffer.concat(this.#pieces)
    this.#hash.update(piece)
    this.#bytes += piece.length
    this.#pieces = []
    this.#heldBytes = 0
    await appendFile(this.#path, piece)
  }
}

/** A whole text as a file. */
export async function writtenFile(
  path: string,
  text: string,
  rows: number | null = null,
): Promise<MadeFile> {
  const file = new AppendedFile(path)
  await file.write(Buffer.from(text))
  return file.end(rows)
}
