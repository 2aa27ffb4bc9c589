import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makePeopleVerb } from '../cli/people-verb.ts'
import type { ProgressEvent } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { unsentLetters } from '../mail/store.ts'
import { verifyStored } from '../record/verify.ts'
import {
  allGrants,
  endedByLeaving,
  GrantRefused,
  grantRole,
  grantsOf,
  revokeRole,
} from './grants.ts'
import { endExample, prepareWalkIn, walkIns } from './walk-in.ts'

const email = 'ada@example.org'
const request = {
  email,
  role: 'lead',
  scope: 'provider',
  code: 'C7',
  from: '2026-01-01',
  until: '2026-12-31',
  why: 'Head teacher since January',
}

describe.each(testDatabases())('roles on $kind', ({ open }) => {
  let db: Database
  const record = async (): Promise<string> =>
    JSON.stringify([
      await db.query('select entry from record_entry order by number'),
      await db.query('select name, value from record_personal order by number'),
    ])

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
  })
  afterAll(() => db.close())
  beforeEach(() => db.query('delete from person'))

  it('are granted to an address before anybody has signed in by it', async () => {
    const made = await grantRole(db, { ...request, email: ' Ada@Example.ORG ' }, 'operator')
    expect(made).toMatchObject({
      role: 'lead',
      scope: { kind: 'provider', code: 'C7' },
      from: '2026-01-01',
      until: '2026-12-31',
    })
    expect(await allGrants(db)).toMatchObject([{ email, why: request.why, grantedBy: 'operator' }])
    await grantRole(db, { ...request, code: 'C8' }, 'steward')
    expect(await db.query('select id from person')).toHaveLength(1)
  })

  it('are on the public record, which fits, with the role and never the address', async () => {
    const made = await grantRole(db, request, 'operator')
    await revokeRole(db, { id: made.id, why: 'Has left' }, 'steward')
    const text = await record()
    expect(text).not.toMatch(/ada@|@example/i)
    expect(text).toContain('a lead of the provider C7')
    expect(text).toContain('Has left')
    const entries = await db.query<{ act: string; subject: string }>(
      'select act, subject from record_entry order by number desc limit 2',
    )
    expect(entries).toEqual([
      { act: 'role-revoked', subject: `grant:${made.id}` },
      { act: 'role-granted', subject: `grant:${made.id}` },
    ])
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('are held once on each day: the same again is refused, other days and other codes are not', async () => {
    const { id } = await grantRole(db, request, 'operator')
    const again = { ...request, from: '2026-12-31', until: null }
    for (const same of [request, again, { ...request, from: '2025-01-01', until: null }]) {
      await expect(grantRole(db, same, 'steward')).rejects.toThrow(
        'They hold this role already, from 2026-01-01 until 2026-12-31.',
      )
    }
    await grantRole(db, { ...request, from: '2027-01-01', until: null }, 'operator')
    await grantRole(db, { ...request, code: 'C8' }, 'operator')
    await grantRole(db, { ...request, role: 'professional' }, 'operator')
    await revokeRole(db, { id, why: 'Granted by mistake' }, 'operator')
    const together = await Promise.allSettled([
      grantRole(db, request, 'operator'),
      grantRole(db, request, 'steward'),
    ])
    expect(together.map((t) => t.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('are taken back once, and count for nothing from then on', async () => {
    const { id } = await grantRole(db, request, 'operator')
    const [person] = await db.query<{ id: string }>('select id from person')
    expect(await grantsOf(db, person?.id ?? '')).toHaveLength(1)
    await revokeRole(db, { id, why: 'Has left' }, 'operator')
    expect(await grantsOf(db, person?.id ?? '')).toEqual([])
    await expect(revokeRole(db, { id, why: 'Has left' }, 'operator')).rejects.toThrow(GrantRefused)
  })

  it.each([
    [{ email: 'ada' }, 'The email address is none such as ada@example.org.'],
    [
      { role: 'king' },
      'The role is none of professional, lead, moderator, analyst, steward, auditor.',
    ],
    [{ scope: 'whole', code: '' }, 'The reach of a lead is a provider, not everything here.'],
    [
      { code: '' },
      'The code of the service, place or provider is needed, unless the role reaches everywhere.',
    ],
    [{ from: '2026-02-30' }, 'The first day is no date such as 2026-11-24.'],
    [{ until: '2025-12-31' }, 'The last day lies before the first.'],
    [{ why: '' }, 'Enter a reason.'],
    [{ why: 'no' }, 'The reason is shorter than 3 letters.'],
    [{ why: 'a\0b\0c' }, 'The reason holds characters that cannot be typed.'],
  ])('are refused with a sentence: %j', async (wrong, sentence) => {
    const before = await record()
    const asked = grantRole(db, { ...request, ...wrong }, 'operator')
    await expect(asked).rejects.toThrow(GrantRefused)
    await expect(asked).rejects.toMatchObject({ message: sentence })
    expect(await record()).toBe(before)
    expect(await db.query('select id from person')).toEqual([])
  })

  it('end for who leaves by the day in UTC, whatever zone the server keeps', async () => {
    const day = (ahead: number): string =>
      new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
    const held = { ...request, from: '2026-01-01' }
    const last = await grantRole(db, { ...held, until: day(0) }, 'operator')
    await grantRole(db, { ...held, until: day(-1), role: 'professional' }, 'operator')
    const [person] = await db.query<{ id: string }>('select id from person')
    // Of these two zones one is always in another day than UTC.
    for (const zone of ['Etc/GMT+12', 'Pacific/Kiritimati']) {
      const ended = await db.transaction(async (tx) => {
        await tx.query(`select set_config('timezone', $1, true)`, [zone])
        return endedByLeaving(tx, person?.id ?? '', 'They left.')
      })
      expect([zone, ended.map((a) => a.subject)]).toEqual([zone, [`grant:${last.id}`]])
    }
  })

  it('are granted, listed and taken back on the command line', async () => {
    const verb = makePeopleVerb(loadCatalogue())
    const run = async (...args: string[]): Promise<{ code: number; said: string }> => {
      const said: string[] = []
      const emit = (e: ProgressEvent): void => void (e.kind === 'line' && said.push(e.text))
      const context = { db, cwd: '/' }
      const code = await verb(args, context, emit, new AbortController().signal)
      return { code, said: said.join('\n') }
    }
    expect((await run('list')).said).toContain('Nobody has a role yet')
    const why = ['--why', 'appointed by the council']
    const made = await run('grant', email, '--role', 'steward', '--everywhere', ...why)
    expect(made).toMatchObject({
      code: 0,
      said: expect.stringContaining('a steward of everything'),
    })
    const number = /number (\d+)/.exec(made.said)?.[1] ?? ''
    expect((await run('list')).said).toContain(email)
    expect((await run('revoke', number, '--why', 'has left')).code).toBe(0)
    expect((await run('list')).said).toContain('Nobody has a role yet')

    expect((await run()).code).toBe(3)
    expect((await run('grant', email, '--role', 'steward')).code).toBe(3)
    for (const reach of [
      [],
      ['--everywhere', '--service', 'school'],
      ['--place', 'P1', '--provider', 'C7'],
    ]) {
      const refused = await run('grant', email, '--role', 'steward', ...reach, ...why)
      expect([refused.code, refused.said.includes('Say how far the role reaches')]).toEqual([
        3,
        true,
      ])
    }
    expect((await run('grant', email, '--rank', 'steward')).code).toBe(3)
    const nowhere = await run('grant', email, '--role', 'lead', '--provider', 'NO1', ...why)
    expect(nowhere).toEqual({ code: 2, said: 'No provider here has the code NO1.' })
    const noService = await run('grant', email, '--role', 'analyst', '--service', 'zoo', ...why)
    expect(noService.code).toBe(2)
    expect(noService.said).toContain('There is no service zoo. There are: ')
  })
  it('are told to their holder by the command line, where it knows to where letters lead', async () => {
    await db.query('delete from letter')
    const own = {
      signIn: { given: 'x', folder: '' },
      home: 'https://plumbline.example',
      canPost: true,
    }
    const run = async (place: typeof own | null, ...args: string[]): Promise<string> => {
      const said: string[] = []
      const emit = (e: ProgressEvent): void => void (e.kind === 'line' && said.push(e.text))
      const verb = makePeopleVerb(loadCatalogue(), place)
      await verb(args, { db, cwd: '/' }, emit, new AbortController().signal)
      return said.join('\n')
    }
    const asked = ['--role', 'steward', '--everywhere', '--why', 'appointed because of Xanthippe']
    const made = await run(own, 'grant', email, ...asked)
    const number = /number (\d+)/.exec(made)?.[1] ?? ''
    await run(own, 'grant', email, ...asked)
    await run(own, 'revoke', number, '--why', 'Xanthippe has left')
    await run(own, 'revoke', number, '--why', 'Xanthippe has left')
    await run(own, 'grant', 'invented@walk-in.invalid', ...asked)
    const letters = (await unsentLetters(db)).toReversed()
    expect(letters.map((l) => [l.address, l.subject])).toEqual([
      [email, 'You have a role on Plumbline'],
      [email, 'A role of yours was taken back'],
    ])
    for (const { body } of letters) {
      expect(body).toContain('a steward of everything here')
      expect(body).toContain('Whoever runs this Plumbline has')
      expect(body).toMatch(
        new RegExp(`^https://plumbline\\.example/record\\?subject=grant%3A${number}$`, 'm'),
      )
      expect(body).not.toContain('Xanthippe')
    }
    expect(letters[0]?.body).toMatch(/^https:\/\/plumbline\.example\/account$/m)
    expect(await run(null, 'grant', email, ...asked)).toContain('No email tells them')
    expect(await unsentLetters(db)).toHaveLength(2)
  })

  it('of the example’s people end with it, and the record says so', async () => {
    const [, , , , steward] = walkIns
    await prepareWalkIn(db, steward, null)
    await grantRole(db, request, 'operator')
    expect((await allGrants(db)).map((g) => g.invented)).toEqual([true, false])
    await db.transaction((tx) => endExample(tx))
    expect((await allGrants(db)).map((g) => g.email)).toEqual([email])
    expect(await db.query('select id from person where invented')).toEqual([])
    const [last] = await db.query<{ entry: string }>(
      'select entry from record_entry order by number desc limit 1',
    )
    expect(last?.entry).toContain('"role-revoked"')
    expect(last?.entry).toContain('"role":"example area"')
    expect(await record()).toContain('Steward of the example')
    expect((await verifyStored(db)).fault).toBeNull()
    await db.transaction((tx) => endExample(tx))
    expect((await verifyStored(db)).fault).toBeNull()
  })
})
