import { createHash } from 'node:crypto'
import { origins } from '../comparison/sheet.ts'
import { loadStoredSeries } from '../comparison/stored-series.ts'
import type { Indicator } from '../evidence/indicator.ts'
import type { Dependent, PublicationAtHand } from '../publishing/dependents.ts'
import { type AreaFigures, areaFigures, geographyOf, type Members } from './area-figures.ts'
import { type Placed, place, placings } from './locate.ts'
import { type Area, type LevelTopology, simplifyLevel } from './simplify.ts'

/** Maps: boundaries simplified, figures by area, and where providers lie. */
export const maps: Dependent = {
  label: 'Drawing maps',
  tables: ['map_level', 'map_series', 'map_points'],
  async compute(publication) {
    await storePoints(publication)
    const levels = await storeLevels(publication)
    const areas = geographyOf(publication.listings)
    for (const indicator of publication.indicators.values()) {
      publication.signal?.throwIfAborted()
      const wanted = levels.filter((l) => l.changed || publication.touched.has(indicator.code))
      if (wanted.length === 0) continue
      const service = publication.catalogue.services.find((s) => s.code === indicator.service)
      await storeSeries(publication, indicator, wanted, areas(service))
    }
  },
}

interface Level {
  readonly level: string
  readonly members: Members
  /** Its boundaries, or who lies within them, are not as they were. */
  readonly changed: boolean
}

const digest = (parts: Iterable<string>): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\n')
  return hash.digest('hex').slice(0, 16)
}

interface LevelRow {
  readonly level: string
  readonly topology: string
  readonly releases: readonly number[]
  readonly members: string
}

/** Stores the levels whose boundaries or members changed, and an empty one for a level that ended. */
async function storeLevels(publication: PublicationAtHand): Promise<Level[]> {
  const { db, number } = publication
  const before = await db.query<LevelRow>(
    `select distinct on (level) level, topology, releases, members from map_level
     where publication < $1 order by level, publication desc`,
    [number],
  )
  const sources = await boundarySources(publication)
  const levels: Level[] = []
  for (const [level, releases] of sources) {
    const old = before.find((b) => b.level === level)
    const same = old?.releases.join() === releases.join()
    const topology =
      same && old ? old.topology : JSON.stringify(await simplified(publication, releases))
    const members = membersOf(publication, areaNumbers(topology))
    const signature = digest([...members].map(([area, inside]) => `${area} ${inside.join()}`))
    const changed = !same || old?.members !== signature
    if (changed) await storeLevel(publication, { level, topology, releases, members: signature })
    levels.push({ level, members, changed })
  }
  for (const { level } of before.filter((b) => b.topology !== '' && !sources.has(b.level))) {
    await storeLevel(publication, { level, topology: '', releases: [], members: '' })
  }
  return levels
}

const storeLevel = ({ db, number }: PublicationAtHand, row: LevelRow) =>
  db.query(
    `insert into map_level (level, publication, topology, releases, members)
     values ($1, $2, $3, $4, $5)`,
    [row.level, number, row.topology, row.releases, row.members],
  )

/** The releases that draw each level, the newest last. */
async function boundarySources(publication: PublicationAtHand): Promise<Map<string, number[]>> {
  const { db, catalogue, releases } = publication
  const rows = await db.query<{ id: number; descriptor: string }>(
    `select id, descriptor from release r where id = any($1::int[])
       and exists (select 1 from boundary where release_id = r.id) order by period, id`,
    [releases],
  )
  const sources = new Map<string, number[]>()
  for (const { id, descriptor } of rows) {
    const level = catalogue.descriptors.find((d) => d.id === descriptor)?.boundaries?.level
    if (level !== undefined) sources.set(level, [...(sources.get(level) ?? []), id])
  }
  return sources
}

