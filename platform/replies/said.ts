import { z } from 'zod'
import { leftEmpty, problemSentence, shorterThan } from '../record/typed-words.ts'

/** How many words a reply may have. */
export const mostWords = 300
/** How many letters, so that no word is endless. */
const mostLetters = 4000

/** How many words a text has: runs of what is no space. The same on pages, on the server and in browsers. */
export const countWords = (text: string): number => text.match(/\S+/g)?.length ?? 0

/** What a browser sends as a line's end, and what stands at the ends of a text, say nothing. */
const tidy = (text: string): string => text.replace(/\r\n?/g, '\n').trim()

/** A text that somebody typed, over several lines or on one. */
export const typed = (least: number, most: number) =>
  z
    .string('is missing')
    .transform(tidy)
    .pipe(
      z
        .string()
        .min(least, { error: shorterThan(least) })
        .max(most, `is longer than ${most.toLocaleString('en-GB')} letters`)
        .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/, 'holds characters that cannot be typed')
        // These turn the text after them around, and could make a page read otherwise than it is.
        .regex(/^[^\u202a-\u202e\u2066-\u2069]*$/, 'holds characters that turn text around')
        .refine((text) => text.isWellFormed(), 'holds halves of characters')
        // Spaces of no width are something to a computer and nothing to a reader.
        .refine((text) => text === '' || /[\p{L}\p{N}\p{P}\p{S}]/u.test(text), leftEmpty),
    )

/** The words of a reply. */
export const replyText = typed(1, mostLetters).refine((text) => countWords(text) <= mostWords, {
  error: ({ input }) =>
    `has ${countWords(String(input))} words; ${mostWords} are the most that it may have`,
})
/** A reason, or a part of a request. */
export const reasonText = typed(3, 2000)
/** A name or a role, on one line. */
export const line = typed(3, 100).refine((text) => !/[\n\t]/.test(text), 'has more than one line')
export const day = z.iso.date('is no date such as 2026-11-24')

/** What was not done, by the field that is wrong (empty for none) and a sentence. */
export class Unsaid extends Error {
  override name = 'Unsaid'
  readonly field: string

  constructor(field: string, sentence: string) {
    super(sentence)
    this.field = field
  }
}

/**
 * Reads what was typed.
 * @param called what each field is called in a sentence: "The reply".
 * @throws Unsaid with the first field that is wrong.
 */
export function read<T>(
  schema: z.ZodType<T>,
  request: unknown,
  called: Readonly<Record<string, string>>,
): T {
  const found = schema.safeParse(request)
  if (found.success) return found.data
  const issue = found.error.issues[0]
  const field = String(issue?.path[0] ?? '')
  throw new Unsaid(field, problemSentence(called[field] ?? 'It', issue?.message ?? ''))
}
