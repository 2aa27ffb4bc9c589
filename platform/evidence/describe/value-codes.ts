import type { Status } from '../descriptor.ts'

/** Codes that publishers set where a number would stand, and what each mostly means. */
const meanings: Readonly<Record<string, Exclude<Status, 'value'>>> = {
  supp: 'suppressed',
  c: 'suppressed',
  '*': 'suppressed',
  np: 'suppressed',
  low: 'suppressed',
  x: 'missing',
  na: 'missing',
  'n/a': 'missing',
  '-': 'missing',
  '..': 'missing',
  '.': 'missing',
  null: 'missing',
  nodata: 'missing',
  ':': 'not-applicable',
  z: 'not-applicable',
  ne: 'not-applicable',
  new: 'not-applicable',
  lowcov: 'unreliable',
  u: 'unreliable',
}

/**
 * What a code is proposed to mean; undefined for a text that is no known code.
 * @example codeMeaning('[c]') // 'suppressed'
 */
export function codeMeaning(text: string): Exclude<Status, 'value'> | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.+)\]$/, '$1')
    .toLowerCase()
  return meanings[bare]
}
