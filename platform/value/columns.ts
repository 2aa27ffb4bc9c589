import { outsideOf } from '../evidence/takes.ts'
import type { Column, Study, Term } from './study.ts'

/** An indicator's values of one period by subject; what is hidden or missing is not in it. */
export interface Values {
  /** What a share is a share of: 100 for %. */
  readonly scale: number
  readonly of: ReadonlyMap<number, number>
  readonly limits: ReadonlyMap<number, { readonly lower95: number; readonly upper95: number }>
}

/** The indicators of a study in one of its years. */
export type YearValues = ReadonlyMap<string, Values>

/** Providers that a study takes in one year, with their columns: inputs, outputs, then what is fixed. */
export interface Taken {
  readonly subjects: readonly number[]
  readonly columns: readonly Float64Array[]
  /** How many were left out, by reason. */
  readonly leftOut: ReadonlyMap<string, number>
}

const unknown = 'Not all of its figures are published.'
const nothing = 'A figure of money is not above £0, or nothing that it did is counted.'

function termOf(term: Term, values: YearValues, subject: number): number {
  const first = values.get(term.indicator)
  const value = first?.of.get(subject) ?? Number.NaN
  if (!first || term.times === undefined) return value
  const share = term.without ? 1 - value / first.scale : value / first.scale
  return share * (values.get(term.times)?.of.get(subject) ?? Number.NaN)
}

/** A provider's value in a column; NaN where a part of it is not known. */
export function columnOf({ add, less }: Column, values: YearValues, subject: number): number {
  const sum = (terms: readonly Term[]): number =>
    terms.reduce((total, term) => total + termOf(term, values, subject), 0)
  return sum(add) - sum(less)
}

/**
 * Whom a study takes, in the order of their numbers: all whose figures are known, whose inputs are
 * above 0, who achieve something, and who lie within its bounds. Nothing is guessed.
 */
export function takeProviders(
  study: Study,
  values: YearValues,
  candidates: readonly number[],
): Taken {
  const leftOut = new Map<string, number>()
  const all = [...study.inputs, ...study.outputs, ...study.fixed]
  const inputs = study.inputs.length
  const free = inputs + study.outputs.length
  const rows: { subject: number; row: number[] }[] = []
  for (const subject of candidates.toSorted((a, b) => a - b)) {
    const row = all.map((column) => columnOf(column, values, subject))
    const achieved = row.slice(inputs, free)
    const outside = outsideOf(
      study.takes,
      (indicator) => values.get(indicator)?.of.get(subject) ?? Number.NaN,
    )
    const usable =
      row.slice(0, inputs).every((x) => x > 0) &&
      achieved.every((y) => y >= 0) &&
      achieved.some((y) => y > 0)
    const why = row.some(Number.isNaN) ? unknown : outside ? outside.why : usable ? null : nothing
    if (why === null) rows.push({ subject, row })
    else leftOut.set(why, (leftOut.get(why) ?? 0) + 1)
  }
  return {
    subjects: rows.map((r) => r.subject),
    columns: all.map((_, c) => Float64Array.from(rows, (r) => r.row[c] as number)),
    leftOut,
  }
}
