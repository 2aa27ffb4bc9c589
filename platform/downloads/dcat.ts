import type { ReleaseRow } from '../comparison/figures.ts'
import type { State } from '../comparison/reader.ts'
import type { Indicator } from '../evidence/indicator.ts'
import type { IndicatorContents } from './contents.ts'
import { type Licence, licencesOf } from './licences.ts'
import { addressOf, forms, mediaTypes, type Scope } from './scope.ts'

/** The vocabularies of the catalogue; nothing is fetched to read it. */
const context = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  prov: 'http://www.w3.org/ns/prov#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

const iana = 'http://www.iana.org/assignments/media-types/'
const fileTypes = 'http://publications.europa.eu/resource/authority/file-type/'
const english = {
  '@id': 'http://publications.europa.eu/resource/authority/language/ENG',
  '@type': 'dct:LinguisticSystem',
}
const england = {
  '@id': 'http://publications.europa.eu/resource/authority/country/GBR',
  '@type': 'dct:Location',
}

const text = (value: string) => ({ '@value': value, '@language': 'en' })
const moment = (value: string) => ({ '@value': value, '@type': 'xsd:dateTime' })

const formNames = { csv: 'CSV', jsonl: 'JSON lines', parquet: 'Parquet', zip: 'ZIP' } as const
const euTypes = { csv: 'CSV', jsonl: 'JSON', parquet: 'PARQUET', zip: 'ZIP' } as const

/** What a catalogue is made from. */
export interface CatalogueAbout {
  /** Where this Plumbline is on the web, without a slash at its end. */
  readonly home: string
  readonly state: State
  /** What is put behind the addresses of files, so that they are of this state: `?as-of=2026-11-24`, or nothing. */
  readonly asked?: string
  readonly contents: readonly IndicatorContents[]
  readonly indicators: ReadonlyMap<string, Indicator>
  /** The releases that count, by number. */
  readonly releases: ReadonlyMap<number, ReleaseRow>
}

interface DatasetAbout {
  readonly scope: Scope
  readonly title: string
  readonly description: string
  readonly keywords: readonly string[]
  readonly landing: string
  readonly releases: readonly ReleaseRow[]
}

/** A file has one licence at most, as DCAT-AP has it: of several, each holds for some of its figures. */
function licensing(licences: readonly Licence[], url: string) {
  const [only, ...more] = licences
  if (only === undefined) return {}
  if (more.length === 0 && only.path !== null)
    return { 'dct:license': { '@id': only.path, '@type': 'dct:LicenseDocument' } }
  const named = licences.map(({ title, path }) => (path === null ? title : `${title} (${path})`))
  const words = `Each figure keeps the licence of its source: ${named.join('; ')}.`
  return {
    'dct:rights': {
      '@id': `${url}#rights`,
      '@type': 'dct:RightsStatement',
      'dct:description': text(words),
    },
  }
}

/**
 * Where figures come from. `dct:source` would call each source a data set of this catalogue, and data portals would
 * harvest pages of others as ours.
 */
function lineage(releases: readonly ReleaseRow[], url: string) {
  if (releases.length === 0) return {}
  const named = new Set(releases.map((r) => `${r.publisher}: ${r.title} (${r.source})`))
  return {
    'prov:wasDerivedFrom': [...new Set(releases.map((r) => r.source))].map((id) => ({ '@id': id })),
    'dct:provenance': {
      '@id': `${url}#provenance`,
      '@type': 'dct:ProvenanceStatement',
      'rdfs:label': text(`Made from ${[...named].join('; ')}.`),
    },
  }
}

function dataset(about: DatasetAbout, { home, state, asked = '' }: CatalogueAbout) {
  const address = addressOf(about.scope)
  const licences = licencesOf(about.releases.map((r) => r.licence))
  const endings = [...forms, ...(about.scope.kind === 'everything' ? (['zip'] as const) : [])]
  return {
    '@id': `${home}${address}`,
    '@type': 'dcat:Dataset',
    'dct:identifier': `${home}${address}`,
    'dct:title': text(about.title),
    'dct:description': text(about.description),
    'dcat:keyword': about.keywords.map(text),
    'dct:language': english,
    'dct:spatial': england,
    'dct:publisher': { '@id': `${home}/#publisher` },
    'dcat:landingPage': { '@id': `${home}${about.landing}`, '@type': 'foaf:Document' },
    ...(state.at === null ? {} : { 'dct:modified': moment(state.at) }),
    ...lineage(about.releases, `${home}${address}`),
    'dcat:distribution': endings.map((form) => {
      const file = form === 'zip' ? '/downloads/plumbline.zip' : `${address}.${form}`
      const url = `${home}${file}${asked}`
      return {
        '@id': url,
        '@type': 'dcat:Distribution',
        'dct:title': text(`${about.title} (${formNames[form]})`),
        'dcat:accessURL': { '@id': url },
        'dcat:downloadURL': { '@id': url },
        'dcat:mediaType': {
          '@id': `${iana}${mediaTypes[form].split(';')[0]}`,
          '@type': 'dct:MediaType',
        },
        'dct:format': { '@id': `${fileTypes}${euTypes[form]}`, '@type': 'dct:MediaTypeOrExtent' },
        ...licensing(licences, url),
      }
    }),
  }
}

/** All that is published as a catalogue that data portals harvest: DCAT 3, as JSON-LD. */
export function dcatCatalogue(about: CatalogueAbout) {
  const { home, state, contents, indicators, releases } = about
  const everything = dataset(
    {
      scope: { kind: 'everything' },
      title: 'All figures',
      description:
        'Every figure of every provider, place, period and group that is published here.',
      keywords: ['public services', 'quality', 'comparison'],
      landing: '/downloads',
      releases: [...releases.values()],
    },
    about,
  )
  const each = contents.map(({ indicator, releases: ids }) => {
    const known = indicators.get(indicator)
    return dataset(
      {
        scope: { kind: 'indicators', code: indicator },
        title: known?.name ?? indicator,
        description: known ? `${known.why} ${known.definition}` : indicator,
        keywords: known ? [known.topic] : [],
        landing: `/indicators/${encodeURIComponent(indicator)}`,
        releases: ids.flatMap((id) => releases.get(id) ?? []),
      },
      about,
    )
  })
  return {
    '@context': context,
    '@id': `${home}/catalog`,
    '@type': 'dcat:Catalog',
    'dct:title': text('Plumbline: how good public services are'),
    'dct:description': text(
      'Figures of providers and places with their intervals, and where each comes from.',
    ),
    'dct:publisher': {
      '@id': `${home}/#publisher`,
      '@type': 'foaf:Agent',
      'foaf:name': text('Plumbline'),
    },
    'dct:language': english,
    'foaf:homepage': { '@id': `${home}/`, '@type': 'foaf:Document' },
    ...(state.at === null ? {} : { 'dct:modified': moment(state.at) }),
    'dcat:dataset': [everything, ...each],
  }
}
