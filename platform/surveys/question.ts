import { z } from 'zod'

/** The languages that a survey is asked in. */
export const languages = ['en', 'cy'] as const
export type Language = (typeof languages)[number]

const said = z.string().trim().min(1).max(300)
/** What is said in every language. */
export const wordsSchema = z.strictObject({ en: said, cy: said })
export type Words = z.output<typeof wordsSchema>

/** What a question is about, so that services compare (as in Canada's Common Measurements Tool; paragraph 30). */
export const parts = [
  'overall',
  'timeliness',
  'ease',
  'information',
  'staff',
  'fairness',
  'outcome',
  'dignity',
] as const
export type Part = (typeof parts)[number]

const code = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

const option = z.strictObject({
  code,
  words: wordsSchema,
  /** From 1, the worst, to 5; left out where an answer is neither: "it does not apply to me". */
  score: z.int().min(1).max(5).optional(),
})
export type Option = z.output<typeof option>

/** From which score on an answer counts as satisfied. */
export const satisfiedFrom = 4

export const questionTypes = ['scale', 'single', 'multiple', 'number', 'text'] as const

export const questionSchema = z
  .strictObject({
    /** Lasts: the same question has the same code in every instrument. */
    code,
    type: z.enum(questionTypes),
    words: wordsSchema,
    hint: wordsSchema.optional(),
    part: z.enum(parts).optional(),
    /** Whoever leaves it empty is asked once more before they go on. */
    required: z.boolean().default(false),
    /** Asked only of whom an earlier question was answered so. */
    ask: z.strictObject({ question: code, in: z.array(code).min(1) }).optional(),
    options: z.array(option).max(20).default([]),
    /** Numbers: the ends. Text: the most letters. */
    minimum: z.int().optional(),
    maximum: z.int().optional(),
  })
  .refine((q) => q.options.length > 1 === ['scale', 'single', 'multiple'].includes(q.type), {
    error: 'has options exactly if it is a choice',
  })
  .refine((q) => new Set(q.options.map((o) => o.code)).size === q.options.length, {
    error: 'has an option twice',
  })
  .refine((q) => q.type !== 'scale' || q.options.some((o) => o.score !== undefined), {
    error: 'is a scale without scores',
  })
  .refine((q) => (q.type === 'number') === (q.minimum !== undefined), {
    error: 'has a least number exactly if it asks for a number',
  })
  .refine((q) => ['number', 'text'].includes(q.type) === (q.maximum !== undefined), {
    error: 'says the most exactly if it asks for a number or a text',
  })
export type Question = z.output<typeof questionSchema>
