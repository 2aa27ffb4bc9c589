import type { ReleaseRow } from '../comparison/figures.ts'
import { type Column, columns } from './columns.ts'
import { type Licence, licencesOf } from './licences.ts'
import type { MadeFile } from './make-file.ts'

/** The version of the Data Package standard that descriptors keep to: datapackage.org. */
const profile = 'https://datapackage.org/profiles/2.0/datapackage.json'

/** A table's schema (Frictionless Table Schema). An empty cell is a missing value, never 0. */
export function tableSchema(all: readonly Column[] = columns) {
  return {
    fields: all.map(({ name, type, title, description, required, among }) => {
      const constraints = {
        ...(required ? { required: true } : {}),
        ...(among ? { enum: among } : {}),
      }
      const some = Object.keys(constraints).length > 0
      return { name, type, title, description, ...(some ? { constraints } : {}) }
    }),
    missingValues: [''],
  }
}

/** A file of a package. */
export interface Resource {
  readonly name: string
  /** Within the package. */
  readonly path: string
  readonly title: string
  readonly file: Pick<MadeFile, 'bytes' | 'sha256' | 'rows'>
  readonly format: string
  readonly mediatype: string
  /** The columns, where it is a table. */
  readonly columns?: readonly Column[]
  /** The releases that it is made from, where they are others than the package's. */
  readonly releases?: readonly ReleaseRow[]
}

const licenceEntry = ({ name, title, path }: Licence) => ({
  name,
  title,
  ...(path === null ? {} : { path }),
})

/** Where figures come from: each source once. */
function provenance(releases: readonly ReleaseRow[]) {
  const sources = new Map(
    releases.map((r) => [r.title, { title: `${r.publisher}: ${r.title}`, path: r.source }]),
  )
  return {
    ...(releases.length > 0 ? { sources: [...sources.values()] } : {}),
    ...(releases.length > 0
      ? { licenses: licencesOf(releases.map((r) => r.licence)).map(licenceEntry) }
      : {}),
  }
}

function resourceEntry(r: Resource) {
  return {
    name: r.name,
    path: r.path,
    title: r.title,
    format: r.format,
    mediatype: r.mediatype,
    encoding: 'utf-8',
    bytes: r.file.bytes,
    hash: `sha256:${r.file.sha256}`,
    ...(r.file.rows === null ? {} : { rowCount: r.file.rows }),
    ...(r.columns
      ? {
          type: 'table',
          profile: 'tabular-data-resource',
          dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true },
          schema: tableSchema(r.columns),
        }
      : {}),
    ...(r.releases ? provenance(r.releases) : {}),
  }
}

/** What a package is as a whole. */
export interface PackageAbout {
  readonly name: string
  readonly title: string
  readonly description: string
  /** When what it holds was published; the same publication makes the same package. */
  readonly created: string | null
  readonly publication: number
  readonly homepage?: string
  readonly releases: readonly ReleaseRow[]
}

/** The descriptor of a data package: `datapackage.json`. */
export function dataPackage(about: PackageAbout, resources: readonly Resource[]) {
  return {
    $schema: profile,
    name: about.name,
    title: about.title,
    description: about.description,
    version: `${about.publication}.0.0`,
    ...(about.created === null ? {} : { created: about.created }),
    ...(about.homepage === undefined ? {} : { homepage: about.homepage }),
    ...provenance(about.releases),
    resources: resources.map(resourceEntry),
  }
}
