import type { ReleaseRow } from '../comparison/figures.ts'
import { type Column, columns } from './columns.ts'
import { licencesOf } from './licences.ts'

/** What is said of a table in its metadata. */
export interface TableAbout {
  /** Of the file, relative to the metadata. */
  readonly url: string
  readonly title: string
  readonly description: string
  readonly modified: string | null
  readonly releases: readonly ReleaseRow[]
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function columnEntry({ name, type, title, description, required, among }: Column) {
  return {
    name,
    // What the header says, letter by letter; a validator holds the two together.
    titles: name,
    datatype: among ? { base: 'string', format: `^(${among.map(escaped).join('|')})$` } : type,
    ...(required ? { required: true } : {}),
    'dc:title': title,
    'dc:description': description,
  }
}

/** The metadata of a table of observations: CSV on the Web (w3.org/TR/tabular-metadata). */
export function csvOnTheWeb(about: TableAbout) {
  const licence = licencesOf(about.releases.map((r) => r.licence))[0]
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    url: about.url,
    'dc:title': about.title,
    'dc:description': about.description,
    ...(about.modified === null
      ? {}
      : { 'dc:modified': { '@value': about.modified.slice(0, 10), '@type': 'xsd:date' } }),
    ...(licence?.path ? { 'dc:license': { '@id': licence.path } } : {}),
    'dc:source': [...new Set(about.releases.map((r) => `${r.publisher}: ${r.title}`))],
    tableSchema: { columns: columns.map(columnEntry) },
  }
}
