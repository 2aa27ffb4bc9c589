import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Database } from '../database/database.ts'
import type { Descriptor } from '../evidence/descriptor.ts'
import { withoutFlag } from '../publishing/accepting.ts'
import { dropDraft } from '../publishing/draft.ts'
import type { Report } from '../publishing/report-shape.ts'
import { findToken } from '../tokens/store.ts'
import type { Token } from '../tokens/token.ts'
import type { PushResult } from './result.ts'
import { spool } from './spool.ts'
import { type Claim, claim, findPush, finish, interrupt, interruptAll, keepAlive } from './store.ts'

/** What a publisher asks. */
export interface PushAsked {
  readonly token: Token
  /** The descriptor to read it by. */
  readonly descriptor: string
  /** The file's name, as the descriptor knows such files. */
  readonly file: string
  /** When its figures are of, where its kind does not say it; else null. */
  readonly period: string | null
  readonly dryRun: boolean
  /** Publish it, or keep it as a draft. */
  readonly publish: boolean
  readonly reason: string
  /** The sender's own name for this push; null for none. */
  readonly key: string | null
}

/** Work for the command line's own verbs, on a file that lies on the disk. */
export interface Carried extends PushAsked {
  readonly path: string
  /** Where the report is to be written. */
  readonly report: string
}

/** What a verb made of it. */
export interface CarriedOut {
  readonly outcome: 'done' | 'refused' | 'failed'
  /** Null where nothing could be read. */
  readonly file: Report['files'][number] | null
  /** What the verb said was wrong. */
  readonly said: string
}
export type CarryOut = (work: Carried) => Promise<CarriedOut>

/** So many are taken at a time, those that wait included. */
const mostAtOnce = 20

export class Busy extends Error {}

export type Taken =
  | Exclude<Claim, { kind: 'mine' }>
  | { readonly kind: 'taken'; readonly id: string; readonly done: Promise<PushResult | null> }

export interface PushesOptions {
  readonly db: Database
  /** Where what is sent lies while it is read. */
  readonly folder: string
  readonly carryOut: CarryOut
  readonly descriptors: () => readonly Descriptor[]
  /** Bytes, unpacked. */
  readonly mostBytes: number
  readonly onProblem: (error: unknown) => void
}

/** Files that publishers send over the network: each is read and published as the command line would. */
export class Pushes {
  readonly #options: PushesOptions
  readonly #running = new Set<string>()
  #taken = 0
  /** One after the other: publishing holds a lock, and each that waited for it would hold a thread. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: PushesOptions) {
    this.#options = options
    const beat = setInterval(() => {
      if (this.#running.size === 0) return
      keepAlive(options.db, [...this.#running]).catch(options.onProblem)
    }, 5000)
    beat.unref()
  }

  /** The kinds of file that are known now. */
  get descriptors(): readonly Descriptor[] {
    return this.#options.descriptors()
  }

