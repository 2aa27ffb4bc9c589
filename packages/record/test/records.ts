import {
  type Act,
  beginning,
  Frontier,
  hex,
  type RecordLine,
  type Signer,
  signCheckpoint,
  writeEntry,
} from '../src/index.ts'

/** An act of no meaning. */
export const actOf = (i: number, why = `Reason ${i}`): Act => ({
  act: i % 3 === 0 ? 'release-published' : 'signal-answered',
  by: { role: 'steward' },
  subject: `release:${i}`,
  why,
  rule: 'A release is published with its reason.',
  details: { publication: i },
  sealed: {},
})

/** A record of so many entries, with a checkpoint after each size that is named. */
export function recordOf(
  count: number,
  {
    signer,
    at = [],
    act = actOf,
  }: { signer?: Signer; at?: readonly number[]; act?: typeof actOf } = {},
) {
  const frontier = new Frontier()
  const lines: RecordLine[] = []
  const notes: string[] = []
  let previous = beginning
  for (let number = 1; number <= count; number++) {
    const moment = new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString()
    const { text, hash } = writeEntry(act(number), { number, at: moment, previous })
    const hashes = Buffer.concat(frontier.append(hash))
    lines.push({ text, hashes })
    previous = hex(hash)
    if (signer && at.includes(number)) {
      const root = frontier.root()
      const note = signCheckpoint({ origin: signer.name, size: number, root }, signer)
      lines.push({ checkpoint: note })
      notes.push(note)
    }
  }
  return { lines, notes, root: hex(frontier.root()) }
}

export const withoutHashes = (lines: readonly RecordLine[]): RecordLine[] =>
  lines.map((l) => ('text' in l ? { text: l.text } : l))

/** Lines in parts of a size, as a file or a database gives them. */
export async function* inParts<T>(lines: readonly T[], size = 7): AsyncGenerator<T[]> {
  for (let i = 0; i < lines.length; i += size) yield lines.slice(i, i + size)
}
