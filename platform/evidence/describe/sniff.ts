import { parse } from 'csv-parse/sync'
import { EncodingError, openText } from '../rows.ts'

/** How a file is written. */
export interface Writing {
  readonly encoding: 'utf-8' | 'windows-1252'
  readonly delimiter: string
  readonly byteOrderMark: boolean
  /** The line that names the columns, where it is not the first. */
  readonly headerLine?: number | undefined
}

const delimiters = [',', ';', '\t', '|'] as const
const sampled = 1 << 16

/**
 * Finds out how a delimited file is written. UTF-8 unless its bytes are no UTF-8 (the whole file is
 * looked through); the delimiter that splits most of the first lines into the same number of cells.
 */
export async function sniff(path: string): Promise<Writing> {
  const encoding = await encodingOf(path)
  const { text } = await openText(path, encoding)
  let start = ''
  for await (const chunk of text) {
    start += chunk
    if (start.length >= sampled) break
  }
  text.destroy()
  const byteOrderMark = encoding === 'utf-8' && (await startsWithMark(path))
  const lines = start.length >= sampled ? start.slice(0, start.lastIndexOf('\n') + 1) : start
  return { encoding, delimiter: delimiterOf(lines.replace(/^\uFEFF/, '')), byteOrderMark }
}

async function encodingOf(path: string): Promise<Writing['encoding']> {
  try {
    const { text, done } = await openText(path, 'utf-8')
    text.resume()
    await done
    return 'utf-8'
  } catch (error) {
    if (error instanceof EncodingError) return 'windows-1252'
    throw error
  }
}

/** The decoder takes the mark away; another encoding shows its bytes. */
async function startsWithMark(path: string): Promise<boolean> {
  const { text } = await openText(path, 'windows-1252')
  for await (const chunk of text) {
    text.destroy()
    return String(chunk).startsWith('ï»¿')
  }
  return false
}

function delimiterOf(text: string): string {
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const rows = sampleRows(text, delimiter)
    const width = widthOf(rows)
    if (width < 2) continue
    const same = rows.filter((r) => r.length === width).length / rows.length
    // Rather a few columns in every row than many in some.
    const score = same * same * Math.log2(width + 1)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** How many cells the rows have: as the first, or as most, where that is a title of one cell. */
function widthOf(rows: readonly (readonly string[])[]): number {
  const first = rows[0]?.length ?? 0
  return first >= 2 ? first : usualWidth(rows)
}

/** How many cells most rows have. */
export function usualWidth(rows: readonly (readonly string[])[]): number {
  const times = new Map<number, number>()
  for (const { length } of rows) times.set(length, (times.get(length) ?? 0) + 1)
  return [...times].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

function sampleRows(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, relax_column_count: true, relax_quotes: true, to: 200 })
  } catch {
    return []
  }
}
