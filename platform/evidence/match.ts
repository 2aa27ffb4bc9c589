import type { Descriptor } from './descriptor.ts'
import { asCsvName } from './json-lines.ts'
import { EncodingError, openText, readRows } from './rows.ts'

export interface Match {
  readonly descriptor: Descriptor
  /** Named groups of the file name's pattern: year, authority ... */
  readonly groups: Readonly<Record<string, string>>
}

/** The header of a delimited file, read with the given encoding. */
export async function readHeader(
  path: string,
  options: Parameters<typeof readRows>[1],
): Promise<string[]> {
  for await (const item of readRows(path, options)) {
    if (Array.isArray(item)) return item[0]?.cells.map((c) => c.trim()) ?? []
  }
  return []
}

/** The headers of one file, each read once for a way of writing, however many descriptors ask. */
export class Headers {
  readonly #path: string
  readonly #read = new Map<string, Promise<string[] | null>>()

  constructor(path: string) {
    this.#path = path
  }

  /** Its columns; null where the text is in another encoding. Throws BrokenRow and what zlib says. */
  async columns({
    encoding,
    delimiter,
    headerLine,
  }: Descriptor): Promise<ReadonlySet<string> | null> {
    const key = `${encoding} ${delimiter} ${headerLine ?? 1}`
    let header = this.#read.get(key)
    if (!header) {
      header = readHeader(this.#path, { encoding, delimiter, headerLine }).catch(
        (error: unknown) => {
          if (error instanceof EncodingError) return null
          throw error
        },
      )
      this.#read.set(key, header)
    }
    const found = await header
    return found && new Set(found)
  }

  async #isBoundaries(): Promise<boolean> {
    const { text } = await openText(this.#path, 'utf-8')
    for await (const chunk of text) {
      text.destroy()
      return String(chunk).includes('FeatureCollection')
    }
    return false
  }

  async fit(descriptor: Descriptor): Promise<boolean> {
    if (descriptor.kind === 'boundaries') return this.#isBoundaries()
    const { columns } = descriptor.match
    if (columns.length === 0) return true
    const header = await this.columns(descriptor)
    // The reading itself will say what is wrong with text in another encoding.
    return header === null || columns.every((c) => header.has(c))
  }
}

/** Its period, or which part it is, stands in the names of such files alone. */
const needsName = (d: Descriptor): boolean => d.period.from === 'name' || d.part !== undefined

/** What the name of a file says: its year, its authority ... Nothing where it is of no such name. */
export function groupsOf(descriptor: Descriptor, name: string): Record<string, string> {
  return { ...new RegExp(descriptor.match.name).exec(asCsvName(name))?.groups }
}

async function fitted(
  headers: Headers,
  name: string,
  descriptor: Descriptor,
): Promise<Match | null> {
  const isNamed = new RegExp(descriptor.match.name).test(asCsvName(name))
  if (!isNamed || !(await headers.fit(descriptor))) return null
  return { descriptor, groups: groupsOf(descriptor, name) }
}

/** Whether a file can be read by the descriptor that somebody named; its name counts where it must. */
export async function fitsDescriptor(
  path: string,
  name: string,
  descriptor: Descriptor,
): Promise<Match | null> {
  const headers = new Headers(path)
  const match = await fitted(headers, name, descriptor)
  if (match || needsName(descriptor) || !(await headers.fit(descriptor))) return match
  return { descriptor, groups: {} }
}

/**
 * Finds the descriptor of a file by its name and its columns. A file whose name fits none is
 * matched by columns alone, where exactly one descriptor fits whose period is in the rows.
 * Throws BrokenRow where the file has no header that ends.
 */
export async function findDescriptor(
  path: string,
  name: string,
  descriptors: readonly Descriptor[],
): Promise<Match | null> {
  const headers = new Headers(path)
  for (const descriptor of descriptors) {
    const match = await fitted(headers, name, descriptor)
    if (match) return match
  }
  const byColumns: Descriptor[] = []
  for (const descriptor of descriptors) {
    // An unknown file must not be taken for an invented one.
    if (descriptor.kind !== 'table' || needsName(descriptor) || descriptor.invented) continue
    if (descriptor.match.columns.length < 3) continue
    if (await headers.fit(descriptor)) byColumns.push(descriptor)
  }
  const only = byColumns[0]
  return only && byColumns.length === 1 ? { descriptor: only, groups: {} } : null
}
