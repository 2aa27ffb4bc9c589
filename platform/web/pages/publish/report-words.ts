import type { UploadReport } from '../../../uploads/upload.ts'
import * as words from '../../words.ts'

type Rule = NonNullable<UploadReport['read']>['rules'][number]

const weights = { refuse: 'Refused', warn: 'Worth a look', note: 'Note' } as const

/** Names that are not those of their codes keep the file back, and refuse no row. */
const weightOf = ({ rule, severity }: Rule): string =>
  rule === 'name' && severity === 'refuse' ? 'Stands in the way' : weights[severity]

/** The report without what stands in the file's cells: of figures that may have to be hidden. */
export function withoutCells(report: UploadReport): UploadReport {
  if (report.read === null) return report
  const rules = report.read.rules.map((rule) => ({
    ...rule,
    examples: rule.examples.map(({ line, column }) => ({ line, column, value: null })),
  }))
  return { ...report, read: { ...report.read, rules } }
}

/** The report of a check, as the page sets it. */
export function reportWords({ read, sentence }: UploadReport) {
  if (read === null) return { sentence, numbers: [], rules: [] }
  const n = (count: number): string => words.number(count, 0)
  return {
    sentence,
    numbers: [
      ['Rows read', n(read.rowsRead)],
      ['Accepted', n(read.rowsAccepted)],
      ['Refused', n(read.rowsRefused)],
      ['Figures', n(read.observations)],
      ['Period', read.period === null ? 'none' : words.period(read.period)],
    ],
    rules: read.rules.map((rule) => ({
      title: `${weightOf(rule)}: ${rule.sentence}`,
      count: rule.count === 1 ? '1 time' : `${n(rule.count)} times`,
      more:
        rule.examples.length > 0 && rule.count > rule.examples.length
          ? `The first ${n(rule.examples.length)} are listed.`
          : '',
      name: `Where: ${rule.sentence}`,
      rows: rule.examples.map((e) => [n(e.line), e.column ?? '', e.value ?? '', e.sentence ?? '']),
    })),
  }
}
