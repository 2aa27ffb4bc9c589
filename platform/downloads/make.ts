import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { periodKinds } from '../evidence/period-kinds.ts'
import { type MadeFile, makeFile, refusal, tablePieces, writerOf } from './make-file.ts'
import { observations } from './observations.ts'
import { writePackage } from './package/write-package.ts'
import { zipPieces } from './package/zip.ts'
import { type Asked, fileName } from './scope.ts'

/** Where what is downloaded comes from. */
export interface Source {
  readonly db: Database
  readonly catalogue: Catalogue
  /** What whoever imports a package has anyway. */
  readonly shipped: Catalogue
  readonly state: State
  /** Where this Plumbline is on the web, if anybody has said. */
  readonly homepage?: string
  /** Whether checksum and rows are noted beside the file, for `madeFile`. */
  readonly noted: boolean
  readonly signal?: AbortSignal
  /** Rows so far. */
  readonly onProgress?: (rows: number) => void
}

/** Makes the file that is asked for at `path`. Throws DownloadRefused. */
export async function makeDownload(source: Source, asked: Asked, path: string): Promise<MadeFile> {
  const modified = new Date(source.state.at ?? 0)
  if (asked.form === 'zip') return zippedPackage(source, path, modified)
  const { db, catalogue, state, signal, onProgress, noted } = source
  const reading = {
    publication: state.publication,
    scope: asked.scope,
    periodKind: periodKinds(catalogue.descriptors),
    ...(signal ? { signal } : {}),
  }
  async function* counted() {
    let rows = 0
    for await (const batch of observations(db, reading)) {
      rows += batch.rows.length
      onProgress?.(rows)
      yield batch
    }
  }
  return makeFile(path, tablePieces(counted(), writerOf(asked.form)), { modified, noted })
}

/** Writes the package as a folder. Throws DownloadRefused. */
export const makePackage = (source: Omit<Source, 'noted'>, folder: string) =>
  writePackage(folder, { ...source, periodKind: periodKinds(source.catalogue.descriptors) })

async function zippedPackage(source: Source, path: string, modified: Date): Promise<MadeFile> {
  let beside: string | null = null
  try {
    await mkdir(dirname(path), { recursive: true })
    // Beside it, on the same disk, under a name that is tidied away should this process die.
    beside = await mkdtemp(join(dirname(path), '.package-'))
    const folder = join(beside, fileName(null))
    await makePackage(source, folder)
    const parts = { pieces: zipPieces(folder, modified), rows: () => null, releases: () => null }
    return await makeFile(path, parts, { modified, noted: source.noted })
  } catch (error) {
    throw refusal(error)
  } finally {
    if (beside !== null) await rm(beside, { recursive: true, force: true })
  }
}
