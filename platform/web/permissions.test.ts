import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { grantRole } from '../people/grants.ts'
import {
  anyone,
  type Grant,
  type GrantedRole,
  grantedRoles,
  scopesOf,
  type Viewer,
} from '../people/roles.ts'
import { acts, allowed } from '../people/rules.ts'
import { testPeople } from '../people/testing.ts'
import { walkIns } from '../people/walk-in.ts'
import { testUploads } from '../uploads/testing.ts'
import { addGuard, UnguardedRoute } from './guard.ts'
import { peopleServer, TestBrowser } from './testing-people.ts'

const person = { id: 'p', pseudonym: 'Quiet heron 12' }
const grantOf = (role: GrantedRole): Grant => ({
  id: 1,
  role,
  scope: scopesOf[role].includes('whole')
    ? { kind: 'whole' }
    : { kind: 'provider', code: 'X10001' },
  from: '2020-01-01',
  until: null,
})
/** Everybody who may come: a visitor, a citizen, and one of each role. */
const viewers: readonly (readonly [name: string, viewer: Viewer])[] = [
  ['anyone', anyone],
  ['citizen', { person, grants: [] }],
  ...grantedRoles.map((role) => [role, { person, grants: [grantOf(role)] }] as const),
]

describe('every route, as everybody', () => {
  let db: Database
  let app: FastifyInstance
  const browsers = new Map<string, TestBrowser>()

  beforeAll(async () => {
    db = await openDatabase(testPGlite(null))
    const { uploads } = testUploads(db)
    app = await peopleServer(db, {}, { uploads })
    await app.ready()
    expect(app.permissions.filter((p) => p.url.startsWith('/publish')).length).toBeGreaterThan(12)
    for (const [name] of viewers) browsers.set(name, new TestBrowser(app))
    for (const { key, role } of walkIns) {
      const browser = browsers.get(role ?? 'citizen')
      expect((await browser?.walkIn(key))?.headers.location).toBe('/account')
    }
    // The example has no professional: this one signs in as a citizen who was granted the role.
    const request = { email: 'pro@example.org', role: 'professional', scope: 'provider' }
    await grantRole(
      db,
      { ...request, code: 'X10001', from: '2020-01-01', why: 'a test' },
      'steward',
    )
    const people = testPeople(db)
    const cookies = await (await people.open()).signIn.withoutLetter('pro@example.org')
    expect(cookies).not.toBeNull()
    const professional = browsers.get('professional')
    const token = await professional?.token()
    expect(token).not.toBe('')
    professional?.keep(cookies ?? [])
  })
  afterAll(async () => {
    await app.close()
    await db.close()
  })

  /** An address that the route answers; parts that the walk does not know are any. */
  const addressOf = (url: string): string =>
    url
      .replace(/:part\([^)]*\)/, '1')
      .replace(/:[a-z]+/gi, 'X10001')
      .replace('*', 'x')

  it.each(viewers)('answers %s as the table says', async (name, viewer) => {
    const browser = browsers.get(name)
    if (!browser) throw new Error(name)
    const named = new Set(app.permissions.map((p) => p.act))
    expect([...named]).toEqual(expect.arrayContaining(['read', 'sign-in', 'own-account', 'push']))
    // An act without a page is a promise of “Your account” that nothing keeps.
    expect(acts.filter((a) => !named.has(a))).toEqual([])
    const isIn = async (): Promise<boolean> => (await browser.get('/account')).statusCode === 200
    expect(await isIn()).toBe(name !== 'anyone')
    const wrong: string[] = []
    for (const { method, url, act } of app.permissions) {
      // It would end the session that the walk goes on with.
      if (url === '/sign-out' || url === '/account/sessions/end-all') continue
      if (url === '/example/walk-in' && method === 'POST') continue
      const payload = new URLSearchParams({ _csrf: await tokenOf(browser) }).toString()
      const answer = await browser.ask({
        method: method as 'GET',
        url: addressOf(url),
        ...(method === 'POST'
          ? { payload, headers: { 'content-type': 'application/x-www-form-urlencoded' } }
          : {}),
      })
      const isTurnedAway =
        answer.statusCode === 401 ||
        answer.statusCode === 403 ||
        (answer.statusCode === 303 && answer.headers.location === '/sign-in' && act !== 'sign-in')
      const { yes } = allowed(viewer, act, null)
      if (isTurnedAway === yes) wrong.push(`${method} ${url} (${act}): ${answer.statusCode}`)
      const isPersonal = act !== 'read' && act !== 'push'
      if (isPersonal && !/no-store/.test(String(answer.headers['cache-control']))) {
        wrong.push(`${method} ${url} may be stored`)
      }
    }
    expect(wrong).toEqual([])
    expect(await isIn()).toBe(name !== 'anyone')
  })

  const tokens = new Map<TestBrowser, string>()
  async function tokenOf(browser: TestBrowser): Promise<string> {
    const known = tokens.get(browser) ?? (await browser.token())
    tokens.set(browser, known)
    return known
  }
})

describe('a route without a permission', () => {
  const unasked = () => {
    throw new Error('not asked')
  }
  it('keeps the server from starting', () => {
    const app = Fastify()
    addGuard(app, { people: null, refuse: unasked, named: unasked })
    expect(() => app.get('/open', () => 'anything')).toThrow(UnguardedRoute)
    expect(() => app.get('/named', { config: { act: 'read' } }, () => 'public')).not.toThrow()
  })

  it('of which the act is not in the table, as well', () => {
    const app = Fastify()
    addGuard(app, { people: null, refuse: unasked, named: unasked })
    const config = JSON.parse('{ "act": "toString" }')
    expect(() => app.get('/odd', { config }, () => 'anything')).toThrow(UnguardedRoute)
  })
})

describe('a route with a role', () => {
  it('tells who may not why, by the thing that its address names', async () => {
    const db = await openDatabase(testPGlite(null))
    const app = await peopleServer(db)
    app.get(
      '/trial/:code',
      {
        config: {
          act: 'reply',
          thing: ({ params }) => ({ provider: String((params as { code: string }).code) }),
        },
      },
      ({ viewer }) => viewer.person?.pseudonym,
    )
    const head = new TestBrowser(app)
    const asked = await head.get('/trial/X10001')
    expect(asked.headers.location).toBe('/sign-in')
    const back = await head.walkIn('head-teacher')
    expect(back.statusCode).toBe(303)
    expect((await head.get('/trial/X10001')).body).toBe('Head of an example')
    const other = await head.get('/trial/X10002')
    expect(other.statusCode).toBe(403)
    expect(other.body).toMatch(/You are a lead of (?!the provider)[^.]+, and this lies elsewhere\./)
    await app.close()
    await db.close()
  })
})
