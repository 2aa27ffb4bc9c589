import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Reader } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { Carrier } from '../mail/carrier.ts'
import { postOffice } from '../mail/testing.ts'
import { forget } from '../people/forget.ts'
import { grantRole } from '../people/grants.ts'
import { shutAccount } from '../people/shutting.ts'
import { testSecret } from '../people/testing.ts'
import { noticeLate } from './late.ts'
import { seal, unseal } from './links.ts'
import {
  askFor,
  confirm,
  EnoughSubscriptions,
  mostSubscriptions,
  subscriptionsOf,
} from './store.ts'
import { type About, lastTurn, type NewsItem, type Pace } from './subscription.ts'
import { type TellPlace, tell } from './tell.ts'

describe('the turn of a pace', () => {
  it.each<[Pace, string, string]>([
    ['daily', '2026-11-25T05:59:59Z', '2026-11-24T06:00:00.000Z'],
    ['daily', '2026-11-25T06:00:00Z', '2026-11-25T06:00:00.000Z'],
    // 23 November 2026 is a Monday.
    ['weekly', '2026-11-25T12:00:00Z', '2026-11-23T06:00:00.000Z'],
    ['weekly', '2026-11-23T05:00:00Z', '2026-11-16T06:00:00.000Z'],
    ['weekly', '2026-11-22T23:00:00Z', '2026-11-16T06:00:00.000Z'],
    ['at-once', '2026-11-25T05:59:59Z', '2026-11-25T05:59:59.000Z'],
  ])('%s, at %s, was last at %s', (pace, now, turn) => {
    expect(lastTurn(pace, new Date(now)).toISOString()).toBe(turn)
  })

  it('is never ahead, nor longer ago than its pace', () => {
    const days = { 'at-once': 0, daily: 1, weekly: 7 }
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.constantFrom<Pace>('at-once', 'daily', 'weekly'),
        (now, pace) => {
          const ago = now.getTime() - lastTurn(pace, now).getTime()
          expect(ago).toBeGreaterThanOrEqual(0)
          expect(ago).toBeLessThanOrEqual(days[pace] * 86_400_000)
        },
      ),
    )
  })
})

describe('a mailed link', () => {
  it('is read back by us alone, for its purpose, in its time', () => {
    const word = fc.stringMatching(/^[a-z0-9-]{0,40}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const until = new Date('2026-12-01T00:00:00Z')
        const [before, after] = [new Date('2026-11-30T00:00:00Z'), new Date('2026-12-02T00:00:00Z')]
        const token = seal(testSecret, 'all', words, until)
        expect(unseal(testSecret, 'all', token, before)).toEqual(words)
        expect(unseal(testSecret, 'all', token, after)).toBeNull()
        expect(unseal(testSecret, 'end', token, before)).toBeNull()
        expect(unseal('another secret', 'all', token, before)).toBeNull()
        expect(unseal(testSecret, 'all', `x${token}`, before)).toBeNull()
        expect(unseal(testSecret, 'end', seal(testSecret, 'end', words, null), after)).toEqual(
          words,
        )
      }),
    )
  })

  it.each(['', '.', 'a.b.c', 'é'.repeat(50), '.'.repeat(600)])('is not %j', (token) => {
    expect(unseal(testSecret, 'end', token)).toBeNull()
  })
})

const school: About = { kind: 'provider', code: 'S1' }
const floor: About = { kind: 'standard', code: 'floor' }

