import jsonld from 'jsonld'
import { describe, expect, it } from 'vitest'
import { clinics } from '../publishing/testing.ts'
import { columns } from './columns.ts'
import { csvOnTheWeb } from './csv-on-the-web.ts'
import { dataPackage, tableSchema } from './data-package.ts'
import { dcatCatalogue } from './dcat.ts'
import { licenceOf, licencesOf } from './licences.ts'
import { release, state } from './testing-catalogue.ts'

describe('the catalogue', () => {
  const catalogue = dcatCatalogue({
    home: 'https://open.example.org',
    state,
    contents: [
      {
        indicator: 'seen-in-time',
        rows: 40,
        firstPeriod: '2024',
        lastPeriod: '2024',
        releases: [3],
      },
    ],
    indicators: clinics.indicators,
    releases: new Map([[3, release]]),
  })

  /** Its statements: subject, predicate and object as N-Quads, of which none got lost on the way. */
  const statements = async (): Promise<string[]> => {
    const options = { format: 'application/n-quads', safe: true } as const
    const text = await jsonld.toRDF(JSON.parse(JSON.stringify(catalogue)), options)
    return String(text).trim().split('\n')
  }

  it('is JSON-LD of which nothing is lost, and needs nothing fetched', async () => {
    const found = await statements()
    expect(found.length).toBeGreaterThan(80)
    expect(found.filter((s) => s.includes('file://') || s.includes('_:'))).toEqual([])
  })

  it('has what DCAT-AP makes mandatory, and a distribution for each form', async () => {
    const found = await statements()
    const of = (subject: string, predicate: string): string[] =>
      found
        .filter((s) => s.startsWith(`<${subject}> <${predicate}> `))
        .map((s) => s.slice(subject.length + predicate.length + 6, -2))
    const dct = 'http://purl.org/dc/terms/'
    const dcat = 'http://www.w3.org/ns/dcat#'
    const home = 'https://open.example.org'
    const things = [
      [`${home}/catalog`, ['title', 'description', 'publisher']],
      [`${home}/downloads/everything`, ['title', 'description', 'publisher', 'identifier']],
      [
        `${home}/downloads/indicators/seen-in-time`,
        ['title', 'description', 'modified', 'provenance'],
      ],
    ] as const
    for (const [subject, needed] of things) {
      for (const name of needed) expect(of(subject, dct + name), name).not.toEqual([])
    }
    expect(
      of(`${home}/downloads/indicators/seen-in-time`, 'http://www.w3.org/ns/prov#wasDerivedFrom'),
    ).toEqual(['<https://example.org/clinics>'])
    // A harvester takes every data set that it finds: none of them is somebody else's page.
    const dataset = `<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <${dcat}Dataset>`
    expect(found.filter((s) => s.includes(dataset))).toHaveLength(2)
    expect(of(`${home}/catalog`, `${dcat}dataset`)).toHaveLength(2)
    const forms = of(`${home}/downloads/indicators/seen-in-time`, `${dcat}distribution`)
    expect(forms).toHaveLength(3)
    for (const form of forms) {
      const address = form.slice(1, -1)
      expect(of(address, `${dcat}accessURL`)).toEqual([form])
      expect(of(address, `${dct}license`)).toEqual([
        '<https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/>',
      ])
      const type = of(address, `${dcat}mediaType`)
      expect(type).toHaveLength(1)
      expect(type[0]).toMatch(
        /^<http:\/\/www\.iana\.org\/assignments\/media-types\/[a-z]+\/[a-z.-]+>$/,
      )
    }
    expect(of(`${home}/#publisher`, 'http://xmlns.com/foaf/0.1/name')).toEqual(['"Plumbline"@en'])
  })
})

describe('descriptions of a table', () => {
  it('agree with each other and with the columns', () => {
    const fields = tableSchema().fields.map((f) => f.name)
    const about = {
      url: 'all.csv',
      title: 'All',
      description: 'All',
      modified: state.at,
      releases: [release],
    }
    const titles = csvOnTheWeb(about).tableSchema.columns.map((c) => c.titles)
    expect(fields).toEqual(columns.map((c) => c.name))
    expect(titles).toEqual(fields)
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('take a word of a list and nothing else', () => {
    const about = { url: 'a', title: 'a', description: 'a', modified: null, releases: [] }
    const status = csvOnTheWeb(about).tableSchema.columns.find((c) => c.name === 'status')
    const format = typeof status?.datatype === 'object' ? status.datatype.format : ''
    expect('suppressed').toMatch(new RegExp(format))
    expect('suppressed, perhaps').not.toMatch(new RegExp(format))
  })

  it('say nothing of sources and licences where there are none', () => {
    const about = { name: 'a', title: 'A', description: 'a', created: null, publication: 1 }
    expect(dataPackage({ ...about, releases: [] }, [])).not.toHaveProperty('licenses')
  })
})

it('licences have the name that the Open Definition gives them, else one made of their title', () => {
  expect(licenceOf('Open Government Licence v3.0').name).toBe('OGL-UK-3.0')
  expect(licenceOf('Creative Commons Attribution 4.0').name).toBe('CC-BY-4.0')
  expect(licenceOf('As the council says (2019)')).toEqual({
    name: 'As-the-council-says-2019',
    title: 'As the council says (2019)',
    path: null,
  })
  expect(licenceOf('').name).toBe('not-stated')
  expect(licencesOf(['OGL', 'Open Government Licence v3.0'])).toHaveLength(1)
})
