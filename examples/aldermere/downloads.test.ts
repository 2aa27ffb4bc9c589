import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../platform/database/database.ts'
import { testDatabases } from '../../platform/database/testing.ts'
import { makePackage } from '../../platform/downloads/make.ts'
import { figureDigests, listingsByCode } from '../../platform/downloads/package/same-figures.ts'
import { loadCatalogue } from '../../platform/evidence/catalogue.ts'
import { periodKinds } from '../../platform/evidence/period-kinds.ts'
import { importAndPublish, prepare } from '../../platform/publishing/testing.ts'
import { catalogueFolder } from './about.ts'
import { openAldermere } from './testing.ts'

describe.each(testDatabases())('Aldermere as a package on $kind', ({ kind, open }) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'plumbline-package-')), 'aldermere')
  let first: Awaited<ReturnType<typeof openAldermere>>
  let again: Database
  beforeAll(async () => {
    first = await openAldermere(kind)
    const { db, catalogue, reader } = first
    await makePackage({ db, catalogue, shipped: catalogue, state: await reader.state() }, folder)
    again = await prepare(await open())
  })
  afterAll(async () => {
    await first?.db.close()
    await again?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('lists each of its files with size, checksum, columns, licence and source', () => {
    const descriptor = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8'))
    const tables = descriptor.resources.filter((r: { type?: string }) => r.type === 'table')
    expect(tables.length).toBeGreaterThan(20)
    for (const r of descriptor.resources) {
      const bytes = readFileSync(join(folder, r.path))
      expect(r.bytes, r.path).toBe(bytes.length)
      expect(r.hash, r.path).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`)
    }
    for (const r of tables) {
      const [header, ...rows] = readFileSync(join(folder, r.path), 'utf8').split('\r\n')
      const names = r.schema.fields.map((f: { name: string }) => f.name)
      expect(header).toBe(names.join(','))
      if (r.path.startsWith('figures/')) {
        expect(rows.length - 1).toBe(r.rowCount)
        expect(r.licenses.length).toBe(1)
        expect(r.sources.length).toBe(1)
      }
    }
    const listed = descriptor.resources.map((r: { path: string }) => r.path).sort()
    const lying = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((e) => e.isFile())
      .map((e) => join(e.parentPath, e.name).slice(folder.length + 1))
      .filter((p) => !/^(catalogue\/|README.md$|datapackage.json$)/.test(p))
    expect(lying.sort()).toEqual(listed)
  })

  it('imports into an empty Plumbline to the same figures, names and places', async () => {
    const catalogue = loadCatalogue([catalogueFolder, join(folder, 'catalogue')])
    const { files, accepted } = await importAndPublish(again, catalogue, [
      join(folder, 'subjects.csv'),
      join(folder, 'boundaries'),
      join(folder, 'figures'),
    ])
    expect(files.filter((f) => f.outcome !== 'draft').map((f) => [f.path, f.sentence])).toEqual([])
    expect(accepted).toBe(true)
    const kind = periodKinds(first.catalogue.descriptors)
    const { publication } = await first.reader.state()
    const before = await figureDigests(first.db, publication, kind)
    expect(before.size).toBeGreaterThan(300)
    expect(await figureDigests(again, 1, kind)).toEqual(before)
    expect(await listingsByCode(again, 1)).toEqual(await listingsByCode(first.db, publication))
    const shapes = (db: Database) =>
      db.query(`select s.code, b.geometry from boundary b join subject s on s.id = b.subject_id
        order by s.code, b.geometry::text`)
    expect(await shapes(again)).toEqual(await shapes(first.db))
  })

  it('is not written over what is there', async () => {
    const { db, catalogue, reader } = first
    const source = { db, catalogue, shipped: catalogue, state: await reader.state() }
    await expect(makePackage(source, folder)).rejects.toThrow('is there already')
  })
})
