import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { Descriptor } from '../evidence/descriptor.ts'
import { dropDraft } from '../publishing/draft.ts'
import { adoptDraft, draftService } from './adopted.ts'
import { FileActs } from './file-acts.ts'
import type { Around } from './finish.ts'
import { Parts } from './parts.ts'
import { Queue } from './queue.ts'
import { keptName, NotTaken, receive, usedForm } from './receive.ts'
import { requireRoom, requireShare } from './space.ts'
import { Steps } from './steps.ts'
import {
  addUpload,
  dropForgotten,
  findUpload,
  listUploads,
  neededFolders,
  type OtherDraft,
  otherDrafts,
} from './store.ts'
import { atWork, isAtWork, type Upload, type UploadState } from './upload.ts'
import { Withdrawals } from './withdrawals.ts'
import type { UploadWork } from './work.ts'

export interface UploadsOptions {
  readonly db: Database
  /** Where files lie until they are published. */
  readonly folder: string
  /** Bytes that are taken, unpacked. */
  readonly mostBytes: number
  /** Bytes that are free where a folder lies; what the disk says, where it is left out. */
  readonly free?: (folder: string) => Promise<number>
  readonly work: UploadWork
  readonly catalogue: () => Catalogue
  /** Whether what is shown now is invented. */
  readonly invented: () => Promise<boolean>
  readonly onProblem: (error: unknown) => void
  /** Ends what is under way; the next start goes on with it. */
  readonly signal: AbortSignal
}

/** Days after which a file is dropped that nobody goes on with. */
export const forgottenAfter = 30
const aDay = 86_400_000

/** Files that people hand in by the browser, from the first byte to the public page. */
export class Uploads {
  /** Files that come in parts. */
  readonly parts: Parts
  /** What people do with a file that was handed in. */
  readonly acts: FileActs
  /** Releases that are being taken back. */
  readonly withdrawals: Withdrawals
  readonly #options: UploadsOptions
  readonly #steps: Steps
  readonly #progress = new Map<string, string>()
  readonly #queue: Queue

  constructor(options: UploadsOptions) {
    this.#options = options
    this.#steps = new Steps(options)
    this.withdrawals = new Withdrawals(options)
    this.#queue = new Queue((id) => this.#work(id))
    this.acts = new FileActs(options, {
      begin: (upload) => this.#begin(upload),
      around: (mayNot) => this.around(mayNot),
    })
    const { db, folder, mostBytes, free } = options
    const take: Uploads['take'] = (of, body) => this.take(of, body)
    this.parts = new Parts({ db, folder: `${folder}-parts`, mostBytes, free, take })
  }

  get mostBytes(): number {
    return this.#options.mostBytes
  }

  /** Goes on with what a process left that died, and removes files that nobody needs; once, at the start. */
  async resume(): Promise<void> {
    const { db, folder } = this.#options
    await mkdir(folder, { recursive: true })
    await this.#dropForgotten()
    await this.parts.removeForgotten()
    const daily = setInterval(() => {
      this.#dropForgotten().catch(this.#options.onProblem)
    }, aDay)
    daily.unref()
    this.#options.signal.addEventListener('abort', () => clearInterval(daily))
    const needed = await neededFolders(db)
    for (const name of await readdir(folder)) {
      const path = join(folder, name)
      // Another process over the same server may just be taking it.
      const isOld = db.kind === 'pglite' || Date.now() - (await stat(path)).mtimeMs > aDay
      if (!needed.has(name) && isOld) await rm(path, { recursive: true, force: true })
    }
    await this.withdrawals.resume()
    for (const upload of await listUploads(db, atWork)) {
      if (upload.adopted || existsSync(join(folder, upload.folder))) this.#begin(upload)
    }
  }

