import type { ParsedRow } from './row-parser.ts'

/**
 * Counts the lines of a file, row by row. The parser's own count is not used: it takes each `\r\n`
 * within a quoted cell for two lines.
 */
export class LinePlace {
  #last = 0
  #blank = 0
  #parsers = 0

  /** The line on which the next row begins, after so many blank lines in the whole file. */
  next(blankLines: number): number {
    return this.#last + 1 + (blankLines - this.#blank)
  }

  /** A row with its lines; rows are given in the file's order. */
  row(cells: string[], info: { readonly lines: number; readonly empty_lines: number }): ParsedRow {
    const line = this.next(info.empty_lines)
    const single = info.lines - this.#parsers === 1 + info.empty_lines - this.#blank
    const to = single ? line : line + newlines(cells)
    this.#last = to
    this.#blank = info.empty_lines
    this.#parsers = info.lines
    return { line, to, cells }
  }
}

function newlines(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
}
