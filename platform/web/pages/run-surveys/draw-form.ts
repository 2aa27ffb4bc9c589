import type { FastifyRequest } from 'fastify'
import { Unsaid } from '../../../replies/said.ts'
import { type Survey, stateOn } from '../../../surveys/survey.ts'
import { field } from '../../forms.ts'
import { today } from '../../sent-form.ts'

const names = ['frame', 'replies', 'rate', 'months'] as const
/** What is typed where a sample is drawn from a list. */
export type Typed = Readonly<Record<(typeof names)[number], string>>

export const untyped: Typed = { frame: '', replies: '100', rate: '30', months: '6' }

export const typedOf = (request: FastifyRequest): Typed =>
  Object.fromEntries(names.map((n) => [n, field(request, n)])) as Typed

/** A number of a form within its ends, or a refusal beside its field. */
function numberOf(typed: Typed, name: keyof Typed, least: number, most: number): number {
  const text = typed[name].trim()
  const found = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (found >= least && found <= most) return found
  throw new Unsaid(name, `Type a whole number from ${least} to ${most}.`)
}

/**
 * How many are to be drawn, as typed.
 * @throws Unsaid beside a field, and where the survey takes no answers today.
 */
export function drawOf(survey: Survey, typed: Typed) {
  if (stateOn(survey, today()) !== 'open') {
    throw new Unsaid('', 'People can be invited while the survey is open.')
  }
  return {
    replies: numberOf(typed, 'replies', 1, 10_000),
    rate: numberOf(typed, 'rate', 1, 100) / 100,
    months: numberOf(typed, 'months', 1, 60),
    day: today(),
  }
}
