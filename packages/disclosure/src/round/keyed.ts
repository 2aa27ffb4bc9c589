import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { DisclosureError } from '../errors.ts'
import type { CellTable } from '../table/table.ts'

/** What counts are rounded to, and the secret that decides which way. */
export interface KeyedRounding {
  /** Default 5. */
  readonly base?: number
  /** At least 16 characters, kept by the publisher. Who has it can undo the rounding in part. */
  readonly secret: string
}

/**
 * Rounds each count up or down to a multiple of the base, by chance but without bias: 7 becomes 5 three times in
 * five and 10 twice in five. The chance is drawn from the cell's key and the secret (HMAC with SHA-256), so the
 * same cell is rounded the same way whenever and wherever it is asked for, and asking often tells no more than
 * asking once. Multiples stay. Totals are rounded for themselves, and differ from the sum of their rounded
 * parts. Random rounding is described in Willenborg and de Waal (2001).
 *
 * @returns the rounded counts, in the order of the table; NaN where nobody measured it.
 * @throws DisclosureError where the base or the secret is too small, or the table holds amounts.
 * @example
 * const table = crossTable({
 *   dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } }],
 *   rows: [{ codes: ['f'], count: 3 }, { codes: ['m'], count: 9 }, { codes: ['all'], count: 12 }],
 * })
 * roundKeyed(table, { secret: 'only for this example' }) // [10, 5, 10]
 */
export function roundKeyed(table: CellTable, rounding: KeyedRounding): Float64Array {
  checkBase(table, rounding.base ?? 5)
  return table.counts.map((count, cell) =>
    Number.isNaN(count) ? count : roundCount(count, table.keys[cell] as string, rounding),
  )
}

/**
 * Rounds one count as {@link roundKeyed} does, for whoever names cells in another way: by a key that stays the
 * same from release to release.
 *
 * @param count whole, from 0 up.
 * @throws DisclosureError where the base or the secret is too small.
 * @example roundCount(3, '2024 girls of Ashby', { secret: 'only for this example' }) // 5
 */
export function roundCount(
  count: number,
  key: string,
  { base = 5, secret }: KeyedRounding,
): number {
  checkNumbers(base, secret)
  const rest = count % base
  const digest = hmac(sha256, utf8ToBytes(secret), utf8ToBytes(key))
  const draw = new DataView(digest.buffer, digest.byteOffset).getUint32(0) / 0x100000000
  return count - rest + (draw < rest / base ? base : 0)
}

function checkNumbers(base: number, secret: string): void {
  if (!Number.isInteger(base) || base < 2) {
    throw new DisclosureError('invalid-rules', `the base is ${base}, not a whole number from 2 up`)
  }
  if (secret.length >= 16) return
  const sentence = `the secret has ${secret.length} characters; give at least 16 that nobody can guess`
  throw new DisclosureError('invalid-rules', sentence)
}

/** Throws DisclosureError where counts cannot be rounded to a base. */
export function checkBase(table: CellTable, base: number): void {
  if (!Number.isInteger(base) || base < 2) {
    throw new DisclosureError('invalid-rules', `the base is ${base}, not a whole number from 2 up`)
  }
  if (!table.whole) {
    throw new DisclosureError(
      'invalid-table',
      'only counts are rounded, and this table holds amounts',
    )
  }
}
