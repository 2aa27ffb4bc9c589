import type { Outcome } from '../standards/judge.ts'

/** What became of files, figures and judgements by one publication. */
interface ByPublication {
  readonly publication: number
  readonly at: string
  /** Why, as whoever published it said. */
  readonly reason: string
}

export type FileAct = 'published' | 'corrected' | 'withdrawn'

/** Figures that came, were corrected or went with one or more files, told together. */
export interface FigureNews extends ByPublication {
  readonly act: FileAct
  readonly title: string
  readonly period: string
  readonly releases: readonly number[]
  /** Of a correction: how many figures it changed. */
  readonly changes: number
}

/** How one provider or place is judged otherwise in one period. */
export interface JudgedTurn {
  readonly period: string
  /** Null where it was not judged in this period before, or is not any more. */
  readonly before: Outcome | null
  readonly after: Outcome | null
  /** The latest period before this one, where it was judged in that. */
  readonly earlier: { readonly period: string; readonly outcome: Outcome } | null
}

/** All that one publication changed of the judgements of one provider or place by one standard. */
export interface JudgedNews extends ByPublication {
  readonly standard: string
  readonly code: string
  readonly name: string
  readonly turns: readonly JudgedTurn[]
}
