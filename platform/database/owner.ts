import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { type Lock, type Owner, OwnLock, readLock } from './lock-file.ts'
import { processPlace } from './process-place.ts'
import { processStart } from './process-start.ts'

export type { Owner } from './lock-file.ts'

/** A folder that this process owns. */
export interface OwnedFolder {
  /** Dead owners whose locks were in the way. */
  readonly replaced: readonly Owner[]
  /** Writes into the lock where this process takes work from the command line. */
  announce(address: string): void
  /** Gives the folder up. */
  release(): void
}

/** The folder belongs to a process that runs, or that gave a sign of life just now. */
export class FolderOwned extends Error {
  override name = 'FolderOwned'
  readonly owner: Owner

  constructor(owner: Owner, sentence: string) {
    super(sentence)
    this.owner = owner
  }
}

const lockName = 'owner.lock'
/** An owner gives a sign of life so often. */
const beatEvery = 3_000
/** One that cannot be asked is dead after so long without a sign: its longest pause is far shorter. */
const silence = 30_000

/**
 * Makes this process the one owner of a data folder, since two processes that write to one PGlite
 * destroy it. The lock of a process that is no more is taken over. Throws `FolderOwned` otherwise.
 *
 * A process in the same place (`processPlace`) is looked up by its number. One in another container or
 * on another machine cannot be: it is alive as long as it renews its lock. Should it have been frozen
 * for so long that another took its folder, `onLost` is called as soon as it goes on.
 *
 * Nobody ever deletes a stale lock: whoever is first to make the file `owner.lock.after.<its id>`
 * succeeds it, so of two takers one wins, however they interleave. Should that one die too before
 * it is done, its file is a stale lock in its turn, and is succeeded in the same way.
 *
 * @example
 * const owned = ownFolder('./data')
 * try { ... } finally { owned.release() }
 */
export function ownFolder(folder: string, onLost: (sentence: string) => void = end): OwnedFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = join(folder, lockName)
  const mine: Owner = {
    id: randomUUID(),
    pid: process.pid,
    started: processStart(process.pid),
    host: hostname(),
    place: processPlace(),
    address: null,
  }
  const written = `${lock}.${mine.id}`
  const own = new OwnLock(written, mine)
  let replaced: Owner[] | null = null
  try {
    while (!replaced) replaced = take(lock, written, own.alive())
  } catch (error) {
    own.close()
    throw error
  } finally {
    rmSync(written, { force: true })
  }
  const beating = setInterval(() => {
    const now = readLock(lock)
    if (now && now.id !== mine.id) {
      clearInterval(beating)
      onLost(lostSentence(folder, now))
    } else own.beat()
  }, beatEvery).unref()
  return {
    replaced,
    announce: (address) => own.replace(lock, { ...mine, address }),
    release() {
      clearInterval(beating)
      own.close()
      if (readLock(lock)?.id === mine.id) rmSync(lock, { force: true })
    },
  }
}

/** Who owns a folder now: a process that runs, or one elsewhere that lives; null when nobody does. */
export function folderOwner(folder: string): Owner | null {
  let lock = readLock(join(folder, lockName))
  while (lock && isStale(lock, Date.now())) lock = readLock(successor(join(folder, lockName), lock))
  return lock?.owner ?? null
}

/** Whether an owner runs where its number and its address mean something to this process. */
export function isHere({ place }: Owner): boolean {
  return place !== null && place === processPlace()
}

const successor = (lock: string, { id }: Lock): string => `${lock}.after.${id}`

/**
 * Tries once, at the time `now` by the disk's clock. Gives the dead owners that it succeeds; null when
 * somebody else changed something meanwhile, so that it is worth another try.
 */
function take(lock: string, written: string, now: number): Owner[] | null {
  if (linked(written, lock)) return []
  const first = readLock(lock)
  if (!first) return null
  const passed: string[] = []
  const dead: Owner[] = []
  for (let found: Lock | null = first; found; ) {
    if (found.owner && !isStale(found, now)) {
      throw new FolderOwned(found.owner, sentence(lock, found.owner, now - found.alive))
    }
    if (found.owner) dead.push(found.owner)
    const claim = successor(lock, found)
    passed.push(claim)
    if (linked(written, claim)) {
      // Another may have succeeded the same lock and tidied up since we read it, or it lives again.
      const last = readLock(lock)
      const unchanged = last?.id === first.id && isStale(last, now)
      if (unchanged) renameSync(written, lock)
      for (const file of unchanged ? passed : [claim]) rmSync(file, { force: true })
      return unchanged ? dead : null
    }
    found = readLock(claim)
  }
  return null
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

function isStale({ owner, alive }: Lock, now: number): boolean {
  if (!owner) return true
  if (!isHere(owner)) return now - alive > silence
  return owner.started === null || processStart(owner.pid) !== owner.started
}

function sentence(lock: string, owner: Owner, age: number): string {
  const folder = lock.slice(0, -lockName.length - 1)
  if (isHere(owner)) {
    return (
      `The data in ${folder} belongs to process ${owner.pid}, which is running. Wait until it ends, ` +
      'stop it, or choose another folder with PLUMBLINE_DATA.'
    )
  }
  const seconds = (ms: number): string => `${Math.max(0, Math.ceil(ms / 1000))} s`
  return (
    `The data in ${folder} belongs to process ${owner.pid} on the machine ${owner.host}, in another ` +
    `container or elsewhere, which gave a sign of life ${seconds(age)} ago. Stop it there, or choose ` +
    `another folder with PLUMBLINE_DATA. If it is no more, try again in ${seconds(silence - age)}.`
  )
}

function lostSentence(folder: string, { owner }: Lock): string {
  const who = owner ? `process ${owner.pid} on the machine ${owner.host}` : 'another process'
  return (
    `This process stood still for so long that ${who} took the data in ${folder} over. It ends at ` +
    'once, since two would destroy them.'
  )
}

function end(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
