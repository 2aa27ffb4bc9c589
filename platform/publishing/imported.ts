import type { CheckReport } from '../evidence/checks.ts'
import type { Tried } from './try-disclosure.ts'
import type { WouldChange } from './would-change.ts'

export interface ImportOptions {
  /** How many refused rows the steward takes; more, and nothing is imported. */
  readonly accept: number
  readonly by: string
  readonly signal?: AbortSignal
  readonly onProgress?: (event: ImportProgress) => void
  /** By a path that was given: the descriptor to read it by, whatever others fit. */
  readonly as?: ReadonlyMap<string, string>
  /** When the files are of, where files of their kind do not say it. */
  readonly period?: string
  /** `checkFiles`: whether each file is held against the release whose place it would take. */
  readonly changes?: boolean
  /** For whoever may not know which counts are small; see `TrialOptions.named`. */
  readonly unnamed?: boolean
}

export interface ImportProgress {
  readonly label: string
  readonly done: number
  readonly total: number
  readonly rows: number
}

export interface ImportedFile {
  readonly path: string
  readonly outcome: 'draft' | 'same' | 'refused' | 'skipped'
  readonly release: number | null
  readonly report: CheckReport | null
  /** For files that were not imported: why, in a sentence. Of a draft: which draft of the same bytes it replaces. */
  readonly sentence: string | null
  /** What it would change, where that was asked of a check. */
  readonly changes?: WouldChange
  /** What disclosure control would make of it, where it was checked and its descriptor asks for that. */
  readonly disclosure?: Tried
}

export interface ImportResult {
  readonly files: readonly ImportedFile[]
  readonly drafts: readonly number[]
  /** False when any file was refused: then nothing at all was kept. */
  readonly accepted: boolean
}
