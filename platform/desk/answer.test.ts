import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDeskVerb } from '../cli/desk-verb.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { unsentLetters } from '../mail/store.ts'
import { grantRole } from '../people/grants.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { type Standard, standardSchema } from '../standards/standard.ts'
import { AnswerRefused, giveAnswer } from './answer.ts'
import { takeSignal } from './handle.ts'

const floor: Standard = standardSchema.parse({
  code: 'clinic-floor',
  name: 'A quarter is seen in time',
  kind: 'floor',
  service: 'clinic',
  setBy: 'Nobody',
  right: 'Nobody has a right to.',
  checkedBy: 'Nobody',
  indicator: 'seen-in-time',
  side: 'at least',
  threshold: { fixed: 40 },
  from: '2000',
  consequence: 'Nothing follows from it.',
  evidence: 'There is none for it.',
  source: 'Made up',
  review: '2040-12-31',
  steps: [{ state: 'adopted', on: '2000', by: 'Nobody', reason: 'To see what happens.' }],
})
const catalogue: Catalogue = { ...clinics, standards: new Map([[floor.code, floor]]) }
const today = '2026-11-24'

/** All clinics near 50%, but for the first, which falls to 5% from a year on. */
const year = (of: number, low: boolean, leaveOut?: number) =>
  writeFile(
    `clinics-${of}.csv`,
    clinicRows((i, line) =>
      i === leaveOut
        ? ''
        : i === 0 && low
          ? 'C100,Clinic 0,country,5,10,200'
          : line.replace(/,\d+,\d+,200$/, `,${50 + (i % 5)},${100 + 2 * (i % 5)},200`),
    )
      .split('\n')
      .filter((l) => l !== '')
      .join('\n'),
  )

