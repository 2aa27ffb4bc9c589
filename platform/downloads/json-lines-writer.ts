import type { Batch, BatchWriter, RowSubject } from './batch.ts'

const number = (x: number | null): string => (x === null ? 'null' : String(x))
const text = (t: string | null): string => (t === null ? 'null' : JSON.stringify(t))

/** Rows as newline-delimited JSON: an object a line, every column in every line, null for nothing. */
export class JsonLinesWriter implements BatchWriter {
  readonly #subjects = new Map<RowSubject, string>()

  write(batch: Batch): Uint8Array {
    const { indicator, period, start, end, breakdown } = batch
    const first = `{"indicator":${text(indicator)}`
    const middle = `"period":${text(period)},"period_start":${text(start)},"period_end":${text(end)},"breakdown":${text(breakdown)}`
    let lines = ''
    for (const r of batch.rows) {
      lines +=
        `${first},${this.#members(r.subject)},${middle},"status":"${r.status}",` +
        `"value":${number(r.value)},"lower95":${number(r.lower95)},"upper95":${number(r.upper95)},` +
        `"lower998":${number(r.lower998)},"upper998":${number(r.upper998)},` +
        `"interval":${text(r.interval)},"numerator":${number(r.numerator)},` +
        `"denominator":${number(r.denominator)},"rounded_to":${number(r.roundedTo)},` +
        `"note":${text(r.note)},"release":${r.release},` +
        `"counts_rounded_to":${number(r.countsRoundedTo)}}\n`
    }
    return Buffer.from(lines)
  }

  end(): Uint8Array {
    return new Uint8Array(0)
  }

  #members(subject: RowSubject): string {
    let members = this.#subjects.get(subject)
    if (members === undefined) {
      const { kind, code, name, service } = subject
      members = `"subject_kind":"${kind}","subject":${text(code)},"subject_name":${text(name)},"service":${text(service)}`
      this.#subjects.set(subject, members)
    }
    return members
  }
}
