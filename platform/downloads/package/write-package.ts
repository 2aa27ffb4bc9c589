import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { State } from '../../comparison/reader.ts'
import type { Database } from '../../database/database.ts'
import type { Catalogue } from '../../evidence/catalogue.ts'
import type { Indicator } from '../../evidence/indicator.ts'
import { type PeriodKind, periodKindOf } from '../../evidence/period.ts'
import { storedIndicators } from '../../publishing/indicators.ts'
import type { Batch } from '../batch.ts'
import { columns } from '../columns.ts'
import { CsvWriter } from '../csv-writer.ts'
import { dataPackage, type Resource } from '../data-package.ts'
import { DownloadRefused, refusal } from '../make-file.ts'
import { observations } from '../observations.ts'
import { AppendedFile, writtenFile } from './appended-file.ts'
import {
  boundariesDescriptor,
  boundariesFile,
  boundaryLevel,
  boundaryPieces,
} from './boundaries.ts'
import { catalogueFiles, indicatorColumns, indicatorsCsv, readme } from './catalogue-files.ts'
import {
  distinct,
  figuresDescriptor,
  figuresFile,
  type PackagedRelease,
  type Steps,
} from './figures.ts'
import { type CurrentRelease, currentReleases } from './releases.ts'
import { subjectsDescriptor, subjectTable } from './subjects.ts'

export interface Packaging {
  readonly db: Database
  readonly catalogue: Catalogue
  /** What whoever imports the package has anyway. */
  readonly shipped: Catalogue
  readonly state: State
  readonly periodKind: (indicator: string) => PeriodKind | null
  /** Where this Plumbline is on the web; undefined where nobody has said. */
  readonly homepage?: string
  readonly signal?: AbortSignal
  readonly onProgress?: (rows: number) => void
}

/** What a package came to. */
export interface Packaged {
  readonly releases: number
  readonly rows: number
}

/**
 * Writes all that a state holds into a new folder, as a data package that another Plumbline can import.
 * The folder appears when it is whole. Throws DownloadRefused.
 */
export async function writePackage(folder: string, packaging: Packaging): Promise<Packaged> {
  if (existsSync(folder) && !(await isEmptyFolder(folder))) {
    throw new DownloadRefused(`${folder} is there already. Name a folder that is not there yet.`)
  }
  const under = join(dirname(folder), `.${basename(folder)}.${randomUUID()}.tmp`)
  try {
    await mkdir(under, { recursive: true })
    const packaged = await new Package(under, packaging).write()
    await rename(under, folder)
    return packaged
  } catch (error) {
    await rm(under, { recursive: true, force: true })
    throw refusal(error)
  }
}

const isEmptyFolder = (folder: string): Promise<boolean> =>
  rmdir(folder).then(
    () => true,
    () => false,
  )

class Package {
  readonly #folder: string
  readonly #of: Packaging
  readonly #resources: Resource[] = []
  readonly #descriptors: Record<string, unknown>[] = []
  #rows = 0

  constructor(folder: string, of: Packaging) {
    this.#folder = folder
    this.#of = of
  }

