import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { testDatabases } from './database/testing.ts'
import { makePackage } from './downloads/make.ts'
import { figureDigests, listingsByCode } from './downloads/package/same-figures.ts'
import { loadCatalogue } from './evidence/catalogue.ts'
import { periodKinds } from './evidence/period-kinds.ts'
import { importAndPublish, prepare } from './publishing/testing.ts'
import { makeReader } from './reader.ts'

const data = join(import.meta.dirname, '../../shared/data')

/** All published files out and in again; see ../shared/data/README.md. */
describe.skipIf(!existsSync(data)).each(testDatabases())(
  'the published files as a package on $kind',
  ({ open }) => {
    it('import into an empty Plumbline to the same figures', async () => {
      const folder = join(mkdtempSync(join(tmpdir(), 'plumbline-package-')), 'real')
      const [first, again] = [await prepare(await open()), await prepare(await open())]
      try {
        const catalogue = loadCatalogue()
        await importAndPublish(first, catalogue, [data])
        const state = await makeReader(first, catalogue).state()
        const source = { db: first, catalogue, shipped: catalogue, state }
        const { rows } = await makePackage(source, folder)
        expect(rows).toBeGreaterThan(2_000_000)
        await importAndPublish(again, loadCatalogue([join(folder, 'catalogue')]), [
          ...['subjects.csv', 'boundaries', 'figures'].map((part) => join(folder, part)),
        ])
        const kind = periodKinds(catalogue.descriptors)
        expect(await figureDigests(again, 1, kind)).toEqual(await figureDigests(first, 1, kind))
        expect(await listingsByCode(again, 1)).toEqual(await listingsByCode(first, 1))
      } finally {
        await Promise.all([first.close(), again.close()])
        rmSync(folder, { recursive: true, force: true })
      }
    }, 3_600_000)
  },
)
