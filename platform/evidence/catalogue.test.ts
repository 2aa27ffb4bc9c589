import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { CatalogueError, loadCatalogue, operatorsFolders } from './catalogue.ts'

const root = mkdtempSync(join(tmpdir(), 'plumbline-catalogue-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const folder = join(root, 'catalogue')
beforeEach(() => rmSync(folder, { recursive: true, force: true }))

function put(path: string, content: unknown): void {
  const full = join(folder, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content))
}

const service = {
  code: 'depot',
  name: 'Depots',
  provider: 'depot',
  providers: 'depots',
  about: 'Made up.',
  peers: [],
}
const source = {
  id: 'depots',
  title: 'Made-up depots',
  publisher: 'Nobody',
  source: 'https://example.org/depots',
  licence: 'CC0',
  dataset: 'depots',
  service: 'depot',
  match: { name: 'depots' },
  fields: [],
  period: { from: 'fixed', value: '2024', kind: 'year' },
  subjects: [{ kind: 'provider', code: '{code}' }],
}

describe("an operator's own catalogue", () => {
  it('is the folder that is set, or "catalogue" in the data folder, or none', () => {
    expect(operatorsFolders({ catalogue: null, data: root })).toEqual([])
    put('services.json', [service])
    expect(operatorsFolders({ catalogue: null, data: root })).toEqual([folder])
    expect(operatorsFolders({ catalogue: folder, data: '/nowhere' })).toEqual([folder])
  })

  it('is read beside what ships', () => {
    put('services.json', [service])
    put('sources/depots.json', source)
    const catalogue = loadCatalogue([folder])
    expect(catalogue.services.map((s) => s.code)).toContain('depot')
    expect(catalogue.descriptors.map((d) => d.id)).toEqual(
      expect.arrayContaining(['depots', 'nhs-payments']),
    )
  })

  it('that is set and not there, or holds nothing, is refused', () => {
    expect(() => operatorsFolders({ catalogue: folder, data: root })).toThrow('no such folder')
    mkdirSync(folder)
    expect(() => operatorsFolders({ catalogue: folder, data: root })).toThrow('holds none of')
  })

  it.each([
    ['sources/depots.json', '{', /sources\/depots\.json: /],
    ['sources/depots.json', { ...source, id: 'Not a code' }, /sources\/depots\.json: id: /],
    [
      'sources/depots.json',
      { ...source, match: { name: '(' } },
      /match\.name: is no regular expression/,
    ],
    [
      'sources/depots.json',
      { ...source, service: 'nobody' },
      /service "nobody", which no services\.json/,
    ],
    [
      'sources/depots.json',
      { ...source, id: 'nhs-payments', service: null },
      /"nhs-payments" is described twice/,
    ],
    [
      'sources/depots.json',
      { ...source, service: null, observations: [{ indicator: 'nothing', value: 'x' }] },
      /names "nothing", which nobody describes/,
    ],
  ])('with a mistake in %s is refused with one sentence (%#)', (path, content, sentence) => {
    put(path, content)
    expect(() => loadCatalogue([folder])).toThrow(CatalogueError)
    expect(() => loadCatalogue([folder])).toThrow(sentence)
  })
})
