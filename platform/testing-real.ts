import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Database, DatabaseConfig } from './database/database.ts'
import { openBuilt } from './database/testing-built.ts'
import { loadCatalogue } from './evidence/catalogue.ts'
import { importAndPublish } from './publishing/testing.ts'

/** The folder of published files, which lies beside the repository; see its README. */
export const realData = join(import.meta.dirname, '../../shared/data')

export const hasRealData = existsSync(realData)

const practices = ['nhs-payments-2021-22', 'nhs-payments-2022-23', 'imd-by-practice-year']
  .concat('fingertips-91547-smoking', 'qof-achievement-2023-24', 'qof-vaccination-2023-24')
  .concat('cqc-ratings')
  .map((name) => `general-practice/${name}.csv.gz`)
const schools = ['gias-20220420.csv.gz', 'offers-by-la.csv.gz', 'ncmp-prevalence-by-decile.csv']
  .concat('ks2-2016-850.csv', 'ks2-2017-850.csv', 'ks2-2018-850.csv')
  .map((name) => `primary-schools/${name}`)

/**
 * A database of one's own with these published: files of general practices, of primary schools, and of
 * places. To import them takes a minute, so that this is done once for a run of the tests
 * (`openBuilt`). Close it at the end.
 */
export function openReal(kind: DatabaseConfig['kind']): Promise<Database> {
  return openBuilt(kind, 'real', async (db) => {
    const files = [...practices, ...schools, 'places/areas.csv'].map((name) => join(realData, name))
    const result = await importAndPublish(db, loadCatalogue(), files)
    const refused = result.files.filter((f) => f.outcome !== 'draft').map((f) => f.path)
    if (refused.length > 0) throw new Error(`Not imported: ${refused.join(', ')}`)
  })
}