  /** The token that was sent; null where it is none of ours. */
  token(sent: string): Promise<Token | null> {
    return findToken(this.#options.db, sent)
  }

  /** What came of a push; null where this token sent none of that name. */
  find(token: Token, id: string): ReturnType<typeof findPush> {
    return findPush(this.#options.db, token.id, id)
  }

  /** Removes what a process that died left, once, before anything is taken. */
  async removeUnfinished(): Promise<void> {
    const { db, folder } = this.#options
    await mkdir(folder, { recursive: true })
    // A server's database may be shared by processes that live: theirs are told by their silence.
    const isAlone = db.kind === 'pglite'
    if (isAlone) await interruptAll(db)
    for (const name of await readdir(folder)) {
      const path = join(folder, name)
      const isOld = isAlone || Date.now() - (await stat(path)).mtimeMs > 86_400_000
      if (isOld) await rm(path, { recursive: true, force: true })
    }
  }

  /**
   * Takes what is sent. Its reading begins at once or when those before it are done.
   * @param packed whether the body comes as gzip.
   * @throws Unspoolable, Busy.
   */
  async take(asked: PushAsked, body: Readable, packed: boolean): Promise<Taken> {
    if (this.#taken >= mostAtOnce) throw new Busy()
    this.#taken += 1
    const folder = join(this.#options.folder, randomUUID())
    const forget = async (): Promise<void> => {
      this.#taken -= 1
      await rm(folder, { recursive: true, force: true })
    }
    try {
      await mkdir(folder, { recursive: true })
      const path = join(folder, asked.file)
      const sha256 = await spool(body, path, { packed, most: this.#options.mostBytes })
      const found = await claim(this.#options.db, {
        token: asked.token.id,
        dryRun: asked.dryRun,
        key: asked.key ?? `none:${randomUUID()}`,
        fingerprint: fingerprintOf(asked, sha256),
      })
      if (found.kind !== 'mine') {
        await forget()
        return found
      }
      const { id } = found
      const done = this.#queue(id, { ...asked, path, report: join(folder, 'report') })
      return { kind: 'taken', id, done: done.finally(forget) }
    } catch (error) {
      await forget()
      throw error
    }
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    await this.#last
  }

  #queue(id: string, work: Carried): Promise<PushResult | null> {
    this.#running.add(id)
    const done = this.#last
      .then(() => this.#carryOut(id, work))
      .catch(async (error: unknown) => {
        this.#options.onProblem(error)
        await interrupt(this.#options.db, id).catch(this.#options.onProblem)
        return null
      })
      .finally(() => this.#running.delete(id))
    this.#last = done
    return done
  }

  async #carryOut(id: string, work: Carried): Promise<PushResult> {
    const { db, carryOut } = this.#options
    const { outcome, file, said } = await carryOut(work)
    const draft = file?.outcome === 'draft' ? file.release : null
    // A draft that could not be published is no use to whoever is to send it again.
    if (outcome !== 'done' && draft !== null) await dropDraft(db, draft)
    if (outcome === 'failed' || file === null) throw new Error(`A push failed: ${said}`)
    const result = await this.#result(id, work, outcome, file, said)
    await finish(db, result)
    return result
  }

  #isProtected(descriptor: string): boolean {
    return this.descriptors.some((d) => d.id === descriptor && d.disclosure !== undefined)
  }

  async #result(
    id: string,
    { token, descriptor, file: name, dryRun }: Carried,
    outcome: 'done' | 'refused',
    file: Report['files'][number],
    said: string,
  ): Promise<PushResult> {
    const about = { id, publisher: token.name, descriptor, file: name, dryRun, report: file.read }
    const nothing = { release: null, publication: null, supersedes: null }
    const tried = file.disclosure === undefined ? {} : { disclosure: file.disclosure }
    if (outcome === 'refused') {
      const sentence = refusalOf(file, said)
      return { ...about, ...nothing, state: 'refused', sentence, ...tried }
    }
    if (dryRun) {
      const sentence = 'Nothing is wrong with it, and nothing was kept.'
      const changes = file.changes === undefined ? {} : { changes: file.changes }
      return { ...about, ...nothing, state: 'checked', sentence, ...changes, ...tried }
    }
    const [release] = await this.#options.db.query<{ published: number; supersedes: number }>(
      'select published_in as published, supersedes from release where id = $1',
      [file.release],
    )
    const { published = null, supersedes = null } = release ?? {}
    // Of small counts, the release's own report keeps no cell either once it is published.
    const isSafe = published === null || !this.#isProtected(descriptor)
    const report = isSafe ? file.read : withoutCells(file.read)
    const where = { release: file.release, publication: published, supersedes, report }
    if (file.outcome === 'same')
      return { ...about, ...where, state: 'same', sentence: file.sentence }
    return published === null
      ? { ...about, ...where, state: 'draft', sentence: 'Kept until a steward publishes it.' }
      : { ...about, ...where, state: 'published', sentence: 'It is published.' }
  }
}

function withoutCells(read: PushResult['report']): PushResult['report'] {
  return read && { ...read, rules: read.rules.map((rule) => ({ ...rule, examples: [] })) }
}

/** Why nothing was kept. The command line's own sentence names its flags, which nobody has here. */
function refusalOf({ outcome, read, sentence }: Report['files'][number], said: string): string {
  if (outcome !== 'refused') return said
  const again = 'Correct the file and send it again.'
  if (read === null || read.rowsRefused === 0) {
    return withoutFlag(sentence ?? said, `Nothing was kept. ${again}`)
  }
  const rows = read.rowsRefused === 1 ? '1 row was' : `${read.rowsRefused} rows were`
  return `${rows} refused, so nothing was kept. ${again}`
}

/** Two pushes are the same if their bytes are and the same was asked of them. */
function fingerprintOf(
  { descriptor, file, period, publish, reason }: PushAsked,
  sha256: Uint8Array,
): Uint8Array {
  const said = period === null ? [] : [period]
  const asked = JSON.stringify([descriptor, file, publish, reason, ...said])
  return createHash('sha256').update(sha256).update(asked).digest()
}
