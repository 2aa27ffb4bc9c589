import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../../../shared/golden')

/** Whether the published cases of PHEindicatormethods are there. */
export const hasGolden = existsSync(folder)

/** The rows of one published file; none where the files are not there. */
export function goldenRows(name: string): Record<string, string>[] {
  if (!hasGolden) return []
  const [head, ...lines] = readFileSync(join(folder, name), 'utf8').trim().split(/\r?\n/)
  const clean = (text: string): string => text.replace(/^"|"$/g, '')
  const cells = (line: string): string[] =>
    (line.match(/"[^"]*"|[^,]+|(?<=,)(?=,|$)/g) ?? []).map(clean)
  const header = cells((head as string).replace(/^\uFEFF/, ''))
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [header[i], cell])))
}

/** How far off, relative to what is wanted. */
export const relative = (found: number, wanted: number): number =>
  Math.abs(found - wanted) / Math.max(1e-300, Math.abs(wanted))
