import { readRows } from '../evidence/rows.ts'

/**
 * The header and the first rows of a file, as they stand there.
 * @param count rows after the header.
 */
export async function firstRows(
  path: string,
  writing: Parameters<typeof readRows>[1],
  count: number,
): Promise<{ readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }> {
  const found: (readonly string[])[] = []
  for await (const item of readRows(path, writing)) {
    if (Array.isArray(item)) found.push(...item.map((row) => row.cells))
    if (found.length > count) break
  }
  const [header = [], ...rows] = found
  return { header: header.map((h) => h.trim()), rows: rows.slice(0, count) }
}
