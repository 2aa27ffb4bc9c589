import { type Entry, hexHash } from './entry.ts'

/** The ways in which a record can fail to be what was written. */
export const faultKinds = [
  'altered', // its text is not the one that was hashed
  'removed',
  'inserted',
  'reordered',
  'forked', // another history than the one that was signed, or two entries in one place
  'truncated', // entries that a checkpoint covers are missing at the end
  'unsigned', // a checkpoint that no known key has signed
] as const
export type FaultKind = (typeof faultKinds)[number]

/** The first entry that does not fit, and how. */
export interface Fault {
  readonly how: FaultKind
  /** The number of the entry; of several, the first. */
  readonly number: number
  /** The last entry that it may be, or that is missing. */
  readonly until: number
  readonly sentence: string
}

/** An entry as it was read: null where the text is none. */
export interface ReadLine {
  readonly text: string
  readonly entry: Entry | null
}

/** What came before the line that does not fit. */
export interface Before {
  /** How many entries fitted. */
  readonly size: number
  /** The hash of the last of them, and the one that it names. */
  readonly last: string
  readonly lastNames: string
  /** How many are known to be as they were, since a checkpoint that covers them fitted. */
  readonly sure: number
}

const fault = (how: FaultKind, number: number, sentence: string, until = number): Fault => ({
  how,
  number,
  until,
  sentence,
})

const numbers = (from: number, until: number): string =>
  from === until ? `Entry ${from} is` : `Entries ${from} to ${until} are`

/**
 * What became of a record whose next entry does not fit.
 * @param line the entry that does not fit.
 * @param after some of those that follow it.
 */
export function explain(before: Before, line: ReadLine, after: readonly ReadLine[]): Fault {
  const expected = before.size + 1
  const { entry } = line
  if (entry === null) {
    return fault('altered', expected, `Entry ${expected} is no entry in canonical JSON.`)
  }
  if (entry.number !== expected) return explainNumber(before, entry, after)
  return explainLink(before, line, entry, after)
}

function explainNumber(before: Before, entry: Entry, after: readonly ReadLine[]): Fault {
  const expected = before.size + 1
  const { number } = entry
  if (number > expected) {
    if (after.some((a) => a.entry?.number === expected)) {
      const sentence = `Entry ${expected} comes after entry ${number}: the order was changed.`
      return fault('reordered', expected, sentence)
    }
    const sentence = `${numbers(expected, number - 1)} missing.`
    return fault('removed', expected, sentence, number - 1)
  }
  if (number === before.size && entry.previous === before.lastNames) {
    const sentence = `There are two entries ${number}, which both follow the one before.`
    return fault('forked', number, sentence)
  }
  return fault('inserted', number, `There is a second entry ${number}, after ${before.size}.`)
}

function explainLink(
  before: Before,
  line: ReadLine,
  entry: Entry,
  after: readonly ReadLine[],
): Fault {
  const { number, previous } = entry
  const next = after[0]?.entry
  if (next?.number === number && next.previous === before.last) {
    const sentence = `Entry ${number} does not follow the one before; another of that number does.`
    return fault('inserted', number, sentence)
  }
  if (before.size > 0 && previous === before.lastNames) {
    const sentence = `Entry ${number} does not follow entry ${number - 1} but the one before that.`
    return fault('inserted', number - 1, sentence)
  }
  if (before.sure === before.size) {
    const sentence = `Entry ${number} does not follow entry ${number - 1}: it was changed.`
    return fault('altered', number, sentence)
  }
  if (next?.previous === hexHash(line.text)) {
    const sentence = `Entry ${number - 1} is not the one that entry ${number} follows: it was changed.`
    return fault('altered', number - 1, sentence)
  }
  const sentence = `Entry ${number} does not follow entry ${number - 1}: one of them was changed, or both.`
  return fault('altered', number - 1, sentence, number)
}

/** Another history than the one that was signed, of which each entry follows the one before. */
export const forked = (sure: number, size: number): Fault =>
  fault(
    'forked',
    sure + 1,
    sure + 1 === size
      ? `Entry ${size} is not the one that was signed.`
      : `Entries ${sure + 1} to ${size} are not those that were signed: at least one was changed, and those after it were made to fit.`,
    size,
  )

export const truncated = (size: number, signed: number): Fault =>
  fault(
    'truncated',
    size + 1,
    `${numbers(size + 1, signed)} missing: a checkpoint covers ${signed}.`,
    signed,
  )

export const unsigned = (size: number): Fault =>
  fault(
    'unsigned',
    size,
    `The checkpoint of ${size} entries is signed by no known key, or wrongly.`,
  )

export const wrongHash = (number: number): Fault =>
  fault('altered', number, `Entry ${number} is not the one whose hash is kept beside it.`)
