import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../database/database.ts'
import { testDatabases } from '../../../database/testing.ts'
import type { Catalogue } from '../../../evidence/catalogue.ts'
import { type Descriptor, descriptorSchema } from '../../../evidence/descriptor.ts'
import { clinics, importAndPublish, prepare, writeFile } from '../../../publishing/testing.ts'
import { makeReader } from '../../../reader.ts'
import { seenSentence } from './signal-words.ts'

const [plain] = clinics.descriptors as [Descriptor]

/** Clinics that tell how many boys and girls were seen in time, of 400 each. */
const catalogue: Catalogue = {
  ...clinics,
  descriptors: [
    descriptorSchema.parse({
      ...plain,
      observations: ['boys', 'girls'].map((sex) => ({
        indicator: 'seen-in-time',
        value: `${sex} seen`,
        numerator: `${sex} in time`,
        denominator: `${sex} visitors`,
        breakdown: { sex },
      })),
      match: { name: 'clinics-(?<year>\\d{4})', columns: ['code', 'boys seen'] },
      fields: [{ name: 'code', constraints: { required: true } }],
    }),
  ],
}

const header =
  'code,name,kind,boys seen,boys in time,boys visitors,girls seen,girls in time,girls visitors'
const year = (of: number, wide: boolean): string => {
  const lines = Array.from({ length: 30 }, (_, i) => {
    const boys = i === 4 && wide ? 120 : 200 + (i % 3)
    return `C${100 + i},Clinic ${i},town,${boys / 4},${boys},400,52.5,210,400`
  })
  return writeFile(`clinics-${of}.csv`, [header, ...lines].join('\n'))
}

const [{ open }] = testDatabases() as [ReturnType<typeof testDatabases>[number]]
let db: Database
beforeAll(async () => {
  db = await prepare(await open())
})
afterAll(() => db.close())

it('a gap that widened is on the desk, in words, and no other', async () => {
  await importAndPublish(db, catalogue, [year(2019, false), year(2020, true)])
  const reader = makeReader(db, catalogue)
  const signals = await reader.desk.all(await reader.state(), '2020-06-01')
  const [found, ...more] = signals.filter((s) => s.kind === 'gap')
  expect(more).toEqual([])
  expect(found?.key).toBe('widening-gap:C104:seen-in-time:2020')
  expect(found && seenSentence(found)).toMatch(
    /^In 2020 boys had 22\.5 \(\d+\.\d to \d+\.\d\) percentage points less than girls; in 2019 it was 2\.\d \(-\d+\.\d to \d+\.\d\) percentage points\.$/,
  )
})
