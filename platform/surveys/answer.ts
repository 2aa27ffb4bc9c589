import { z } from 'zod'
import { typed } from '../replies/said.ts'
import type { Instrument } from './instrument.ts'
import { questionsOf } from './instrument.ts'
import type { Question } from './question.ts'
import type { Answer, Answers } from './routing.ts'

/** What may be wrong with an answer. */
export type FaultKind = 'missing' | 'not-listed' | 'not-a-number' | 'too-long' | 'untypable'

/** What is wrong with the answer to a question. */
export interface AnswerFault {
  readonly question: Question
  readonly kind: FaultKind
}

const wholeNumber = z.string().regex(/^\d{1,9}$/)

type Read = { readonly answer: Answer } | { readonly fault: FaultKind } | null

/** Reads one answer as a form sends it; null where it was left empty. */
export function readAnswer(question: Question, sent: readonly string[]): Read {
  const some = sent.filter((s) => s.trim() !== '')
  const [first] = some
  if (first === undefined) return null
  const { type, options, minimum = 0, maximum = 0 } = question
  const isListed = (code: string): boolean => options.some((o) => o.code === code)
  if (type === 'multiple') {
    const answer = options.map((o) => o.code).filter((code) => some.includes(code))
    return some.every(isListed) ? { answer } : { fault: 'not-listed' }
  }
  if (some.length > 1) return { fault: 'not-listed' }
  if (type === 'number') {
    const found = wholeNumber.safeParse(first.trim().replaceAll(',', ''))
    const answer = Number(found.data)
    const isWithin = found.success && answer >= minimum && answer <= maximum
    return isWithin ? { answer } : { fault: 'not-a-number' }
  }
  if (type === 'text') {
    const found = typed(1, maximum).safeParse(first)
    if (found.success) return { answer: found.data }
    return {
      fault: found.error.issues.some((i) => i.code === 'too_big') ? 'too-long' : 'untypable',
    }
  }
  return isListed(first) ? { answer: first } : { fault: 'not-listed' }
}

/**
 * Reads the answers of some questions.
 * @param sent what was sent for a question's code, as often as it was.
 * @returns answers, the codes that were left empty, and what is wrong.
 */
export function readAnswers(
  questions: readonly Question[],
  sent: (code: string) => readonly string[],
): {
  readonly answers: Answers
  readonly empty: readonly string[]
  readonly faults: readonly AnswerFault[]
} {
  const answers: Record<string, Answer> = {}
  const empty: string[] = []
  const faults: AnswerFault[] = []
  for (const question of questions) {
    const found = readAnswer(question, sent(question.code))
    if (found === null) {
      empty.push(question.code)
      if (question.required) faults.push({ question, kind: 'missing' })
    } else if ('fault' in found) faults.push({ question, kind: found.fault })
    else answers[question.code] = found.answer
  }
  return { answers, empty, faults }
}

const sentSchema = z.record(
  z.string().max(60),
  z.union([z.string().max(5000), z.number(), z.array(z.string().max(60)).max(20)]),
)

/**
 * Reads all answers at once, as a program sends them.
 * @returns the answers, or a sentence that says what is wrong.
 */
export function readAll(instrument: Instrument, request: unknown): Answers | string {
  const found = sentSchema.safeParse(request)
  if (!found.success) return 'The answers are not an object of codes and answers.'
  const questions = questionsOf(instrument)
  const stranger = Object.keys(found.data).find((code) => !questions.some((q) => q.code === code))
  if (stranger !== undefined) return `The survey has no question “${stranger.slice(0, 60)}”.`
  const { answers, faults } = readAnswers(questions, (code) => {
    const value = Object.hasOwn(found.data, code) ? found.data[code] : undefined
    return value === undefined ? [] : [value].flat().map(String)
  })
  const fault = faults.find((f) => f.kind !== 'missing')
  return fault ? `The answer to “${fault.question.code}” is wrong: ${fault.kind}.` : answers
}
