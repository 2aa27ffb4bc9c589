import { CsvError, type Parser, parse } from 'csv-parse'
import { LinePlace } from './line-place.ts'

export interface ParsedRow {
  /** Its first line in the file; 1 is the header's. */
  readonly line: number
  /** Its last line: a quoted cell may span lines. */
  readonly to: number
  readonly cells: string[]
}

/** The longest row that is read, in bytes of UTF-8: rows of published files are a thousandth of it. */
export const longestRow = 1 << 22
/** The most cells of a row: each costs far more memory than its comma. */
const mostCells = 1_000_000

const number = new Intl.NumberFormat('en-GB')

/** The file cannot be split into rows from some row on. */
export class BrokenRow extends Error {
  /** `row` counts the rows, of which the header is 1; `line` is where that row begins. */
  constructor(sentence: string, row: number, line: number) {
    super(
      `${sentence} Look at row ${number.format(row)}, which begins on line ${number.format(line)}; ` +
        'the header is row 1.',
    )
  }
}

/** Splits delimited text into rows, piece by piece, in memory that one row bounds. */
export class RowParser {
  /** Rows that have come to their end; whoever reads them takes them out. */
  readonly ready: ParsedRow[] = []
  readonly #parser: Parser
  readonly #place = new LinePlace()
  readonly #delimiter: number
  #bytesSinceRow = 0
  #cellsSinceRow = 0
  #ended = 0

  constructor(delimiter: string) {
    this.#delimiter = Buffer.from(delimiter)[0] ?? 0
    this.#parser = parse({
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (cells: string[], info) => {
        this.ready.push(this.#place.row(cells, info))
        return null
      },
    })
    this.#parser.resume()
    // Each error is given to whoever wrote the piece that it lies in.
    this.#parser.on('error', () => undefined)
  }

  /** Throws BrokenRow. */
  async write(text: Buffer): Promise<void> {
    await this.#done((done) => this.#parser.write(text, done))
    const { records, empty_lines } = this.#parser.info
    const rowEnded = records + empty_lines > this.#ended
    this.#ended = records + empty_lines
    this.#bytesSinceRow = rowEnded ? 0 : this.#bytesSinceRow + text.length
    this.#cellsSinceRow = rowEnded ? 0 : this.#cellsSinceRow + count(text, this.#delimiter)
    // Else a packed file of commas alone, or a quotation mark that swallows all, fills the memory.
    if (this.#bytesSinceRow > longestRow || this.#cellsSinceRow > mostCells) {
      throw this.#broken(neverEnds)
    }
  }

  /** The text is at its end. Throws BrokenRow. */
  async end(): Promise<void> {
    await this.#done((done) => {
      this.#parser.once('error', done).once('end', () => done())
      this.#parser.end()
    })
  }

  async #done(work: (done: (error?: Error | null) => void) => void): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        work((error) => (error ? reject(error) : resolve()))
      })
    } catch (error) {
      if (!(error instanceof CsvError)) throw error
      throw this.#broken(error.code === 'CSV_QUOTE_NOT_CLOSED' ? neverClosed : error.message)
    }
  }

  #broken(sentence: string): BrokenRow {
    const { records, empty_lines } = this.#parser.info
    return new BrokenRow(sentence, records + 1, this.#place.next(empty_lines))
  }
}

function count(text: Buffer, byte: number): number {
  let found = 0
  for (const each of text) if (each === byte) found += 1
  return found
}

const neverClosed = 'A quotation mark opens a cell and is never closed.'
const neverEnds =
  `A row never ends: it is longer than ${number.format(longestRow)} bytes or ` +
  `${number.format(mostCells)} cells. A quotation mark in it probably lacks its partner, or the file ` +
  'holds no rows.'