describe.each(testDatabases())('subscriptions on $kind', ({ open }) => {
  let db: Database
  let office: Awaited<ReturnType<typeof postOffice>>
  let publication = 1
  /** What each publication changed: something of the school, and every third of the floor. */
  const items = (of: string, from: number): NewsItem[] =>
    Array.from({ length: publication - from }, (_, i) => from + i + 1)
      .filter((n) => of === 'S1' || n % 3 === 0)
      .map((n) => ({
        title: `${of} ${n}`,
        summary: 'Figures came.\nWhy: the year’s file.',
        href: `/x/${n}`,
        at: '2026-11-20T10:00:00Z',
      }))
  let signals: { rule: string; key: string; service: string | null; due: string }[] = []
  const place = (): TellPlace => ({
    db,
    secret: testSecret,
    home: () => 'https://plumbline.example',
    example: 'All of it is invented.',
    reader: {
      state: async () => ({ publication, invented: false }),
      desk: {
        all: async (_: unknown, day: string) =>
          signals
            .filter((s) => s.due <= day)
            .map((s) => ({
              ...s,
              about: 'pupils',
              period: '2025-26',
              seen: { title: 'Pupils', until: '2024-25', due: s.due },
            })),
      },
    } as unknown as Pick<Reader, 'state' | 'desk'>,
    words: {
      period: (code) => code,
      date: (iso) => iso,
      newsSince: async ({ code }, told) => ({
        name: code,
        href: `/x/${code}`,
        items: items(code, told),
      }),
    },
  })
  const follow = async (email: string, about: About, pace: Pace, told = publication) =>
    db.transaction(async (tx) => {
      const id = await askFor(tx, email, about)
      await confirm(tx, { id, pace, told })
      return id
    })
  const letters = () =>
    db.query<{ address: string; subject: string; body: string; headers: Record<string, string> }>(
      'select address, subject, body, headers from letter order by posted_at, address',
    )

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    office = await postOffice()
  })
  afterAll(async () => {
    await office.close()
    await db.close()
  })
  beforeEach(async () => {
    publication = 1
    signals = []
    for (const table of ['letter', 'subscriber', 'late_notice'])
      await db.query(`delete from ${table}`)
  })

  it('tell nobody who has not said yes', async () => {
    await db.transaction((tx) => askFor(tx, 'ada@example.org', school))
    publication = 2
    expect(await tell(place())).toBe(0)
    expect(await letters()).toEqual([])
  })

  it('tell each thing once, in one letter, and nothing where nothing is new', async () => {
    await follow('ada@example.org', school, 'at-once')
    await follow('ada@example.org', floor, 'at-once')
    expect(await tell(place())).toBe(0)
    publication = 3
    expect(await tell(place())).toBe(1)
    expect(await tell(place())).toBe(0)
    publication = 4
    expect(await tell(place())).toBe(1)
    const [first, second, ...rest] = await letters()
    expect(rest).toEqual([])
    expect(first?.subject).toBe('New on Plumbline: S1 and floor')
    for (const n of ['S1 2', 'S1 3', 'floor 3']) expect(first?.body).toContain(`* ${n} (`)
    expect(second?.body).toContain('* S1 4 (20 November 2026)')
    expect(second?.body).not.toContain('S1 3')
    expect(second?.subject).toBe('New on Plumbline: S1')
  })

  it('are told once by two servers at once', async () => {
    for (let i = 0; i < 5; i++) await follow(`p${i}@example.org`, school, 'at-once')
    publication = 2
    await Promise.all([tell(place()), tell(place())])
    expect((await letters()).map((l) => l.address).toSorted()).toEqual(
      [0, 1, 2, 3, 4].map((i) => `p${i}@example.org`),
    )
  })

  it('wait for their turn', async () => {
    const id = await follow('ada@example.org', school, 'weekly')
    const looked = (at: string) =>
      db.query('update subscription set looked_at = $2 where id = $1', [id, at])
    await looked('2026-11-23T06:30:00Z')
    publication = 2
    expect(await tell(place(), new Date('2026-11-30T05:00:00Z'))).toBe(0)
    expect(await tell(place(), new Date('2026-11-30T06:10:00Z'))).toBe(1)
    publication = 3
    expect(await tell(place(), new Date('2026-12-01T06:10:00Z'))).toBe(0)
    // A week without news is no reason to write in the middle of the next.
    publication = 2
    await db.query('update subscription set told = 2')
    expect(await tell(place(), new Date('2026-12-07T06:10:00Z'))).toBe(0)
    publication = 3
    expect(await tell(place(), new Date('2026-12-09T06:10:00Z'))).toBe(0)
    expect(await tell(place(), new Date('2026-12-14T06:10:00Z'))).toBe(1)
  })

  it('come as a letter that can be stopped by one click', async () => {
    await follow('ada@example.org', school, 'at-once')
    publication = 2
    await tell(place())
    const carrier = new Carrier(db, {
      url: office.url,
      from: 'P <p@example.org>',
      host: 'example.org',
    })
    const [{ id = '' } = {}] = await db.query<{ id: string }>('select id from letter')
    await carrier.send(id)
    carrier.close()
    // Long lines of a heading are folded.
    const got = (office.got.at(-1) ?? '').replaceAll(/\r\n[ \t]+/g, ' ')
    const token =
      /^List-Unsubscribe: <https:\/\/plumbline\.example\/unsubscribe\?token=(\S+)>\r$/m.exec(
        got,
      )?.[1]
    expect(got).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
    expect(got).toMatch(/^Subject: New on Plumbline: S1\r$/m)
    expect(got).toMatch(/^Content-Type: text\/plain/m)
    const [{ id: own = '' } = {}] = await db.query<{ id: string }>('select id from subscriber')
    expect(unseal(testSecret, 'end', token ?? '')).toEqual([own])
    const asked = await db.query<{ name: string }>(
      `select distinct name from jobs.job where data ->> 'letter' = $1`,
      [id],
    )
    expect(asked).toEqual([{ name: 'send-digest' }])
  })

  it('say that figures are invented, where they are', async () => {
    await follow('ada@example.org', school, 'at-once')
    publication = 2
    const state = async () => ({ publication, invented: true })
    const { reader } = place()
    await tell({ ...place(), reader: { ...reader, state } as typeof reader })
    expect((await letters())[0]?.body).toMatch(/^All of it is invented\.\n\n/)
  })

  it('are at most a hundred for an address', async () => {
    for (let i = 0; i < mostSubscriptions; i++) {
      await db.transaction((tx) => askFor(tx, 'ada@example.org', { kind: 'place', code: `P${i}` }))
    }
    const asked = (code: string) =>
      db.transaction((tx) => askFor(tx, 'ada@example.org', { kind: 'place', code }))
    await expect(asked('P100')).rejects.toThrow(EnoughSubscriptions)
    expect(await asked('P3')).toMatch(/-/)
  })

  it('are forgotten after a week, where nobody said yes', async () => {
    const id = await follow('ada@example.org', school, 'daily')
    await db.transaction((tx) => askFor(tx, 'ada@example.org', floor))
    await db.transaction((tx) => askFor(tx, 'eve@example.org', floor))
    await db.query(`update subscription set asked_at = now() - interval '8 days'`)
    await db.query(`update subscriber set made_at = now() - interval '8 days'`)
    await forget(db)
    expect(await db.query('select email from subscriber')).toEqual([{ email: 'ada@example.org' }])
    expect(await db.query('select id from subscription')).toEqual([{ id }])
  })

  it('can be confirmed twice, which changes the pace alone', async () => {
    const id = await follow('ada@example.org', school, 'daily', 1)
    publication = 5
    await confirm(db, { id, pace: 'weekly', told: 5 })
    expect(await db.query('select told, pace from subscription')).toEqual([
      { told: 1, pace: 'weekly' },
    ])
    expect(await confirm(db, { id: crypto.randomUUID(), pace: 'weekly', told: 5 })).toBeNull()
    const [{ subscriber = '' } = {}] = await db.query<{ subscriber: string }>(
      'select id as subscriber from subscriber',
    )
    expect(await subscriptionsOf(db, subscriber)).toMatchObject([{ ...school, pace: 'weekly' }])
  })

  it('tell of late figures once, those whose roles reach them', async () => {
    const days = { from: '2026-01-01', why: 'for a test' }
    for (const [email, service] of [
      ['ann@example.org', 'schools'],
      ['bob@example.org', 'doctors'],
    ]) {
      await grantRole(
        db,
        { email, role: 'analyst', scope: 'service', code: service, ...days },
        'operator',
      )
      await db.query('update person_address set email_verified = true where email = $1', [email])
      await follow(email ?? '', { kind: 'late', code: '' }, 'at-once', 0)
    }
    await follow('eve@example.org', { kind: 'late', code: '' }, 'at-once', 0)
    // A role that nobody can use tells nothing.
    const shut = { email: 'shut@example.org', role: 'analyst', scope: 'whole' }
    await grantRole(db, { ...shut, ...days }, 'operator')
    await db.query('update person_address set email_verified = true where email = $1', [shut.email])
    await follow(shut.email, { kind: 'late', code: '' }, 'at-once', 0)
    await shutAccount(db, { email: shut.email, why: 'sends insults' }, 'operator')
    signals = [
      {
        rule: 'late-release',
        key: 'late-release::pupils:2025-26',
        service: 'schools',
        due: '2026-11-20',
      },
      {
        rule: 'late-release',
        key: 'late-release::doctors:2025-26',
        service: 'doctors',
        due: '2027-01-01',
      },
    ]
    expect(await noticeLate(db, place().reader, '2026-11-19')).toBe(0)
    expect(await noticeLate(db, place().reader, '2026-11-25')).toBe(1)
    expect(await noticeLate(db, place().reader, '2026-11-26')).toBe(0)
    expect(await tell(place())).toBe(1)
    expect(await tell(place())).toBe(0)
    const all = await letters()
    expect(all.map((l) => l.address)).toEqual(['ann@example.org'])
    expect(all[0]?.body).toContain('* Late: Pupils, 2025-26')
    await db.query('delete from person')
  })
})
