import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { hasAccount, removeAccount } from './accounts.ts'
import { hourly } from './counts.ts'
import { grantRole } from './grants.ts'
import { deletePerson, ownData } from './own-data.ts'
import type { People } from './people.ts'
import { AccountShut, openAccount, shutAccount } from './shutting.ts'
import { cookieOf, latestProof, silentService, testPeople } from './testing.ts'
import { openTestProvider, type TestProvider, visit } from './testing-open-id.ts'

const home = 'http://localhost'
const here = { ip: '192.0.2.1', browser: 'hers' }
const there = { ip: '192.0.2.2', browser: 'another' }
const ada = { sub: 'number-1', email: 'Ada@example.org', email_verified: true }
const email = 'ada@example.org'

describe.each(testDatabases())('signing in by another service on $kind', ({ open }) => {
  let db: Database
  let people: People
  let provider: TestProvider

  beforeAll(async () => {
    provider = await openTestProvider()
    db = await open()
    await migrate(db, migrations)
  })
  afterAll(async () => {
    await db.close()
    await provider.close()
  })
  beforeEach(async () => {
    for (const table of ['person', 'letter', 'sign_in_proof', 'sign_in_use', 'sign_in_count']) {
      await db.query(`delete from ${table}`)
    }
    provider.serve(home)
    provider.next = ada
    people = testPeople(db, false, provider.service())
  })

  const openId = async (of = people) => {
    const { openId } = await of.open()
    if (!openId) throw new Error('no service')
    return openId
  }
  /** The address with which the service sends back whoever began in this browser. */
  const back = async (who = here, of = people): Promise<URL> => {
    const started = await (await openId(of)).start(home, who)
    if (started.kind !== 'go') throw new Error(JSON.stringify(started))
    return visit(started.url, home)
  }
  const finish = async ({ search }: { search: string }, who = here, of = people) =>
    (await openId(of)).finish(home, search, who)
  const viewerOf = async (found: Awaited<ReturnType<typeof finish>>) => {
    if (found.kind !== 'signed-in') return found.kind
    const { sessions } = await people.open()
    return (await sessions.seen(cookieOf(found.cookies))).viewer.person
  }
  const count = async (table: string): Promise<number> =>
    (await db.query(`select 1 as one from ${table}`)).length

  it('makes a new citizen of who reads a checked address, and tells them by a letter', async () => {
    const found = await finish(await back())
    expect(found).toMatchObject({ kind: 'signed-in', isNew: true })
    expect(await viewerOf(found)).toMatchObject({ pseudonym: expect.any(String) })
    expect(await db.query('select email, email_verified as proved from person_address')).toEqual([
      { email, proved: true },
    ])
    expect((await latestProof(db, email)).body).toContain('You can now sign in with Test Login.')
  })

  it('asks for state, nonce and PKCE, and for nothing but the address', async () => {
    const started = await (await openId()).start(home, here)
    const { searchParams: asked } = new URL(started.kind === 'go' ? started.url : '')
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      scope: 'openid email',
      redirect_uri: 'http://localhost/sign-in/openid/back',
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^.{43}$/),
      nonce: expect.stringMatching(/^.{43}$/),
    })
    const stored = JSON.stringify(await db.query('select * from sign_in_proof'))
    expect(stored).not.toContain(asked.get('state'))
  })

  it('keeps the number there alone: no token, no claim', async () => {
    await finish(await back())
    const [row] = await db.query('select * from person_account')
    const kept = Object.entries(row ?? {}).filter(([, value]) => value !== null)
    expect(kept.map(([name]) => name).toSorted()).toEqual(
      ['account_id', 'created_at', 'id', 'person_id', 'provider_id', 'updated_at'].toSorted(),
    )
    expect(row).toMatchObject({ account_id: ada.sub, provider_id: provider.issuer })
  })

  it.each([
    ['a key in place of a secret', 'key', {}],
    ['the address in the signed token', 'secret', { conformIdTokenClaims: false }],
  ] as const)('works with %s', async (_, kind, more) => {
    provider.serve(home, more)
    const others = testPeople(db, false, provider.service(kind))
    expect((await finish(await back(here, others), here, others)).kind).toBe('signed-in')
  })

  it('finds who signed in by a letter before, with their roles, and once more later', async () => {
    await grantRole(
      db,
      { email, role: 'steward', scope: 'whole', from: '2026-01-01', why: 'a test' },
      'operator',
    )
    const { signIn, sessions } = await people.open()
    const cookies = await signIn.withoutLetter(email)
    const before = (await sessions.seen(cookieOf(cookies ?? []))).viewer
    expect(before.grants).toHaveLength(1)
    for (const isNew of [true, false]) {
      const found = await finish(await back())
      expect(found).toMatchObject({ kind: 'signed-in', isNew })
      expect(await viewerOf(found)).toEqual(before.person)
    }
    expect([await count('person'), await count('person_account')]).toEqual([1, 1])
  })

  it('finds a person who was granted a role before they ever came', async () => {
    await grantRole(
      db,
      { email, role: 'steward', scope: 'whole', from: '2026-01-01', why: 'a test' },
      'operator',
    )
    for (let i = 0; i < 2; i++) expect((await finish(await back())).kind).toBe('signed-in')
    expect([await count('person'), await count('person_account')]).toEqual([1, 1])
  })

  it('knows who came before by their number, whatever address they have there now', async () => {
    const first = await viewerOf(await finish(await back()))
    provider.next = { ...ada, email: 'eve@example.org', email_verified: false }
    expect(await viewerOf(await finish(await back(there), there))).toEqual(first)
    expect(await count('person')).toBe(1)
  })

  it.each([
    ['is not checked', { email_verified: false }],
    ['is not said to be checked', { email_verified: undefined }],
    ['is missing', { email: undefined }],
    ['is none', { email: 'ada' }],
    ['is one of the example', { email: 'steward@walk-in.invalid' }],
  ])('signs in nobody whose address %s', async (_, more) => {
    provider.next = { ...ada, ...more }
    expect((await finish(await back())).kind).toBe('unverified')
    expect([await count('person'), await count('person_account')]).toEqual([0, 0])
  })

  it('joins no second account of the service to one person until the first is let go', async () => {
    const first = await viewerOf(await finish(await back()))
    provider.next = { ...ada, sub: 'number-2' }
    expect((await finish(await back())).kind).toBe('other-account')
    const id = typeof first === 'object' && first ? first.id : ''
    expect(await hasAccount(db, id, provider.issuer)).toBe(true)
    await removeAccount(db, id, 'https://elsewhere.example')
    expect(await hasAccount(db, id, provider.issuer)).toBe(true)
    await removeAccount(db, id, provider.issuer)
    expect(await hasAccount(db, id, provider.issuer)).toBe(false)
    expect(await viewerOf(await finish(await back()))).toEqual(first)
  })

  it('joins nothing to an account that is shut, and promises its owner nothing', async () => {
    await (await people.open()).signIn.withoutLetter(email)
    await shutAccount(db, { email, why: 'sends insults' }, 'operator')
    const url = await back()
    await expect(finish(url)).rejects.toThrow(AccountShut)
    expect([await count('person_account'), await count('letter')]).toEqual([0, 0])
    await openAccount(db, { email, why: 'has apologised' }, 'operator')
    expect(await finish(await back())).toMatchObject({ kind: 'signed-in', isNew: true })
    await shutAccount(db, { email, why: 'once more' }, 'operator')
    const again = await back()
    await expect(finish(again)).rejects.toThrow(AccountShut)
    expect([await count('person_account'), await count('person_session')]).toEqual([1, 0])
  })

  it('two at once make one person', async () => {
    const both = [await back(), await back(there)] as const
    const found = await Promise.all([finish(both[0], here), finish(both[1], there)])
    expect(found.map((f) => f.kind)).toEqual(['signed-in', 'signed-in'])
    expect([await count('person'), await count('person_account')]).toEqual([1, 1])
  })

  it('takes a way back once, in the browser that began it, within its time', async () => {
    const url = await back()
    expect((await finish(url, there)).kind).toBe('wrong')
    expect((await finish(url)).kind).toBe('signed-in')
    expect((await finish(url)).kind).toBe('wrong')
    const late = await back()
    await db.query(`update sign_in_proof set expires_at = now() - interval '1 second'`)
    expect((await finish(late)).kind).toBe('wrong')
  })

  it('refuses a replayed code, even under a state of its own', async () => {
    const [first, second] = [await back(), await back()]
    expect((await finish(first)).kind).toBe('signed-in')
    second.searchParams.set('code', first.searchParams.get('code') ?? '')
    expect(await finish(second)).toEqual({ kind: 'wrong', reason: 'invalid_grant' })
  })

  it.each([
    ['state', 'x'],
    ['state', ''],
    ['code', 'x'],
    ['iss', 'https://evil.example'],
    ['iss', null],
  ])('refuses a way back whose %s is %j', async (name, value) => {
    const url = await back()
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
    expect((await finish(url)).kind).toBe('wrong')
    expect(await count('person_session')).toBe(0)
  })

  it.each([
    ['nothing', ''],
    ['no parameter', '?'],
    ['a null byte', '?state=%00'],
    ['two states', '?state=a&state=b'],
    ['broken UTF-8', '?%FF'],
    ['a long state', `?state=${'x'.repeat(5000)}`],
  ])('refuses %s without asking the service', async (_, search) => {
    expect(await finish({ search })).toEqual({ kind: 'wrong' })
  })

  it('a code that was given to another visitor does not fit', async () => {
    provider.next = { sub: 'eve', email: 'eve@example.org', email_verified: true }
    const evil = await back(there)
    provider.next = ada
    const own = await back()
    own.searchParams.set('code', evil.searchParams.get('code') ?? '')
    expect((await finish(own)).kind).toBe('wrong')
    expect(await count('person')).toBe(0)
  })

  it('says so where the visitor pressed “Cancel” there', async () => {
    provider.next = null
    expect(await finish(await back())).toEqual({ kind: 'refused', reason: 'access_denied' })
  })

  it('says so where the service is down, at the start and on the way back', async () => {
    const silent = testPeople(db, false, silentService)
    expect((await (await openId(silent)).start(home, here)).kind).toBe('down')
    const url = await back()
    const fresh = await openTestProvider()
    const { issuer, ...service } = fresh.service()
    fresh.serve(home)
    fresh.next = ada
    const moved = testPeople(db, false, { issuer, ...service })
    const way = await back(here, moved)
    await fresh.close()
    expect(await finish(way, here, moved)).toMatchObject({ kind: 'down' })
    expect((await finish(url)).kind).toBe('signed-in')
  })

  it('says so where the service answers with a page, and tries again later', async () => {
    const fresh = await openTestProvider()
    const repaired = testPeople(db, false, fresh.service())
    expect((await (await openId(repaired)).start(home, here)).kind).toBe('down')
    fresh.serve(home)
    expect((await (await openId(repaired)).start(home, here)).kind).toBe('go')
    await fresh.close()
  })

  it('says so where the service does not know us', async () => {
    const { issuer, name, clientId } = provider.service()
    const proof = { kind: 'secret', secret: 'wrong' } as const
    const stranger = testPeople(db, false, { issuer, name, clientId, proof })
    const found = await finish(await back(here, stranger), here, stranger)
    expect(found).toEqual({ kind: 'down', reason: 'invalid_client' })
  })

  it('lets one network begin, and come back, only so often', async () => {
    const service = await openId()
    await service.start(home, here)
    await db.query('update sign_in_count set count = $1', [hourly['begin-from'] - 1])
    expect((await service.start(home, here)).kind).toBe('go')
    expect((await service.start(home, here)).kind).toBe('too-often')
    expect((await service.start(home, there)).kind).toBe('go')
    await service.finish(home, '?state=x', here)
    await db.query('update sign_in_count set count = $1', [hourly['try-from'] - 1])
    expect((await service.finish(home, '?state=x', here)).kind).toBe('wrong')
    expect((await service.finish(home, '?state=x', here)).kind).toBe('too-often')
  })

  it('is theirs to take away, and goes with their account', async () => {
    const person = await viewerOf(await finish(await back()))
    const id = typeof person === 'object' && person ? person.id : ''
    expect((await ownData(db, id)).person_account).toEqual([
      { provider: provider.issuer, number: ada.sub },
    ])
    await deletePerson(db, id)
    expect(await count('person_account')).toBe(0)
  })
})
