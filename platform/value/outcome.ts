import type { Taken, YearValues } from './columns.ts'
import type { Study } from './study.ts'

/** An outcome with what each person who has it cost; NaN for what is not known. */
export interface Outcomes {
  /** In the outcome's own unit. */
  readonly value: Float64Array
  readonly lower95: Float64Array
  readonly upper95: Float64Array
  /** Pounds for each person with the outcome: all inputs in pounds, divided by people and share. */
  readonly cost: Float64Array
}

/** The picture of a study: what each provider achieved, and at what cost for each person. */
export function outcomesOf(study: Study, values: YearValues, { subjects, columns }: Taken) {
  const { outcome, people, without } = study.picture
  const shares = values.get(outcome)
  const money = study.inputs.flatMap((input, c) => (input.unit === '£' ? [columns[c]] : []))
  const column = (of: (subject: number, at: number) => number): Float64Array =>
    Float64Array.from(subjects, of)
  const share = (subject: number): number => {
    const part = (shares?.of.get(subject) ?? Number.NaN) / (shares?.scale ?? 1)
    return without ? 1 - part : part
  }
  return {
    value: column((subject) => shares?.of.get(subject) ?? Number.NaN),
    lower95: column((subject) => shares?.limits.get(subject)?.lower95 ?? Number.NaN),
    upper95: column((subject) => shares?.limits.get(subject)?.upper95 ?? Number.NaN),
    cost: column((subject, at) => {
      const pounds = money.reduce((sum, m) => sum + (m?.[at] ?? Number.NaN), 0)
      const served = (values.get(people)?.of.get(subject) ?? Number.NaN) * share(subject)
      return served > 0 ? pounds / served : Number.NaN
    }),
  } satisfies Outcomes
}

/**
 * Limits of the cost for each person with an outcome, from those of the outcome: money is counted,
 * not sampled, so that all the doubt is the outcome's.
 */
export function costLimits(
  cost: number,
  value: number,
  limits: { readonly lower95: number; readonly upper95: number },
  whole: number,
  without: boolean,
): { lower95: number; upper95: number } {
  const share = (x: number): number => (without ? whole - x : x)
  const at = (x: number): number => (cost * share(value)) / share(x)
  const both = [at(limits.lower95), at(limits.upper95)]
  return { lower95: Math.min(...both), upper95: Math.max(...both) }
}
