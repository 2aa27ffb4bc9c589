import type { Status } from './descriptor.ts'
import { statuses } from './descriptor.ts'

/** The number that a status is stored as: its place in the list, 0 for a value. */
export const statusNumber: Readonly<Record<Status, number>> = Object.fromEntries(
  statuses.map((s, i) => [s, i]),
) as Record<Status, number>

const optionalColumns = [
  'lower95',
  'upper95',
  'lower998',
  'upper998',
  'numerator',
  'denominator',
] as const
export type OptionalColumn = (typeof optionalColumns)[number]

/** A series' columns start small and double: most series of a long file are short in each part. */
const firstLength = 16

/** What distinguishes one series of a release from another. */
export interface SeriesKey {
  readonly indicator: string
  /** '' for everyone, else `sex=boys`, dimensions in alphabetical order joined by `;`. */
  readonly breakdown: string
  readonly period: string
}

/**
 * Observations of one indicator, group and period, a column each: what a release is made of.
 * Columns that the source does not give are never allocated. NaN stands for nothing.
 */
export class Series {
  readonly key: SeriesKey
  readonly roundedTo: number | null
  /** Its counts were rounded to multiples of this by the source. */
  readonly countsRoundedTo: number | null
  length = 0
  subjects = new Int32Array(firstLength)
  value = new Float64Array(firstLength)
  status = new Uint8Array(firstLength)
  readonly optional: Partial<Record<OptionalColumn, Float64Array>> = {}
  readonly notes: Record<number, string> = {}
  /** Its place among the series of its file. */
  readonly number: number
  /** The line of the last row that gave it a figure, accepted or not. */
  row = 0

  constructor(
    key: SeriesKey,
    { roundedTo, countsRoundedTo }: Partial<Record<'roundedTo' | 'countsRoundedTo', number>>,
    number: number,
  ) {
    this.key = key
    this.roundedTo = roundedTo ?? null
    this.countsRoundedTo = countsRoundedTo ?? null
    this.number = number
  }

  /** The value given earlier for a subject in the part not yet written; NaN where it is not there. */
  earlier(subject: number): number {
    const at = this.subjects.subarray(0, this.length).indexOf(subject)
    return at < 0 ? Number.NaN : (this.value[at] as number)
  }

  /** Takes back what a subject was given; false where it has been written already. */
  drop(subject: number): boolean {
    const at = this.subjects.subarray(0, this.length).indexOf(subject)
    if (at < 0) return false
    const last = this.length - 1
    for (const data of [this.subjects, this.value, this.status, ...Object.values(this.optional)]) {
      data[at] = data[last] as number
    }
    for (const column of Object.values(this.optional)) column[last] = Number.NaN
    delete this.notes[subject]
    this.length = last
    return true
  }

  push(subject: number, status: number, value: number, others: readonly OtherCell[]): void {
    const at = this.length
    if (at === this.subjects.length) this.#grow()
    this.subjects[at] = subject
    this.value[at] = value
    this.status[at] = status
    for (const { column, cell } of others) {
      if (Number.isNaN(cell.value)) continue
      let data = this.optional[column]
      if (!data) {
        data = new Float64Array(this.subjects.length).fill(Number.NaN)
        this.optional[column] = data
      }
      data[at] = cell.value
    }
    this.length = at + 1
  }

  /** Lets go of the columns after they were written: a file may have thousands of series. */
  clear(): void {
    this.length = 0
    this.subjects = new Int32Array(firstLength)
    this.value = new Float64Array(firstLength)
    this.status = new Uint8Array(firstLength)
    for (const column of optionalColumns) delete this.optional[column]
    for (const subject of Object.keys(this.notes)) delete this.notes[Number(subject)]
  }

  #grow(): void {
    const size = this.subjects.length * 2
    const subjects = new Int32Array(size)
    subjects.set(this.subjects)
    this.subjects = subjects
    const value = new Float64Array(size)
    value.set(this.value)
    this.value = value
    const status = new Uint8Array(size)
    status.set(this.status)
    this.status = status
    for (const column of optionalColumns) {
      const old = this.optional[column]
      if (!old) continue
      const more = new Float64Array(size).fill(Number.NaN)
      more.set(old)
      this.optional[column] = more
    }
  }
}

export interface OtherCell {
  readonly column: OptionalColumn
  readonly cell: { readonly value: number }
}
