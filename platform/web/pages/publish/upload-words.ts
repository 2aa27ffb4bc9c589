import type { Upload, UploadState } from '../../../uploads/upload.ts'

/** What each state of a file is called in a list. */
export const stateWords: Readonly<Record<UploadState, string>> = {
  reading: 'Being read',
  unreadable: 'Cannot be read',
  questions: 'Waits for answers',
  checking: 'Being checked',
  refused: 'Refused by the check',
  ready: 'Ready to publish',
  publishing: 'Being published',
  published: 'Published',
  dropped: 'Dropped',
}

/** "2.4 MB" */
export function sizeWords(bytes: number): string {
  const [size, unit] =
    bytes < 1000 ? [bytes, 'bytes'] : bytes < 1e6 ? [bytes / 1e3, 'KB'] : [bytes / 1e6, 'MB']
  return `${size.toLocaleString('en-GB', { maximumSignificantDigits: 3 })} ${unit}`
}

/** Who handed it in, as others may know. */
export const handedInBy = ({ pseudonym, adopted }: Upload): string =>
  adopted ? 'a program or the command line' : (pseudonym ?? 'somebody who has left')

const steps = ['Hand in the file', 'Say what it is', 'Read the check', 'Publish it'] as const
/** At which of the four steps a file is, from 0; null where none is left. */
const stepOf: Readonly<Record<UploadState, number | null>> = {
  reading: 0,
  unreadable: 0,
  questions: 1,
  checking: 2,
  refused: 2,
  ready: 3,
  publishing: 3,
  published: null,
  dropped: null,
}

/** The four steps from a file to a page, as its page lists them. */
export function stepWords(state: UploadState) {
  const now = stepOf[state]
  if (now === null) return []
  return steps.map((text, i) => ({ text, isNow: i === now, isDone: i < now }))
}

/** How far a file is, in a list; with the reason where it cannot be read. */
export function standingWords({ state, sentence }: Pick<Upload, 'state' | 'sentence'>): string {
  const told = state === 'unreadable' || state === 'dropped'
  if (!told || sentence === null) return stateWords[state]
  return state === 'dropped' ? sentence : `${stateWords[state]}: ${sentence}`
}