/** The shapes of a level; the newest release's where two draw the same place. */
async function simplified(
  { db }: PublicationAtHand,
  releases: readonly number[],
): Promise<LevelTopology> {
  const areas = new Map<number, Area>()
  for (const release of releases) {
    const rows = await db.query<Area>(
      'select subject_id as id, geometry from boundary where release_id = $1 order by subject_id',
      [release],
    )
    for (const row of rows) areas.set(row.id, row)
  }
  return simplifyLevel([...areas.values()])
}

const areaNumbers = (topology: string): number[] =>
  (JSON.parse(topology) as LevelTopology).objects.areas.geometries.map((g) => Number(g.id))

function membersOf({ listings }: PublicationAtHand, areas: readonly number[]): Members {
  const members = new Map<number, number[]>(areas.map((area) => [area, []]))
  for (const { id, kind, parents } of listings.values()) {
    if (kind === 'provider') for (const parent of parents) members.get(parent)?.push(id)
  }
  return members
}

/** Stores an indicator by area, every period that has a figure; periods that ended are emptied. */
async function storeSeries(
  { db, number }: PublicationAtHand,
  indicator: Indicator,
  levels: readonly Level[],
  geography: Parameters<typeof areaFigures>[3],
): Promise<void> {
  const stored = new Set<string>()
  for (const series of await loadStoredSeries(db, number, indicator.code, { breakdown: '' })) {
    for (const { level, members } of levels) {
      const found = areaFigures(series, members, indicator, geography)
      if (found.figures.length === 0) continue
      stored.add(`${series.period}\n${level}`)
      await insertSeries(db, [indicator.code, series.period, level, number], found)
    }
  }
  const before = await db.query<{ period: string; level: string }>(
    'select distinct period, level from map_series where indicator = $1 and publication < $2',
    [indicator.code, number],
  )
  const known = new Set(levels.map((l) => l.level))
  for (const { period, level } of before) {
    if (!known.has(level) || stored.has(`${period}\n${level}`)) continue
    const nothing = { figures: [], whole: null }
    await insertSeries(db, [indicator.code, period, level, number], nothing)
  }
}

/** No direction is stored as 9, as series have it. */
const unknown = 9

function insertSeries(
  db: PublicationAtHand['db'],
  key: readonly [indicator: string, period: string, level: string, publication: number],
  { figures, whole }: AreaFigures,
) {
  const numbers = (of: (f: AreaFigures['figures'][number]) => number) =>
    Float64Array.from(figures, of)
  return db.query(
    `insert into map_series (indicator, period, level, publication, areas, value, lower95, upper95,
       direction, origin, providers, whole)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...key,
      Int32Array.from(figures, (f) => f.area),
      numbers((f) => f.estimate.value),
      numbers((f) => f.estimate.lower95),
      numbers((f) => f.estimate.upper95),
      Int32Array.from(figures, (f) => f.direction ?? unknown),
      Int32Array.from(figures, (f) => origins.indexOf(f.estimate.origin)),
      Int32Array.from(figures, (f) => f.estimate.count),
      whole,
    ],
  )
}

/** Stores where all providers lie, unless it is as it was. */
async function storePoints({ db, number, listings }: PublicationAtHand): Promise<void> {
  const providers = [...listings.values()].filter((l) => l.kind === 'provider')
  const placed = [...place(providers.map((l) => ({ id: l.id, postcode: l.postcode, ...l.body })))]
  const column = (of: (p: Placed) => number) => Float64Array.from(placed, ([, p]) => of(p))
  const line = ([id, p]: [number, Placed]): string => `${id} ${p.at.join(' ')} ${p.how}`
  const signature = digest(placed.map(line))
  const [last] = await db.query<{ digest: string }>(
    'select digest from map_points where publication < $1 order by publication desc limit 1',
    [number],
  )
  if (last?.digest === signature) return
  await db.query(
    `insert into map_points (publication, subjects, longitude, latitude, how, digest)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      number,
      Int32Array.from(placed, ([id]) => id),
      column((p) => p.at[0]),
      column((p) => p.at[1]),
      Int32Array.from(placed, ([, p]) => placings.indexOf(p.how)),
      signature,
    ],
  )
}
