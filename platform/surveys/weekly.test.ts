import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { standard } from './instrument.ts'
import type { Answers } from './routing.ts'
import { openSurvey } from './survey.ts'
import { takeAll } from './testing-answers.ts'
import { charted, fewestInWeek, type Week, weeklyOf } from './weekly.ts'

const week = (i: number, satisfied: number, answered = 40): Week => ({
  from: new Date(Date.UTC(2024, 0, 1 + 7 * i)).toISOString().slice(0, 10),
  satisfied,
  answered,
})

describe('weeks of answers', () => {
  it('have no chart where they are few, and leave out those with few answers', () => {
    const eleven = Array.from({ length: 11 }, (_, i) => week(i, 30))
    expect(charted('ease', 'open', eleven).chart).toBeNull()
    const found = charted('ease', 'open', [...eleven, week(11, 4, 4), week(12, 30)])
    expect(found.tooFew).toBe(1)
    expect(found.weeks).toHaveLength(12)
    expect(found.weeks.every((w) => w.answered >= fewestInWeek)).toBe(true)
    expect(found.chart?.variation).toBe('common-cause')
  })

  it('show a change that chance does not explain, and which way', () => {
    const usual = Array.from({ length: 20 }, (_, i) => week(i, 30 + (i % 3)))
    const worse = charted('dignity', 'sample', [...usual, week(20, 8)])
    expect(worse.chart?.variation).toBe('concern')
    expect(worse.chart?.flags.at(-1)).toBeGreaterThan(0)
    const better = charted('dignity', 'sample', [...usual, week(20, 40)])
    expect(better.chart?.variation).toBe('improvement')
  })
})

describe.each(testDatabases())('what has come in on $kind', ({ open }) => {
  let db: Database
  let id: number
  const day = (more: number): string =>
    new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10)

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    id = await db.transaction((tx) =>
      openSurvey(tx, {
        ...{ title: 'Our clinics', service: 'clinic', providers: ['A', 'B'] },
        ...{ opens: day(-300), closes: day(30), invented: true, role: 'steward' },
      }),
    )
  })
  afterAll(() => db.close())

  const answer = (provider: string, answers: Answers) =>
    takeAll(db, standard, {
      ...{ id: randomUUID(), survey: id, provider, way: 'link', language: 'en', answers },
    })

  it('is there at once, for its own provider, without what does not apply or was never sent', async () => {
    for (let i = 0; i < 6; i++) await answer('A', { overall: i < 4 ? '5' : '2', ease: 'na' })
    await answer('B', { overall: '1' })
    const found = await weeklyOf(db, 'A')
    expect(found.map((w) => [w.part, w.who])).toEqual([['overall', 'open']])
    expect(found[0]?.weeks.map((w) => [w.satisfied, w.answered])).toEqual([[4, 6]])
    expect(await weeklyOf(db, 'nobody')).toEqual([])
    // One answer of the other is too few to show.
    expect((await weeklyOf(db, 'B'))[0]).toMatchObject({ weeks: [], tooFew: 1 })
  })

  it('lies in the week in which it came', async () => {
    await db.query(`update survey_response set submitted_at = now() - interval '70 days'
      where provider = 'A' and id in (select id from survey_response where provider = 'A' limit 3)`)
    for (let i = 0; i < 5; i++) await answer('A', { overall: '4' })
    const [overall] = await weeklyOf(db, 'A')
    expect(overall?.weeks.map((w) => w.answered)).toEqual([8])
    expect(overall?.tooFew).toBe(1)
    for (const w of overall?.weeks ?? []) expect(new Date(w.from).getUTCDay()).toBe(1)
  })
})
