import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { hourly } from './counts.ts'
import type { People } from './people.ts'
import type { NotSignedIn, SignedIn } from './sign-in.ts'
import { cookieOf, latestProof, testPeople } from './testing.ts'

const email = 'ada@example.org'
const home = 'http://localhost:3000'
const here = { ip: '192.0.2.1', browser: 'hers' }
const there = { ip: '192.0.2.2', browser: 'another' }

describe.each(testDatabases())('signing in on $kind', ({ open }) => {
  let db: Database
  let people: People

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    people = testPeople(db)
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    for (const table of ['person', 'letter', 'sign_in_proof', 'sign_in_use', 'sign_in_count']) {
      await db.query(`delete from ${table}`)
    }
  })

  const ask = async (who = email) => {
    const { signIn } = await people.open()
    expect(await signIn.ask(who, home, here)).toBe(true)
    const proof = await latestProof(db, who)
    return { ...proof, token: new URL(proof.link).searchParams.get('token') ?? '' }
  }
  const viewerOf = async (found: SignedIn | NotSignedIn) => {
    if (found.kind !== 'signed-in') return null
    const { sessions } = await people.open()
    return (await sessions.seen(cookieOf(found.cookies))).viewer.person
  }
  const byCode = async (code: string, who = here, to = email) =>
    (await people.open()).signIn.byCode(to, code.replace(' ', ''), who)
  const byLink = async (token: string, who = here) =>
    (await people.open()).signIn.byLink(token, who)

  it('by the code makes a new citizen, whose name says nothing', async () => {
    const { code } = await ask()
    const person = await viewerOf(await byCode(code))
    expect(person?.pseudonym).toMatch(/^[A-Z][a-z]+ [a-z]+ \d{4,5}$/)
    expect(person?.pseudonym).not.toMatch(/ada/i)
  })

  it('by the link, and by the code of another letter, finds the same person', async () => {
    const first = await viewerOf(await byLink((await ask()).token))
    const second = await viewerOf(await byCode((await ask()).code, there))
    expect(first).not.toBeNull()
    expect(second).toEqual(first)
  })

  it('a code or link works once; a second time in the same browser does no harm', async () => {
    const { code, token } = await ask()
    for (const use of [
      (who: typeof here) => byCode(code, who),
      (who: typeof here) => byLink(token, who),
    ]) {
      expect((await use(here)).kind).toBe('signed-in')
      expect((await use(there)).kind).toBe('wrong')
      expect(await viewerOf(await use(here))).not.toBeNull()
    }
  })

  it('two clicks at once both succeed, in one browser', async () => {
    const { token } = await ask()
    const both = await Promise.all([byLink(token), byLink(token)])
    expect(both.map((f) => f.kind)).toEqual(['signed-in', 'signed-in'])
    expect(await db.query('select id from person_address')).toHaveLength(1)
  })

  it('two browsers at once: one succeeds', async () => {
    const { token } = await ask()
    const both = await Promise.all([byLink(token), byLink(token, there)])
    expect(both.map((f) => f.kind).toSorted()).toEqual(['signed-in', 'wrong'])
  })

  it('a code is bound to its address, and worthless after five wrong ones', async () => {
    const { code } = await ask()
    await ask('eve@example.org')
    expect((await byCode(code, there, 'eve@example.org')).kind).toBe('wrong')
    const wrong = code === '0000 0000' ? '1111 1111' : '0000 0000'
    for (let i = 0; i < 5; i++) expect((await byCode(wrong, there)).kind).toBe('wrong')
    expect((await byCode(code)).kind).toBe('wrong')
  })

  it('a new code takes the place of the one before', async () => {
    const [first, second] = [await ask(), await ask()]
    expect((await byCode(first.code)).kind).toBe('wrong')
    expect((await byCode(second.code)).kind).toBe('signed-in')
  })

  it('a code and a link end after their time', async () => {
    const { code, token } = await ask()
    await db.query(`update sign_in_proof set expires_at = now() - interval '1 second'`)
    expect((await byCode(code)).kind).toBe('wrong')
    expect((await byLink(token)).kind).toBe('wrong')
  })

  it('a code is no link and a link no code', async () => {
    const { code, token } = await ask()
    expect((await byLink(code)).kind).toBe('wrong')
    expect((await byCode(token)).kind).toBe('wrong')
  })

  it('keeps neither code nor link where others could read them but in the letter', async () => {
    const { code, token } = await ask()
    const all = JSON.stringify([
      await db.query('select * from sign_in_proof'),
      await db.query('select * from sign_in_count'),
    ])
    expect(all).not.toContain(token)
    expect(all).not.toContain(code.replace(' ', ''))
    await byLink(token)
    expect(JSON.stringify(await db.query('select * from sign_in_use'))).not.toContain(token)
  })

  it('sends no more than so many letters to one address, and says nothing of it', async () => {
    const { signIn } = await people.open()
    for (let i = 0; i < hourly['letter-to'] + 3; i++) {
      expect(await signIn.ask(email, home, { ...here, ip: `192.0.2.${i}` })).toBe(true)
    }
    expect(await db.query('select id from letter')).toHaveLength(hourly['letter-to'])
  })

  it('lets one network ask, and try, only so often', async () => {
    const { signIn } = await people.open()
    const until = (most: number) =>
      db.query('update sign_in_count set count = $1 where count = 1', [most - 1])
    expect(await signIn.ask('first@example.org', home, here)).toBe(true)
    await until(hourly['letter-from'])
    expect(await signIn.ask('next@example.org', home, here)).toBe(true)
    expect(await signIn.ask('last@example.org', home, here)).toBe(false)
    expect(await signIn.ask('last@example.org', home, there)).toBe(true)
    expect((await byLink('a'.repeat(32))).kind).toBe('wrong')
    await until(hourly['try-from'])
    expect((await byLink('a'.repeat(32))).kind).toBe('wrong')
    expect((await byLink('a'.repeat(32))).kind).toBe('too-often')
  })

  it('a session ends by itself, by its owner, and everywhere', async () => {
    const { sessions } = await people.open()
    const signedIn = async () => {
      const found = await byLink((await ask()).token)
      return found.kind === 'signed-in' ? cookieOf(found.cookies) : ''
    }
    const [first, second] = [await signedIn(), await signedIn()]
    const { viewer, session } = await sessions.seen(first)
    expect(await sessions.list(viewer.person?.id ?? '')).toHaveLength(2)
    await sessions.end(session ?? '')
    expect((await sessions.seen(first)).viewer.person).toBeNull()
    expect((await sessions.seen(second)).viewer.person).not.toBeNull()
    await sessions.endAll(viewer.person?.id ?? '')
    expect((await sessions.seen(second)).viewer.person).toBeNull()

    const idle = await signedIn()
    await db.query(`update person_session set expires_at = now() - interval '1 second'`)
    expect((await sessions.seen(idle)).viewer.person).toBeNull()
    const long = await signedIn()
    await db.query(`update person_session set created_at = now() - interval '8 days'`)
    expect((await sessions.seen(long)).viewer.person).toBeNull()
    expect(await db.query('select id from person_session')).toEqual([])
  })

  it('after the end everywhere, an old link signs in nobody', async () => {
    const { token } = await ask()
    const other = await ask()
    const person = await viewerOf(await byLink(token))
    await (await people.open()).sessions.endAll(person?.id ?? '')
    expect((await byLink(token)).kind).toBe('wrong')
    expect((await byLink(other.token)).kind).toBe('wrong')
  })

  it('a forged or foreign cookie is nobody’s', async () => {
    const found = await byLink((await ask()).token)
    const cookie = found.kind === 'signed-in' ? cookieOf(found.cookies) : ''
    const { sessions } = await people.open()
    const [name, value = ''] = cookie.split('=')
    const [token] = value.split('.')
    for (const forged of [`${name}=${token}`, `${name}=${token}.AAAA`, `${name}=`, `${name}=%00`]) {
      expect((await sessions.seen(forged)).viewer.person).toBeNull()
    }
  })
})
