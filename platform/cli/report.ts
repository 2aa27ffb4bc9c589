import { basename } from 'node:path'
import type { RuleReport } from '../evidence/checks.ts'
import type { ColumnReport } from '../evidence/column-use.ts'
import type { ImportedFile } from '../publishing/imported.ts'
import { makeReport } from '../publishing/report-shape.ts'
import type { Tried } from '../publishing/try-disclosure.ts'
import type { WouldChange } from '../publishing/would-change.ts'
import type { ReportForm } from './asked.ts'
import { columnUses } from './column-uses.ts'
import { reportPage } from './report-page.ts'

const number = new Intl.NumberFormat('en-GB')

/** The report in the form asked for, ending in a new line; `columns` names them in the text too. */
export function reportText(
  files: readonly ImportedFile[],
  form: ReportForm,
  columns = false,
): string {
  if (form === 'json') return `${JSON.stringify(makeReport(files), null, 2)}\n`
  if (form === 'html') return reportPage(makeReport(files))
  const lines = files.flatMap((file) => fileLines(file, columns))
  return `${[...lines, totalLine(files)].join('\n')}\n`
}

/** What came of one file, as a person reads it in a terminal. */
export function fileLines(file: ImportedFile, columns: boolean): string[] {
  const name = basename(file.path)
  const { report } = file
  if (!report) return [`${name}: ${file.outcome}. ${file.sentence ?? ''}`]
  const head =
    `${name}: ${number.format(report.rowsRead)} rows read, ` +
    `${number.format(report.rowsAccepted)} accepted, ${number.format(report.rowsRefused)} refused, ` +
    `${number.format(report.observations)} figures (${report.descriptor}, ${report.period})`
  const rules = report.rules.flatMap(ruleLines)
  return [
    head,
    ...columnLines(report.columns, columns),
    ...rules,
    ...(file.changes ? [`  ${changeLine(file.changes)}`] : []),
    ...(file.disclosure?.safe ? [`  ${hiddenLine(file.disclosure)}`] : []),
    ...(file.sentence ? [`  ${file.sentence}`] : []),
  ]
}

/** Examples that are named in a terminal, where each has something of its own to say. */
const namedExamples = 3

function ruleLines(rule: RuleReport): string[] {
  const first = rule.examples[0]
  const isNamed = first?.sentence !== undefined
  const where = first && !isNamed ? `, first on line ${first.line}` : ''
  const column = first?.column ? `, column "${first.column}"` : ''
  const value = first?.value && !isNamed ? `, value "${first.value}"` : ''
  const count = `${rule.severity}: ${number.format(rule.count)} x ${rule.rule}`
  const named = isNamed ? rule.examples.slice(0, namedExamples) : []
  return [
    `  ${count}${where}${column}${value}. ${rule.sentence}`,
    ...named.map((e) => `    line ${e.line}, "${e.value ?? ''}": ${e.sentence ?? rule.sentence}`),
  ]
}

/** " (3 of them now suppressed or missing)", behind how many changed; nothing for none. */
export const withoutValueWords = (count: number): string =>
  count > 0 ? ` (${number.format(count)} of them now suppressed or missing)` : ''

/** What a file would change; what a release keeps back by its source's word is not hidden by us, and says so. */
function changeLine({ supersedes, ...counts }: WouldChange): string {
  if (supersedes === null) return `New: nothing of this dataset and period is published.`
  const { changed, withoutValue, added, gone, same, suppressed, hidden } = counts
  const lost = withoutValueWords(withoutValue)
  const words = [`${number.format(changed)} changed${lost}`, `${number.format(added)} added`]
  const kept =
    suppressed > 0 ? ` (${number.format(suppressed)} of them suppressed by its source)` : ''
  words.push(`${number.format(gone)} gone`, `${number.format(same)} the same${kept}`)
  if (hidden > 0)
    words.push(`${number.format(hidden)} suppressed or rounded there, so not compared`)
  return `Against release ${supersedes}: ${words.join(', ')}.`
}

/** What would have to be hidden of a file. */
export function hiddenLine({ figures, hidden, roundedTo }: Tried): string {
  const of = `${number.format(figures)} figures`
  if (roundedTo !== null) return `Small counts: those of ${of} would be rounded to ${roundedTo}.`
  return hidden === 0
    ? `Small counts: none of ${of} would be hidden.`
    : `Small counts: ${number.format(hidden ?? 0)} of ${of} would be hidden.`
}

function columnLines(columns: ColumnReport | null, named: boolean): string[] {
  if (!columns) return []
  const count = columnUses.reduce((sum, { use }) => sum + columns[use].length, 0)
  const uses = columnUses.map(({ use, words }) => `${number.format(columns[use].length)} ${words}`)
  const names = columnUses.flatMap(({ use, words }) =>
    columns[use].length > 0 ? [`    ${words}: ${columns[use].join(', ')}`] : [],
  )
  const noun = count === 1 ? 'column' : 'columns'
  return [`  ${number.format(count)} ${noun}: ${uses.join(', ')}`, ...(named ? names : [])]
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
