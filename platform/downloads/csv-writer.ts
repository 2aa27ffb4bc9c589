import { guardedText } from '../evidence/guarded-text.ts'
import type { Batch, BatchWriter, RowSubject } from './batch.ts'
import { columns } from './columns.ts'

/**
 * A text as a CSV cell (RFC 4180), guarded against spreadsheets that would run it as a formula; quoted too where
 * it holds a semicolon or a tab, which divide cells elsewhere.
 */
export function csvText(text: string): string {
  const safe = guardedText(text)
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const number = (x: number | null): string => (x === null ? '' : String(x))

export const csvHeader = `${columns.map((c) => c.name).join(',')}\r\n`

/** The cells of each subject, made once for all files that are written of it. */
const subjectCells = new WeakMap<RowSubject, string>()

/** Rows as CSV: UTF-8, lines end as RFC 4180 says, columns in the order of `columns`. */
export class CsvWriter implements BatchWriter {
  #begun = false

  write(batch: Batch): Uint8Array {
    const { indicator, period, start, end, breakdown } = batch
    const first = csvText(indicator)
    const middle = [csvText(period), start ?? '', end ?? '', csvText(breakdown)].join(',')
    let text = this.#header()
    for (const r of batch.rows) {
      text +=
        `${first},${this.#cells(r.subject)},${middle},${r.status},${number(r.value)},` +
        `${number(r.lower95)},${number(r.upper95)},${number(r.lower998)},${number(r.upper998)},` +
        `${r.interval ?? ''},${number(r.numerator)},${number(r.denominator)},` +
        `${number(r.roundedTo)},${r.note === null ? '' : csvText(r.note)},${r.release},${number(r.countsRoundedTo)}\r\n`
    }
    return Buffer.from(text)
  }

  end(): Uint8Array {
    return Buffer.from(this.#header())
  }

  #header(): string {
    const header = this.#begun ? '' : csvHeader
    this.#begun = true
    return header
  }

  #cells(subject: RowSubject): string {
    let cells = subjectCells.get(subject)
    if (cells === undefined) {
      const { kind, code, name, service } = subject
      cells = [kind, csvText(code), csvText(name), csvText(service ?? '')].join(',')
      subjectCells.set(subject, cells)
    }
    return cells
  }
}
