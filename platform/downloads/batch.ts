import type { IntervalMethod } from '../comparison/figures.ts'
import type { Status } from '../evidence/descriptor.ts'

/** Whom a row is about. One object for each subject, however many rows it has. */
export interface RowSubject {
  readonly kind: 'provider' | 'place'
  readonly code: string
  readonly name: string
  readonly service: string | null
}

/** What differs from row to row of a batch. */
export interface Row {
  readonly subject: RowSubject
  readonly status: Status
  readonly value: number | null
  readonly lower95: number | null
  readonly upper95: number | null
  readonly lower998: number | null
  readonly upper998: number | null
  readonly interval: IntervalMethod | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly roundedTo: number | null
  readonly countsRoundedTo: number | null
  readonly note: string | null
  readonly release: number
}

/** Some rows of one indicator, period and group. */
export interface Batch {
  readonly indicator: string
  readonly period: string
  /** First and last day, ISO 8601; null where the kind of period is not known. */
  readonly start: string | null
  readonly end: string | null
  /** '' for everyone. */
  readonly breakdown: string
  readonly rows: readonly Row[]
}

/** Turns batches into the bytes of a file, piece by piece. */
export interface BatchWriter {
  /** The bytes that are ready after these rows; they may be none. */
  write(batch: Batch): Uint8Array
  /** What comes after the last row. */
  end(): Uint8Array
}
