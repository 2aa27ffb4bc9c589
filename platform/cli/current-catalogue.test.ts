import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { CatalogueError } from '../evidence/catalogue.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { CurrentCatalogue, currentReader } from './current-catalogue.ts'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'plumbline-current-')), 'catalogue')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

const folders = (): string[] => (existsSync(folder) ? [folder] : [])
const write = (name: string, content: unknown): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), JSON.stringify(content))
}
const indicators = [...clinics.indicators.values()]

describe('the catalogue of a running server', () => {
  it('is read again when a folder or a file is new, and only then', () => {
    const current = new CurrentCatalogue(folders)
    const first = current.catalogue
    expect(current.refresh()).toEqual([])
    expect(current.catalogue).toBe(first)
    write('services.json', clinics.services)
    write('indicators/clinic.json', indicators)
    expect(current.refresh()).toEqual([folder])
    expect(current.catalogue.indicators.has('seen-in-time')).toBe(true)
    const second = current.catalogue
    current.refresh()
    expect(current.catalogue).toBe(second)
    rmSync(folder, { recursive: true })
    current.refresh()
    expect(current.catalogue.indicators.has('seen-in-time')).toBe(false)
  })

  it.each(['standards', 'fairness', 'cards', 'studies'])('reads a new file in %s', (folder) => {
    const current = new CurrentCatalogue(folders)
    expect(current.refresh()).toEqual([])
    write(`${folder}/wrong.json`, { nothing: true })
    expect(() => current.refresh()).toThrow(/wrong\.json/)
  })

  it('stays what it was where a file is wrong, until it is put right', () => {
    const current = new CurrentCatalogue(folders)
    const before = current.catalogue
    write('services.json', [{ code: 'clinic' }])
    expect(() => current.refresh()).toThrow(CatalogueError)
    expect(() => current.refresh()).toThrow(/services\.json/)
    expect(current.catalogue).toBe(before)
    write('services.json', clinics.services)
    current.refresh()
    expect(current.catalogue.services.map((s) => s.code)).toContain('clinic')
  })

  it('is seen by pages with the first publication that another process made', async () => {
    const db = await prepare(await openDatabase(testPGlite(null)))
    const current = new CurrentCatalogue(folders)
    const problems: unknown[] = []
    const reader = currentReader(db, current, (error) => problems.push(error))
    expect(reader.service('clinic')).toBeNull()
    await reader.state()
    write('services.json', clinics.services)
    write('indicators/clinic.json', indicators)
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
    const state = await reader.state()
    expect((await reader.indicators(state)).get('seen-in-time')?.name).toBe('Seen in time')
    expect(reader.service('clinic')?.name).toBe('Clinics')
    write('services.json', 'nonsense')
    const more = writeFile('clinics-2025.csv', clinicRows().replace('Clinic 7', 'Clinic Seven'))
    await importAndPublish(db, clinics, [more])
    await reader.state()
    expect(problems).toEqual([expect.any(CatalogueError)])
    expect(reader.service('clinic')?.name).toBe('Clinics')
    await db.close()
  })
})
