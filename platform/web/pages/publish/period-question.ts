import type { ReleaseRow } from '../../../comparison/figures.ts'
import type { Descriptor } from '../../../evidence/descriptor.ts'
import { periodExamples, periodOfName } from '../../../evidence/period-asked.ts'
import type { Problem } from '../../../uploads/finish.ts'
import { periodField } from '../../../uploads/period.ts'
import type { Answers } from '../../../uploads/upload.ts'
import * as words from '../../words.ts'
import type { Section } from './asked.ts'

interface About {
  readonly fileName: string
  /** The last release of such files; undefined where there is none. */
  readonly last: Pick<ReleaseRow, 'period'> | undefined
  readonly answers: Answers
  readonly problems: readonly Problem[]
}

/** The one question about a file of a known kind that does not say when its figures are of. */
export function periodSection(
  { period }: Descriptor,
  { fileName, last, answers, problems }: About,
): Section {
  const says = periodOfName(fileName, period.kind)
  const hints = [
    `Such as ${periodExamples[period.kind]}.`,
    ...(last ? [`The last one here is of ${words.period(last.period)}.`] : []),
    ...(says === null ? [] : [`The file’s name says ${says}.`]),
  ]
  return {
    title: 'When its figures are of',
    questions: [
      {
        type: 'text',
        name: periodField,
        label: 'When are all of its figures of?',
        hint: hints.join(' '),
        value: answers[periodField] ?? '',
        error: problems.find((p) => p.field === periodField)?.sentence ?? null,
      },
    ],
  }
}
