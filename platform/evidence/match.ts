import type { Descriptor } from './descriptor.ts'
import { EncodingError, openText, readRows } from './rows.ts'

export interface Match {
  readonly descriptor: Descriptor
  /** Named groups of the file name's pattern: year, authority ... */
  readonly groups: Readonly<Record<string, string>>
}

/** The header of a delimited file, read with the given encoding. */
export async function readHeader(
  path: string,
  options: { encoding: 'utf-8' | 'windows-1252'; delimiter: string },
): Promise<string[]> {
  for await (const item of readRows(path, options)) {
    if (Array.isArray(item)) return item[0]?.cells.map((c) => c.trim()) ?? []
  }
  return []
}

async function hasColumns(path: string, descriptor: Descriptor): Promise<boolean> {
  if (descriptor.kind === 'boundaries') {
    const { text } = await openText(path, 'utf-8')
    for await (const chunk of text) {
      text.destroy()
      return String(chunk).includes('FeatureCollection')
    }
    return false
  }
  if (descriptor.match.columns.length === 0) return true
  let header: Set<string>
  try {
    header = new Set(await readHeader(path, descriptor))
  } catch (error) {
    // The reading itself will say what is wrong with the text.
    return error instanceof EncodingError
  }
  return descriptor.match.columns.every((c) => header.has(c))
}

/**
 * Finds the descriptor of a file by its name and its columns. A file whose name fits none is
 * matched by columns alone, where exactly one descriptor fits whose period is in the rows.
 */
export async function findDescriptor(
  path: string,
  name: string,
  descriptors: readonly Descriptor[],
): Promise<Match | null> {
  for (const descriptor of descriptors) {
    const found = new RegExp(descriptor.match.name).exec(name)
    if (found && (await hasColumns(path, descriptor))) {
      return { descriptor, groups: { ...found.groups } }
    }
  }
  const byColumns: Descriptor[] = []
  for (const descriptor of descriptors) {
    const needsName = descriptor.period.from === 'name' || descriptor.part !== undefined
    // An unknown file must not be taken for an invented one.
    if (descriptor.kind !== 'table' || needsName || descriptor.invented) continue
    if (descriptor.match.columns.length < 3) continue
    if (await hasColumns(path, descriptor)) byColumns.push(descriptor)
  }
  const only = byColumns[0]
  return only && byColumns.length === 1 ? { descriptor: only, groups: {} } : null
}
