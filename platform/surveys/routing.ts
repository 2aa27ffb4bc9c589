import { type Instrument, questionsOf } from './instrument.ts'
import type { Question } from './question.ts'

/** What somebody answered to a question: the code of an option or several, a number, or words. */
export type Answer = string | number | readonly string[]
/** Answers by the question's code; a question that was left out is not there. */
export type Answers = Readonly<Record<string, Answer>>

const answerOf = (answers: Answers, code: string): Answer | undefined =>
  Object.hasOwn(answers, code) ? answers[code] : undefined

/** The questions that somebody is asked who has answered so, in their order. */
export function asked(instrument: Instrument, answers: Answers): Question[] {
  const found: Question[] = []
  for (const question of questionsOf(instrument)) {
    const { ask } = question
    const isAsked =
      !ask ||
      (found.some((q) => q.code === ask.question) &&
        [answerOf(answers, ask.question)].flat().some((a) => ask.in.includes(String(a))))
    if (isAsked) found.push(question)
  }
  return found
}

/** The numbers of the pages, from 1, on which anything is asked. */
export function pagesAsked(instrument: Instrument, answers: Answers): number[] {
  const now = new Set(asked(instrument, answers).map((q) => q.code))
  return instrument.pages.flatMap((page, i) => (page.some((q) => now.has(q.code)) ? [i + 1] : []))
}

/** The page on which somebody goes on who comes back: the last one on which they answered anything. */
export function leftAt(instrument: Instrument, answers: Answers): number {
  const pages = pagesAsked(instrument, answers)
  const isAnswered = (page: number): boolean =>
    onPage(instrument, answers, page).some((q) => answerOf(answers, q.code) !== undefined)
  return pages.findLast(isAnswered) ?? pages[0] ?? 1
}

/** The questions of one page. */
export function onPage(instrument: Instrument, answers: Answers, page: number): Question[] {
  const now = new Set(asked(instrument, answers).map((q) => q.code))
  return (instrument.pages[page - 1] ?? []).filter((q) => now.has(q.code))
}

/** The answers that count: those of questions that are asked. Whoever went back may have left others. */
export function counted(instrument: Instrument, answers: Answers): Answers {
  return Object.fromEntries(
    asked(instrument, answers).flatMap(({ code }) => {
      const answer = answerOf(answers, code)
      return answer === undefined ? [] : [[code, answer]]
    }),
  )
}

/** The questions that must be answered and are not. */
export const missing = (instrument: Instrument, answers: Answers): Question[] =>
  asked(instrument, answers).filter((q) => q.required && answerOf(answers, q.code) === undefined)
