import type { Report } from '../publishing/report-shape.ts'
import * as words from '../web/words.ts'
import { columnUses } from './column-uses.ts'

const number = new Intl.NumberFormat('en-GB')

/** Text that has been made safe for a page; only `html` makes it. */
class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup with every value escaped, unless it is markup itself. */
function html(parts: TemplateStringsArray, ...values: unknown[]): Markup {
  const safe = (value: unknown): string => {
    if (value instanceof Markup) return value.text
    if (Array.isArray(value)) return value.map(safe).join('')
    return String(value).replace(/[&<>"']/g, (c) => entities[c] as string)
  }
  return new Markup(String.raw({ raw: parts }, ...values.map(safe)))
}

const styles = `body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;
color:#0b0c0c;background:#fff}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #b1b4b6;
vertical-align:top}td,code{overflow-wrap:anywhere}.scroll td:first-child{white-space:nowrap}
caption{text-align:left;font-weight:bold;padding:.5rem 0}
.scroll{overflow-x:auto}code{white-space:pre-wrap;overflow-wrap:anywhere}
h2{margin-top:2.5rem}section>p:first-of-type{font-weight:bold}`

const severities = { refuse: 'Refused', warn: 'Warning', note: 'Note' } as const
const outcomes = {
  draft: 'Nothing stands in the way of this file.',
  same: 'Published already.',
  refused: 'Refused.',
  skipped: 'Left out.',
} as const

type FileReport = Report['files'][number]
type RuleReport = NonNullable<FileReport['read']>['rules'][number]

function ruleTable(rule: RuleReport): Markup {
  const more = rule.count - rule.examples.length
  const rows = rule.examples.map(
    (e) => html`<tr><td>${number.format(e.line)}</td><td>${e.column ?? ''}</td>
<td><code>${e.value ?? ''}</code></td><td>${e.sentence ?? rule.sentence}</td></tr>
`,
  )
  const table = html`<div class="scroll" role="region" aria-label="Where: ${rule.rule}" tabindex="0"><table>
<caption>${more > 0 ? `The first ${rule.examples.length} of ${number.format(rule.count)}` : 'Where'}</caption>
<thead><tr><th scope="col">Line</th><th scope="col">Column</th><th scope="col">Value</th><th scope="col">What is wrong</th></tr></thead>
<tbody>
${rows}</tbody></table></div>`
  // What is said of the file as a whole stands on none of its lines.
  return html`<h3>${severities[rule.severity]}: ${rule.rule}, ${number.format(rule.count)} ${rule.count === 1 ? 'time' : 'times'}</h3>
<p>${rule.sentence}</p>
${rows.length > 0 ? table : html``}
`
}

function columnTable(columns: NonNullable<FileReport['read']>['columns']): Markup {
  if (!columns) return html``
  const count = columnUses.reduce((sum, { use }) => sum + columns[use].length, 0)
  const rows = columnUses.map(
    ({ use, words }) =>
      html`<tr><th scope="row">${capital(words)}</th><td>${number.format(columns[use].length)}</td></tr>
`,
  )
  const names = columnUses
    .filter(({ use }) => columns[use].length > 0)
    .map(({ use, words }) => {
      const list = columns[use].map((name) => html`<li>${name}</li>`)
      return html`<details><summary>Columns ${words}, by name</summary><ul>${list}</ul></details>
`
    })
  return html`<table><caption>${number.format(count)} ${count === 1 ? 'column' : 'columns'}</caption>
<thead><tr><th scope="col">What became of them</th><th scope="col">How many</th></tr></thead>
<tbody>
${rows}</tbody></table>
${names}`
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function hiddenFact({ disclosure }: FileReport): [string, string][] {
  if (disclosure?.safe && disclosure.roundedTo !== null)
    return [['Counts would be rounded to', String(disclosure.roundedTo)]]
  const hidden = disclosure?.hidden ?? null
  return hidden === null ? [] : [['Figures that would be hidden', number.format(hidden)]]
}

function fileSection(file: FileReport, index: number): Markup {
  const { read } = file
  const facts: [string, string][] = read
    ? [
        ['Rows read', number.format(read.rowsRead)],
        ['Rows accepted', number.format(read.rowsAccepted)],
        ['Rows refused', number.format(read.rowsRefused)],
        ['Figures', number.format(read.observations)],
        ['Kind of file', read.descriptor],
        ['Period', read.period === null ? 'none' : words.period(read.period)],
        ['SHA-256', read.sha256],
        ...hiddenFact(file),
      ]
    : []
  const rows = facts.map(
    ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>
`,
  )
  const table = html`<table><caption>In numbers</caption><tbody>
${rows}</tbody></table>
`
  return html`<section aria-labelledby="file-${index}"><h2 id="file-${index}">${file.file}</h2>
<p>${file.sentence ?? outcomes[file.outcome]}</p>
${read ? html`${table}${columnTable(read.columns)}` : ''}${read?.rules.map(ruleTable) ?? ''}</section>
`
}

/**
 * The report as one page that stands alone: no script, no picture, nothing fetched. Every cell that
 * it quotes is escaped.
 */
export function reportPage(report: Report): string {
  const { total } = report
  const verdict = report.accepted ? 'No file was refused.' : 'At least one file was refused.'
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Check report</title>
<style>${new Markup(styles)}</style>
</head>
<body>
<main>
<h1>Check report</h1>
<p>${verdict} ${number.format(total.files)} ${total.files === 1 ? 'file' : 'files'}: ${number.format(total.rowsRead)} rows read, ${number.format(total.rowsAccepted)} accepted, ${number.format(total.rowsRefused)} refused, ${number.format(total.observations)} figures.</p>
${report.files.map(fileSection)}</main>
</body>
</html>
`.text
}
