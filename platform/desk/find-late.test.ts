import { describe, expect, it } from 'vitest'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { descriptorSchema } from '../evidence/descriptor.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')

/** The same kind of file, which gives the number of visitors too. */
const withVisitors: Catalogue = {
  ...clinics,
  descriptors: clinics.descriptors.map((d) =>
    descriptorSchema.parse({
      ...d,
      observations: [...d.observations, { indicator: 'visitors', value: 'visitors' }],
    }),
  ),
  indicators: new Map([
    ...clinics.indicators,
    ['visitors', { ...seen, code: 'visitors', kind: 'count', unit: '', headline: false }],
  ]),
}

describe.each(testDatabases())('a source, on $kind', ({ open }) => {
  it('calls nobody silent who has any figure of it in its last period', async () => {
    const db = await prepare(await open())
    try {
      const year = (of: number, change?: Parameters<typeof clinicRows>[0]) =>
        writeFile(`clinics-${of}.csv`, clinicRows(change))
      await importAndPublish(db, withVisitors, [
        year(2019),
        year(2020, (i, line) => {
          // No share, but visitors; nothing at all; nothing, and its source says why.
          if (i === 3) return 'C103,Clinic 3,town,,,200'
          if (i === 4) return 'C104,Clinic 4,country,,,'
          return i === 5 ? 'C105,Clinic 5,town,SUPP,,' : line
        }),
      ])
      const reader = makeReader(db, withVisitors)
      const all = await reader.desk.all(await reader.state(), '2020-12-31')
      expect(all.map((s) => s.key).filter((k) => k.startsWith('silent'))).toEqual([
        'silent-provider:C104:clinics:2020',
      ])
    } finally {
      await db.close()
    }
  })
})
