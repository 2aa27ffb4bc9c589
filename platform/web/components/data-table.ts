import type { Word } from '../words.ts'
import { codeWords } from './code-words.ts'
import { oneByte } from './one-byte.ts'
import { escape } from './svg.ts'

/** A column's name; numbers are set to the right. */
export type Head = string | { readonly text: string; readonly number?: boolean }

/** What a cell says: plain text, a link, a comparison word, or text with words of code in backticks. */
export type Cell =
  | string
  | number
  | { text?: string; href?: string; word?: Word | undefined; said?: string }

/** Text as nunjucks would set it: what is not there is nothing. */
const plain = (x: unknown): string => (x === undefined || x === null ? '' : escape(String(x)))

/** A shape and a word, which leads to what the word means. */
export const comparisonWord = (w: Word): string =>
  `<a class="pl-word pl-word--${w.tone}" href="${plain(w.href ?? `/about/words#${w.tone}`)}"><span aria-hidden="true">${oneByte(w.shape)}</span> ${plain(w.word)}</a>`

function inside(cell: Cell): string {
  if (typeof cell !== 'object' || cell === null) return plain(cell)
  if (cell.said !== undefined) return codeWords(cell.said)
  if (cell.word) return comparisonWord(cell.word)
  if (cell.href) return `<a class="govuk-link" href="${plain(cell.href)}">${plain(cell.text)}</a>`
  return plain(cell.text)
}

const nameOf = (head: Head | undefined): string =>
  typeof head === 'object' ? head.text : (head ?? '')

const isNumber = (head: Head | undefined): boolean => typeof head === 'object' && !!head.number

/**
 * A table that scrolls by itself where it is too wide, as HTML with every text escaped. Written here
 * rather than as a macro: a provider's page has a thousand cells, and a macro's loops took a quarter
 * of the page's time.
 * @param name its caption for screen readers.
 * @param stacked on a phone each row is a block instead, with the column's name before each cell.
 */
export function dataTable(
  name: string,
  head: readonly Head[],
  rows: readonly Cell[][],
  stacked = false,
): string {
  const caption = plain(name)
  // A browser takes a table whose parts are set as blocks for none, unless each says what it is.
  const role = (of: string): string => (stacked ? ` role="${of}"` : '')
  const heads = head.map((h) => {
    const number = isNumber(h) ? ' pl-number' : ''
    return `<th scope="col"${role('columnheader')} class="govuk-table__header${number}">${plain(nameOf(h))}</th>`
  })
  const numbers = head.map((h) => (isNumber(h) ? ' pl-number' : ''))
  const names = head.map((h) => (stacked ? ` data-name="${plain(nameOf(h))}"` : ''))
  const first = `<th scope="row"${role('rowheader')} class="govuk-table__header pl-table__first">`
  const others = numbers.map(
    (number, i) => `<td${role('cell')} class="govuk-table__cell${number}"${names[i]}>`,
  )
  const other = `<td${role('cell')} class="govuk-table__cell"${stacked ? ' data-name=""' : ''}>`
  const begin = `<tr${role('row')}>`
  // One text that grows: parts joined row by row would be copied three times.
  let body = ''
  for (const row of rows) {
    body += begin
    for (let i = 0; i < row.length; i++) {
      const cell = inside(row[i] as Cell)
      body += i === 0 ? `${first}${cell}</th>` : `${others[i] ?? other}${cell}</td>`
    }
    body += '</tr>\n'
  }
  return `<div class="pl-scroll" tabindex="0" role="region" aria-label="${caption}">
<table${role('table')} class="govuk-table pl-table${stacked ? ' pl-stack' : ''}">
  <caption class="govuk-visually-hidden">${caption}</caption>
  <thead${role('rowgroup')}><tr${role('row')}>${heads.join('')}</tr></thead>
  <tbody${role('rowgroup')}>${body}</tbody>
</table></div>`
}
