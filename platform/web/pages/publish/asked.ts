export interface Item {
  readonly value: string
  readonly text: string
  /** A sentence below it, of a radio button. */
  readonly hint?: { readonly text: string }
}

/** A question as the form sets it. */
export interface Asked {
  readonly type: 'text' | 'area' | 'select' | 'radios'
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly items?: readonly Item[]
  readonly value: string
  readonly error: string | null
  /** Few files need it: set aside as long as nothing stands in it. */
  readonly isOptional?: boolean
}

export interface Section {
  readonly title: string
  readonly hint?: string
  readonly questions: readonly Asked[]
  /** Asked of few files: opened where it is answered. */
  readonly isRare?: boolean
}

export interface Rows {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Makes a question with what is answered already, and what is wrong with that. */
export type Ask = (
  type: Asked['type'],
  name: string,
  label: string,
  more?: {
    readonly hint?: string
    readonly items?: readonly Item[]
    readonly isOptional?: boolean
  },
) => Asked

/** The first values of a column, each once. */
export function firstValues(name: string, rows: Rows | null): string[] {
  const at = rows?.header.indexOf(name) ?? -1
  const seen =
    at < 0 ? [] : (rows?.rows ?? []).slice(0, 3).map((row) => (row[at] ?? '').slice(0, 16))
  return [...new Set(seen)].filter((cell) => cell !== '')
}

/** "asked (120, 98, 110)": a column with its first values. */
export function withValues(name: string, rows: Rows | null, between = ', '): string {
  const some = firstValues(name, rows)
  return some.length === 0 ? name : `${name} (${some.join(between)})`
}

export const none = (text: string): Item => ({ value: '', text })
