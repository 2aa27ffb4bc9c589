import type { ColumnProfile } from './column-profile.ts'
import type { FigureRole } from './figures.ts'
import type { PeriodRole, SubjectRole } from './roles.ts'
import type { Writing } from './sniff.ts'

/** All that was found out about a file, from which the draft is written. */
export interface Found {
  /** The file's name, without its folder. */
  readonly file: string
  /** A pattern of such files' names that the person gave. */
  readonly pattern: string | null
  readonly writing: Writing
  readonly columns: readonly ColumnProfile[]
  /** The first rows. */
  readonly first: readonly (readonly string[])[]
  readonly rows: number
  readonly unique: readonly number[]
  readonly key: readonly number[] | null
  readonly subject: SubjectRole | null
  readonly period: PeriodRole | null
  readonly figures: readonly FigureRole[]
  readonly raggedRows: { readonly short: number; readonly long: number }
}

/** A number as notes show it. */
export const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 4 })

/** Notes what a person has to decide. */
export type Decide = (text: string) => void
