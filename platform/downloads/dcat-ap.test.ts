import jsonld from 'jsonld'
import { Parser, Store } from 'n3'
import Validator from 'rdf-validate-shacl'
import { expect, it } from 'vitest'
import { clinics } from '../publishing/testing.ts'
import { dcatCatalogue } from './dcat.ts'
import { dcatApShapes } from './dcat-ap-shapes.ts'
import { release, state } from './testing-catalogue.ts'

/** A catalogue of one indicator whose releases have these licences. */
const catalogueOf = (...licences: string[]): unknown =>
  JSON.parse(
    JSON.stringify(
      dcatCatalogue({
        home: 'https://open.example.org',
        state,
        contents: [
          {
            indicator: 'seen-in-time',
            rows: 40,
            firstPeriod: '2024',
            lastPeriod: '2024',
            releases: licences.map((_, at) => at),
          },
        ],
        indicators: clinics.indicators,
        releases: new Map(licences.map((licence, at) => [at, { ...release, id: at, licence }])),
      }),
    ),
  )

/** What breaks the rules of DCAT-AP: of which thing, and which property. */
async function wrongIn(catalogue: unknown): Promise<string[]> {
  const options = { format: 'application/n-quads', safe: true } as const
  const quads = String(await jsonld.toRDF(catalogue as object, options))
  const shapes = new Store(new Parser().parse(dcatApShapes()))
  const report = await new Validator(shapes).validate(new Store(new Parser().parse(quads)))
  return report.results.map(({ focusNode, path }) => {
    const named = path && 'value' in path ? path.value : ''
    return `${focusNode?.value} ${named.replace(/^.*[/#]/, '')}`
  })
}

const open = 'Open Government Licence v3.0'
const other = 'Creative Commons Attribution 4.0'

it('is a catalogue as DCAT-AP wants it, of one licence and of several', async () => {
  expect(await wrongIn(catalogueOf(open))).toEqual([])
  expect(await wrongIn(catalogueOf(open, other))).toEqual([])
})

it('names each licence where a file has several, and says whose it is', () => {
  const text = JSON.stringify(catalogueOf(open, other))
  expect(text).toContain(
    'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
  )
  expect(text).toContain('https://creativecommons.org/licenses/by/4.0/')
  expect(text).toContain('Each figure keeps the licence of its source')
})

it('finds what is missing, what is there twice and what is of the wrong kind', async () => {
  const good = catalogueOf(open) as Record<string, unknown>
  const { 'dct:publisher': _, ...nobody } = good
  expect(await wrongIn(nobody)).toEqual([
    'https://open.example.org/catalog publisher',
    // Nothing says any more that this is an agent.
    'https://open.example.org/downloads/everything publisher',
    'https://open.example.org/downloads/indicators/seen-in-time publisher',
  ])
  const dated = { ...good, 'dct:modified': 'of late' }
  expect(await wrongIn(dated)).toEqual(['https://open.example.org/catalog modified'])
  const [first] = good['dcat:dataset'] as Record<string, unknown>[]
  const source = { '@id': 'https://example.org/clinics' }
  expect(await wrongIn({ ...good, 'dcat:dataset': [{ ...first, 'dct:source': source }] })).toEqual([
    'https://open.example.org/downloads/everything source',
  ])
  const untitled = { ...first, 'dct:title': [] }
  expect(await wrongIn({ ...good, 'dcat:dataset': [untitled] })).toEqual([
    'https://open.example.org/downloads/everything title',
  ])
})
