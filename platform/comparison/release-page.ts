import type { Status } from '../evidence/descriptor.ts'
import type { ReleaseRow } from './figures.ts'

export interface CheckResult {
  readonly rule: string
  readonly severity: 'refuse' | 'warn' | 'note'
  readonly count: number
  readonly sentence: string
  /** The first few places where it was seen. */
  readonly examples: readonly {
    readonly line: number
    readonly column: string | null
    readonly value: string | null
    /** Where it says more of this place than of all. */
    readonly sentence?: string
  }[]
}

/** What a figure was: its status, `absent` where its file had nothing of it; null where nobody kept that. */
export type ChangeStatus = Status | 'absent' | null

export interface Change {
  readonly subject: string
  readonly kind: 'provider' | 'place'
  readonly name: string
  readonly indicator: string
  readonly breakdown: string
  readonly period: string
  readonly before: number | null
  readonly after: number | null
  readonly beforeStatus: ChangeStatus
  readonly afterStatus: ChangeStatus
}

/** By what a list of changes is sorted: figure, name, or how much it rose (`-direction`) or fell (`direction`). */
export const changeOrders = ['figure', 'name', 'direction', '-direction'] as const
export type ChangeOrder = (typeof changeOrders)[number]

export interface ChangesQuery {
  /** Part of a name, code, town or postcode. */
  readonly q?: string
  readonly indicator?: string
}

/** One page of the list of changes, from 1. */
export interface ChangesAsked extends ChangesQuery {
  readonly order: ChangeOrder
  readonly page: number
  readonly size: number
}

/** Changed figures by whether the file before and the one after have them, with or without a value. */
export interface ChangeKinds {
  /** The file before had nothing of them. */
  readonly added: number
  /** Both have them. */
  readonly changed: number
  /** The file after has nothing of them. */
  readonly gone: number
  /** Of the changed, those that had a value and have none now: suppressed, missing and the like. */
  readonly withoutValue: number
}

/** What one release changed of the one whose place it took; nothing of one that took nobody's place. */
export interface ChangesPage {
  readonly release: ReleaseRow
  readonly changes: readonly Change[]
  /** How many the query leaves. */
  readonly total: number
  /** All its changes, whatever the query leaves; null where nobody kept the statuses of some. */
  readonly kinds: ChangeKinds | null
  /** How many figures of each indicator changed in all. */
  readonly indicators: readonly { readonly code: string; readonly count: number }[]
}

/** What became of the releases that took a release's place one after the other. */
export interface Withdrawn {
  /** The last of them, which was withdrawn. */
  readonly id: number
  /** When, as a moment. */
  readonly at: string
  /** What is published there since; null for nothing. */
  readonly standsNow: number | null
}

export interface ReleasePage {
  readonly release: ReleaseRow
  /** Where it was replaced, and what came of that was withdrawn; else null. */
  readonly replacementWithdrawn: Withdrawn | null
  readonly checks: readonly CheckResult[]
  readonly indicators: readonly string[]
  /** The first 100 figures that it changed, where it supersedes another; never what a later one changed. */
  readonly changes: readonly Change[]
  readonly changeCount: number
  /** Null where nobody kept the statuses of some. */
  readonly changeKinds: ChangeKinds | null
  /** The first 100 refused rows; the release's own figures count them all. */
  readonly refused: readonly RefusedRow[]
  /** How much was hidden since few people are behind it; null where nothing is to be. */
  readonly hidden: HiddenFigures | null
}

/** What the public may know of what was hidden. */
export interface HiddenFigures {
  readonly figures: number
  readonly hidden: number
  /** Counts from 1 to below this are hidden; null where other rules hide. */
  readonly threshold: number | null
  /** Nothing is hidden, and all counts are rounded to multiples of this; null where they are not. */
  readonly roundedTo: number | null
}

/** A refused row that a steward accepted to leave out. */
export interface RefusedRow {
  readonly line: number
  readonly column: string | null
  readonly rule: string
  readonly sentence: string
  readonly cells: readonly string[]
}
