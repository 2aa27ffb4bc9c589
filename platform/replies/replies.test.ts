import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { closeSignal } from '../desk/handle.ts'
import { signalActs } from '../desk/holders.ts'
import { once, SentOtherwise } from '../people/once.ts'
import { addPerson } from '../people/person.ts'
import { lastEntryOf, Overtaken } from '../record/append-after.ts'
import { erasePersonal } from '../record/erase.ts'
import { RecordStore } from '../record/store.ts'
import { verifyStored } from '../record/verify.ts'
import { correctingReleases } from './correcting.ts'
import { answerCorrection, askCorrection, eraseCorrection } from './correction.ts'
import { usualClock } from './deadline.ts'
import type { KnownMatter } from './matter.ts'
import { giveReply, replySubject, withdrawReply } from './reply.ts'
import { countWords, Unsaid } from './said.ts'
import { isLate, RepliesStore } from './store.ts'

const matter = (about: string): KnownMatter => ({
  ...{ provider: 'C7', kind: 'figure', about, providerName: 'Ansty School' },
  ...{ name: 'Reading', period: '2024-25', service: 'school' },
})
const given = { role: 'head teacher', givenOn: '2026-05-04' }
const nothingYet: State = {
  ...{ publication: 1, at: null, invented: false, answers: 0 },
  ...{ record: 0, checkpoint: 0, erased: 0 },
}

