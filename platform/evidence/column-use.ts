import type { Locate } from './template.ts'

/**
 * What became of a file's columns, by their headers: of each the first of these that holds.
 * `figures`: values, limits and counts. `descriptions`: whom a row is about, when, which group, and
 * which rows count. `checked`: held against what its field promises, and no more. `ignored`: not read.
 */
export interface ColumnReport {
  readonly figures: readonly string[]
  readonly descriptions: readonly string[]
  readonly checked: readonly string[]
  readonly ignored: readonly string[]
}

export type Use = Exclude<keyof ColumnReport, 'ignored'>

const strength: Readonly<Record<Use, number>> = { checked: 1, descriptions: 2, figures: 3 }

/** Notes, while a plan is made, which columns it reads and what for. */
export class ColumnUse {
  readonly #header: readonly string[]
  readonly #uses = new Map<number, Use>()

  constructor(header: readonly string[]) {
    this.#header = header
  }

  note(at: number, use: Use): void {
    const before = this.#uses.get(at)
    if (before === undefined || strength[use] > strength[before]) this.#uses.set(at, use)
  }

  /** The same `locate`, with every column that it finds noted for a use. */
  noting(use: Use, locate: Locate): Locate {
    return (column) => {
      const at = locate(column)
      if (at !== undefined) this.note(at, use)
      return at
    }
  }

  of(at: number): Use | null {
    return this.#uses.get(at) ?? null
  }

  report(): ColumnReport {
    const by = (use: Use | null): string[] =>
      this.#header.flatMap((name, at) => (this.of(at) === use ? [name.trim()] : []))
    return {
      figures: by('figures'),
      descriptions: by('descriptions'),
      checked: by('checked'),
      ignored: by(null),
    }
  }
}
