import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PublishedFile } from './csv.ts'
import { sha256 } from './files.ts'
import type { Batch } from './generate.ts'

/** The files of each batch in order, by name, with the SHA-256 of their bytes. */
export type Digests = readonly Readonly<Record<string, string>>[]

export const digestsPath = join(import.meta.dirname, 'digests.json')

/**
 * The digests of the files that ship, as they were stored when the generator was last changed: a
 * start finds out by them what is published without making the files anew.
 */
export const storedDigests = (): Digests => JSON.parse(readFileSync(digestsPath, 'utf8')) as Digests

export const digestsOf = (batches: readonly Batch[]): Digests =>
  batches.map(({ files }) =>
    Object.fromEntries(files.map((f: PublishedFile) => [f.name, sha256(f.text)])),
  )
