import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { z } from 'zod'
import type { Database } from '../database/database.ts'
import type { JobKind } from '../jobs/kind.ts'
import { type Handler, handler } from '../jobs/run.ts'
import {
  addPartUpload,
  advance,
  findPartUpload,
  type PartUpload,
  partUploads,
  removePartUpload,
  unfinishedOf,
} from './part-store.ts'
import { NotTaken, strangeness, tooLarge, usedForm } from './receive.ts'
import { requireRoom, requireShare } from './space.ts'

/** Files that one person may have begun and not finished. */
export const mostUnfinished = 5

/** Removes what was begun and never finished. */
const partRemoval: JobKind<null> = {
  name: 'part-removal',
  data: z.null(),
  retries: 5,
  wait: 60,
  longestWait: 3600,
  patience: 600,
}

/** Algorithms by which a part may be checked. */
export const checksums = ['sha256', 'sha1'] as const
export interface Checksum {
  readonly algorithm: (typeof checksums)[number]
  readonly digest: Buffer
}

/** Why a part was not added; the sender asks how far the file is, and goes on from there. */
export class PartRefused extends Error {
  override name = 'PartRefused'
  readonly kind: 'elsewhere' | 'damaged' | 'broken-off'

  constructor(kind: PartRefused['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

export interface PartsOptions {
  readonly db: Database
  /** Where parts lie, each file under its number. */
  readonly folder: string
  readonly mostBytes: number
  /** Bytes that are free where a folder lies. */
  readonly free?: ((folder: string) => Promise<number>) | undefined
  /** Takes a file that is whole. */
  readonly take: (
    of: { readonly id: string; readonly person: string; readonly fileName: string },
    body: Readable,
  ) => Promise<void>
}

/**
 * Files that come in parts, over as many requests and days as it takes. A part counts once it is on the disk
 * for good; the last one once the whole file is taken, so that whoever was told of it need not ask again.
 */
export class Parts {
  readonly #options: PartsOptions
  readonly #writing = new Map<string, { body: Readable; ended: Promise<unknown> }>()

  constructor(options: PartsOptions) {
    this.#options = options
  }

  /**
   * Begins a file; one that its sender has begun already, by the same number, is gone on with.
   * @throws NotTaken.
   */
  async begin(file: Omit<PartUpload, 'received'>): Promise<PartUpload> {
    const { db, folder, mostBytes, free } = this.#options
    if (file.bytes > mostBytes) throw new NotTaken(tooLarge(mostBytes))
    const found = await findPartUpload(db, file.id, file.person)
    if (found) {
      const isSame = (['fileName', 'modified', 'bytes'] as const).every((k) => found[k] === file[k])
      if (isSame) return found
      throw new NotTaken(usedForm)
    }
    // Twice: the parts, and the file that is made of them.
    await requireRoom(folder, 2 * file.bytes, free)
    await db.transaction(async (tx) => {
      const { person, bytes, id } = file
      await requireShare(tx, { person, bytes, but: id }, mostBytes)
      if ((await unfinishedOf(tx, person)).length >= mostUnfinished) {
        throw new NotTaken(
          `You have ${mostUnfinished} files half sent. Finish or remove one of them first.`,
        )
      }
      await addPartUpload(tx, file)
    })
    const added = await findPartUpload(db, file.id, file.person)
    if (!added) throw new NotTaken(usedForm)
    await mkdir(folder, { recursive: true })
    await (await open(this.#path(file.id), 'a')).close()
    return added
  }

  find(id: string, person: string): Promise<PartUpload | null> {
    return findPartUpload(this.#options.db, id, person)
  }

  /** What a person has begun and not finished. */
  unfinished(person: string): Promise<PartUpload[]> {
    return unfinishedOf(this.#options.db, person)
  }

  /**
   * Adds a part that begins at `offset`. Whoever is still sending one for the same file is cut off first: their
   * connection may be dead without our knowing.
   * @param length bytes of the part, as its sender says.
   * @param checksum where there is one, the part counts as a whole or not at all.
   * @returns how many bytes of the file are here now.
   * @throws PartRefused; NotTaken, and then the file is gone.
   */
  async add(
    upload: PartUpload,
    part: { offset: number; length: number; checksum: Checksum | null },
    body: Readable,
  ): Promise<number> {
    const other = this.#writing.get(upload.id)
    other?.body.destroy()
    const ended = (other?.ended ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => this.#add(upload, part, body))
    const mine = { body, ended }
    this.#writing.set(upload.id, mine)
    try {
      return await ended
    } finally {
      if (this.#writing.get(upload.id) === mine) this.#writing.delete(upload.id)
    }
  }

  async drop(id: string, person: string): Promise<void> {
    const found = await this.find(id, person)
    if (!found) return
    this.#writing.get(id)?.body.destroy()
    await this.#remove(id)
  }

  /** Removes the parts of files that nobody goes on with. Safe to do again. */
  async removeForgotten(): Promise<void> {
    const { db, folder } = this.#options
    await mkdir(folder, { recursive: true })
    // What lies there, before what is known: one that is begun meanwhile is not among them.
    const lying = await readdir(folder)
    const known = await partUploads(db)
    for (const id of lying) if (!known.has(id)) await rm(this.#path(id), { force: true })
  }

  async #add(
    { id, person }: PartUpload,
    { offset, length, checksum }: { offset: number; length: number; checksum: Checksum | null },
    body: Readable,
  ): Promise<number> {
    const { db } = this.#options
    const upload = await this.find(id, person)
    if (!upload || upload.received !== offset || offset + length > upload.bytes) {
      throw new PartRefused('elsewhere', 'The file goes on elsewhere: ask how far it is.')
    }
    const file = await open(this.#path(id), 'r+').catch(() => null)
    if (!file) throw new PartRefused('elsewhere', 'What came before does not lie on this machine.')
    let written: Written
    try {
      written = await write(file, offset, body, checksum)
      if (offset === 0) await this.#checkStart(file, id)
    } finally {
      await file.close()
    }
    const isWhole = written.bytes === length
    if (checksum && isWhole && !written.digest?.equals(checksum.digest)) {
      throw new PartRefused('damaged', 'The part was damaged on its way: send it again.')
    }
    const counted = checksum && !isWhole ? 0 : written.bytes
    const received = offset + counted
    if (received === upload.bytes) await this.#finish(upload)
    if (!(await advance(db, id, offset, received))) {
      throw new PartRefused('elsewhere', 'The file goes on elsewhere: ask how far it is.')
    }
    if (received === upload.bytes) await rm(this.#path(id), { force: true })
    if (!isWhole) throw new PartRefused('broken-off', 'The part broke off on its way.')
    return received
  }

  /** Refuses what is no file of rows by its first bytes, before two gigabytes of it have come. */
  async #checkStart(file: FileHandle, id: string): Promise<void> {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0)
    const start = buffer.subarray(0, bytesRead)
    if (start[0] === 0x1f && start[1] === 0x8b) return
    const strange = strangeness(start)
    if (strange === null) return
    await this.#remove(id)
    throw new NotTaken(strange)
  }

  async #finish({ id, person, fileName }: PartUpload): Promise<void> {
    const body = createReadStream(this.#path(id))
    try {
      await this.#options.take({ id, person, fileName }, body)
    } catch (error) {
      if (error instanceof NotTaken) await this.#remove(id)
      throw error
    } finally {
      body.destroy()
      await finished(body).catch(() => undefined)
    }
  }

  async #remove(id: string): Promise<void> {
    await removePartUpload(this.#options.db, id)
    await rm(this.#path(id), { force: true })
  }

  #path(id: string): string {
    return join(this.#options.folder, id)
  }
}

interface Written {
  readonly bytes: number
  /** Null where no checksum was asked for. */
  readonly digest: Buffer | null
}

/** Writes what comes until it ends or breaks off; it is on the disk for good when this comes back. */
async function write(
  file: FileHandle,
  offset: number,
  body: Readable,
  checksum: Checksum | null,
): Promise<Written> {
  const hash = checksum && createHash(checksum.algorithm)
  let bytes = 0
  const came = body[Symbol.asyncIterator]()
  for (;;) {
    // A sender that goes away is foreseen; a disk that is full is not.
    const next: IteratorResult<Buffer> = await came
      .next()
      .catch(() => ({ done: true, value: null }))
    if (next.done) break
    await writeAll(file, next.value, offset + bytes)
    hash?.update(next.value)
    bytes += next.value.length
  }
  await file.sync()
  return { bytes, digest: hash?.digest() ?? null }
}

async function writeAll(file: FileHandle, chunk: Buffer, at: number): Promise<void> {
  let done = 0
  while (done < chunk.length) {
    done += (await file.write(chunk, done, chunk.length - done, at + done)).bytesWritten
  }
}

/** What removes them, every hour. */
export const partJobs = (parts: Parts): Handler[] => [
  handler(partRemoval, () => parts.removeForgotten(), '23 * * * *'),
]
