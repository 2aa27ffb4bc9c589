import { plainGroup } from './sums.ts'

/** A release cannot be made safe, or its counts cannot be true; the message names the figures. */
export class UnsafeRelease extends Error {
  override name = 'UnsafeRelease'
  /** The same in counts alone: for whoever may not know which figures are small. */
  readonly unnamed: string
  /** How many counts could be worked out; 0 where something else is wrong. */
  readonly leaks: number

  constructor(message: string, unnamed = message, leaks = 0) {
    super(message)
    this.unnamed = unnamed
    this.leaks = leaks
  }
}

/** Some counts can be worked out, whatever is done. `key`: the first, as cells are keyed. */
export function leaked(
  what: string,
  key: string,
  all: number,
  name: (subject: number) => string,
): UnsafeRelease {
  const parts = decodeURIComponent(key.replace(/\?$/, '')).split('|')
  const [, , subject = '', nestedGroup = ''] = parts
  const group = plainGroup(nestedGroup)
  const whose = /^\d+$/.test(subject) ? name(Number(subject)) : 'what is left of a place'
  const could =
    'could be worked out from what is public, whatever is hidden now. Nothing was published.'
  return new UnsafeRelease(
    `${what}: the figure of ${whose}${group === '' ? '' : ` (${group})`} ${could} Leave this part out of the file, or correct it.`,
    `${what}: ${all === 1 ? '1 count' : `${all} counts`} ${could} A steward can see which: plumbline check names them.`,
    all,
  )
}
