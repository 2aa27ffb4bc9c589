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

  it.each(['services.json', 'indicators', 'sources', 'standards', 'fairness', 'cards', 'studies'])(
    'may hold %s alone',
    (part) => {
      put(part.endsWith('.json') ? part : `${part}/empty.json`, [])
      expect(operatorsFolders({ catalogue: folder, data: root })).toEqual([folder])
    },
  )

  const standard = {
    ...{ code: 'depot-floor', name: 'Half are open', kind: 'floor', service: 'hospital' },
    ...{ setBy: 'Nobody', right: 'Nobody has one.', checkedBy: 'Nobody', indicator: 'none' },
    ...{ side: 'at least', threshold: { fixed: 1 }, from: '2000', consequence: 'Nothing at all.' },
    ...{ evidence: 'There is none.', source: 'Made up', review: '2040-12-31' },
    steps: [{ state: 'adopted', on: '2000', by: 'Nobody', reason: 'To see what happens.' }],
  }

  it('of standards alone is read beside what ships', () => {
    put('standards/own.json', [standard])
    expect(loadCatalogue([folder]).standards.get('depot-floor')?.name).toBe('Half are open')
  })

  it.each([
    [
      { alternatives: [['nobody']] },
      /depot-floor names "nobody" as a part, which nobody describes/,
    ],
    [
      { alternatives: [['cqc-good']] },
      /depot-floor names "cqc-good" as a part, which binds others/,
    ],
    [{ service: 'nobody' }, /depot-floor is of the service "nobody"/],
    [
      { steps: [{ ...standard.steps[0], on: '2000-13' }] },
      /own\.json: 0\.steps\.0\.on: is no date/,
    ],
  ])('with a standard that is wrong is refused with one sentence (%#)', (wrong, sentence) => {
    put('standards/own.json', [{ ...standard, ...wrong }])
    expect(() => loadCatalogue([folder])).toThrow(sentence)
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
