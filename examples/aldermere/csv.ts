/** A file that Aldermere's bodies publish. */
export interface PublishedFile {
  readonly name: string
  readonly text: string
}

export type Cell = string | number

/** A comma-separated file with a header, quoted where it must be, each line ended by \n. */
export function csvFile(
  name: string,
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
): PublishedFile {
  return { name, text: [header, ...rows].map(csvLine).join('') }
}

/** One line of a comma-separated file, with its end. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(quoted).join(',')}\n`

function quoted(cell: Cell): string {
  const text = String(cell)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A number with so many decimals, as the source prints it. */
export const fixed = (value: number, decimals: number): string => value.toFixed(decimals)