  /**
   * Takes a file from a form.
   * @param id made by the form: sent twice, it is one file.
   * @throws NotTaken.
   */
  async take(
    { id, person, fileName }: { id: string; person: string; fileName: string },
    body: Readable,
  ): Promise<void> {
    const { db, mostBytes } = this.#options
    const folder = randomUUID()
    const place = join(this.#options.folder, folder)
    await requireRoom(this.#options.folder, 0, this.#options.free)
    await mkdir(place, { recursive: true })
    try {
      const name = keptName(fileName)
      const { sha256, bytes } = await receive(body, join(place, name), mostBytes)
      const isFirst = await db.transaction(async (tx) => {
        await requireShare(tx, { person, bytes, but: id }, mostBytes)
        return addUpload(tx, { id, person, fileName: name, bytes, sha256, folder })
      })
      if (isFirst) return this.#begin({ id, bytes })
      const found = await this.find(id)
      const isSame = found?.person === person && found.fileName === name && found.sha256 === sha256
      if (!isSame) throw new NotTaken(usedForm)
      await rm(place, { recursive: true, force: true })
    } catch (error) {
      await rm(place, { recursive: true, force: true })
      throw error
    }
  }

  find(id: string): Promise<Upload | null> {
    return findUpload(this.#options.db, id)
  }

  list(states: readonly UploadState[]): Promise<Upload[]> {
    return listUploads(this.#options.db, states)
  }

  /** Where the file lies; null where it does not lie on this machine. */
  path(upload: Upload): string | null {
    const path = join(this.#options.folder, upload.folder, upload.fileName)
    return existsSync(path) ? path : null
  }

  /** Waits until nothing is under way, or so many milliseconds. */
  async quiet(patience: number): Promise<void> {
    await Promise.race([this.#queue.idle(), wait(patience, undefined, { ref: false })])
  }

  /** Drafts that came by the command line or over the network: releases that nobody has published. */
  otherDrafts(): Promise<readonly OtherDraft[]> {
    return otherDrafts(this.#options.db)
  }

  /** Takes on such a draft, to go on with it as with a file; null where it is no draft now. */
  async adopt(release: number): Promise<string | null> {
    const id = await adoptDraft(this.#options.db, release)
    const upload = id === null ? null : await this.find(id)
    if (upload && isAtWork(upload)) this.#begin(upload)
    return id
  }

  /** The service that a draft is about; null where it is no draft now. */
  draftService(release: number): Promise<{ service: string | null } | null> {
    return draftService(this.#options.db, release)
  }

  /** How many files come before this one, which waits; 0 where it does not. */
  before(id: string): number {
    return this.#queue.before(id)
  }

  /** What is being done with a file, in words. */
  progress(id: string): string | null {
    return this.#progress.get(id) ?? null
  }

  /** What a new kind of file must fit in with. */
  async around(mayNot: Around['mayNot']): Promise<Around> {
    const { services, descriptors, indicators } = this.#options.catalogue()
    return {
      services,
      isTaken: (id) => descriptors.some((d) => d.id === id),
      isIndicatorTaken: (code) => indicators.has(code),
      invented: await this.isInvented(),
      mayNot,
    }
  }

  /** Whether what is shown now is invented. */
  isInvented(): Promise<boolean> {
    return this.#options.invented()
  }

  get services(): Catalogue['services'] {
    return this.#options.catalogue().services
  }

  /** What a file is read by; null where its kind is not known yet, or no longer. */
  kindOf({ descriptor, finished }: Upload): Descriptor | null {
    const known = this.#options.catalogue().descriptors.find((d) => d.id === descriptor)
    return finished ?? known ?? null
  }

  /** Whether small counts are hidden of this kind of file. */
  isProtected(upload: Upload): boolean {
    return this.kindOf(upload)?.disclosure !== undefined
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    await Promise.all([this.#queue.idle(), this.withdrawals.settled()])
  }

  async #dropForgotten(): Promise<void> {
    const { db, folder } = this.#options
    for (const dropped of await dropForgotten(db, forgottenAfter)) {
      if (dropped.release !== null) await dropDraft(db, dropped.release)
      await rm(join(folder, dropped.folder), { recursive: true, force: true })
    }
  }

  #begin({ id, bytes }: Pick<Upload, 'id' | 'bytes'>): void {
    this.#queue.add({ id, bytes })
  }

  /** Does what the state of a file asks for, one step after another, until a person is needed. */
  async #work(id: string): Promise<void> {
    const progress = (words: string): void => void this.#progress.set(id, words)
    try {
      await this.#steps.go(id, progress)
    } catch (error) {
      this.#options.onProblem(error)
    } finally {
      this.#progress.delete(id)
    }
  }
}
