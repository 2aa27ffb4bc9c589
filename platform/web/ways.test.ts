import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { hourly } from '../people/counts.ts'
import { shutAccount } from '../people/shutting.ts'
import { cookieOf, testPeople } from '../people/testing.ts'
import { openTestProvider, type TestProvider, visit } from '../people/testing-open-id.ts'
import { TestAuthenticator } from '../people/testing-passkey.ts'
import { logged, peopleServer, TestBrowser } from './testing-people.ts'

const home = 'http://localhost'
const email = 'ada@example.org'
const account = { sub: 'number-1', email, email_verified: true }
let db: Database
let app: FastifyInstance
let provider: TestProvider
let ada: TestBrowser
/** How often letters were looked for. */
let posted = 0

beforeAll(async () => {
  provider = await openTestProvider()
  db = await openDatabase(testPGlite(null))
  const people = testPeople(db, false, provider.service())
  app = await peopleServer(db, { people, posted: () => posted++ })
})
afterAll(async () => {
  await app.close()
  await db.close()
  await provider.close()
})
beforeEach(async () => {
  for (const table of ['person', 'letter', 'sign_in_proof', 'sign_in_use', 'sign_in_count']) {
    await db.query(`delete from ${table}`)
  }
  provider.serve(home)
  provider.next = account
  ada = new TestBrowser(app)
  posted = 0
})

/** A page with nothing in it of what went wrong inside. */
function isPlain({ body, statusCode }: { body: string; statusCode: number }): boolean {
  return statusCode < 600 && !/invalid_|OAUTH|TypeError|at .*\.ts|access_denied|ECONN/.test(body)
}

