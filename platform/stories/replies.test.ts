import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { changeMade, dropChange } from './answer.ts'
import { moveDeadlines } from './calendar.ts'
import { helpedOf, sinceHelped } from './helped.ts'
import { storyCsv } from './measures.ts'
import { readClaim, weighReply } from './moderate.ts'
import { storyYears } from './release.ts'
import { ownStory } from './store.ts'
import { sayWhetherHelped } from './teller.ts'
import { lead, moderator, TestStories } from './testing-stories.ts'

const on = '2026-05-04'

describe.each(testDatabases())('replies to stories on $kind', ({ open }) => {
  let db: Database
  let stories: TestStories
  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    stories = new TestStories(db)
  })
  afterAll(() => db.close())

  const promise = { change: 'A Quincunx at the door.', changeBy: '2026-06-01' }
  const read = (id: number, accepted: 'yes' | 'no', day = on) => {
    const given = { accepted, why: accepted === 'yes' ? '' : 'It says no day.', on: day }
    return stories.act((tx) => readClaim(tx, id, given, moderator))
  }
  const made = (id: number, day: string) =>
    stories.act((tx) => changeMade(tx, id, { text: 'It is there.', on: day }, lead))
  const helped = (id: number, answer: string, day: string) =>
    stories.act((tx) => sayWhetherHelped(tx, id, { answer }, day))
  const weigh = (
    id: number,
    act: 'reply-set-aside' | 'reply-restored',
    reply: number,
    why = 'It says nothing of the call.',
  ) => stories.act((tx) => weighReply(tx, id, act, { reply, why, on: '2026-05-06' }, moderator))
  /** All that anybody may read of a story, here and on the record. */
  const everywhere = async (id: number): Promise<string> => {
    const shown = await stories.store.story(await stories.state(), id)
    const list = await stories.store.list(await stories.state(), {})
    const record = await db.query('select * from record_personal')
    const entries = await db.query('select entry from record_entry where subject = $1', [
      `story:${id}`,
    ])
    return JSON.stringify([shown, list.stories.filter((s) => s.id === id), record, entries])
  }

  it('stand at once, while what they promise is shown nowhere before a moderator has read it', async () => {
    const id = await stories.published(on)
    await stories.reply(id, 'We will see to it.', on, promise)
    const unread = await everywhere(id)
    expect(unread).toContain('We will see to it.')
    expect(unread).not.toContain('Quincunx')
    expect(unread).not.toContain('2026-06-01')
    expect((await ownStory(db, id))?.standing.change?.what).toBe(promise.change)
    const before = (await stories.state()).record
    await read(id, 'yes')
    const after = await everywhere(id)
    expect(after).toContain('Quincunx')
    expect(after).toContain('2026-06-01')
    expect((await stories.shown(id))?.change).toMatchObject({
      what: promise.change,
      by: '2026-06-01',
    })
    // As it was then, it is as it could be read then.
    expect(JSON.stringify(await stories.shown(id, before))).not.toContain('Quincunx')
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('do not show what a moderator lets not stand, nor what was dropped unread', async () => {
    const refused = await stories.published(on)
    await stories.reply(refused, 'We will.', on, { ...promise, change: 'A Zyzzyva.' })
    await read(refused, 'no')
    const dropped = await stories.published(on)
    await stories.reply(dropped, 'We will.', on, { ...promise, change: 'A Zyzzyva.' })
    await stories.act((tx) => dropChange(tx, dropped, { why: 'No money.', on }, lead))
    // A later reply does not bring it out either.
    await stories.reply(refused, 'We have thought again.', on)
    for (const id of [refused, dropped]) expect(await everywhere(id)).not.toContain('Zyzzyva')
    expect((await stories.shown(refused))?.change).toMatchObject({ state: 'refused', what: null })
  })

  it('are in time by the day on which they were sent, whenever the promise is read', async () => {
    const id = await stories.published(on, 'C8')
    const due = (await stories.shown(id))?.due ?? ''
    await stories.reply(id, 'We will.', due, promise)
    await read(id, 'yes', '2026-07-01')
    const [year] = (await storyYears(db, '2026-07-02')).filter((y) => y.provider === 'C8')
    expect(year).toMatchObject({ due: 1, inTime: 1 })
  })

  it('count unless a moderator says that they answer nothing, which can be taken back', async () => {
    const id = await stories.published(on, 'C9')
    const year = async () => (await storyYears(db, '2026-07-01')).find((y) => y.provider === 'C9')
    const open = async () => (await moveDeadlines(db, stories.store.clock, on)).open
    const became = async () => {
      const state = await stories.state()
      const ids = async (b: 'no-reply' | 'replied') =>
        (await stories.store.list(state, { provider: 'C9', became: b })).stories.map((s) => s.id)
      const { replied } = await stories.store.counts(state, { provider: 'C9' })
      return [await ids('no-reply'), await ids('replied'), replied]
    }
    const openBefore = await open()
    const sorry = await stories.reply(id, 'Sorry.', '2026-05-05')
    expect(await year()).toMatchObject({ due: 1, inTime: 1, days: [1] })
    expect(await became()).toEqual([[], [id], 1])
    expect(await open()).toBe(openBefore - 1)
    await expect(weigh(id, 'reply-set-aside', sorry, ' ')).rejects.toThrow('Enter a reason.')
    await expect(weigh(id, 'reply-set-aside', sorry + 999)).rejects.toThrow('no such reply')
    await expect(weigh(id, 'reply-restored', sorry)).rejects.toThrow('so already')
    const aside = await weigh(id, 'reply-set-aside', sorry)
    expect(aside).toMatchObject({ reply: { text: 'Sorry.' }, firstReply: null })
    expect(aside.replies[0]?.aside?.text).toBe('It says nothing of the call.')
    await expect(weigh(id, 'reply-set-aside', sorry)).rejects.toThrow('so already')
    expect(await year()).toMatchObject({ due: 1, inTime: 0, days: [] })
    expect(await became()).toEqual([[id], [], 0])
    expect(await open()).toBe(openBefore)
    // A better one counts from its own day; the first does again where that is taken back.
    await stories.reply(id, 'Nobody called since the line was down; it is mended.', '2026-06-20')
    expect(await year()).toMatchObject({ inTime: 0, days: [47] })
    await weigh(id, 'reply-restored', sorry, 'It was meant otherwise.')
    expect(await year()).toMatchObject({ inTime: 1, days: [1] })
    expect(await became()).toEqual([[], [id], 1])
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('are counted as none for a year in which nobody told a story', async () => {
    const id = await stories.published('2024-03-04', 'C11')
    await stories.reply(id, 'We have mended the line.', '2024-03-05')
    await stories.published('2026-03-02', 'C11')
    const years = (await storyYears(db, '2027-02-01')).filter((y) => y.provider === 'C11')
    expect(years.map(({ year, told, due, days }) => [year, told, due, days])).toEqual([
      ...[
        [2024, 1, 1, [1]],
        [2025, 0, 0, []],
        [2026, 1, 1, []],
        [2027, 0, 0, []],
      ],
    ])
    expect(storyCsv(years).split('\n')[2]).toBe('C11,2025,0,0,0,z,0,z,0,z,z,z')
  })

  it('are weighed for one state: what was said of a reply is not said of the change after it', async () => {
    const id = await stories.published(on)
    await stories.reply(id, 'We will see to it.', on, promise)
    const first = await helped(id, 'yes', '2026-05-05')
    expect([helpedOf(first), sinceHelped(first)]).toEqual(['reply', null])
    await read(id, 'yes')
    const then = await made(id, '2026-05-20')
    expect([helpedOf(then), sinceHelped(then)]).toEqual(['reply', 'made'])
    // The same word again is a new one, since it is about something else.
    const second = await helped(id, 'yes', '2026-05-21')
    expect([helpedOf(second), sinceHelped(second)]).toEqual(['change', null])
    expect(second.helped?.on).toBe('2026-05-21')
    const again = await helped(id, 'yes', '2026-05-22')
    expect(again.helped?.on).toBe('2026-05-21')
  })
})
