import { beginning } from '../../../evidence/describe/header-line.ts'
import type { Problem } from '../../../uploads/finish.ts'
import { headerField } from '../../../uploads/header-line.ts'
import type { Answers } from '../../../uploads/upload.ts'
import type { Section } from './asked.ts'

/** Lines that are listed after the likeliest one. */
const after = 3
/** Letters of a line that are shown. */
const longest = 120

/** The one question about a file in which other lines stand above the one that names the columns: which that is. */
export async function headerSection(
  path: string,
  { answers, problems }: { readonly answers: Answers; readonly problems: readonly Problem[] },
): Promise<Section> {
  const { rows, header } = await beginning(path)
  const likeliest = rows.findIndex((r) => r.line === header)
  return {
    title: 'Where its columns are named',
    hint: 'What stands above that line is left out, and the check says so.',
    questions: [
      {
        type: 'radios',
        name: headerField,
        label: 'Which line names the columns?',
        items: rows.slice(0, likeliest + 1 + after).map(({ line, cells }) => {
          const text = cells.filter((cell) => cell.trim() !== '').join(', ')
          const isLong = text.length > longest
          return {
            value: String(line),
            text: `Line ${line}: ${isLong ? `${text.slice(0, longest)} …` : text}`,
          }
        }),
        value: answers[headerField] ?? '',
        error: problems.find((p) => p.field === headerField)?.sentence ?? null,
      },
    ],
  }
}
