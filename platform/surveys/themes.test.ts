import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { prepare } from '../publishing/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { atLeast } from './counts.ts'
import { standard } from './instrument.ts'
import { findSurvey, openSurvey, type Survey } from './survey.ts'
import { takeAll } from './testing-answers.ts'
import { fewestOfTheme, nextTexts, readTexts, themeCounts, unreadCounts } from './themes.ts'

describe.each(testDatabases())('what people wrote in a survey on $kind', ({ open }) => {
  let db: Database
  let survey: Survey
  let other: Survey

  beforeAll(async () => {
    db = await prepare(await open())
    survey = await opened()
    other = await opened()
    for (let i = 0; i < 12; i++) await wrote(survey, `I waited ${i} hours.`)
    await wrote(survey, 'I want to kill myself.')
    await wrote(other, 'Nobody told me.')
  })
  afterAll(() => db.close())

  async function opened(): Promise<Survey> {
    const id = await db.transaction((tx) =>
      openSurvey(tx, {
        ...{ title: 'Our clinics', service: 'clinic', providers: ['C101'], role: 'steward' },
        ...{ opens: '2020-01-01', closes: '2020-06-30', invented: false },
      }),
    )
    return (await findSurvey(db, id)) as Survey
  }
  const wrote = (of: Survey, better: string) =>
    takeAll(db, standard, {
      ...{ id: randomUUID(), survey: of.id, provider: 'C101', way: 'link', language: 'en' },
      answers: { overall: '3', better },
    })
  const read = (of: Survey, rows: unknown) =>
    db.transaction((tx) => readTexts(tx, of, rows, 'moderator'))
  const rowsOf = async (theme: string) =>
    (await nextTexts(db, survey.id)).map(({ response, question }) => ({
      ...{ response, question, theme },
    }))
  const counted = async (theme: string) =>
    (await themeCounts(db, survey.id)).find((t) => t.theme === theme && t.who === 'open')?.n

  it('is shown to a moderator, words of a crisis first', async () => {
    const texts = await nextTexts(db, survey.id)
    expect(texts).toHaveLength(10)
    expect(texts[0]).toMatchObject({ text: 'I want to kill myself.', crisis: true })
    // The survey with words of a crisis comes before the newer one.
    expect(await unreadCounts(db)).toEqual([
      { survey: survey.id, unread: 13, urgent: 1 },
      { survey: other.id, unread: 1, urgent: 0 },
    ])
  })

  it('is put under themes once, on the record; nothing of another survey, and no text twice', async () => {
    const rows = await rowsOf('waiting')
    expect(await read(other, rows)).toBe(0)
    expect(await read(survey, rows.slice(0, fewestOfTheme - 1))).toBe(fewestOfTheme - 1)
    expect(await counted('waiting')).toBeNull()
    expect(
      await read(
        survey,
        rows.map((r) => ({ ...r, theme: 'safety' })),
      ),
    ).toBe(rows.length - fewestOfTheme + 1)
    expect(await counted('safety')).toBe(atLeast(rows.length - fewestOfTheme + 1))
    expect(await read(survey, rows)).toBe(0)
    expect(await counted('waiting')).toBeNull()
    // None, and too few: nobody can tell them apart.
    expect(await counted('place')).toBeNull()
    const acts = await db.query<{ n: number }>(
      `select count(*)::int as n from record_entry where act = 'survey-read'`,
    )
    expect(acts).toEqual([{ n: 2 }])
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('keeps its themes when the words go', async () => {
    const before = await themeCounts(db, survey.id)
    await db.query('delete from survey_text where read_at is not null')
    expect(await themeCounts(db, survey.id)).toEqual(before)
  })

  it('is about something or about nothing, and of what is listed', async () => {
    const [one] = await rowsOf('waiting')
    await expect(read(survey, [one, { ...one, theme: 'none' }])).rejects.toThrow('not both')
    await expect(read(survey, [])).rejects.toThrow('Choose')
    for (const wrong of [{ ...one, theme: 'weather' }, { ...one, response: "' or 1=1" }, {}]) {
      await expect(read(survey, [wrong])).rejects.toThrow('not whole')
    }
    expect(await read(survey, [{ ...one, theme: 'none' }])).toBe(1)
  })
})
