import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryFS, PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'

/**
 * What a template leaves out: the databases `template1` and `template0`, which nobody of a PGlite can
 * connect to, a third of an empty one.
 */
const unused: readonly string[] = ['base/1', 'base/4']

/** A folder (`stored` is null), or a file of `size` bytes of which all after the `stored` first are 0. */
type Entry = readonly [path: string, size: number, stored: number | null]

/** A template that has been read: `fill` lays its folders and files down one by one. */
interface Read {
  fill(folder: (path: string) => void, file: (path: string, bytes: Uint8Array) => void): void
}

/**
 * Writes a PGlite into a file, which `openDatabase` takes as a template: an empty one, or what lies in
 * `folder`, which must have been closed and which nobody may have open. To make a database from nothing
 * costs PGlite about 2 s, from a template 0.2 s.
 * @example await makeTemplate('/tmp/empty.template')
 */
export async function makeTemplate(file: string, folder: string | null = null): Promise<void> {
  if (folder !== null) return pack(file, folder)
  const made = mkdtempSync(join(tmpdir(), 'plumbline-empty-'))
  try {
    const pglite = await PGlite.create({ dataDir: made, extensions: { pg_trgm } })
    await pglite.close()
    pack(file, made)
  } finally {
    rmSync(made, { recursive: true })
  }
}

/** The list of what is there (its length in four bytes, then JSON), then the bytes of one file after another. */
function pack(file: string, folder: string): void {
  const entries: Entry[] = []
  const contents: Buffer[] = []
  for (const { path, isFolder } of within(folder, '')) {
    if (isFolder) {
      entries.push([path, 0, null])
      continue
    }
    const bytes = readFileSync(join(folder, path))
    const stored = bytes.findLastIndex((byte) => byte !== 0) + 1
    entries.push([path, bytes.length, stored])
    contents.push(bytes.subarray(0, stored))
  }
  const list = Buffer.from(JSON.stringify(entries))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(list.length)
  writeFileSync(`${file}.half`, length)
  for (const part of [list, ...contents]) writeFileSync(`${file}.half`, part, { flag: 'a' })
  renameSync(`${file}.half`, file)
}

/** All that a template takes of a folder, each folder before what lies in it. */
function* within(folder: string, at: string): Generator<{ path: string; isFolder: boolean }> {
  const found = readdirSync(join(folder, at), { withFileTypes: true })
  for (const entry of found) {
    const path = at === '' ? entry.name : `${at}/${entry.name}`
    if (unused.includes(path)) continue
    if (at === 'pg_wal' && entry.isFile() && entry.name > firstFile(found)) continue
    yield { path, isFolder: entry.isDirectory() }
    if (entry.isDirectory()) yield* within(folder, path)
  }
}

/**
 * The one segment of the log that a closed database starts from. Those after it are old ones, 16 MB each
 * and twenty after a large import, that lie ready to be written over.
 */
const firstFile = (found: readonly { name: string; isFile(): boolean }[]): string =>
  found.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).toSorted()[0] ?? ''

function read(file: string): Read {
  const bytes = readFileSync(file)
  const start = 4 + bytes.readUInt32LE(0)
  const entries: readonly Entry[] = JSON.parse(bytes.toString('utf8', 4, start))
  return {
    fill(folder, file) {
      let at = start
      for (const [path, size, stored] of entries) {
        if (stored === null) {
          folder(path)
          continue
        }
        file(path, padded(bytes.subarray(at, at + stored), size))
        at += stored
      }
    },
  }
}

function padded(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length === size) return bytes
  const whole = new Uint8Array(size)
  whole.set(bytes)
  return whole
}

/** Makes the folder of a new PGlite from a template. */
export function unpackTemplate(file: string, folder: string): void {
  read(file).fill(
    (path) => mkdirSync(join(folder, path), { mode: 0o700 }),
    (path, bytes) => writeFileSync(join(folder, path), bytes, { mode: 0o600 }),
  )
}

/** The part of Emscripten's files in memory that is used here. */
interface Files {
  mkdirTree(path: string): void
  mkdir(path: string): void
  /** With `canOwn` the bytes are not copied. */
  writeFile(path: string, bytes: Uint8Array, how: { canOwn: true }): void
}

/**
 * A PGlite in memory that begins as a template: PGlite's own way to begin (`loadDataDir`) takes twice the
 * time, since it copies every byte three times.
 */
export class TemplateInMemory extends MemoryFS {
  readonly #file: string

  constructor(file: string) {
    super()
    this.#file = file
  }

  override async initialSyncFs(): Promise<void> {
    if (!this.pg) throw new Error('Not begun')
    const files = this.pg.Module.FS as unknown as Files
    const root = PGlite.paths.PGDATA
    files.mkdirTree(root)
    read(this.#file).fill(
      (path) => files.mkdir(`${root}/${path}`),
      (path, bytes) => files.writeFile(`${root}/${path}`, bytes, { canOwn: true }),
    )
  }
}
