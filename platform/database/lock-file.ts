import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'

/** What a lock file says of the process that owns its folder. */
export interface Owner {
  /** Tells this lock from every other. */
  readonly id: string
  readonly pid: number
  /** When the process was started (`processStart`), since numbers are given again. */
  readonly started: string | null
  readonly host: string
  /** Where its number means something (`processPlace`). */
  readonly place: string | null
  /** Where it takes work from the command line; null while it takes none. */
  readonly address: string | null
}

/** A lock as it lies on the disk. */
export interface Lock {
  /** Null where the file cannot be read (the power went while it was written): it is nobody's. */
  readonly owner: Owner | null
  readonly id: string
  /** When its owner last gave a sign of life, in milliseconds by the disk's own clock. */
  readonly alive: number
}

/** The lock in a file; null where there is none. */
export function readLock(file: string): Lock | null {
  let open: number
  try {
    open = openSync(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    // Time and text of the same file, though another take its place meanwhile.
    const { mtimeMs } = fstatSync(open)
    const owner = parsed(readFileSync(open, 'utf8'))
    return { owner, id: owner?.id ?? 'unreadable', alive: mtimeMs }
  } finally {
    closeSync(open)
  }
}

function parsed(text: string): Owner | null {
  try {
    const owner = JSON.parse(text) as Owner
    return typeof owner.id === 'string' && typeof owner.pid === 'number' ? owner : null
  } catch {
    return null
  }
}

/**
 * A lock file of one's own, kept open: signs of life go to this very file, never to that of another
 * who has taken its place.
 */
export class OwnLock {
  readonly #written: string
  #open: number

  /** Writes it beside the lock; whoever takes the folder links or renames it to its place. */
  constructor(written: string, owner: Owner) {
    this.#written = written
    this.#open = write(written, owner)
  }

  /** The disk's clock at the last sign of life, in milliseconds. */
  alive(): number {
    return statSync(this.#written).mtimeMs
  }

  /** Gives a sign of life: the same byte written again renews the file's time by the disk's clock. */
  beat(): void {
    writeSync(this.#open, '{', 0)
  }

  /** Takes the place of the lock with new content, at one stroke. */
  replace(lock: string, owner: Owner): void {
    this.close()
    this.#open = write(this.#written, owner)
    renameSync(this.#written, lock)
  }

  close(): void {
    closeSync(this.#open)
  }
}

function write(file: string, owner: Owner): number {
  const open = openSync(file, 'wx', 0o600)
  writeSync(open, JSON.stringify(owner))
  return open
}
