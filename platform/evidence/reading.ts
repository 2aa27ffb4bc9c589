import type { CheckReport } from './checks.ts'
import type { Series } from './columns.ts'
import type { Descriptor } from './descriptor.ts'
import type { Indicator } from './indicator.ts'
import type { Description, Subjects } from './subjects.ts'

/** Where accepted observations go; called whenever enough have gathered, and at the end. */
export interface Sink {
  write(series: readonly Series[]): Promise<void>
}

/** What is wrong with a row: the rule, the cell, and a sentence that a person can act on. */
export interface Problem {
  readonly rule: string
  readonly column: string | null
  readonly value: string | null
  readonly sentence: string
}

export interface RefusedRow {
  readonly line: number
  readonly rule: string
  readonly column: string | null
  readonly sentence: string
  readonly cells: readonly string[]
}

/** What reading a file needs: what kind of file it is, what is known, and where figures go. */
export interface ReadContext {
  readonly descriptor: Descriptor
  /** All kinds of files that are known, to name the one that a code is missing from. */
  readonly descriptors?: readonly Descriptor[]
  readonly groups: Readonly<Record<string, string>>
  readonly subjects: Subjects
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly sink: Sink
  readonly onProgress?: (bytes: number, of: number, rows: number) => void
  readonly signal?: AbortSignal
}

export interface ReadResult {
  readonly report: CheckReport
  readonly period: string
  readonly part: string | null
  readonly descriptions: ReadonlyMap<number, Description>
  readonly refused: readonly RefusedRow[]
  /** Indicators that the file itself brings, for files that name their own. */
  readonly drafted: readonly Indicator[]
  /** Pairs of a place and one that holds it, from files that list children. */
  readonly childOf: readonly (readonly [number, number])[]
}
