import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Question, questionSchema, wordsSchema } from './question.ts'

/** Questions in their order, a few on each page. */
export const instrumentSchema = z
  .strictObject({
    /** Name and version: `common-1`. One that was used is never changed; another version follows it. */
    code: z.string().regex(/^[a-z]+(-[a-z]+)*-[1-9]\d*$/),
    title: wordsSchema,
    pages: z.array(z.array(questionSchema).min(1).max(6)).min(1).max(30),
  })
  .superRefine(({ pages }, context) => {
    const problem = problemOf(pages.flat())
    if (problem !== null) context.addIssue({ code: 'custom', message: problem, path: ['pages'] })
  })
export type Instrument = z.output<typeof instrumentSchema>

/** What is wrong with questions in their order, in a sentence; null where nothing is. */
function problemOf(questions: readonly Question[]): string | null {
  const before = new Map<string, Question>()
  for (const q of questions) {
    if (before.has(q.code)) return `The question ${q.code} stands twice.`
    // Paragraphs 30 and 47: whoever uses a service is asked whether they were treated with respect.
    if (q.part === 'dignity' && q.ask) return 'Dignity and respect is asked of everyone.'
    if (q.ask) {
      const of = before.get(q.ask.question)
      if (!of)
        return `The question ${q.code} depends on ${q.ask.question}, which does not come first.`
      const absent = q.ask.in.find((c) => !of.options.some((o) => o.code === c))
      if (absent !== undefined) return `The question ${of.code} has no answer ${absent}.`
    }
    before.set(q.code, q)
  }
  if (!questions.some((q) => q.part === 'dignity'))
    return 'Dignity and respect is asked of everyone.'
  return questions.some((q) => q.part === 'overall') ? null : 'Nobody is asked about it overall.'
}

const fileOf = (code: string): string => join(import.meta.dirname, 'instruments', `${code}.json`)

/** The instrument that new surveys have, so that services compare. */
export const standard: Instrument = instrumentSchema.parse(
  JSON.parse(readFileSync(fileOf('common-1'), 'utf8')),
)

/** The most questions of its own that a survey may add. */
export const mostOwn = 5

/** The standard questions with a service's own, on a page before those about the person. */
export function withOwn(own: readonly Question[]): Instrument {
  if (own.length === 0) return standard
  const at = standard.pages.findIndex((page) => page.some((q) => q.code === 'age'))
  const pages = [...standard.pages.slice(0, at), [...own], ...standard.pages.slice(at)]
  return instrumentSchema.parse({ ...standard, pages })
}

export const questionsOf = ({ pages }: Instrument): Question[] => pages.flat()