describe('another service', () => {
  const begin = async (browser = ada) => {
    const answer = await browser.post('/sign-in/openid', {})
    const url = /href="(http:\/\/127[^"]+)"/.exec(answer.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
    return { answer, url }
  }
  const comeBack = async (browser = ada) => {
    const { url } = await begin(browser)
    const { pathname, search } = await visit(url, home)
    return pathname + search
  }

  it('is reached from a form by a page of ours, which the policy of forms allows', async () => {
    const { answer, url } = await begin()
    expect(answer.statusCode).toBe(200)
    expect(answer.headers.refresh).toBe(`0; url=${url}`)
    expect(answer.headers['content-security-policy']).toContain("form-action 'self'")
    expect(answer.headers['cache-control']).toBe('private, no-store')
    expect(new URL(url).origin).toBe(provider.issuer)
  })

  it('is not begun by looking, nor by a form of another site', async () => {
    expect((await ada.get('/sign-in/openid')).statusCode).toBe(404)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const forged = await ada.ask({ method: 'POST', url: '/sign-in/openid', payload: '', headers })
    expect(forged.statusCode).toBe(400)
    expect(await db.query('select id from sign_in_proof')).toEqual([])
  })

  it('leads to what was asked for, with a new session in place of the old one', async () => {
    await ada.walkIn('citizen')
    const before = ada.cookie
    const answer = await ada.get(await comeBack())
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/account'])
    const old = await app.inject({ url: '/account', headers: { cookie: before } })
    expect(old.headers.location).toBe('/sign-in')
    expect((await ada.get('/account.json')).json()).toMatchObject({ email, hasService: true })
    expect(posted).toBe(1)
    const other = new TestBrowser(app)
    await other.get('/account/why')
    expect((await other.get(await comeBack(other))).headers.location).toBe('/account/why')
    expect(posted).toBe(1)
  })

  it('that sends back twice, or into another browser, is answered by a sentence', async () => {
    const path = await comeBack()
    const other = await new TestBrowser(app).get(path)
    expect([other.statusCode, other.body.includes('You are not signed in yet')]).toEqual([
      400,
      true,
    ])
    expect((await ada.get(path)).statusCode).toBe(303)
    const again = await ada.get(path)
    expect([again.statusCode, again.body.includes('You are signed in already')]).toEqual([
      200,
      true,
    ])
    expect([isPlain(other), isPlain(again)]).toEqual([true, true])
  })

  it.each([
    ['Cancel there', 400, 'You are not signed in', () => (provider.next = null)],
    [
      'an address not checked',
      400,
      'Test Login has not checked your email address',
      () => (provider.next = { ...account, email_verified: false }),
    ],
  ])('%s is answered by a sentence', async (_, status, title, prepare) => {
    prepare()
    const answer = await ada.get(await comeBack())
    expect([answer.statusCode, answer.body.includes(title)]).toEqual([status, true])
    expect(isPlain(answer)).toBe(true)
    expect((await ada.get('/account')).headers.location).toBe('/sign-in')
  })

  it('with a second account for one person is answered by a sentence', async () => {
    await ada.get(await comeBack())
    provider.next = { ...account, sub: 'number-2' }
    const other = new TestBrowser(app)
    const answer = await other.get(await comeBack(other))
    expect(answer.body).toContain('You have another account at Test Login')
    await ada.post('/account/service/remove', {}, '/account')
    const again = await other.get(await comeBack(other))
    expect(again.statusCode).toBe(303)
  })

  it('leads into no account that is shut; the log notes the try', async () => {
    await (await testPeople(db).open()).signIn.withoutLetter(email)
    await shutAccount(db, { email, why: 'sends insults' }, 'operator')
    const path = await comeBack()
    const tries = logged(app)
    const answer = await ada.get(path)
    expect([answer.statusCode, answer.body.includes('This account is shut')]).toEqual([403, true])
    expect([tries(), posted]).toEqual([['service shut'], 0])
  })

  it('that is down is answered by a sentence, and the mailed code still works', async () => {
    const silent = await peopleServer(db)
    const browser = new TestBrowser(silent)
    const answer = await browser.post('/sign-in/openid', {})
    expect([answer.statusCode, answer.body.includes('Silent Login does not answer')]).toEqual([
      503,
      true,
    ])
    expect(isPlain(answer)).toBe(true)
    expect((await browser.post('/sign-in', { email })).headers.location).toBe('/sign-in/code')
    await silent.close()
  })

  it('is named beside the letter, or alone where no letter can be sent', async () => {
    const people = testPeople(db, false, provider.service())
    const without = await peopleServer(db, { people, canPost: false })
    const { body } = await without.inject('/sign-in')
    expect(body).toContain('Sign in with Test Login')
    expect(body).not.toContain('Nobody can sign in here yet')
    expect(body).not.toContain('Send me a code')
    await without.close()
  })

  it('is begun only so often', async () => {
    await begin()
    await db.query('update sign_in_count set count = $1', [hourly['begin-from']])
    expect((await begin()).answer.statusCode).toBe(429)
  })
})

