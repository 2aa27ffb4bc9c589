import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { descriptorSchema } from '../evidence/descriptor.ts'
import { importFiles } from '../publishing/import.ts'
import { publish } from '../publishing/publish.ts'
import { clinics, prepare, writeFile } from '../publishing/testing.ts'
import { attackServed } from './attack-served.ts'
import { hiddenFigures } from './hidden-figures.ts'
import { csvOf, groupOf, rowsOf, type VisitRow, type Visits } from './random-visits.ts'
import { visitsCatalogue } from './testing.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')

/** The same kind of file, which gives how many visits there were beside the share of them. */
const withVisits: Catalogue = {
  ...visitsCatalogue,
  descriptors: visitsCatalogue.descriptors.map((d) =>
    descriptorSchema.parse({
      ...d,
      observations: [
        ...d.observations,
        { indicator: 'visits', value: 'all', breakdown: { sex: '{sex}', age: '{age}' } },
      ],
    }),
  ),
  indicators: new Map([
    ...visitsCatalogue.indicators,
    ['visits', { ...seen, code: 'visits', kind: 'count', service: null }],
  ]),
}

/** Four wards and their district, everyone in them. */
function rowsWith(...counts: Visits['counts']): VisitRow[] {
  const wards = counts.map(() => ({ district: 0, neighbourhood: 0 }))
  const nobody = [0, 0] as const
  const rows = rowsOf({ wards, ages: [], counts: counts.flatMap((c) => [c, nobody]) })
  return rows.filter(({ level, sex }) => sex === '' && (level === 'ward' || level === 'district'))
}

describe.each(testDatabases())(
  'an indicator that a correction leaves out, on $kind',
  ({ open }) => {
    let db: Database
    beforeAll(async () => {
      db = await prepare(await open())
    })
    afterAll(() => db?.close())

    /** Publishes the rows; says which indicators are hidden of which places. */
    async function publishRows(catalogue: Catalogue, rows: readonly VisitRow[]) {
      const path = writeFile('visits-2020.csv', csvOf(rows))
      const { drafts } = await importFiles(db, catalogue, [path], { accept: 0, by: 'a test' })
      await publish(db, catalogue, drafts, { by: 'a test', reason: 'to see' })
      const all = await Promise.all(drafts.map((release) => hiddenFigures(db, release)))
      const hidden = new Set(
        all.flatMap((a) => a?.hidden ?? []).map((f) => `${f.indicator} ${f.code}`),
      )
      return (indicator: string, { code }: VisitRow) => !hidden.has(`${indicator} ${code}`)
    }

    it('still tells what it told of another that shared its counts', async () => {
      const first = rowsWith([35, 40], [4, 33], [20, 15], [1, 7])
      const second = rowsWith([35, 40], [4, 33], [20, 15], [1, 1])
      const shownFirst = await publishRows(withVisits, first)
      const shownSecond = await publishRows(visitsCatalogue, second)
      const served = second.map((row, at) => {
        const was = first[at] as VisitRow
        const isSame = was.inTime === row.inTime && was.all === row.all
        const told = shownSecond('seen-in-time', row) || (isSame && shownFirst('seen-in-time', row))
        const base = told || (isSame && shownFirst('visits', row))
        return {
          ...{ code: row.code, group: groupOf(row) },
          ...{ numerator: told ? row.inTime : null, denominator: base ? row.all : null },
        }
      })
      expect(served.filter((s) => s.numerator !== null).length).toBeGreaterThan(0)
      expect((await attackServed(second, served, 5)).filter((l) => / is [1-4]:/.test(l))).toEqual(
        [],
      )
    })
  },
)