describe.each(testDatabases())('replies on $kind', ({ open }) => {
  let db: Database
  let store: RepliesStore
  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    store = new RepliesStore(db)
  })
  afterAll(() => db.close())

  const now = async (): Promise<State> => {
    const [row] = await db.query<{ n: number }>(
      'select coalesce(max(number), 0) as n from record_entry',
    )
    return { ...nothingYet, record: row?.n ?? 0 }
  }
  const replyTo = async (about: string, state?: State) =>
    (await store.replies(state ?? (await now()), 'C7')).find((r) => r.about === about)
  const give = (about: string, text: string, seen: number | null = null) =>
    db.transaction((tx) => giveReply(tx, matter(about), { ...given, text }, seen))

  it('stand as they were given, and as they were at each moment', async () => {
    const first = await give('a', ' Half of the year joined in May.\r\nMore to come. ')
    const second = await give('a', 'It was 40 of 78.')
    const reply = await replyTo('a')
    expect(reply?.last).toMatchObject({ act: 'given', text: 'It was 40 of 78.', name: null })
    expect(reply?.acts.map((a) => a.text)).toEqual([
      'Half of the year joined in May.\nMore to come.',
      'It was 40 of 78.',
    ])
    const then = await replyTo('a', { ...nothingYet, record: second - 1 })
    expect(then?.last).toMatchObject({ entry: first, period: '2024-25', role: 'head teacher' })
    expect(await replyTo('a', { ...nothingYet, record: first - 1 })).toBeUndefined()
  })

  it('can be withdrawn: the words go, of past days and of the record too; that there was one stays', async () => {
    const named = { ...given, text: 'Zanzibar', name: 'Grace Quince' }
    const entry = await db.transaction((tx) => giveReply(tx, matter('w'), named))
    const done = await db.transaction((tx) =>
      withdrawReply(
        tx,
        matter('w'),
        { why: 'It was wrong.', role: 'head', on: '2026-05-05' },
        entry,
      ),
    )
    const reply = await replyTo('w')
    expect(reply?.last).toMatchObject({ act: 'withdrawn', why: 'It was wrong.', entry: done })
    const found = await new RecordStore(db).list(await now(), { q: 'it was WRONG' })
    expect(found.entries.map((e) => e.entry.number)).toEqual([done])
    expect((await replyTo('w', { ...nothingYet, record: entry }))?.last).toMatchObject({
      ...{ act: 'given', text: null, name: null },
    })
    const left = await db.query(
      `select 1 from record_personal where value like '%Zanzibar%' or value like '%Quince%'`,
    )
    expect(left).toEqual([])
    expect((await verifyStored(db)).fault).toBeNull()
    await give('w', 'Given anew.')
    expect((await replyTo('w'))?.last.text).toBe('Given anew.')
  })

  it('of two who change one at once, the second is told', async () => {
    const seen = await give('two', 'First.')
    await give('two', 'Hers.', seen)
    await expect(give('two', 'His.', seen)).rejects.toThrow(Overtaken)
    expect((await replyTo('two'))?.last.text).toBe('Hers.')
    expect((await replyTo('two'))?.acts).toHaveLength(2)
    const together = await Promise.allSettled([give('race', 'One.', 0), give('race', 'Two.', 0)])
    expect(together.map((t) => t.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await replyTo('race'))?.acts).toHaveLength(1)
    expect(await lastEntryOf(db, replySubject(matter('race')))).toBeGreaterThan(0)
  })

  it.each([
    ['', 'Enter a reply.'],
    [' \n ', 'Enter a reply.'],
    ['\u200b', 'Enter a reply.'],
    ['word '.repeat(301), 'The reply has 301 words; 300 are the most that it may have.'],
    ['a'.repeat(4001), 'The reply is longer than 4,000 letters.'],
    ['null \u0000', 'The reply holds characters that cannot be typed.'],
    ['turned \u202e dnuora', 'The reply holds characters that turn text around.'],
    ['half \ud800', 'The reply holds halves of characters.'],
  ])('refuses %j with a sentence', async (text, sentence) => {
    await expect(give('bad', text)).rejects.toThrow(new Unsaid('text', sentence))
    expect(await replyTo('bad')).toBeUndefined()
  })

  it('never change or go in the database', async () => {
    await give('stay', 'It stays.')
    await ask('stay')
    for (const sql of [
      `update reply_act set role = 'nobody'`,
      'delete from reply_act',
      'truncate reply_act cascade',
      `update reply_text set text = 'other'`,
      'truncate reply_text',
      'delete from correction_act',
      'truncate signal_act',
    ]) {
      await expect(db.query(sql), sql).rejects.toThrow(/only ever added to/)
    }
  })

  it('are sent once, however often the form is', async () => {
    const person = await db.transaction((tx) => addPerson(tx))
    const form = '00000000-0000-4000-8000-000000000001'
    const send = (digest = 'a') =>
      db.transaction((tx) =>
        once(tx, { person, form, digest }, async () => {
          await giveReply(tx, matter('once'), { ...given, text: 'Once.' })
          return '/providers/C7'
        }),
      )
    expect(await Promise.all([send(), send(), send()])).toEqual(Array(3).fill('/providers/C7'))
    await expect(send('b')).rejects.toThrow(new SentOtherwise('/providers/C7'))
    expect((await replyTo('once'))?.acts).toHaveLength(1)
    const failing = { person, form: '00000000-0000-4000-8000-000000000002', digest: 'a' }
    const fail = () =>
      db.transaction((tx) => once(tx, failing, () => Promise.reject(new Unsaid('text', 'No.'))))
    await expect(fail()).rejects.toThrow(Unsaid)
    expect(await db.transaction((tx) => once(tx, failing, async () => '/x'))).toBe('/x')
  })

  const asked = {
    ...{ wrong: 'It counts leavers.', rightIs: '61%', evidence: 'The register of May.' },
    ...{ isPrivate: false, role: 'head teacher', askedOn: '2026-05-04' },
  }
  const ask = (about: string, more: Partial<typeof asked> = {}) =>
    db.transaction((tx) => askCorrection(tx, matter(about), { ...asked, ...more }, usualClock))
  const correction = async (id: number) =>
    (await store.corrections(await now(), 'C7')).find((c) => c.id === id)

  it('may ask for a figure as short as it is, and for none that is left empty', async () => {
    expect(await correction(await ask('short', { rightIs: '5%' }))).toMatchObject({
      words: { rightIs: '5%' },
    })
    await expect(ask('short', { rightIs: ' ' })).rejects.toThrow('Enter what it should be.')
    await expect(ask('short', { evidence: '' })).rejects.toThrow('Enter the evidence.')
  })

  it('corrections are due in working days, late after that, and answered once', async () => {
    const id = await ask('c')
    const open = await correction(id)
    expect(open).toMatchObject({ due: '2026-05-18', answer: null, words: { rightIs: '61%' } })
    expect(open && [isLate(open, '2026-05-18'), isLate(open, '2026-05-19')]).toEqual([false, true])
    const why = 'The register has them.'
    const refusal = { outcome: 'refused', why, role: 'steward', on: '2026-05-10' }
    const answer = (request: unknown) => db.transaction((tx) => answerCorrection(tx, id, request))
    await expect(answer({ ...refusal, why: '' })).rejects.toThrow('Enter a reason.')
    await expect(answer({ ...refusal, why: 'no' })).rejects.toThrow('The reason is shorter')
    await expect(answer({ ...refusal, on: '2026-05-03' })).rejects.toThrow('before it is asked')
    const accepted = { outcome: 'accepted', why: '', role: 'steward', on: '2026-05-10' }
    await expect(answer({ ...accepted, release: '99' })).rejects.toThrow('is not published')
    await expect(answer({ ...accepted, release: '1; drop' })).rejects.toThrow('is no number')
    expect((await correction(id))?.answer).toBeNull()
    await answer(refusal)
    expect((await correction(id))?.answer).toMatchObject({ outcome: 'refused', why })
    await expect(answer(refusal)).rejects.toThrow('answered already')
    expect(await store.clockOf(id)).toMatchObject({ calendar: { from: '2026-05-04' } })
  })

  /** A release that was published, of one source. */
  const publish = async (dataset: string, indicators: readonly string[], at: string) => {
    const [row] = await db.query<{ id: number }>(
      `with p as (insert into publication (id, published_at, published_by, reason)
         select coalesce(max(id), 0) + 1, now() + $3::interval, 'steward', 'For a test'
         from publication returning id)
       insert into release (id, dataset, descriptor, slot, title, publisher, source, licence, period,
         file_name, sha256, bytes, rows_read, rows_accepted, rows_refused, observations, checks,
         indicators, state, created_at, created_by, published_in)
       select coalesce((select max(id) from release), 0) + 1, $1, 'd', gen_random_uuid()::text, 'T', 'P', 'S', 'L', '2024',
         'f', 'x', 1, 1, 1, 0, 1, '[]', $2::jsonb, 'ready', now(), 'analyst', p.id from p
       returning id`,
      [dataset, JSON.stringify(indicators), at],
    )
    return row?.id ?? 0
  }
  const accept = (id: number, release: number) =>
    db.transaction((tx) =>
      answerCorrection(tx, id, {
        outcome: 'accepted',
        release,
        why: '',
        role: 'steward',
        on: '2026-05-10',
      }),
    )

  it('are accepted with a release of the same source, published since, and with no other', async () => {
    const before = await publish('tests', ['reading'], '-1 day')
    const id = await ask('reading', { askedOn: new Date().toISOString().slice(0, 10) })
    const other = await publish('hospital', ['waits'], '1 second')
    const since = await publish('tests', ['writing'], '1 second')
    expect((await correctingReleases(db, id)).map((r) => r.id)).toEqual([since])
    const answer = (release: number) =>
      db.transaction((tx) =>
        answerCorrection(tx, id, {
          ...{ outcome: 'accepted', release, why: '', role: 'steward' },
          on: new Date().toISOString().slice(0, 10),
        }),
      )
    for (const wrong of [before, other]) {
      await expect(answer(wrong)).rejects.toThrow(/cannot be the correction/)
    }
    await answer(since)
    expect((await correction(id))?.answer).toMatchObject({ outcome: 'accepted', release: since })
  })

  it('of a judgement or a signal rest on the figures of its standard, of its source, of its parts', async () => {
    const part = { code: 'part', indicator: 'attained' }
    const whole = { code: 'floor', indicator: 'ignored', alternatives: [['part']] }
    for (const s of [part, whole]) {
      await db.query(`insert into standard (code, publication, definition) values ($1, 1, $2)`, [
        s.code,
        JSON.stringify(s),
      ])
    }
    const release = await publish('ks2', ['attained'], '1 hour')
    const askOf = (kind: KnownMatter['kind'], about: string) =>
      db.transaction((tx) => askCorrection(tx, { ...matter(about), kind }, asked, usualClock))
    for (const [kind, about] of [
      ['judgement', 'floor'],
      ['signal', 'below-floor:C7:floor:2024'],
      ['signal', 'late::ks2:2024'],
    ] as const) {
      const id = await askOf(kind, about)
      expect([about, (await correctingReleases(db, id)).map((r) => r.id)]).toEqual([
        about,
        [release],
      ])
    }
  })

  it('are numbered one after the other, whatever came to nothing between', async () => {
    const first = await ask('n')
    const failed = db.transaction(async (tx) => {
      await askCorrection(tx, matter('n'), asked, usualClock)
      throw new Error('Not asked after all.')
    })
    await expect(failed).rejects.toThrow('Not asked')
    // As after a server that was killed.
    await db.query(`select setval(pg_get_serial_sequence('correction', 'id'), 90)`)
    const next = await Promise.all([ask('n'), ask('n')])
    expect(next.sort((a, b) => a - b)).toEqual([first + 1, first + 2])
  })

  it('of two who answer one at once, the second is told', async () => {
    const id = await ask('reading')
    const release = await publish('tests', ['reading'], '1 second')
    const both = await Promise.allSettled([accept(id, release), accept(id, release)])
    expect(both.map((b) => b.status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = both.find((b) => b.status === 'rejected')
    expect(String(refused?.reason)).toContain('answered already')
  })

  it('keep reasons where they can be erased, and say then that they were', async () => {
    const reason = 'It named Ottoline Thrupp.'
    const entry = await give('e', 'A word.')
    const by = { role: 'head', on: '2026-05-05' }
    const gone = await db.transaction((tx) =>
      withdrawReply(tx, matter('e'), { why: reason, ...by }, entry),
    )
    const id = await ask('e')
    const answered = await db.transaction((tx) =>
      answerCorrection(tx, id, { outcome: 'refused', why: reason, ...by, on: '2026-06-05' }),
    )
    const signal = 'turned:e:C7:2025'
    const closed = await db.transaction((tx) =>
      closeSignal(tx, { signal, why: reason, ...by, seen: null }),
    )
    const whys = async () => [
      (await replyTo('e'))?.last.why,
      (await correction(id))?.answer?.why,
      (await signalActs(db, await now())).get(signal)?.[0]?.why,
    ]
    expect(await whys()).toEqual([reason, reason, reason])
    for (const number of [gone, answered, closed]) {
      await erasePersonal(db, number, 'why', 'Whoever is named asked for it.')
    }
    expect(await whys()).toEqual([null, null, null])
    expect((await replyTo('e'))?.last.act).toBe('withdrawn')
    expect((await verifyStored(db)).fault).toBeNull()
    for (const table of [
      'record_entry',
      'record_personal',
      'reply_act',
      'correction_act',
      'signal_act',
    ]) {
      expect(await db.query(`select 1 from ${table} t where t::text like '%Thrupp%'`)).toEqual([])
    }
  })

  it('keep the reason of an answer when the words of the request are erased', async () => {
    const id = await ask('kept')
    const on = { role: 'steward', on: '2026-06-05' }
    await db.transaction((tx) =>
      answerCorrection(tx, id, { outcome: 'refused', why: 'The figure is right.', ...on }),
    )
    await db.transaction((tx) => eraseCorrection(tx, id, { why: 'They asked.', by: 'steward' }))
    expect(await correction(id)).toMatchObject({
      ...{ words: null, answer: { why: 'The figure is right.' } },
    })
  })

  it('of a person are known to those who answer alone, and never on the record', async () => {
    const id = await ask('p', { isPrivate: true, wrong: 'Of Xanthippe Quill.' })
    expect(await correction(id)).toMatchObject({ words: null, isPrivate: true })
    expect((await store.privateWords(id))?.wrong).toBe('Of Xanthippe Quill.')
    const found = await db.query(
      `select 1 from record_entry e left join record_personal p using (number)
       where e.entry like '%Xanthippe%' or p.value like '%Xanthippe%'`,
    )
    expect(found).toEqual([])
  })
})

describe('words', () => {
  it('are runs of what is no space, whatever lies between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[\p{L}\p{N}'’.-]{1,9}$/u), { maxLength: 40 }),
        fc.stringMatching(/^[ \n\t\u00a0]{1,3}$/),
        (some, space) => countWords(some.join(space)) === some.length,
      ),
    )
  })
})
