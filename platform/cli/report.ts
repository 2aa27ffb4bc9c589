import { basename } from 'node:path'
import type { ImportedFile } from '../publishing/import.ts'
import type { ReportForm } from './asked.ts'
import { reportPage } from './report-page.ts'
import { makeReport } from './report-shape.ts'

const number = new Intl.NumberFormat('en-GB')

/** The report in the form asked for, ending in a new line. */
export function reportText(files: readonly ImportedFile[], form: ReportForm): string {
  if (form === 'json') return `${JSON.stringify(makeReport(files), null, 2)}\n`
  if (form === 'html') return reportPage(makeReport(files))
  return `${[...files.flatMap(fileLines), totalLine(files)].join('\n')}\n`
}

/** What came of one file, as a person reads it in a terminal. */
export function fileLines(file: ImportedFile): string[] {
  const name = basename(file.path)
  const { report } = file
  if (!report) return [`${name}: ${file.outcome}. ${file.sentence ?? ''}`]
  const head =
    `${name}: ${number.format(report.rowsRead)} rows read, ` +
    `${number.format(report.rowsAccepted)} accepted, ${number.format(report.rowsRefused)} refused, ` +
    `${number.format(report.observations)} figures (${report.descriptor}, ${report.period})`
  const rules = report.rules.map((r) => {
    const first = r.examples[0]
    const where = first ? `, first on line ${first.line}` : ''
    const column = first?.column ? `, column "${first.column}"` : ''
    const value = first?.value ? `, value "${first.value}"` : ''
    return `  ${r.severity}: ${number.format(r.count)} x ${r.rule}${where}${column}${value}. ${r.sentence}`
  })
  return [head, ...rules, ...(file.sentence ? [`  ${file.sentence}`] : [])]
}

export function totalLine(files: readonly ImportedFile[]): string {
  const sum = (of: (f: ImportedFile) => number): string =>
    number.format(files.reduce((s, f) => s + of(f), 0))
  const read = sum((f) => f.report?.rowsRead ?? 0)
  const accepted = sum((f) => f.report?.rowsAccepted ?? 0)
  const refused = sum((f) => f.report?.rowsRefused ?? 0)
  const figures = sum((f) => f.report?.observations ?? 0)
  const count = files.length === 1 ? '1 file' : `${number.format(files.length)} files`
  return `${count}: ${read} rows read, ${accepted} accepted, ${refused} refused, ${figures} figures.`
}
