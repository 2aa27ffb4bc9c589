import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { begin, draftAt, savePage, submit } from './answering.ts'
import { hashOf, newOwnCode, readCode, returnCode, spelled } from './code.ts'
import { repliesOf } from './counts.ts'
import { standard } from './instrument.ts'
import { endSurvey, findSurvey, linksOf, openSurvey, stateOn, surveySchema } from './survey.ts'
import { takeAll } from './testing-answers.ts'

const secret = 'a secret for tests that is long enough'
const request = {
  title: 'Our schools in spring',
  service: 'primary-school',
  providers: ['A1', 'A2', 'A1'],
  ...{ opens: '2020-01-01', closes: '2020-06-30', invented: true, role: 'steward' },
}

describe.each(testDatabases())('a survey on $kind', ({ open }) => {
  let db: Database
  let id: number

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    id = await db.transaction((tx) => openSurvey(tx, request))
  })
  afterAll(() => db.close())

  /** Begins answers by an open link, and gives the hash that they are found by. */
  async function begun(form: string = randomUUID()): Promise<string> {
    const hash = hashOf(secret, returnCode(secret, form))
    const way = { way: 'poster', language: 'en', invitation: null } as const
    await begin(db, { id: form, survey: id, provider: 'A1', ...way, hash })
    return hash
  }

  it('has a link for each provider once, all its questions, and an entry on the record', async () => {
    const links = await linksOf(db, id)
    expect(links.map((l) => l.provider)).toEqual(['A1', 'A2'])
    for (const { code } of links) expect(readCode(spelled(code))).toEqual({ kind: 'open', code })
    expect((await findSurvey(db, id))?.instrument).toEqual(standard)
    expect(await findSurvey(db, id + 1)).toBeNull()
    const [entry] = await db.query<{ entry: string }>('select entry from record_entry')
    expect(JSON.parse(entry?.entry ?? '')).toMatchObject({ act: 'survey-opened' })
  })

  it('is refused with the field that is wrong', async () => {
    const opened = (more: object): Promise<number> =>
      db.transaction((tx) => openSurvey(tx, { ...request, ...more }))
    await expect(opened({ closes: '2019-12-31' })).rejects.toMatchObject({ field: 'closes' })
    await expect(opened({ closes: '2022-02-01' })).rejects.toThrow('more than two years')
    await expect(opened({ providers: [] })).rejects.toThrow('The list of providers is empty.')
    await expect(opened({ title: '\u0000abc' })).rejects.toMatchObject({ field: 'title' })
    await expect(opened({ own: [{ code: 'own-1', type: 'scale' }] })).rejects.toThrow()
  })

  it('keeps answers page by page, and a page that was emptied', async () => {
    const hash = await begun()
    await savePage(db, hash, {
      answers: { overall: '4', better: 'Longer hours.' },
      empty: [],
      language: 'en',
    })
    await savePage(db, hash, {
      answers: { ease: '2', harder: ['travel'] },
      empty: ['overall'],
      language: 'cy',
    })
    expect((await draftAt(db, hash))?.answers).toEqual({
      ...{ better: 'Longer hours.', ease: '2', harder: ['travel'] },
    })
  })

  it('begins once by one form, and keeps what was answered meanwhile', async () => {
    const form = randomUUID()
    const hash = await begun(form)
    await savePage(db, hash, { answers: { overall: '5' }, empty: [], language: 'en' })
    expect(await begun(form)).toBe(hash)
    expect((await draftAt(db, hash))?.answers).toEqual({ overall: '5' })
  })

  it('is sent once, by several at once, with words apart and without what was not asked', async () => {
    const hash = await begun()
    const answers = { overall: '5', 'met-staff': 'no', staff: '1', better: 'More chairs.' }
    await savePage(db, hash, { answers, empty: [], language: 'en' })
    const before = await repliesOf(db, id)
    const sent = await Promise.all([1, 2, 3].map(() => submit(db, hash, standard)))
    expect(sent.toSorted()).toEqual(['sent', 'sent-before', 'sent-before'])
    const after = await repliesOf(db, id)
    expect((after[0]?.open ?? 0) - (before[0]?.open ?? 0)).toBe(1)
    expect(after[0]?.sampled).toBe(0)
    const draft = await draftAt(db, hash)
    expect(draft?.answers).toEqual({ overall: '5', 'met-staff': 'no' })
    expect(await savePage(db, hash, { answers: { overall: '1' }, empty: [], language: 'en' })).toBe(
      false,
    )
    const texts = await db.query('select question, text from survey_text where response = $1', [
      draft?.id,
    ])
    expect(texts).toEqual([{ question: 'better', text: 'More chairs.' }])
  })

  it('is not sent to a survey that was ended meanwhile', async () => {
    const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const now = surveySchema.parse({ ...request, opens: soon, closes: soon })
    const other = await db.transaction((tx) => openSurvey(tx, now))
    const hash = hashOf(secret, newOwnCode())
    const way = { way: 'poster', language: 'en', invitation: null } as const
    await begin(db, { survey: other, provider: 'A1', ...way, hash })
    await savePage(db, hash, { answers: { overall: '4' }, empty: [], language: 'en' })
    await db.transaction((tx) =>
      endSurvey(tx, other, { why: 'It was a mistake.', role: 'steward' }),
    )
    expect(await submit(db, hash, standard)).toBe('ended')
    expect((await draftAt(db, hash))?.submittedAt).toBeNull()
  })

  it('is not sent without what must be answered', async () => {
    const hash = await begun()
    const left = await submit(db, hash, standard)
    expect(Array.isArray(left) && left.map((q) => q.code)).toEqual(['overall'])
    expect((await draftAt(db, hash))?.submittedAt).toBeNull()
  })

  it('takes one answer by an invitation, which is no answer of an open link', async () => {
    const hash = hashOf(secret, newOwnCode())
    const [made] = await db.query<{ id: string }>(
      `insert into survey_invitation (survey, provider, code_hash, way)
       values ($1, 'A2', $2, 'letter') returning id`,
      [id, hash],
    )
    const way = { way: 'letter', language: 'cy', invitation: made?.id ?? '' } as const
    for (const _ of [1, 2]) await begin(db, { survey: id, provider: 'A2', ...way, hash })
    await savePage(db, hash, { answers: { overall: '3' }, empty: [], language: 'en' })
    expect(await submit(db, hash, standard)).toBe('sent')
    await begin(db, { survey: id, provider: 'A2', ...way, hash })
    const [, second] = await repliesOf(db, id)
    expect(second).toMatchObject({ sampled: 1, open: 0, begun: 0, invited: 1 })
  })

  it('takes all answers at once, once for each number', async () => {
    const of = { survey: id, provider: 'A2', way: 'kiosk', language: 'en' } as const
    const one = { ...of, id: randomUUID(), answers: { overall: '2', better: 'Quieter.' } }
    const all = await Promise.all([1, 2, 3].map(() => takeAll(db, standard, one)))
    expect(all.toSorted()).toEqual(['sent', 'sent-before', 'sent-before'])
    const texts = await db.query('select text from survey_text where response = $1', [one.id])
    expect(texts).toEqual([{ text: 'Quieter.' }])
    expect(await takeAll(db, standard, { ...one, id: randomUUID(), answers: {} })).toHaveLength(1)
  })

  it('ends before its last day with a reason, once, and the record verifies', async () => {
    const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const now = surveySchema.parse({ ...request, opens: soon, closes: soon })
    const other = await db.transaction((tx) => openSurvey(tx, now))
    const end = (why: string) =>
      db.transaction((tx) => endSurvey(tx, other, { why, role: 'steward' }))
    await expect(end('')).rejects.toMatchObject({ field: 'why' })
    await end('The school has moved.')
    await expect(end('Again.')).rejects.toThrow('ended already')
    const survey = await findSurvey(db, other)
    expect(survey && stateOn(survey, soon)).toBe('ended')
    expect((await verifyStored(db)).fault).toBeNull()
  })
})
