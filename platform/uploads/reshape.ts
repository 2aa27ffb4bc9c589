import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { normalisePeriod, type PeriodKind } from '../evidence/period.ts'
import { readRows } from '../evidence/rows.ts'

/** Columns of which each holds the figures of one time. */
export interface TimeColumns {
  readonly kind: PeriodKind
  /** Their places in the header. */
  readonly at: readonly number[]
}

const kinds = [
  'year',
  'financial-year',
  'quarter',
  'month',
] as const satisfies readonly PeriodKind[]
/** What the columns are called that take their place. */
export const reshaped = { period: 'period', figure: 'figure' } as const

/**
 * The columns of a wide table that are called by a time: at least two of one kind, and every other column is not.
 * Null where there are none, or where the table has the columns already that would take their place.
 * @example timeColumns(['practice', '2021', '2022']) // { kind: 'year', at: [1, 2] }
 */
export function timeColumns(header: readonly string[]): TimeColumns | null {
  if (Object.values(reshaped).some((name) => header.includes(name))) return null
  for (const kind of kinds) {
    // A year alone is no financial year here.
    const isTime = (name: string): boolean =>
      normalisePeriod(name, kind) !== null && (kind === 'year' || !/^\d{4}$/.test(name.trim()))
    const at = header.flatMap((name, i) => (isTime(name) ? [i] : []))
    if (at.length >= 2 && at.length < header.length) return { kind, at }
  }
  return null
}

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\n`

async function* longLines(
  path: string,
  writing: Parameters<typeof readRows>[1],
): AsyncGenerator<string> {
  let header: string[] | null = null
  let times: TimeColumns | null = null
  for await (const item of readRows(path, writing)) {
    if (!Array.isArray(item)) continue
    let text = ''
    for (const { cells } of item) {
      if (header === null) {
        header = cells.map((c) => c.trim())
        times = timeColumns(header)
        if (times === null) return
        text += line([...others(header, times), reshaped.period, reshaped.figure])
        continue
      }
      if (times === null) return
      const kept = others(cells, times)
      for (const at of times.at) text += line([...kept, header[at] ?? '', cells[at] ?? ''])
    }
    yield text
  }
}

const others = (cells: readonly string[], { at }: TimeColumns): string[] =>
  cells.filter((_, i) => !at.includes(i))

/**
 * Writes a wide table anew, in its own place, with a row for each time in place of a column. Memory does not grow
 * with the file. A table that is no wide one stays as it is, so that it can be asked for once more.
 * @returns whether it was one.
 */
export async function intoRows(
  path: string,
  writing: Parameters<typeof readRows>[1],
): Promise<boolean> {
  const unfinished = `${path}.new`
  let isWide = false
  const lines = async function* (): AsyncGenerator<string> {
    for await (const text of longLines(path, writing)) {
      isWide = true
      yield text
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(unfinished, { flush: true }))
  if (isWide) await rename(unfinished, path)
  else await rm(unfinished)
  return isWide
}
