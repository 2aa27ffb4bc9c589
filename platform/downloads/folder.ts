import type { Dirent } from 'node:fs'
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { State } from '../comparison/reader.ts'
import { DownloadRefused, type MadeFile, madeFile, removeFile } from './make-file.ts'

/** Bytes that all files take at most, unless one alone takes more. */
const mostBytes = 8_000_000_000

/** How long a file of an older publication is kept after it was last asked for, in milliseconds. */
const keptFor = 7 * 86_400_000

/** Makings that may wait for their turn. */
const mostWaiting = 50

const isUnfinished = (path: string): boolean => path.endsWith('.tmp') || path.includes('/.package-')

/**
 * The files of downloads: each is made when it is first asked for, one at a time, and kept under the
 * number of its publication. Two who ask at once wait for the same making.
 */
export class DownloadFolder {
  readonly #folder: string
  readonly #mostBytes: number
  readonly #making = new Map<string, Promise<MadeFile>>()
  #turn: Promise<unknown> = Promise.resolve()

  constructor(folder: string, most = mostBytes) {
    this.#folder = folder
    this.#mostBytes = most
  }

  /** The folder of one publication. */
  at(publication: number): string {
    return join(this.#folder, String(publication))
  }

  /** The file of this name, if it has been made. */
  async made(state: State, name: string): Promise<MadeFile | null> {
    return madeFile(join(this.at(state.publication), name))
  }

  /** The file of this name, made now if need be. Throws DownloadRefused. */
  async get(
    state: State,
    name: string,
    make: (path: string) => Promise<MadeFile>,
  ): Promise<MadeFile> {
    const path = join(this.at(state.publication), name)
    const under = this.#making.get(path)
    if (under) return under
    const making = this.#find(path, state, make).finally(() => this.#making.delete(path))
    this.#making.set(path, making)
    return making
  }

  async #find(
    path: string,
    state: State,
    make: (path: string) => Promise<MadeFile>,
  ): Promise<MadeFile> {
    const before = await madeFile(path)
    if (before) {
      // The date of change stays: it is the publication's.
      await utimes(path, new Date(), new Date(state.at ?? 0)).catch(() => undefined)
      return before
    }
    if (this.#making.size > mostWaiting) {
      throw new DownloadRefused('Many files are being made just now. Please try again in a minute.')
    }
    const turn = this.#turn.then(async () => {
      const made = await make(path)
      await this.#tidy(state.publication, path)
      return made
    })
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** Removes what a process that died left unfinished. */
  async removeUnfinished(): Promise<void> {
    const entries = await this.#entries()
    for (const e of entries) {
      const isPackage = e.isDirectory() && e.name.startsWith('.package-')
      if (!isPackage && !(e.isFile() && e.name.endsWith('.tmp'))) continue
      await rm(join(e.parentPath, e.name), { recursive: true, force: true })
    }
  }

  /** Removes old publications' files that nobody asks for, and, where there are too many, the rest. */
  async #tidy(publication: number, keep: string): Promise<void> {
    const files: { path: string; bytes: number; asked: number; old: boolean }[] = []
    for (const path of await this.#paths()) {
      if (isUnfinished(path) || path.endsWith('.made.json') || path === keep) continue
      const found = await stat(path).catch(() => null)
      const old = !path.startsWith(`${this.at(publication)}/`)
      if (found) files.push({ path, bytes: found.size, asked: found.atimeMs, old })
    }
    files.sort((a, b) => Number(b.old) - Number(a.old) || a.asked - b.asked)
    let bytes = files.reduce((sum, f) => sum + f.bytes, (await stat(keep)).size)
    for (const f of files) {
      const isForgotten = f.old && Date.now() - f.asked > keptFor
      if (bytes <= this.#mostBytes && !isForgotten) continue
      await removeFile(f.path)
      bytes -= f.bytes
    }
  }

  #entries(): Promise<Dirent[]> {
    return readdir(this.#folder, { recursive: true, withFileTypes: true }).catch(() => [])
  }

  async #paths(): Promise<string[]> {
    const entries = await this.#entries()
    return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
  }
}
