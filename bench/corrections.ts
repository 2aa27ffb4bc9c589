import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPlace } from '../platform/control/carry-out.ts'
import type { Database } from '../platform/database/database.ts'
import { migrations } from '../platform/database/migrations/index.ts'
import { csvOf, rowsOf, type VisitRow, type Visits } from '../platform/disclosure/random-visits.ts'
import { visitsCatalogue } from '../platform/disclosure/testing.ts'
import { UnsafeRelease } from '../platform/disclosure/unsafe-release.ts'
import { importFiles } from '../platform/publishing/import.ts'
import { publish } from '../platform/publishing/publish.ts'
import type { Report } from './report.ts'

const wards = 16
const corrections = 200
/** Corrections of which each leaves other rows out: choosing what to hide takes longer then. */
const withGaps = 60

/** The counts of a year after so many corrections: each changes those of one ward. */
function yearAfter(k: number, late = 0): Visits {
  const counts = Array.from({ length: wards * 2 }, (_, at): [number, number] => {
    const changes = Math.floor((k + wards - 1 - (at >> 1)) / wards)
    return [((at * 29) % 47) + changes, 3 + ((at * 17) % 31) + late * changes]
  })
  return {
    wards: Array.from({ length: wards }, (_, at) => ({ district: at % 4, neighbourhood: at % 3 })),
    ages: [],
    counts,
  }
}

/** The rows of a correction without up to four of them, other ones each time: of wards, and of the county. */
function rowsWithGaps(k: number): VisitRow[] {
  const rows = rowsOf(yearAfter(k, 2))
  const out = new Set([0, 11, 22, 33].map((step) => (k * 37 + step) % rows.length))
  const may = ({ level }: VisitRow) => k > 0 && (level === 'ward' || level === 'county')
  return rows.filter((row, at) => !(out.has(at) && may(row)))
}

/** Publishes one release after another in one slot: the seconds of each, and how many were refused. */
async function publishAll(
  db: Database,
  folder: string,
  name: string,
  corrections: number,
  rowsAfter: (k: number) => VisitRow[],
) {
  const took: number[] = []
  let refused = 0
  for (let k = 0; k <= corrections; k++) {
    const path = join(folder, name)
    writeFileSync(path, csvOf(rowsAfter(k)))
    const { drafts } = await importFiles(db, visitsCatalogue, [path], { accept: 0, by: 'bench' })
    const started = performance.now()
    try {
      await publish(db, visitsCatalogue, drafts, { by: 'bench', reason: 'to measure' })
      took.push((performance.now() - started) / 1000)
    } catch (error) {
      if (!(error instanceof UnsafeRelease)) throw error
      refused += 1
    }
  }
  return { took, refused }
}

/** The median of some seconds from one place on: one publish alone may meet a pause. */
const around = (took: readonly number[], at: number): number =>
  took.slice(at, at + 21).toSorted((a, b) => a - b)[10] ?? Number.NaN

/**
 * What a correction costs that comes after so many in the same slot: each is held against all of them. It may grow
 * with their number, and no faster.
 */
export async function measureCorrections(temp: string, report: Report): Promise<void> {
  const folder = join(temp, 'corrections')
  mkdirSync(folder, { recursive: true })
  const { db, close } = await openPlace({ folder: join(folder, 'data'), url: null }, migrations)
  try {
    const whole = (k: number) => rowsOf(yearAfter(k))
    const { took, refused } = await publishAll(db, folder, 'visits-2020.csv', corrections, whole)
    const early = around(took, 0)
    report.add('a publish after 10 others in its slot', early, 's')
    report.add('after 90 others', around(took, 80), 's')
    report.add('after 190 others', around(took, 180), 's', { most: early * 19 })
    report.add(`refused of ${corrections}`, refused, '')
    const gaps = await publishAll(db, folder, 'visits-2021.csv', withGaps, rowsWithGaps)
    const tenth = around(gaps.took, 0)
    report.add('each leaves other rows out: after 10 others', tenth, 's')
    report.add('after 50 others', around(gaps.took, 40), 's', { most: tenth * 5 })
    report.add(`refused of ${withGaps}`, gaps.refused, '')
  } finally {
    await close()
  }
}
