import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Among so many parts the subjects are dealt out: one part at a time is read back. */
const parts = 64
/** Bytes of each part that wait to be written. */
const waiting = 1 << 16
/** Bytes before each text: its subject's number, and its length. */
const header = 8

interface Part {
  /** Null until something waits, and once all has come. */
  buffer: Buffer | null
  used: number
  /** Where its pieces lie in the file. */
  readonly pieces: { readonly at: number; readonly bytes: number }[]
}

/**
 * Many short texts of many subjects, gathered in a file: those of one publication are hundreds of megabytes,
 * which come by indicator and are wanted by subject. The file has no name from the start, so that nothing
 * is left of it whatever becomes of the process; `close` gives its place back.
 */
export class SubjectTexts {
  readonly #file: number
  readonly #folder: string
  readonly #parts: readonly Part[]
  #end = 0

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'plumbline-sheets-'))
    this.#file = openSync(join(this.#folder, 'texts'), 'w+', 0o600)
    this.#remove()
    const part = (): Part => ({ buffer: null, used: 0, pieces: [] })
    this.#parts = Array.from({ length: parts }, part)
  }

  /** Adds a text to those of a subject. */
  add(subject: number, text: string): void {
    const part = this.#parts[subject % parts] as Part
    const bytes = header + Buffer.byteLength(text)
    if (part.used + bytes > waiting) this.#write(part)
    const isLong = bytes > waiting
    if (!isLong) part.buffer ??= Buffer.allocUnsafeSlow(waiting)
    const buffer = (isLong ? null : part.buffer) ?? Buffer.allocUnsafeSlow(bytes)
    const at = isLong ? 0 : part.used
    buffer.writeUInt32LE(subject, at)
    buffer.writeUInt32LE(bytes - header, at + 4)
    buffer.write(text, at + header)
    if (isLong) this.#append(part, buffer)
    else part.used += bytes
  }

  /** No more texts come: they all lie in the file. */
  finish(): void {
    for (const part of this.#parts) {
      this.#write(part)
      part.buffer = null
    }
  }

  /** Each subject once, with its texts in the order in which they came. */
  *all(): Generator<[subject: number, texts: string[]]> {
    for (const part of this.#parts) {
      this.#write(part)
      yield* textsIn(this.#read(part))
    }
  }

  close(): void {
    closeSync(this.#file)
    this.#remove()
  }

  /** Where an open file cannot lose its name, it does so when it is closed. */
  #remove(): void {
    try {
      rmSync(this.#folder, { recursive: true, force: true })
    } catch {}
  }

  #write(part: Part): void {
    if (part.buffer && part.used > 0) this.#append(part, part.buffer.subarray(0, part.used))
    part.used = 0
  }

  #append(part: Part, bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, this.#end + done)
    }
    part.pieces.push({ at: this.#end, bytes: bytes.length })
    this.#end += bytes.length
  }

  #read({ pieces }: Part): Buffer {
    const all = Buffer.allocUnsafeSlow(pieces.reduce((sum, p) => sum + p.bytes, 0))
    let to = 0
    for (const { at, bytes } of pieces) {
      for (let done = 0; done < bytes; ) {
        const read = readSync(this.#file, all, to + done, bytes - done, at + done)
        if (read === 0) throw new Error('The file of sheets ends before all was read.')
        done += read
      }
      to += bytes
    }
    return all
  }
}

function textsIn(all: Buffer): Map<number, string[]> {
  const texts = new Map<number, string[]>()
  for (let at = 0; at < all.length; ) {
    const subject = all.readUInt32LE(at)
    const from = at + header
    at = from + all.readUInt32LE(at + 4)
    const text = all.toString('utf8', from, at)
    const own = texts.get(subject)
    if (own) own.push(text)
    else texts.set(subject, [text])
  }
  return texts
}
