import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { type Descriptor, descriptorSchema } from '../evidence/descriptor.ts'
import { Subjects } from '../evidence/subjects.ts'
import { dropDraft } from './draft.ts'
import { importFiles } from './import.ts'
import { knownSubjects } from './known-subjects.ts'
import { publish } from './publish.ts'
import { clinics, importAndPublish, prepare, writeFile } from './testing.ts'

const [of] = clinics.descriptors as [Descriptor]
const kind = (id: string, subject: object, more: object = {}) =>
  descriptorSchema.parse({
    ...of,
    id,
    match: { name: `^${id}-(?<year>\\d{4})`, columns: ['code'] },
    fields: [],
    subjects: [{ ...of.subjects[0], ...subject }],
    ...more,
  })
/** Figures that add whom nobody knows, figures that refuse those, the same of places, and a register of clinics. */
const catalogue = {
  ...clinics,
  descriptors: [
    kind('adding', { unknown: 'register', authority: 10 }),
    kind('refusing', { unknown: 'refuse', authority: 10 }),
    kind('places', { unknown: 'register', authority: 10, kind: 'place', level: 'district' }),
    kind(
      'register',
      { authority: 100, aliases: [{ scheme: 'short', value: '{short}' }] },
      { observations: [] },
    ),
    kind('by-short-name', { scheme: 'short', code: '{code}', authority: 10 }),
  ],
}
const file = (name: string, codes: readonly string[]) =>
  writeFile(
    name,
    [
      'code,name,kind,seen,in time,visitors,short',
      ...codes.map((c) => `${c},Clinic ${c},town,50,100,200,s${c}`),
    ].join('\n'),
  )
const options = { accept: 10, by: 'a test' }

describe.each(testDatabases())('codes that a draft alone has named, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db.close())

  /** Reads a file into a draft, and says how many of its rows were taken. */
  async function draftOf(path: string): Promise<{ accepted: number; release: number }> {
    const { files } = await importFiles(db, catalogue, [path], options)
    const [{ report, release } = { report: null, release: null }] = files
    return { accepted: report?.rowsAccepted ?? -1, release: release ?? -1 }
  }
  const known = async (code: string): Promise<number | undefined> =>
    new Subjects(await knownSubjects(db)).find('code', code)
  const kindOf = async (code: string): Promise<string | undefined> =>
    (await db.query<{ kind: string }>('select kind from subject where code = $1', [code]))[0]?.kind

  it('stay unknown to the next file, while the draft stands and after it was dropped', async () => {
    await importAndPublish(db, catalogue, [file('adding-2020.csv', ['C1', 'C2'])])
    const added = await draftOf(file('adding-2021.csv', ['C1', 'C2', 'Total', 'Source: us']))
    expect(added.accepted).toBe(4)
    expect((await draftOf(file('refusing-2021.csv', ['C1', 'C2', 'Total']))).accepted).toBe(2)
    await dropDraft(db, added.release)
    const again = file('refusing-2021.csv', ['C1', 'C2', 'Total', 'Source: us'])
    expect((await draftOf(again)).accepted).toBe(2)
    expect(await known('Total')).toBeUndefined()
    expect(await known('C1')).toBeDefined()
  })

  it('are added by the next that adds them, as what it says they are', async () => {
    const first = await draftOf(file('adding-2021.csv', ['D1', 'D2']))
    expect(await kindOf('D1')).toBe('provider')
    await dropDraft(db, first.release)
    const { release, accepted } = await draftOf(file('places-2021.csv', ['D0', 'D1', 'D2']))
    expect(accepted).toBe(3)
    expect(await kindOf('D1')).toBe('place')
    const rows = await db.query<{ code: string; seen: number }>(
      `select s.code, o.value[u.at] as seen from observation_series o
       cross join unnest(o.subjects) with ordinality as u(id, at) join subject s on s.id = u.id
       where o.release_id = $1 order by s.code`,
      [release],
    )
    expect(rows.map((r) => r.code)).toEqual(['D0', 'D1', 'D2'])
    await publish(db, catalogue, [release], { by: 'a test', reason: 'to see' })
    expect(await known('D1')).toBeDefined()
    const adding = await draftOf(file('refusing-2022.csv', ['D1', 'D2', 'D3']))
    expect(adding.accepted).toBe(2)
  })

  it('are known where that draft is of a register, whose figures may come as a draft too', async () => {
    const register = await draftOf(file('register-2021.csv', ['R1', 'R2']))
    expect((await draftOf(file('refusing-2023.csv', ['R1', 'R2', 'R3']))).accepted).toBe(2)
    expect((await draftOf(file('by-short-name-2023.csv', ['sR1', 'sR3']))).accepted).toBe(1)
    await dropDraft(db, register.release)
    expect((await draftOf(file('refusing-2023.csv', ['C1', 'R1']))).accepted).toBe(1)
    expect((await draftOf(file('by-short-name-2024.csv', ['sR1', 'sC9']))).accepted).toBe(0)
  })

  it('leave no other name behind that keeps a later register from giving it', async () => {
    const short = (name: string, code: string, is: string) =>
      writeFile(name, `code,name,kind,short\n${code},Clinic ${code},town,${is}\n`)
    const wrong = await draftOf(short('register-2022.csv', 'W1', 'same'))
    await dropDraft(db, wrong.release)
    await importAndPublish(db, catalogue, [short('register-2022.csv', 'W2', 'same')])
    expect(new Subjects(await knownSubjects(db)).find('short', 'same')).toBe(await known('W2'))
  })
})
