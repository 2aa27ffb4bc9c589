import { statuses } from '../evidence/descriptor.ts'

type Column = ArrayLike<number | null> | null | undefined

/** Figures side by side, a column each; null or NaN for nothing, no status for a value. */
export interface FigureColumns {
  readonly value: Column
  readonly status: Column
  readonly numerator?: Column
  readonly denominator?: Column
  readonly lower95?: Column
  readonly upper95?: Column
  readonly lower998?: Column
  readonly upper998?: Column
}

const shown = [
  'value',
  'numerator',
  'denominator',
  'lower95',
  'upper95',
  'lower998',
  'upper998',
] as const

/** What a column says at a place; null for nothing. */
export function orNull(column: Column, at: number): number | null {
  const x = column?.[at] ?? null
  return x === null || Number.isNaN(x) ? null : x
}

/** The place of a figure's status in the list of statuses. */
export const statusAt = ({ status }: FigureColumns, at: number): number => orNull(status, at) ?? 0

const value = statuses.indexOf('value')

/**
 * Whether a page shows the same of two figures: the same share of ten times as many people has other limits, and is
 * news. Of one without a value all that is shown is why: what else its file says of it must not tell anything.
 */
export function isSameFigure(a: FigureColumns, at: number, b: FigureColumns, bt: number): boolean {
  const status = statusAt(a, at)
  if (status !== statusAt(b, bt)) return false
  if (status !== value) return true
  return shown.every((column) => orNull(a[column], at) === orNull(b[column], bt))
}
