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
