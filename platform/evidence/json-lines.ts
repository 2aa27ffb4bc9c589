import { longestRow, type ParsedRow } from './row-parser.ts'

/** Whether a file holds JSON lines: its name says so. */
export const holdsJsonLines = (name: string): boolean => /\.(jsonl|ndjson)(\.gz)?$/i.test(name)

/**
 * The name of the same rows as CSV: descriptors know files by such names.
 * @example asCsvName('clinics-2024.jsonl') // 'clinics-2024.csv'
 */
export const asCsvName = (name: string): string =>
  name.replace(/\.(jsonl|ndjson)(?=(\.gz)?$)/i, '.csv')

const tooLong = `A line is longer than ${longestRow} characters.`

/** A line is no row: the file cannot be read from there on. */
export class BrokenLine extends Error {
  constructor(sentence: string, line: number) {
    super(`${sentence} Look at line ${new Intl.NumberFormat('en-GB').format(line)}.`)
  }
}

/**
 * Reads rows from JSON lines: an object a line, whose members are the columns. The first object gives the
 * header; a member that a later one leaves out, or that is null, is an empty cell.
 */
export class JsonLinesParser {
  /** Rows that have come to their end, the header first; whoever reads them takes them out. */
  readonly ready: ParsedRow[] = []
  #rest = ''
  #line = 0
  #columns: ReadonlyMap<string, number> | null = null

  /** Throws BrokenLine. */
  async write(text: Buffer | string): Promise<void> {
    const lines = `${this.#rest}${text}`.split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#read(line)
    if (this.#rest.length > longestRow) throw new BrokenLine(tooLong, this.#line + 1)
  }

  /** The text is at its end. Throws BrokenLine. */
  async end(): Promise<void> {
    const rest = this.#rest
    this.#rest = ''
    this.#read(rest)
  }

  #read(text: string): void {
    this.#line += 1
    const line = this.#line === 1 ? text.replace(/^\uFEFF/, '') : text
    if (line.trim() === '') return
    if (line.length > longestRow) throw new BrokenLine(tooLong, this.#line)
    const members = this.#members(line)
    if (this.#columns === null) {
      const cells = members.map(([name]) => name)
      this.#columns = new Map(cells.map((name, at) => [name, at]))
      this.ready.push({ line: this.#line, to: this.#line, cells })
    }
    const cells = Array.from(this.#columns, () => '')
    for (const [name, value] of members) {
      const at = this.#columns.get(name)
      if (at === undefined) {
        throw new BrokenLine(`The first object has no member "${name.slice(0, 100)}".`, this.#line)
      }
      cells[at] = this.#cell(name, value)
    }
    this.ready.push({ line: this.#line, to: this.#line, cells })
  }

  #members(line: string): [string, unknown][] {
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      throw new BrokenLine('A line is not JSON.', this.#line)
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new BrokenLine('A line is not a JSON object.', this.#line)
    }
    return Object.entries(value)
  }

  #cell(name: string, value: unknown): string {
    if (value === null) return ''
    if (typeof value === 'object') {
      const sentence = `The member "${name.slice(0, 100)}" is no text, number, true, false or null.`
      throw new BrokenLine(sentence, this.#line)
    }
    const text = String(value)
    if (text.includes('\0') || !text.isWellFormed()) {
      const sentence = `The member "${name.slice(0, 100)}" holds what is no character.`
      throw new BrokenLine(sentence, this.#line)
    }
    return text
  }
}