  async write(): Promise<Packaged> {
    const { db, state, catalogue, shipped } = this.#of
    const releases = await currentReleases(db, state)
    const indicators = await storedIndicators(db, catalogue)
    const invented = releases.some((r) => r.invented)
    await this.#subjects(releases, invented)
    await this.#figures(releases, indicators)
    await this.#boundaries(releases)
    for (const d of this.#descriptors) await this.#catalogueFile(`sources/${d.id}.json`, text(d))
    for (const [path, content] of catalogueFiles(catalogue, shipped)) {
      await this.#catalogueFile(path, content)
    }
    await writtenFile(join(this.#folder, 'README.md'), readme(state.publication))
    const about = {
      name: 'plumbline',
      title: 'Everything that this Plumbline has published',
      description: `All figures as of publication ${state.publication}, with whom they are about, what they mean, and what a Plumbline needs to import them.`,
      created: state.at,
      publication: state.publication,
      ...(this.#of.homepage === undefined ? {} : { homepage: this.#of.homepage }),
      releases: releases.map((r) => r.row),
    }
    const descriptor = dataPackage(about, this.#resources)
    await writtenFile(join(this.#folder, 'datapackage.json'), text(descriptor))
    return { releases: releases.length, rows: this.#rows }
  }

  async #subjects(releases: readonly CurrentRelease[], invented: boolean): Promise<void> {
    const { db, state, catalogue, homepage } = this.#of
    const table = await subjectTable(db, state.publication)
    const file = await writtenFile(join(this.#folder, 'subjects.csv'), table.csv, table.rows)
    const about = { path: 'subjects.csv', title: 'Providers and places', columns: table.columns }
    this.#resources.push({ name: 'subjects', ...about, file, ...csv })
    const of = {
      day: (state.at ?? new Date(0).toISOString()).slice(0, 10),
      licence: [...new Set(releases.map((r) => r.row.licence))].join('; '),
      invented,
      source: homepage ?? 'urn:plumbline:providers-and-places',
    }
    this.#descriptors.push(subjectsDescriptor(table, catalogue.services, of))
  }

  /** A file for each release, all in one pass over the figures. */
  async #figures(
    releases: readonly CurrentRelease[],
    indicators: ReadonlyMap<string, Indicator>,
  ): Promise<void> {
    const { db, state, periodKind, signal, onProgress } = this.#of
    const writing = new Map(releases.map((r) => [r.row.id, new FiguresOf(this.#folder, r)]))
    const reading = {
      publication: state.publication,
      scope: { kind: 'everything' } as const,
      periodKind,
      ...(signal ? { signal } : {}),
    }
    for await (const batch of observations(db, reading)) {
      for (const [release, rows] of Map.groupBy(batch.rows, (r) => r.release)) {
        await writing.get(release)?.write({ ...batch, rows })
      }
      this.#rows += batch.rows.length
      onProgress?.(this.#rows)
    }
    const used = new Set<string>()
    const packaged: PackagedRelease[] = []
    for (const figures of writing.values()) {
      if (figures.rows === 0) continue
      this.#resources.push(await figures.end())
      packaged.push(figures.packaged(this.#kindSaid(figures)))
      for (const code of figures.indicators) used.add(code)
    }
    await this.#indicators([...indicators.values()].filter((i) => used.has(i.code)))
    const described = new Set(this.#of.shipped.indicators.keys())
    for (const some of Map.groupBy(packaged, (p) => p.descriptor).values()) {
      const own = new Set(some.flatMap((p) => [...(writing.get(p.row.id)?.indicators ?? [])]))
      const beside = [...indicators.values()].filter(
        (i) => own.has(i.code) && !described.has(i.code),
      )
      for (const i of beside) described.add(i.code)
      const [first, ...rest] = some
      if (first) {
        const services = this.#of.catalogue.services
        this.#descriptors.push(figuresDescriptor([first, ...rest], services, beside))
      }
    }
  }

  /** The kind of period of a release: its descriptor's, or else that of its first indicator. */
  #kindSaid({ descriptor, indicators }: FiguresOf): PeriodKind | null {
    const { catalogue, periodKind } = this.#of
    const [first = ''] = indicators
    const read = catalogue.descriptors.find((d) => d.id === descriptor)
    return read?.period.kind ?? periodKind(first)
  }

  async #indicators(all: readonly Indicator[]): Promise<void> {
    const path = 'indicators.csv'
    const file = await writtenFile(join(this.#folder, path), indicatorsCsv(all), all.length)
    const about = { name: 'indicators', path, title: 'What each indicator means' }
    this.#resources.push({ ...about, file, columns: indicatorColumns, ...csv })
  }

  async #boundaries(releases: readonly CurrentRelease[]): Promise<void> {
    const { db } = this.#of
    for (const { row, descriptor, invented } of releases) {
      const level = await boundaryLevel(db, row.id)
      if (level === null) continue
      const path = boundariesFile(row)
      const file = new AppendedFile(join(this.#folder, path))
      for await (const piece of boundaryPieces(db, row.id)) await file.write(piece)
      this.#resources.push({
        name: `boundaries-${row.id}`,
        path,
        title: row.title,
        file: await file.end(null),
        format: 'geojson',
        mediatype: 'application/geo+json',
        releases: [row],
      })
      this.#descriptors.push(boundariesDescriptor(row, { descriptor, level, invented }))
    }
  }

  async #catalogueFile(path: string, content: string): Promise<void> {
    await writtenFile(join(this.#folder, 'catalogue', path), content)
  }
}

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const csv = { format: 'csv', mediatype: 'text/csv' } as const

/** The figures of one release, on their way into its file. */
class FiguresOf {
  readonly indicators = new Set<string>()
  readonly descriptor: string
  rows = 0
  readonly #release: CurrentRelease
  readonly #path: string
  readonly #file: AppendedFile
  readonly #writer = new CsvWriter()
  #steps: Steps[] = []
  #firstPeriod = ''

  constructor(folder: string, release: CurrentRelease) {
    this.#release = release
    this.descriptor = release.descriptor
    this.#path = figuresFile(release.row)
    this.#file = new AppendedFile(join(folder, this.#path))
  }

  async write(batch: Batch): Promise<void> {
    if (this.rows === 0) this.#firstPeriod = batch.period
    this.rows += batch.rows.length
    this.indicators.add(batch.indicator)
    this.#steps = distinct([...this.#steps, ...batch.rows])
    await this.#file.write(this.#writer.write(batch))
  }

  async end(): Promise<Resource> {
    const { row } = this.#release
    return {
      name: `release-${row.id}`,
      path: this.#path,
      title: [row.title, row.period, ...(row.partName ? [row.partName] : [])].join(', '),
      file: await this.#file.end(this.rows),
      columns,
      releases: [row],
      ...csv,
    }
  }

  /** `said`: the kind of period that its descriptor names, where that is still known. */
  packaged(said: PeriodKind | null): PackagedRelease {
    const periodKind = periodKindOf(this.#firstPeriod, said)
    return { ...this.#release, periodKind, steps: this.#steps }
  }
}
