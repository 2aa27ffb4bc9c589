import { beginning } from '../evidence/describe/header-line.ts'
import type { Problem } from './finish.ts'
import type { Answers, Upload } from './upload.ts'

/** The question which line names the columns, where it is not the first. */
export const headerField = 'header-line'

/** Whether all that is asked of a file is which line names its columns. */
export const asksHeaderOnly = ({ draft, descriptor, answers }: Upload): boolean =>
  draft === null && descriptor === null && answers !== null && Object.hasOwn(answers, headerField)

/** The line that names the columns, as somebody said it; null where nobody was asked. */
export const headerLineOf = (upload: Upload): number | null =>
  asksHeaderOnly(upload) ? Number(upload.answers?.[headerField]) : null

/**
 * What to ask of a file that cannot be read from its first line: the line that most likely names the columns, for a
 * person to look over. Null where that is the line from which it was read.
 * @param tried the line that somebody said before; null for the first.
 */
export async function likelyHeader(path: string, tried: number | null): Promise<number | null> {
  const { rows, header } = await beginning(path)
  return header === (tried ?? rows[0]?.line ?? 1) ? null : header
}

/** Takes the answer which line names the columns: as it is kept, or what is wrong with it. */
export function readHeaderLine(
  answers: Answers,
): { readonly answers: Answers } | { readonly problem: Problem } {
  const said = Object.hasOwn(answers, headerField) ? (answers[headerField] ?? '') : ''
  return /^[1-9]\d{0,2}$/.test(said)
    ? { answers: { [headerField]: said } }
    : { problem: { field: headerField, sentence: 'Say which line names the columns' } }
}
