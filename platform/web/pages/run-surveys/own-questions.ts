import { type Question, questionSchema } from '../../../surveys/question.ts'

/** How many questions of its own the form of a survey offers. */
export const ownFields = [1, 2, 3] as const

const agreement = [
  ['1', 'Strongly disagree', 'Anghytuno’n gryf'],
  ['2', 'Disagree', 'Anghytuno'],
  ['3', 'Neither agree nor disagree', 'Ddim yn cytuno nac yn anghytuno'],
  ['4', 'Agree', 'Cytuno'],
  ['5', 'Strongly agree', 'Cytuno’n gryf'],
] as const

/** The kinds of question that a service may add by the form. */
export const ownKinds = {
  agree: 'A sentence to agree with',
  yes: 'A question with yes or no',
  number: 'A number',
  text: 'An answer in their own words',
} as const
type OwnKind = keyof typeof ownKinds

const restOf: Readonly<Record<OwnKind, Record<string, unknown>>> = {
  agree: {
    type: 'scale',
    options: agreement.map(([code, en, cy]) => ({ code, words: { en, cy }, score: Number(code) })),
  },
  yes: {
    type: 'single',
    options: [
      { code: 'yes', words: { en: 'Yes', cy: 'Ie' } },
      { code: 'no', words: { en: 'No', cy: 'Na' } },
    ],
  },
  number: { type: 'number', minimum: 0, maximum: 9999 },
  text: { type: 'text', maximum: 1000 },
}

export interface OwnTyped {
  readonly kind: string
  readonly en: string
  readonly cy: string
}

/** A service's own questions, or what is wrong with one: its field and a sentence. */
export function ownQuestions(
  typed: readonly OwnTyped[],
): Question[] | { readonly field: string; readonly sentence: string } {
  const found: Question[] = []
  for (const [i, { kind, en, cy }] of typed.entries()) {
    const n = i + 1
    if (en.trim() === '' && cy.trim() === '') continue
    if (en.trim() === '') return { field: `own-${n}-en`, sentence: 'Say the question in English.' }
    if (cy.trim() === '') return { field: `own-${n}-cy`, sentence: 'Say the question in Welsh.' }
    const known = Object.hasOwn(restOf, kind) ? restOf[kind as OwnKind] : null
    if (known === null) {
      return { field: `own-${n}-kind`, sentence: 'Choose what kind of question it is.' }
    }
    const question = questionSchema.safeParse({ code: `own-${n}`, words: { en, cy }, ...known })
    if (!question.success) {
      return { field: `own-${n}-en`, sentence: 'Use at most 300 letters for a question.' }
    }
    found.push(question.data)
  }
  return found
}
