import { isDate, numberReader } from '../cells.ts'
import { Shapes } from './shapes.ts'
import { codeMeaning } from './value-codes.ts'

export type ColumnType = 'string' | 'integer' | 'number' | 'date' | 'year' | 'yearmonth' | 'boolean'

const dateFormats = ['YYYY-MM-DD', 'DD/MM/YYYY', 'DD-MM-YYYY'] as const

/** Different values kept of a column: enough to tell a list from free text. */
const valuesKept = 200
/** Different texts among numbers, beyond which the column holds text after all. */
const othersKept = 12

/**
 * What one column of an unknown file holds, gathered cell by cell in memory that does not grow with
 * the file.
 */
export class ColumnProfile {
  readonly name: string
  rows = 0
  empty = 0
  numbers = 0
  integers = 0
  percents = 0
  /** Least and largest of the numbers. */
  least = Number.POSITIVE_INFINITY
  most = Number.NEGATIVE_INFINITY
  /** A number written with a zero before it is a code. */
  leadingZero = false
  /** Values and how often each stands; null when there are more than 200. */
  values: Map<string, number> | null = new Map()
  /** The first values, for looking up among what is known. */
  readonly sample: string[] = []
  /** Texts that are no numbers; null when there are too many of them. */
  others: Map<string, number> | null = new Map()
  readonly shapes = new Shapes()
  readonly #dates = new Map<string, number>(dateFormats.map((f) => [f, 0]))
  #years = 0
  #months = 0
  #booleans = 0

  readonly decimalChar: '.' | ','

  /** @param decimalChar what stands in its numbers for the point. */
  constructor(name: string, decimalChar: '.' | ',' = '.') {
    this.name = name
    this.decimalChar = decimalChar
  }

  add(cell: string): void {
    this.rows += 1
    const text = cell.trim()
    if (text === '') {
      this.empty += 1
      return
    }
    this.#remember(text)
    const n = numberReader(this.decimalChar)(text)
    if (!Number.isNaN(n)) {
      this.#number(text, n)
      return
    }
    this.#text(text)
  }

  /** How many different values stand in it; 201 where there are more than 200. */
  different(): number {
    return this.values?.size ?? valuesKept + 1
  }

  /** A few values, each many times: a group of people or things, whatever it is written with. */
  isCategory(): boolean {
    const different = this.different()
    return different <= 20 && this.rows - this.empty >= 10 * different && this.percents === 0
  }

  /** Its header says that its numbers tell things apart: an identifier, no measure. */
  isCode(): boolean {
    return /(^|[^a-z])(id|codes?|urn|ukprn|uprn|estab\w*|lea|no|ref|tel\w*|phone|sortable)([^a-z]|$)|_ac$/i.test(
      this.name,
    )
  }

  /** What the column holds, once codes that stand for numbers are set aside. */
  type(): { type: ColumnType; format?: string } {
    const filled = this.rows - this.empty
    if (filled === 0) return { type: 'string' }
    for (const [format, count] of this.#dates) {
      if (count === filled)
        return format === 'YYYY-MM-DD' ? { type: 'date' } : { type: 'date', format }
    }
    if (this.#months === filled) return { type: 'yearmonth' }
    if (this.#years === filled && /year|period|time/i.test(this.name)) return { type: 'year' }
    if (this.#booleans === filled && this.values && this.values.size === 2) {
      if (this.numbers === 0 || /flag|^is[_ ]|\?$|y_n/i.test(this.name)) return { type: 'boolean' }
    }
    if (this.leadingZero || !this.#mostlyNumbers(filled)) return { type: 'string' }
    if (this.percents > 0) return { type: 'number', format: 'percent' }
    return { type: this.integers === this.numbers ? 'integer' : 'number' }
  }

  /** The texts that stand where numbers do; empty for a column of text. */
  codes(): string[] {
    const { type } = this.type()
    return type === 'integer' || type === 'number' ? [...(this.others?.keys() ?? [])] : []
  }

  #mostlyNumbers(filled: number): boolean {
    if (this.numbers === 0 || this.others === null) return false
    const strangers = [...this.others.keys()].filter((t) => codeMeaning(t) === undefined)
    return strangers.length === 0 || (this.numbers >= 0.5 * filled && strangers.every(isShort))
  }

  #remember(text: string): void {
    if (this.sample.length < valuesKept) this.sample.push(text)
    this.shapes.add(text)
    if (!this.values) return
    this.values.set(text, (this.values.get(text) ?? 0) + 1)
    if (this.values.size > valuesKept) this.values = null
  }

  #number(text: string, n: number): void {
    this.numbers += 1
    if (Number.isInteger(n)) this.integers += 1
    if (text.endsWith('%')) this.percents += 1
    if (n < this.least) this.least = n
    if (n > this.most) this.most = n
    if (/^0\d/.test(text)) this.leadingZero = true
    if (/^(19|20)\d\d$/.test(text)) this.#years += 1
    if (text === '0' || text === '1') this.#booleans += 1
  }

  #text(text: string): void {
    for (const format of dateFormats) {
      if (isDate(text, format)) this.#dates.set(format, (this.#dates.get(format) ?? 0) + 1)
    }
    if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) this.#months += 1
    if (/^(true|false|yes|no)$/i.test(text)) this.#booleans += 1
    if (!this.others) return
    this.others.set(text, (this.others.get(text) ?? 0) + 1)
    if (this.others.size > othersKept) this.others = null
  }
}

const isShort = (text: string): boolean => text.length <= 10 && !/\s/.test(text)
