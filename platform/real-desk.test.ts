import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { movingCusum } from '@plumbline/statistics'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { State } from './comparison/reader.ts'
import { loadStoredSeries } from './comparison/stored-series.ts'
import type { Database } from './database/database.ts'
import { testDatabases } from './database/testing.ts'
import type { Signal, Watched } from './desk/store.ts'
import { loadCatalogue } from './evidence/catalogue.ts'
import { importAndPublish, prepare } from './publishing/testing.ts'
import { makeReader } from './reader.ts'

const data = join(import.meta.dirname, '../../shared/data')
const catalogue = loadCatalogue()
const major = 'ae-over-four-hours-major'

/** Waits in every A&E department of England, month by month from 2016 to 2019. */
describe.skipIf(!existsSync(data)).each(testDatabases())(
  'the desk over published waits, on $kind',
  ({ open }) => {
    let db: Database
    let state: State
    let signals: readonly Signal[]
    let watched: readonly Watched[]
    beforeAll(async () => {
      db = await prepare(await open())
      await importAndPublish(db, catalogue, [join(data, 'hospitals/ae-attendances.csv.gz')])
      const reader = makeReader(db, catalogue)
      state = await reader.state()
      signals = await reader.desk.all(state, '2019-06-30')
      watched = await reader.desk.watched(state)
    })
    afterAll(() => db.close())

    it('has every department that misses the four-hour floor for certain in the last month', async () => {
      const [last] = await loadStoredSeries(db, state.publication, major, {
        breakdown: '',
        period: '2019-03',
      })
      const certain = last?.lower95.filter((lower) => lower > 5).length
      expect(certain).toBeGreaterThan(100)
      expect(signals.filter((s) => s.rule === 'below-floor')).toHaveLength(certain ?? -1)
      expect(signals.slice(0, certain).every((s) => s.rule === 'below-floor')).toBe(true)
    })

    it('finds sudden changes by percentiles, as the rule gives them from the figures themselves', async () => {
      const series = await loadStoredSeries(db, state.publication, major, { breakdown: '' })
      const subjects = new Map(
        (await db.query<{ code: string; id: number }>('select code, id from subject')).map((s) => [
          s.code,
          s.id,
        ]),
      )
      const found = signals.filter((s) => s.about === major && s.seen.by?.includes('cusum'))
      expect(found.length).toBeGreaterThan(0)
      expect(found.length).toBeLessThan(20)
      for (const { subject, seen } of found) {
        const id = subjects.get(subject?.code ?? '') ?? -1
        // Ranked among the departments that are there in the last month, as the desk watches them.
        const here = series.at(-1)?.subjects ?? new Int32Array()
        const ranks = Float64Array.from(series, (s) => {
          const known = Array.from(s.subjects.keys()).filter(
            (i) => here.includes(s.subjects[i] as number) && !Number.isNaN(s.value[i]),
          )
          const own = s.value[s.subjects.indexOf(id)] ?? Number.NaN
          const below = known.filter((i) => (s.value[i] as number) < own).length
          return Number.isNaN(own) ? own : (100 * below) / (known.length - 1)
        })
        expect(movingCusum(ranks).signal.at(-1)).not.toBe(0)
        expect(seen.to).toBeCloseTo(ranks.at(-1) ?? Number.NaN)
      }
    })

    it('says how many false alarms to expect: fewer than there are signals', () => {
      const worse = watched.find((w) => w.rule === 'sudden-worsening')
      const found = signals.filter((s) => s.rule === 'sudden-worsening').length
      expect(worse?.series).toBeGreaterThan(250)
      expect(worse?.falseAlarms).toBeGreaterThan(10)
      expect(worse?.falseAlarms).toBeLessThan(found)
    })
  },
)
