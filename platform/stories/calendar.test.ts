import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { unsentLetters } from '../mail/store.ts'
import { verifyStored } from '../record/verify.ts'
import { explainDue } from '../replies/deadline.ts'
import { replyToStory } from './answer.ts'
import { moveDeadlines } from './calendar.ts'
import { storyClockOf } from './deadline.ts'
import { beginDraft, confirmDraft, keepAbout, keepWords, sendDraft } from './draft.ts'
import { storyJobs } from './jobs.ts'
import { storyCsv } from './measures.ts'
import { publishStory } from './moderate.ts'
import { storyYears } from './release.ts'
import { StoriesStore } from './store.ts'

const calendar = {
  ...{ name: 'town', title: 'Town', knownSince: '2025-01-01' },
  ...{ from: '2026-01-01', to: '2030-12-31', holidays: [] },
  weekend: ['saturday', 'sunday'] as ('saturday' | 'sunday')[],
}
const before = storyClockOf(5, calendar)
const holidays = [{ date: '2026-05-08', title: 'A proclaimed day' }]
const after = storyClockOf(5, { ...calendar, knownSince: '2026-05-05', holidays })
const moderator = { role: 'moderator', byWhom: 'x' }

describe.each(testDatabases())('a holiday that becomes known late, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
  })
  afterAll(() => db.close())

  async function published(on: string): Promise<number> {
    const key = { id: randomUUID(), browser: 'hers' }
    const email = 'ada@example.org'
    await beginDraft(db, key, 'C7')
    await keepWords(db, key, { happened: 'Nobody called back.', good: '', better: '' })
    await keepAbout(db, key, { feelings: [], teller: 'self', month: '' })
    await sendDraft(db, key, email)
    const told = await db.transaction((tx) =>
      confirmDraft(tx, { id: key.id, email }, { service: 'school', places: [] }, on),
    )
    const id = told?.story ?? 0
    const given = { themes: ['staff'], gravity: 0, on }
    await db.transaction((tx) => publishStory(tx, id, given, moderator, before))
    return id
  }

  it('moves what is open, says so on the record, and leaves alone what has passed or was answered', async () => {
    const passed = await published('2026-04-20')
    const open = await published('2026-05-04')
    const answered = await published('2026-05-04')
    const lead = { role: 'head', providerName: 'Ansty School' }
    const reply = { text: 'So it is.', on: '2026-05-05' }
    await db.transaction((tx) => replyToStory(tx, answered, reply, lead))
    const store = new StoriesStore(db)
    const state = {
      ...{ publication: 1, at: null, invented: false, answers: 0 },
      ...{ record: 1e6, checkpoint: 0, erased: 0 },
    }
    const dues = async () =>
      Promise.all(
        [passed, open, answered].map(async (id) => (await store.story(state, id))?.standing.due),
      )
    expect(await dues()).toEqual(['2026-04-27', '2026-05-11', '2026-05-11'])
    expect((await moveDeadlines(db, before, '2026-05-05')).sentence).toBe(
      '0 of 1 open deadline move.',
    )
    expect((await moveDeadlines(db, after, '2026-05-05')).moved).toBe(1)
    // Done again it moves nothing more.
    expect((await moveDeadlines(db, after, '2026-05-05')).moved).toBe(0)
    expect(await dues()).toEqual(['2026-04-27', '2026-05-12', '2026-05-11'])
    const story = await store.story(state, open)
    expect(story?.standing.moved?.text).toContain('Friday 8 May 2026 (A proclaimed day)')
    const clock = await store.clockOf(state, open)
    const explained = clock && explainDue(clock, clock.calendar.from)
    expect(JSON.stringify(explained)).toContain('A proclaimed day. It does not count.')
    // Back to the first calendar: nobody is held to an earlier day.
    expect((await moveDeadlines(db, before, '2026-05-05')).moved).toBe(0)
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('tells whoever told the story, once, that the reply is due later', async () => {
    const jobs = await db.query<{ data: { story: number } }>(
      `select data from jobs.job where name = 'story-moved'`,
    )
    expect(jobs).toHaveLength(1)
    const nobody = { state: async () => ({}), subject: async () => null }
    const all = storyJobs({
      ...{ db, secret: 'ours', home: () => 'http://localhost', run: async () => null },
      reader: { ...nobody, ended: async () => ({ name: 'Ansty School' }) } as never,
    })
    await all.find((h) => h.kind.name === 'story-moved')?.work(jobs[0]?.data)
    const [letter, ...more] = await unsentLetters(db)
    expect(more).toEqual([])
    expect(letter?.address).toBe('ada@example.org')
    expect(letter?.body).toContain('Your story about Ansty School')
    expect(letter?.body).toContain('A holiday has become known since')
  })

  it('is looked for each night; what goes wrong is said on the page of jobs', async () => {
    const asked: string[] = []
    const run = async (...words: string[]) => {
      asked.push(words.join(' '))
      return words[0] === 'calendar' ? 'The calendar cannot be read.' : null
    }
    const all = storyJobs({ db, secret: '', home: () => '', reader: {} as never, run })
    const due = all.filter((h) => h.due !== undefined)
    const done = await Promise.allSettled(due.map((h) => h.work(null)))
    expect(asked.sort()).toEqual(['calendar', 'publish due'])
    expect(done.map((d) => (d.status === 'rejected' ? d.reason.message : ''))).toEqual([
      ...['', 'The calendar cannot be read.'],
    ])
  })

  it('counts what stories came to, by provider and year', async () => {
    expect(await storyYears(db, '2026-05-05')).toEqual([
      {
        ...{
          service: 'school',
          year: 2026,
          provider: 'C7',
          told: 3,
          due: 2,
          inTime: 1,
          changed: 0,
        },
        days: [1],
      },
    ])
    expect(await storyYears(db, '2026-04-21')).toMatchObject([{ told: 1, due: 0, inTime: 0 }])
    const none = { provider: 'C7', year: 2026, told: 1, due: 0, inTime: 0, changed: 1, days: [] }
    expect(storyCsv([none]).split('\n')[1]).toBe('C7,2026,1,0,0,z,1,100,0,z,z,z')
  })
})
