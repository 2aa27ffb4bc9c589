import type { Descriptor } from '../evidence/descriptor.ts'
import { asksPeriod, periodOfName, withPeriodOf } from '../evidence/period-asked.ts'
import type { Problem } from './finish.ts'
import type { Answers, Upload } from './upload.ts'

/** The question when a file is of, which is the only one about a file of a known kind. */
export const periodField = 'when-value'

/** What a file's name says already of when it is of, as an answer for a person to look over. */
export const firstPeriod = ({ period }: Descriptor, fileName: string): Answers => ({
  [periodField]: periodOfName(fileName, period.kind) ?? '',
})

/** Whether all that is asked of a file is when it is of: its kind is known. */
export const asksPeriodOnly = ({ draft, descriptor, answers }: Upload): boolean =>
  draft === null && descriptor !== null && answers !== null && Object.hasOwn(answers, periodField)

/** When a file is of, as somebody said it; null where the file says it. */
export function periodOf(upload: Upload): string | null {
  const { finished, answers } = upload
  if (finished) {
    return asksPeriod(finished) && finished.period.from === 'fixed' ? finished.period.value : null
  }
  return asksPeriodOnly(upload) ? (answers?.[periodField] ?? '') : null
}

/** Takes an answer when a file of a known kind is of: the answer as it is kept, or what is wrong with it. */
export function readPeriod(
  descriptor: Descriptor,
  fileName: string,
  answers: Answers,
): { readonly answers: Answers } | { readonly problem: Problem } {
  const said = (Object.hasOwn(answers, periodField) ? (answers[periodField] ?? '') : '')
    .replace(/\p{C}+/gu, ' ')
    .trim()
  if (said === '') {
    return { problem: { field: periodField, sentence: 'Say when the figures are of' } }
  }
  const read = withPeriodOf(descriptor, said, fileName)
  if (typeof read === 'string') return { problem: { field: periodField, sentence: read } }
  return { answers: { [periodField]: read.period.from === 'fixed' ? read.period.value : said } }
}