describe.each(testDatabases())('the desk, on $kind', ({ open }) => {
  let db: Database
  let reader: ReturnType<typeof makeReader>
  beforeAll(async () => {
    db = await prepare(await open())
    reader = makeReader(db, catalogue)
    await importAndPublish(db, catalogue, [year(2019, false), year(2020, true), year(2021, true)])
  })
  afterAll(() => db.close())

  const keys = async (): Promise<string[]> =>
    (await reader.desk.all(await reader.state(), today)).map((s) => s.key)
  const floorKey = 'below-floor:C100:clinic-floor:2020'
  const give = (request: object) =>
    giveAnswer(
      db,
      {
        signal: floorKey,
        kind: 'explain',
        text: 'It flooded.',
        role: 'manager',
        givenOn: '2026-11-01',
        ...request,
      },
      today,
    )

  it('holds a floor missed for certain since the first such year, and who is far off', async () => {
    expect(await keys()).toEqual([
      floorKey,
      'far-worse:C100:seen-in-time:2021',
      'late-release::clinics:2022',
    ])
    const [signal] = await reader.desk.all(await reader.state(), today)
    expect(signal).toMatchObject({
      kind: 'floor',
      service: 'clinic',
      seen: { value: 5, threshold: 40, until: '2021' },
    })
    expect(signal?.seen.wrong).toBeLessThan(1e-6)
  })

  it('shows late data from the day on which they are late, and not before', async () => {
    const on = async (day: string) =>
      (await reader.desk.all(await reader.state(), day)).filter((s) => s.kind === 'late').length
    expect(await on('2024-06-29')).toBe(0)
    expect(await on('2024-06-30')).toBe(1)
  })

  it('says how much it watches', async () => {
    const watched = await reader.desk.watched(await reader.state())
    expect(watched.find((w) => w.rule === 'below-floor')?.series).toBe(40)
    const tail = watched.find((w) => w.rule === 'far-worse')
    expect(tail).toMatchObject({ series: 40, falseAlarms: 0.05 })
  })

  it.each([
    [{ signal: 'below-floor:C101:clinic-floor:2020' }, /no signal/],
    [{ signal: 'nothing' }, /no signal/],
    [{ text: '  ' }, /^Enter a text\.$/],
    [{ text: 'so' }, /^The text is shorter/],
    [{ role: 'x\u0000y' }, /^The role holds/],
    [{ givenOn: '2026-11-25' }, /day to come/],
    [{ givenOn: '2026-02-30' }, /is no date/],
    [{ kind: 'plan' }, /^The day by which it will be done is missing: a plan says by when\.$/],
    [{ byWhen: '2027-01-01' }, /^The day by which it will be done belongs to a plan alone/],
    [{ kind: 'plan', byWhen: '2026-11-01' }, /must be later/],
    [{ indicator: 'seen-in-time' }, /only named by a plan/],
    [{ kind: 'plan', byWhen: '2027-01-01', indicator: 'none' }, /no figures of an indicator none/],
  ])('refuses an answer that cannot be: %j', async (request, sentence) => {
    await expect(give(request)).rejects.toThrow(sentence)
    await expect(give(request)).rejects.toBeInstanceOf(AnswerRefused)
    expect((await reader.state()).answers).toBe(0)
  })

  it('records an answer, which the state knows, and a second beside it', async () => {
    const before = (await reader.state()).answers
    await give({})
    await give({ kind: 'plan', text: 'Move upstairs.', byWhen: '2027-06-30', name: 'A. Person' })
    const state = await reader.state()
    expect(state.answers).toBeGreaterThan(before)
    const [signal] = await reader.desk.of(state, 'C100', today)
    expect(signal?.answers).toMatchObject([
      { kind: 'explain', text: 'It flooded.', role: 'manager', name: null, byWhen: null },
      { kind: 'plan', indicator: 'seen-in-time', byWhen: '2027-06-30', name: 'A. Person' },
    ])
    const then = await reader.desk.of({ ...state, answers: before }, 'C100', today)
    expect(then[0]?.answers).toEqual([])
  })

  it('tells whoever looks after the signal, when it is answered on the command line', async () => {
    const signal = 'far-worse:C100:seen-in-time:2021'
    const email = 'steward@x.example'
    const grant = { email, role: 'steward', scope: 'whole', from: '2026-01-01', why: 'a test' }
    await grantRole(db, grant, 'operator')
    const [person] = await db.query<{ id: string }>('select id from person_address')
    const by = { signal, role: 'steward', on: '2026-11-02', seen: null }
    await db.transaction((tx) => takeSignal(tx, { ...by, person: person?.id ?? null }))
    const own = { signIn: { given: 'x', folder: '' }, home: 'https://p.example', canPost: true }
    const answer = async (place: typeof own | null, ...words: string[]) => {
      const args = ['answer', signal, ...words, '--as', 'manager']
      const verb = makeDeskVerb(catalogue, place)
      return verb(args, { db, cwd: '/' }, () => {}, new AbortController().signal)
    }
    // A plan without a day is refused, and nobody is told.
    expect(await answer(own, '--plan', 'Move upstairs.')).toBe(2)
    expect(await answer(null, '--explain', 'It flooded.')).toBe(0)
    expect(await unsentLetters(db)).toEqual([])
    expect(await answer(own, '--explain', 'It flooded.')).toBe(0)
    const [letter, ...more] = await unsentLetters(db)
    expect([letter?.address, more]).toEqual([email, []])
    expect(letter?.body).toMatch(/^Far worse than the rest: Clinic 0, /)
    expect(letter?.body).toContain('The manager has answered this signal.')
    expect(letter?.body).toMatch(
      /^https:\/\/p\.example\/desk\/signals\/far-worse:C100:seen-in-time:2021$/m,
    )
    expect(letter?.body).not.toContain('flooded')
  })

  it('keeps the key while a signal lasts, and ends it when it is over', async () => {
    const first = await reader.state()
    await importAndPublish(db, catalogue, [year(2022, true, 7)])
    expect(await keys()).toEqual([
      floorKey,
      'far-worse:C100:seen-in-time:2021',
      'late-release::clinics:2023',
      'silent-provider:C107:clinics:2022',
    ])
    const [signal] = await reader.desk.of(await reader.state(), 'C100', today)
    expect(signal?.answers).toHaveLength(2)
    await importAndPublish(db, catalogue, [year(2023, false, 9)])
    expect(await keys()).toEqual([
      'late-release::clinics:2024',
      'silent-provider:C109:clinics:2023',
    ])
    // The past stays as it was.
    const past = await reader.desk.all(first, today)
    expect(past.map((s) => s.key)).toContain(floorKey)
  })
})
