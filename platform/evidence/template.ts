/** A row of a file: its cells in the header's order. */
export type Row = readonly string[]
export type Cell = (row: Row) => string

/** Finds a column's place; a missing one is a mistake of the descriptor, not of the data. */
export type Locate = (column: string) => number | undefined

export class TemplateError extends Error {}

/**
 * Compiles `{LA (code)}/{EstablishmentNumber}` to a function of a row. Text without braces is a
 * constant; what a template gives is trimmed, so that empty cells leave no space behind.
 * Throws TemplateError where a named column is not in the file.
 */
export function compileTemplate(template: string, locate: Locate): Cell {
  const parts = template.split(/\{([^}]*)\}/)
  if (parts.length === 1) return () => template
  const pieces = parts.map((text, i) => {
    if (i % 2 === 0) return text
    const at = locate(text)
    if (at === undefined) throw new TemplateError(`no column "${text}"`)
    return at
  })
  const filled = pieces.filter((p) => p !== '')
  const only = filled[0]
  if (filled.length === 1 && typeof only === 'number') return (row) => (row[only] ?? '').trim()
  return (row) =>
    filled
      .map((p) => (typeof p === 'number' ? (row[p] ?? '').trim() : p))
      .join('')
      .trim()
}

/**
 * The columns that a template is filled from, as their file names them; null for a constant.
 * @example columnsOf('{LA (code)}/{EstablishmentNumber}') // 'LA (code), EstablishmentNumber'
 */
export function columnsOf(template: string): string | null {
  const names = [...template.matchAll(/\{([^}]*)\}/g)].flatMap(([, name]) => name ?? [])
  return names.length === 0 ? null : names.join(', ')
}

/** As compileTemplate, but a column that this year's file lacks gives an empty text. */
export function compileOptional(template: string | undefined, locate: Locate): Cell {
  if (template === undefined) return () => ''
  try {
    return compileTemplate(template, locate)
  } catch (error) {
    if (error instanceof TemplateError) return () => ''
    throw error
  }
}

export type Condition = Readonly<Record<string, readonly string[]>>

/** Compiles a condition; one that names an absent column never holds. */
export function compileCondition(
  when: Condition | undefined,
  locate: Locate,
): (row: Row) => boolean {
  if (!when) return () => true
  const tests: { at: number; values: Set<string> }[] = []
  for (const [column, values] of Object.entries(when)) {
    const at = locate(column)
    if (at === undefined) return () => false
    tests.push({ at, values: new Set(values) })
  }
  return (row) => tests.every((t) => t.values.has((row[t.at] ?? '').trim()))
}
