import { SeenTexts } from '../seen.ts'
import type { Row } from '../template.ts'

/** Rows by which keys are judged: bounds the memory whatever the file. */
export const keyRows = 1_000_000

/** Sets of columns that no two rows have shared so far; a set is dropped at its first repeat. */
export class Keys {
  #open: { columns: readonly number[]; seen: SeenTexts }[]
  #rows = 0

  /** All sets of one, two and three of the columns given. */
  constructor(columns: readonly number[]) {
    const sets: number[][] = []
    columns.forEach((a, i) => {
      sets.push([a])
      columns.slice(i + 1).forEach((b, j) => {
        sets.push([a, b])
        for (const c of columns.slice(i + j + 2)) sets.push([a, b, c])
      })
    })
    this.#open = sets
      .sort((a, b) => a.length - b.length)
      .map((columns) => ({ columns, seen: new SeenTexts() }))
  }

  add(row: Row): void {
    if (this.#rows === keyRows) return
    this.#rows += 1
    this.#open = this.#open.filter(({ columns, seen }) => {
      const text = columns.map((at) => (row[at] ?? '').trim()).join('\u001f')
      return seen.before(text, this.#rows) === 0
    })
  }

  /** Nothing more can be learnt: enough rows were seen, or no set is left. */
  done(rows: number): boolean {
    return rows > keyRows || this.#open.length === 0
  }

  /** Columns that stand for a row each on their own. */
  single(): number[] {
    return this.#open.flatMap(({ columns }) => (columns.length === 1 ? [...columns] : []))
  }

  /** The smallest set that tells all rows apart; of several, that of the first columns. */
  smallest(): readonly number[] | null {
    return this.#open[0]?.columns ?? null
  }
}
