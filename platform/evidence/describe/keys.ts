import { SeenTexts } from '../seen.ts'
import type { Row } from '../template.ts'

/** Rows by which keys are judged: bounds the memory whatever the file. */
export const keyRows = 1_000_000

/** Sets of so many columns that no two rows have shared so far; one is dropped at its first repeat. */
export class Keys {
  #open: { columns: readonly number[]; seen: SeenTexts }[]
  #rows = 0

  /** All sets of `size` of the columns given. */
  constructor(columns: readonly number[], size: number) {
    this.#open = setsOf(columns, size).map((set) => ({ columns: set, seen: new SeenTexts() }))
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
  done(): boolean {
    return this.#rows === keyRows || this.#open.length === 0
  }

  /** The sets that tell all rows apart, those of the first columns first. */
  found(): (readonly number[])[] {
    return this.#open.map(({ columns }) => columns)
  }
}

function setsOf(columns: readonly number[], size: number): number[][] {
  if (size === 0) return [[]]
  return columns.flatMap((first, i) =>
    setsOf(columns.slice(i + 1), size - 1).map((rest) => [first, ...rest]),
  )
}
