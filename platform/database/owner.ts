import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { processStart } from './process-start.ts'

/** What a lock file says of the process that owns its folder. */
export interface Owner {
  /** Tells this lock from every other. */
  readonly id: string
  readonly pid: number
  /** When the process was started (`processStart`), since numbers are given again. */
  readonly started: string | null
  readonly host: string
  /** Where it takes work from the command line; null while it takes none. */
  readonly address: string | null
}

/** A folder that this process owns. */
export interface OwnedFolder {
  /** Writes into the lock where this process takes work from the command line. */
  announce(address: string): void
  /** Gives the folder up. */
  release(): void
}

/** The folder belongs to a process that runs, or that we cannot ask. */
export class FolderOwned extends Error {
  override name = 'FolderOwned'
  readonly owner: Owner

  constructor(owner: Owner, sentence: string) {
    super(sentence)
    this.owner = owner
  }
}

const lockName = 'owner.lock'

/**
 * Makes this process the one owner of a data folder, since two processes that write to one PGlite
 * destroy it. The lock of a process that is no more is taken over. Throws `FolderOwned` otherwise.
 *
 * Nobody ever deletes a stale lock: whoever is first to make the file `owner.lock.after.<its id>`
 * succeeds it, so of two takers one wins, however they interleave. Should that one die too before
 * it is done, its file is a stale lock in its turn, and is succeeded in the same way.
 *
 * @example
 * const owned = ownFolder('./data')
 * try { ... } finally { owned.release() }
 */
export function ownFolder(folder: string, address: string | null = null): OwnedFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = join(folder, lockName)
  const mine: Owner = {
    id: randomUUID(),
    pid: process.pid,
    started: processStart(process.pid),
    host: hostname(),
    address,
  }
  const written = `${lock}.${mine.id}`
  writeFileSync(written, JSON.stringify(mine), { mode: 0o600, flag: 'wx' })
  try {
    while (!take(lock, written)) {}
  } finally {
    rmSync(written, { force: true })
  }
  return {
    announce(at) {
      writeFileSync(written, JSON.stringify({ ...mine, address: at }), { mode: 0o600 })
      renameSync(written, lock)
    },
    release() {
      if (readOwner(lock)?.id === mine.id) rmSync(lock, { force: true })
    },
  }
}

/** Who owns a folder now: a process that runs or one on another host; null when nobody does. */
export function folderOwner(folder: string): Owner | null {
  let owner = readOwner(join(folder, lockName))
  while (owner && isStale(owner)) owner = readOwner(successor(join(folder, lockName), owner))
  return owner
}

const successor = (lock: string, owner: Owner): string => `${lock}.after.${owner.id}`

/** Tries once; false when somebody else changed something meanwhile, so that it is worth another. */
function take(lock: string, written: string): boolean {
  if (linked(written, lock)) return true
  const first = readOwner(lock)
  if (!first) return false
  const passed: string[] = []
  for (let owner: Owner | null = first; owner; ) {
    if (!isStale(owner)) throw new FolderOwned(owner, sentence(lock, owner))
    const claim = successor(lock, owner)
    passed.push(claim)
    if (linked(written, claim)) {
      // Another may have succeeded the same lock and tidied up since we read it.
      const unchanged = readOwner(lock)?.id === first.id
      if (unchanged) renameSync(written, lock)
      for (const file of unchanged ? passed : [claim]) rmSync(file, { force: true })
      return unchanged
    }
    owner = readOwner(claim)
  }
  return false
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** The lock in a file; one that cannot be read (the power went while it was written) is nobody's. */
function readOwner(file: string): Owner | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    const owner = JSON.parse(text) as Owner
    if (typeof owner.id === 'string' && typeof owner.pid === 'number') return owner
  } catch {}
  return { id: 'unreadable', pid: 0, started: null, host: hostname(), address: null }
}

function isStale(owner: Owner): boolean {
  if (owner.host !== hostname()) return false
  return owner.pid === 0 || owner.started === null || processStart(owner.pid) !== owner.started
}

function sentence(lock: string, owner: Owner): string {
  if (owner.host !== hostname()) {
    return (
      `The data belongs to process ${owner.pid} on the machine ${owner.host}. Stop it there; ` +
      `if that machine no longer runs it, delete ${lock} and start again.`
    )
  }
  return (
    `The data in ${lock.slice(0, -lockName.length - 1)} belongs to process ${owner.pid}, which is ` +
    'running. Wait until it ends, stop it, or choose another folder with PLUMBLINE_DATA.'
  )
}