describe('a passkey', () => {
  const site = { host: 'localhost', origin: 'http://localhost' }
  const challengeOf = ({ body }: { body: string }): string =>
    /name="challenge" value="([^"]+)"/.exec(body)?.[1] ?? ''
  const signedIn = async (browser = ada, who = email) => {
    const { signIn } = await testPeople(db).open()
    browser.keep([cookieOf((await signIn.withoutLetter(who)) ?? [])])
    return browser
  }
  const add = async (key: TestAuthenticator, browser = ada) => {
    const offered = await browser.post('/account/passkeys/new', {}, '/account')
    const challenge = challengeOf(offered)
    const fields = { name: 'My phone', challenge, answer: key.make(challenge) }
    return browser.post('/account/passkeys', fields, '/account')
  }

  it('is added, signs in, and is told in the account’s data without its key', async () => {
    await signedIn()
    const key = new TestAuthenticator(site)
    expect((await add(key)).headers.location).toBe('/account')
    expect((await ada.get('/account.json')).json().passkeys).toEqual([
      { name: 'My phone', added: expect.any(String), lastUsed: null },
    ])
    expect(posted).toBe(1)
    const phone = new TestBrowser(app)
    const challenge = challengeOf(await phone.post('/sign-in/passkey', {}))
    const answer = await phone.post('/sign-in/passkey/answer', {
      challenge,
      answer: key.use(challenge),
    })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/account'])
    expect((await phone.get('/account.json')).json()).toMatchObject({ email })
  })

  it('leads into no account that is shut; the log notes the try', async () => {
    await signedIn()
    const key = new TestAuthenticator(site)
    await add(key)
    await shutAccount(db, { email, why: 'sends insults' }, 'operator')
    const phone = new TestBrowser(app)
    const challenge = challengeOf(await phone.post('/sign-in/passkey', {}))
    const tries = logged(app)
    const sent = { challenge, answer: key.use(challenge) }
    const answer = await phone.post('/sign-in/passkey/answer', sent)
    expect([answer.statusCode, answer.body.includes('This account is shut')]).toEqual([403, true])
    expect(tries()).toEqual(['passkey shut'])
  })

  it('whose answer does not fit is refused by a sentence', async () => {
    await signedIn()
    const key = new TestAuthenticator(site)
    await add(key)
    const again = await add(key)
    expect([again.statusCode, again.body.includes('This passkey was not added')]).toEqual([
      400,
      true,
    ])
    const phone = new TestBrowser(app)
    const challenge = challengeOf(await phone.post('/sign-in/passkey', {}))
    for (const sent of ['', '{}', 'x'.repeat(30_000), key.use('other')]) {
      const answer = await phone.post('/sign-in/passkey/answer', { challenge, answer: sent })
      expect([answer.statusCode, isPlain(answer)]).toEqual([400, true])
    }
  })

  it('is begun only so often', async () => {
    await signedIn()
    const begin = () => ada.post('/account/passkeys/new', {}, '/account')
    expect((await begin()).statusCode).toBe(200)
    await db.query('update sign_in_count set count = $1', [hourly['begin-from']])
    const answer = await begin()
    expect([answer.statusCode, answer.body.includes('Too many tries')]).toEqual([429, true])
    expect(
      await db.query(`select 1 from sign_in_proof where identifier like 'begun:%'`),
    ).toHaveLength(1)
  })

  it('is named with letters that can be seen, and its name is shown as text', async () => {
    await signedIn()
    await add(new TestAuthenticator(site))
    const passkey = /name="passkey" value="([^"]+)"/.exec((await ada.get('/account')).body)?.[1]
    const rename = (name: string) =>
      ada.post('/account/passkeys/rename', { passkey: passkey ?? '', name }, '/account')
    expect((await rename(' ')).statusCode).toBe(400)
    expect((await rename('<script>alert(1)</script>')).statusCode).toBe(303)
    const { body } = await ada.get('/account')
    expect(body).toContain('&lt;script&gt;alert(1)')
    expect(body).not.toContain('<script>alert')
  })

  it('of somebody else is neither named nor removed by its number', async () => {
    await signedIn()
    await add(new TestAuthenticator(site))
    const passkey = /name="passkey" value="([^"]+)"/.exec((await ada.get('/account')).body)?.[1]
    const eve = await signedIn(new TestBrowser(app), 'eve@example.org')
    await eve.post('/account/passkeys/rename', { passkey: passkey ?? '', name: 'Mine' }, '/account')
    await eve.post('/account/passkeys/remove', { passkey: passkey ?? '' }, '/account')
    expect((await ada.get('/account.json')).json().passkeys).toMatchObject([{ name: 'My phone' }])
    await ada.post('/account/passkeys/remove', { passkey: passkey ?? '' }, '/account')
    expect((await ada.get('/account.json')).json().passkeys).toEqual([])
  })

  it('is not offered where browsers make none', async () => {
    const people = testPeople(db)
    const numbered = await peopleServer(db, { people, address: 'http://192.0.2.1:3000' })
    const browser = new TestBrowser(numbered)
    expect((await browser.get('/sign-in')).body).not.toContain('Sign in with a passkey')
    expect((await browser.post('/sign-in/passkey', {})).statusCode).toBe(400)
    await numbered.close()
  })
})
