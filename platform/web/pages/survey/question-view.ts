import type { AnswerFault } from '../../../surveys/answer.ts'
import type { Language, Question } from '../../../surveys/question.ts'
import type { Answer, Answers } from '../../../surveys/routing.ts'
import { faultWords, uiWords } from './ui-words.ts'

/** The name of a question's field in a form. */
export const fieldOf = (code: string): string => `q-${code}`

/** What a form showed or was sent for a question, as texts. */
const textsOf = (answer: Answer | undefined): string[] =>
  answer === undefined ? [] : [answer].flat().map(String)

/**
 * A question as its template takes it.
 * @param typed what was sent, where it is shown again because something was wrong.
 */
export function questionView(
  question: Question,
  language: Language,
  answers: Answers,
  typed: ((code: string) => readonly string[]) | null,
  faults: readonly AnswerFault[],
) {
  const { code, type, words, hint, options, maximum = 0 } = question
  const known = Object.hasOwn(answers, code) ? answers[code] : undefined
  const now = typed ? typed(code) : textsOf(known)
  const fault = faults.find((f) => f.question.code === code)
  const letters = type === 'text' ? uiWords[language].letters(maximum) : ''
  return {
    id: fieldOf(code),
    type: type === 'scale' || type === 'single' ? 'choice' : type,
    text: words[language],
    hint: [hint?.[language] ?? '', letters].filter(Boolean).join(' '),
    error: fault ? faultWords(language, fault.kind, question) : null,
    value: now[0] ?? '',
    items: options.map((o) => ({
      value: o.code,
      text: o.words[language],
      checked: now.includes(o.code),
    })),
  }
}

/** What somebody answered, in words; null where they did not. */
export function answerWords(
  { code, options }: Question,
  language: Language,
  answers: Answers,
): string | null {
  if (!Object.hasOwn(answers, code)) return null
  const said = textsOf(answers[code])
  if (options.length === 0) return said.join('')
  return options
    .filter((o) => said.includes(o.code))
    .map((o) => o.words[language])
    .join(', ')
}
