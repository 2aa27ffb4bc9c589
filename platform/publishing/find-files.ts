import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Catalogue } from '../evidence/catalogue.ts'
import { asCsvName } from '../evidence/json-lines.ts'
import { findDescriptor, fitsDescriptor, type Match } from '../evidence/match.ts'
import { explainUnfit, explainUnmatched } from '../evidence/nearest.ts'
import { withPeriodOf } from '../evidence/period-asked.ts'

/** A file under a path that was given, with what it is. */
export interface FoundFile {
  readonly path: string
  readonly match: Match | null
  /** Why nothing matched. */
  readonly why: string | null
  /** The user named it, or its name is of a known kind: it is refused where it cannot be read. */
  readonly named: boolean
}

/** All files under the paths given, registers first. */
export async function findFiles(
  paths: readonly string[],
  catalogue: Catalogue,
  as: ReadonlyMap<string, string> = new Map(),
): Promise<FoundFile[]> {
  const found: FoundFile[] = []
  for (const path of paths) {
    const isFolder = (await stat(path)).isDirectory()
    const files = isFolder
      ? (await readdir(path, { recursive: true, withFileTypes: true }))
          .filter((e) => e.isFile())
          .map((e) => join(e.parentPath, e.name))
      : [path]
    for (const file of files) {
      const named = as.get(path)
      const { known, ...match } =
        named === undefined
          ? await matched(file, catalogue)
          : await matchedAs(file, named, catalogue)
      found.push({ path: file, named: !isFolder || known, ...match })
    }
  }
  const order = (f: FoundFile): number => f.match?.descriptor.order ?? 1000
  return found.sort((a, b) => order(a) - order(b) || (a.path < b.path ? -1 : 1))
}

/**
 * The files with the period that somebody says they are of, where only that tells; those of which it has to be said
 * and is not are of no use.
 */
export function datedFiles(found: readonly FoundFile[], period: string | undefined): FoundFile[] {
  return found.map((file) => {
    const { match, path } = file
    if (!match) return file
    const descriptor = withPeriodOf(match.descriptor, period, basename(path))
    return typeof descriptor === 'string'
      ? { ...file, match: null, why: descriptor, named: true }
      : { ...file, match: { ...match, descriptor } }
  })
}

async function matched(
  path: string,
  { descriptors }: Catalogue,
): Promise<{ match: Match | null; why: string | null; known: boolean }> {
  const name = basename(path)
  try {
    const match = await findDescriptor(path, name, descriptors)
    const why = match ? null : await explainUnmatched(path, name, descriptors)
    return { match, why, known: false }
  } catch (error) {
    // A damaged file that should have been read is no stranger to be passed over.
    const known = descriptors.some((d) => new RegExp(d.match.name).test(asCsvName(name)))
    return { match: null, why: readable(error), known }
  }
}

/** The same for a file whose descriptor somebody has named. */
async function matchedAs(
  path: string,
  id: string,
  { descriptors }: Catalogue,
): ReturnType<typeof matched> {
  const descriptor = descriptors.find((d) => d.id === id)
  if (!descriptor) {
    return { match: null, why: `There is no descriptor “${id}” in the catalogue.`, known: true }
  }
  const name = basename(path)
  try {
    const match = await fitsDescriptor(path, name, descriptor)
    const why = match ? null : await explainUnfit(path, name, descriptor)
    return { match, why, known: true }
  } catch (error) {
    return { match: null, why: readable(error), known: true }
  }
}

/** Codes of what is wrong with a disk, a connection or a database, which is no fault of the file. */
const ours = /^(ENOSPC|EDQUOT|EIO|EMFILE|ENFILE|EPIPE|ECONN[A-Z]+|(?=.*\d)[0-9A-Z]{5})$/

/** The sentence of an error that a person can act on; a mistake of ours stays an error. */
export function readable(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException
  if (error instanceof Error && !(error instanceof TypeError) && !ours.test(code)) {
    return error.message
  }
  throw error
}
