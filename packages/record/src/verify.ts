import { type Checkpoint, openCheckpoint, readCheckpoint } from './checkpoint.ts'
import { beginning, type Entry, readEntry } from './entry.ts'
import {
  explain,
  type Fault,
  forked,
  type ReadLine,
  truncated,
  unsigned,
  wrongHash,
} from './fault.ts'
import { Frontier } from './merkle/frontier.ts'
import { hex, leafHash, sameBytes } from './merkle/hash.ts'
import type { Verifier } from './note.ts'

/** One thing of a record, in its order: an entry, or a signed checkpoint after the last it covers. */
export type RecordLine =
  | {
      /** The canonical text of the entry. */
      readonly text: string
      /** The hashes that are kept beside it, if any are: its own and those of subtrees it completes. */
      readonly hashes?: Uint8Array
    }
  | { readonly checkpoint: string }

export interface Verified {
  /** How many entries fit, from the first on. */
  readonly entries: number
  /** The root of their Merkle tree, in hexadecimal digits. */
  readonly root: string
  /** How many checkpoints fit, and how many entries the last of them covers. */
  readonly checkpoints: number
  readonly signed: number
  /** The first thing that does not fit; null where all does. */
  readonly fault: Fault | null
}

/** Entries that are read beyond the first that does not fit, to say what became of it. */
const lookAhead = 1000

/**
 * Reads a record once, from its first entry on, in memory that does not grow with it.
 * @param trusted whose signatures count.
 * @param known checkpoints that were kept elsewhere, as signed notes: what they cover must be there.
 */
export class RecordVerifier {
  readonly #trusted: readonly Verifier[]
  readonly #known: Checkpoint[] = []
  readonly #frontier = new Frontier()
  #last = beginning
  #entry: Entry | null = null
  #checkpoints = 0
  #sure = 0
  #fault: Fault | null = null
  /** The entry that does not fit and those after it, until there are enough to say how. */
  #misfit: ReadLine[] = []

  constructor(trusted: readonly Verifier[], known: readonly string[] = []) {
    this.#trusted = trusted
    for (const note of known) {
      const opened = openCheckpoint(note, trusted)
      const size = readCheckpoint(note)?.size ?? 0
      if (opened) this.#known.push(opened.checkpoint)
      else this.#fault ??= unsigned(size)
    }
    this.#known.sort((a, b) => a.size - b.size)
    while (this.#known[0]?.size === 0) this.#meet(this.#known.shift() as Checkpoint)
  }

  /** Whether it is known what does not fit, so that nothing more need be read. */
  get done(): boolean {
    return this.#fault !== null || this.#misfit.length > lookAhead
  }

  add(line: RecordLine): void {
    if (this.done) return
    if ('checkpoint' in line) this.#addCheckpoint(line.checkpoint)
    else this.#addEntry(line.text, line.hashes)
  }

  #addEntry(text: string, hashes: Uint8Array | undefined): void {
    const entry = readEntry(text)
    const number = this.#frontier.size + 1
    const fits = entry?.number === number && entry.previous === this.#last
    if (this.#misfit.length > 0 || !fits) {
      this.#misfit.push({ text, entry })
      return
    }
    const leaf = leafHash(text)
    const completed = this.#frontier.append(leaf)
    if (hashes && !sameBytes(hashes, Buffer.concat(completed))) {
      this.#fault = wrongHash(number)
      return
    }
    this.#last = hex(leaf)
    this.#entry = entry
    while (this.#known[0]?.size === number) this.#meet(this.#known.shift() as Checkpoint)
  }

  #addCheckpoint(note: string): void {
    if (this.#misfit.length > 0) return
    const { size } = this.#frontier
    const checkpoint = openCheckpoint(note, this.#trusted)?.checkpoint
    if (!checkpoint || checkpoint.size < size) this.#fault = unsigned(size)
    else if (checkpoint.size === size) this.#meet(checkpoint)
    else this.#known.push(checkpoint)
  }

  #meet({ size, root }: Checkpoint): void {
    if (this.#fault) return
    if (!sameBytes(root, this.#frontier.root())) {
      this.#fault = forked(this.#sure, size)
      return
    }
    this.#checkpoints += 1
    this.#sure = size
  }

  /** What was found, when all has been added. */
  end(): Verified {
    const { size } = this.#frontier
    const [line, ...after] = this.#misfit
    if (!this.#fault && line) {
      const lastNames = this.#entry?.previous ?? beginning
      const before = { size, last: this.#last, lastNames, sure: this.#sure }
      this.#fault = explain(before, line, after)
    }
    const missing = this.#known.at(-1)
    if (!this.#fault && missing) this.#fault = truncated(size, missing.size)
    return {
      entries: size,
      root: hex(this.#frontier.root()),
      checkpoints: this.#checkpoints,
      signed: this.#sure,
      fault: this.#fault,
    }
  }
}

/** Verifies a whole record, as `RecordVerifier` does, from lines that come in parts. */
export async function verifyRecord(
  parts: AsyncIterable<readonly RecordLine[]>,
  trusted: readonly Verifier[],
  known: readonly string[] = [],
): Promise<Verified> {
  const verifier = new RecordVerifier(trusted, known)
  for await (const lines of parts) {
    for (const line of lines) verifier.add(line)
    if (verifier.done) break
  }
  return verifier.end()
}
