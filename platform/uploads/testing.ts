import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CurrentCatalogue, currentReader } from '../cli/current-catalogue.ts'
import { uploadWork } from '../cli/uploads-in-thread.ts'
import { makeVerbs } from '../cli/verbs.ts'
import type { Reader } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { type Catalogue, loadCatalogue, operatorsFolders } from '../evidence/catalogue.ts'
import { Uploads, type UploadsOptions } from './uploads.ts'

export interface TestUploads {
  readonly uploads: Uploads
  readonly reader: Reader
  /** The folder of everything: files handed in, and the operator's catalogue. */
  readonly data: string
  /** As it is now. */
  catalogue(): Catalogue
  /** What went wrong on our side. */
  readonly problems: unknown[]
  /** The same over the same folder, as after a restart. */
  again(): Uploads
}

/**
 * Files handed in over a database, with every verb in this thread.
 * @param folders of the catalogue beside the operator's, such as the example area's.
 */
export function testUploads(
  db: Database,
  folders: readonly string[] = [],
  options: Partial<UploadsOptions> = {},
): TestUploads {
  const data = mkdtempSync(join(tmpdir(), 'plumbline-uploads-'))
  const all = (): string[] => [...folders, ...operatorsFolders({ catalogue: null, data })]
  const current = new CurrentCatalogue(all)
  const problems: unknown[] = []
  const catalogue = () => {
    current.refresh()
    return current.catalogue
  }
  const make = (): Uploads => {
    const signal = new AbortController().signal
    return new Uploads({
      db,
      folder: join(data, 'uploads'),
      mostBytes: 2_000_000,
      work: uploadWork({
        db,
        cwd: data,
        verbs: (own) => makeVerbs(loadCatalogue([...all(), ...(own === null ? [] : [own])])),
        catalogue,
        folder: join(data, 'catalogue'),
        refresh: () => void current.refresh(),
        signal,
      }),
      catalogue,
      invented: async () => false,
      onProblem: (error) => problems.push(error),
      signal,
      ...options,
    })
  }
  const reader = currentReader(db, current, (error) => problems.push(error))
  return { uploads: make(), reader, data, catalogue, problems, again: make }
}
