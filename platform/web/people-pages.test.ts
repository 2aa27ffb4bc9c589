import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import { readingGrade } from '../../examples/aldermere/reading-grade.ts'
import type { Database } from '../database/database.ts'
import { hourly } from '../people/counts.ts'
import { People } from '../people/people.ts'
import { personalTables } from '../people/privacy.ts'
import { type Act, rules } from '../people/rules.ts'
import { shutAccount } from '../people/shutting.ts'
import { latestProof, testSecret } from '../people/testing.ts'
import { headsProvider } from '../people/walk-in.ts'
import { fixtureAddresses } from './addresses.ts'
import { fixtureReader } from './fixture.ts'
import { isOwnPath } from './pages/sign-in/enter.ts'
import { logged, peopleServer, TestBrowser, withPeopleServer } from './testing-people.ts'

const email = 'ada@example.org'
let db: Database
let app: FastifyInstance
let ada: TestBrowser

withPeopleServer((place) => {
  db = place.db
  app = place.app
})
beforeEach(async () => {
  for (const table of ['person', 'letter', 'sign_in_proof', 'sign_in_use', 'sign_in_count']) {
    await db.query(`delete from ${table}`)
  }
  ada = new TestBrowser(app)
})

const pathOf = (link: string): string => link.replace(/^https?:\/\/[^/]+/, '')
async function ask(browser = ada): Promise<{ code: string; link: string; token: string }> {
  const answer = await browser.post('/sign-in', { email })
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/sign-in/code'])
  const { code, link } = await latestProof(db, email)
  return { code, link: pathOf(link), token: new URL(link).searchParams.get('token') ?? '' }
}

describe('signing in', () => {
  it('by the code leads to the account, which only its owner sees', async () => {
    const { code } = await ask()
    const answer = await ada.post('/sign-in/code', { code }, '/sign-in/code')
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/account'])
    const account = await ada.get('/account')
    expect(account.statusCode).toBe(200)
    expect(account.body).toContain(email)
    const other = await new TestBrowser(app).get('/account')
    expect([other.statusCode, other.headers.location]).toEqual([303, '/sign-in'])
    expect((await ada.get('/account.json')).json()).toMatchObject({ email, roles: [] })
    expect((await new TestBrowser(app).get('/account.json')).statusCode).toBe(401)
  })

  it('says to whom an idle browser was signed out why, and that they come back', async () => {
    expect((await ada.get('/sign-in')).body).not.toContain('is signed out')
    const { code } = await ask()
    await ada.post('/sign-in/code', { code }, '/sign-in/code')
    await db.query(`update person_session set expires_at = now() - interval '1 second'`)
    expect((await ada.get('/account')).headers.location).toBe('/sign-in')
    const { body } = await ada.get('/sign-in')
    expect(body).toContain('you come to the page that you asked for')
    expect(body).toContain('a browser that is not used for 12 hours is signed out')
  })

  it('says of an account that is shut that it is, to nobody but its owner', async () => {
    const first = await ask()
    await ada.post('/sign-in/code', { code: first.code }, '/sign-in/code')
    await shutAccount(db, { email, why: 'sends insults' }, 'operator')
    expect((await ada.get('/account')).headers.location).toBe('/sign-in')
    const { code } = await ask()
    const wrong = await ada.post('/sign-in/code', { code: '00000000' }, '/sign-in/code')
    expect([wrong.statusCode, wrong.body.includes('is shut')]).toEqual([400, false])
    const answer = await ada.post('/sign-in/code', { code }, '/sign-in/code')
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain('This account is shut')
  })

  it('notes in the log that somebody tried to sign in to an account that is shut', async () => {
    const first = await ask()
    await ada.post('/sign-in/code', { code: first.code }, '/sign-in/code')
    await shutAccount(db, { email, why: 'sends insults' }, 'operator')
    const tries = logged(app)
    await ada.post('/sign-in/code', { code: (await ask()).code }, '/sign-in/code')
    const { token } = await ask()
    await ada.post('/sign-in/link', { token }, '/sign-in')
    expect(tries()).toEqual(['code shut', 'link shut'])
  })

  it('promises no letter that is not sent, in the same words for every address', async () => {
    const page = async (who: string): Promise<string> => {
      await ada.post('/sign-in', { email: who })
      return (await ada.get('/sign-in/code')).body.replaceAll(who, '…')
    }
    const first = await page(email)
    for (let i = 1; i < hourly['letter-to']; i++) await page(email)
    expect(await db.query('select id from letter')).toHaveLength(hourly['letter-to'])
    const sixth = await page(email)
    expect(await db.query('select id from letter')).toHaveLength(hourly['letter-to'])
    const tokenless = (body: string): string => body.replace(/name="_csrf" value="[^"]*"/g, '')
    expect(tokenless(sixth)).toBe(tokenless(first))
    expect(tokenless(await page('nobody@example.org'))).toBe(tokenless(first))
    expect(first).toContain(`unless ${hourly['letter-to']} have gone there within the last hour`)
  })

  it('by the link takes a button: however often it is opened, nothing happens', async () => {
    const { link, token } = await ask()
    const scanner = new TestBrowser(app)
    for (let i = 0; i < 3; i++) {
      expect((await scanner.get(link)).body).toContain('Press the button')
      expect((await scanner.ask({ method: 'HEAD', url: link })).statusCode).toBe(200)
    }
    expect(await db.query('select id from person')).toEqual([])
    const phone = new TestBrowser(app)
    const answer = await phone.post('/sign-in/link', { token }, link)
    expect(answer.headers.location).toBe('/account')
    expect((await phone.get('/account')).statusCode).toBe(200)
  })

  it('twice by one link is a success in the same browser and a clear no in another', async () => {
    const { link, token } = await ask()
    const before = await ada.token(link)
    const fields = { token, _csrf: before }
    expect((await ada.post('/sign-in/link', fields, link)).headers.location).toBe('/account')
    expect((await ada.post('/sign-in/link', fields, link)).headers.location).toBe('/account')
    expect(await db.query('select id from person_session')).toHaveLength(1)
    const other = new TestBrowser(app)
    for (const refused of [
      await other.get(link),
      await other.post('/sign-in/link', { token }, '/sign-in'),
    ]) {
      expect(refused.statusCode).toBe(400)
      expect(refused.body).toContain('This link has been used, or is too old')
    }
    // Here the button still does what it says.
    expect((await ada.get(link)).body).toContain('Press the button')
    await db.query(`update sign_in_use set expires_at = now() - interval '1 second'`)
    const late = await ada.post('/sign-in/link', fields, link)
    for (const { statusCode, body } of [late, await ada.get(link)]) {
      expect(statusCode).toBe(200)
      expect(body).toContain('You are signed in already')
    }
  })

  it('by a used link is over once that browser has signed out', async () => {
    const { link, token } = await ask()
    await ada.post('/sign-in/link', { token }, link)
    await ada.post('/sign-out', {}, '/account')
    for (const again of [
      await ada.get(link),
      await ada.post('/sign-in/link', { token }, '/sign-in'),
    ]) {
      expect(again.statusCode).toBe(400)
      expect(again.body).toContain('This link has been used, or is too old')
    }
    expect((await ada.get('/account')).headers.location).toBe('/sign-in')
  })

  it('by a code that was asked for before is over once every session was ended', async () => {
    await ada.post('/sign-in/code', { code: (await ask()).code }, '/sign-in/code')
    const other = new TestBrowser(app)
    const { code } = await ask(other)
    await ada.post('/account/sessions/end-all', {}, '/account')
    expect((await other.post('/sign-in/code', { code }, '/sign-in/code')).statusCode).toBe(400)
  })

  it('by the code and the link at once makes one person, and both come in', async () => {
    const { code, link, token } = await ask()
    const answers = await Promise.all([
      ada.post('/sign-in/code', { code }, '/sign-in/code'),
      new TestBrowser(app).post('/sign-in/link', { token }, link),
    ])
    expect(answers.map((a) => a.headers.location)).toEqual(['/account', '/account'])
    expect(await db.query('select id from person')).toHaveLength(1)
  })

  it('says on the link’s page whose it is, and leads back to all of the address that was asked for', async () => {
    await ada.get('/account/why?act=reply&about=C7')
    const { link, token } = await ask()
    expect((await ada.get(link)).body).toContain(email)
    const answer = await ada.post('/sign-in/link', { token }, link)
    expect(answer.headers.location).toBe('/account/why?act=reply&about=C7')
  })

  it.each([
    { host: 'plumbline.example.org' },
    { 'x-forwarded-for': '203.0.113.9' },
    { forwarded: 'for=203.0.113.9' },
    { via: '1.1 proxy' },
  ])('is not possible through the doors of this machine for who comes with %j', async (headers) => {
    for (const url of ['/dev/mail', '/example/walk-in']) {
      expect((await ada.ask({ method: 'GET', url })).statusCode, url).not.toBe(404)
      expect((await ada.ask({ method: 'GET', url, headers })).statusCode, url).toBe(404)
    }
    const { body } = await ada.ask({ method: 'GET', url: '/sign-in', headers })
    expect(body).not.toContain('/example/walk-in')
  })

  it('gives the browser a new session, and ends the one before', async () => {
    await ada.post('/sign-in/code', { code: (await ask()).code }, '/sign-in/code')
    const first = ada.cookie
    await ada.post('/sign-in/code', { code: (await ask()).code }, '/sign-in/code')
    expect(ada.cookie).not.toBe(first)
    const old = await app.inject({ url: '/account', headers: { cookie: first } })
    expect(old.headers.location).toBe('/sign-in')
    expect((await ada.get('/account')).statusCode).toBe(200)
  })

  it('never tells whether an address is known', async () => {
    await ada.post('/sign-in/code', { code: (await ask()).code }, '/sign-in/code')
    const pages = await Promise.all(
      [email, 'nobody@example.org'].map(async (who) => {
        const browser = new TestBrowser(app)
        const asked = await browser.post('/sign-in', { email: who })
        const { body } = await browser.get('/sign-in/code')
        const wrong = await browser.post('/sign-in/code', { code: '00000000' }, '/sign-in/code')
        const plain = (text: string): string =>
          text.replaceAll(who, '…').replaceAll(/name="_csrf" value="[^"]*"/g, '')
        return [asked.statusCode, asked.headers.location, plain(body), plain(wrong.body)]
      }),
    )
    expect(pages[0]).toEqual(pages[1])
  })

  it('leads on to what was asked for, and never off this site', async () => {
    expect((await ada.get('/account/why?act=reply')).headers.location).toBe('/sign-in')
    const answer = await ada.post('/sign-in/code', { code: (await ask()).code }, '/sign-in/code')
    expect(answer.headers.location).toBe('/account/why?act=reply')
    for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example', '', 'x']) {
      expect(isOwnPath(path)).toBe(false)
    }
    const forged = new TestBrowser(app)
    forged.keep(['plumbline-next=%2F%2Fevil.example'])
    const { code } = await ask(forged)
    const led = await forged.post('/sign-in/code', { code }, '/sign-in/code')
    expect(led.headers.location).toBe('/account')
  })

  it('writes its links to the address that the operator names, whatever a request says', async () => {
    const hostile = { method: 'POST', url: '/sign-in' } as const
    const payload = new URLSearchParams({ _csrf: await ada.token(), email }).toString()
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'content-type': 'application/x-www-form-urlencoded',
    }
    await ada.ask({ ...hostile, payload, headers })
    expect((await latestProof(db, email)).link).toMatch(/^http:\/\/localhost:\d+\/sign-in\/link/)
    const named = await peopleServer(db, { address: 'https://plumbline.example.org' })
    const browser = new TestBrowser(named)
    await db.query('delete from letter')
    await browser.post('/sign-in', { email })
    const { link } = await latestProof(db, email)
    expect(link).toMatch(/^https:\/\/plumbline\.example\.org\/sign-in\/link\?token=/)
    await named.close()
  })

  it.each(['', 'ada', 'ada@', 'ada@example', 'a\0@example.org', 'ada@example.org\r\nBcc: b@c.de'])(
    'refuses the address %j with a sentence, and posts nothing',
    async (wrong) => {
      const answer = await ada.post('/sign-in', { email: wrong })
      expect(answer.statusCode).toBe(400)
      expect(answer.body).toContain('Enter an email address')
      expect(await db.query('select id from letter')).toEqual([])
    },
  )

  it('is refused where too much is asked, with a sentence', async () => {
    await ada.post('/sign-in', { email })
    await db.query('update sign_in_count set count = $1', [hourly['letter-from']])
    const answer = await ada.post('/sign-in', { email })
    expect(answer.statusCode).toBe(429)
    expect(answer.body).toContain('try again in an hour')
  })

  it('says where no letter would ever come', async () => {
    const people = new People({
      db,
      secret: testSecret,
      isSecure: false,
      walkIn: async () => true,
    })
    const nobodys = { letters: 'nobody', walkIn: 'nobody' } as const
    const mute = await peopleServer(db, { people, canPost: false, ...nobodys })
    expect((await mute.inject('/sign-in')).body).toContain('Nobody can sign in here yet')
    for (const url of ['/dev/mail', '/example/walk-in']) {
      expect((await mute.inject(url)).statusCode).toBe(404)
    }
    await mute.close()
  })
})

describe('a form', () => {
  const send = (browser: TestBrowser, fields: Record<string, string>) =>
    browser.ask({
      method: 'POST',
      url: '/sign-in',
      payload: new URLSearchParams({ email, ...fields }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })

  it('that did not come from a page of ours does nothing', async () => {
    const foreign = await new TestBrowser(app).token()
    for (const token of ['', 'x', foreign]) {
      await ada.get('/sign-in')
      const answer = await send(ada, { _csrf: token })
      expect(answer.statusCode).toBe(400)
      expect(answer.body).toContain('This form is too old')
    }
    expect(await db.query('select id from letter')).toEqual([])
  })

  it('of every route that changes something asks for its token', async () => {
    // Who brings a token of their own proves more than a page of ours would: no other site knows it.
    const isForm = (act: Act): boolean => act !== 'read' && rules[act].by !== 'token'
    const routes = app.permissions.filter((p) => p.method === 'POST' && isForm(p.act))
    expect(routes.map((r) => r.url)).toContain('/sign-out')
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answers = new Map<string, number[]>()
    const heads = await headsProvider(fixtureReader, await fixtureReader.state())
    for (const who of ['steward', 'head-teacher']) {
      await ada.walkIn(who)
      for (const { url } of routes) {
        const ofHead = url.replace(':code', heads?.code ?? '')
        const answer = await ada.ask({ method: 'POST', url: ofHead, payload: 'x=y', headers })
        answers.set(url, [...(answers.get(url) ?? []), answer.statusCode])
      }
    }
    // Whoever may not do it at all is told so first.
    for (const [url, found] of answers) {
      expect(found, url).toContain(400)
      expect([400, 403], url).toEqual(expect.arrayContaining(found))
    }
  })

  it('that is no form is refused', async () => {
    const token = await ada.token()
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/plain']) {
      const headers = { 'content-type': type, 'csrf-token': token }
      const payload = type === 'application/json' ? '{"__proto__":{"email":"a@b.de"}}' : 'x'
      const answer = await ada.ask({ method: 'POST', url: '/sign-in', payload, headers })
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
      expect(answer.statusCode).toBeLessThan(500)
    }
    const large = await ada.post('/sign-in', { email: 'a'.repeat(100_000) })
    expect(large.statusCode).toBe(413)
    expect(large.body).toContain('This is too long')
  })
})

describe('what is personal', () => {
  it('is stored by no browser and no proxy, and its cookies by the browser alone', async () => {
    await ada.post('/sign-in/code', { code: (await ask()).code }, '/sign-in/code')
    for (const url of ['/account', '/account.json', '/account/why', '/sign-in', '/sign-in/code']) {
      const { headers } = await ada.get(url)
      expect([url, headers['cache-control']]).toEqual([url, 'private, no-store'])
      expect(headers.etag).toBeUndefined()
    }
    const { code } = await ask()
    const answer = await ada.post('/sign-in/code', { code }, '/sign-in/code')
    const cookies = [answer.headers['set-cookie'] ?? []].flat()
    expect(cookies.filter((c) => !/httponly/i.test(c) || !/samesite=lax/i.test(c))).toEqual([])
  })

  it('is sent by https alone where the address is https', async () => {
    const people = new People({
      db,
      secret: testSecret,
      isSecure: true,
      walkIn: async () => true,
    })
    const secure = await peopleServer(db, { people, address: 'https://plumbline.example.org' })
    const browser = new TestBrowser(secure)
    const answer = await browser.walkIn('citizen')
    const cookies = [
      (await new TestBrowser(secure).get('/sign-in')).headers['set-cookie'] ?? [],
      answer.headers['set-cookie'] ?? [],
    ].flat()
    expect(cookies.map((c) => c.split('=')[0]).toSorted()).toEqual([
      '__Host-plumbline-browser',
      '__Host-plumbline.session_token',
    ])
    expect(cookies.filter((c) => !/; secure/i.test(c))).toEqual([])
    await secure.close()
  })

  it('passes for nothing but what it was signed for', async () => {
    await ada.get('/account/why')
    await ask()
    const [next, asked] = ['plumbline-next', 'plumbline-asked']
    const kept = new Map(
      ada.cookie.split('; ').map((c) => [c.split('=')[0], c.slice(c.indexOf('=') + 1)]),
    )
    expect((await ada.get('/sign-in/code')).body).toContain(email)
    ada.keep([`${asked}=${kept.get(next)}`])
    expect((await ada.get('/sign-in/code')).body).not.toContain('/account/why')
    ada.keep([`${asked}=${kept.get(asked)}`, `${next}=${kept.get(asked)}`])
    const { code } = await latestProof(db, email)
    const answer = await ada.post('/sign-in/code', { code }, '/sign-in/code')
    expect(answer.headers.location).toBe('/account')
  })

  it('changes no byte of a page that anyone may read', async () => {
    await ada.walkIn('steward')
    for (const url of fixtureAddresses) {
      const [mine, anybodys] = [
        await ada.get(url),
        await app.inject({ url, headers: { host: 'localhost' } }),
      ]
      expect([url, mine.body === anybodys.body]).toEqual([url, true])
      expect(mine.headers['set-cookie']).toBeUndefined()
      expect(mine.headers['cache-control']).toBe(anybodys.headers['cache-control'])
    }
  })
})

describe('signing out', () => {
  const signedIn = async (browser = ada) => {
    const { code } = await ask(browser)
    await browser.post('/sign-in/code', { code }, '/sign-in/code')
    return browser
  }

  it('ends this session, twice without harm', async () => {
    await signedIn()
    const kept = ada.cookie
    for (let i = 0; i < 2; i++) {
      const answer = await ada.post('/sign-out', {})
      expect(answer.headers.location).toBe('/sign-in/out')
    }
    const back = await app.inject({ url: '/account', headers: { cookie: kept } })
    expect(back.headers.location).toBe('/sign-in')
  })

  it('everywhere ends all of mine and nobody else’s', async () => {
    await signedIn()
    const phone = await signedIn(new TestBrowser(app))
    const other = new TestBrowser(app)
    await other.walkIn('citizen')
    expect((await ada.get('/account')).body.match(/>End</g)).toHaveLength(1)
    await ada.post('/account/sessions/end-all', {}, '/account')
    expect((await ada.get('/account')).statusCode).toBe(303)
    expect((await phone.get('/account')).statusCode).toBe(303)
    expect((await other.get('/account')).statusCode).toBe(200)
  })

  it('of one session cannot reach another person’s', async () => {
    await signedIn()
    const other = new TestBrowser(app)
    await other.walkIn('citizen')
    const sessions = await db.query<{ id: string }>('select id from person_session')
    for (const { id } of sessions) {
      await other.post('/account/sessions/end', { session: id }, '/account')
    }
    expect((await ada.get('/account')).statusCode).toBe(200)
    expect((await other.get('/account')).statusCode).toBe(303)
    await ada.post('/account/sessions/end', { session: "'; drop table person" }, '/account')
    expect((await ada.get('/account')).statusCode).toBe(200)
  })
})

describe('what is mine', () => {
  it('can be taken away by me alone', async () => {
    await ada.post('/sign-in/code', { code: (await ask()).code }, '/sign-in/code')
    const answer = await ada.get('/account/data.json')
    expect(answer.headers['content-disposition']).toContain('attachment')
    expect(answer.json().data.person_address).toEqual([{ email, proved: true }])
    expect((await new TestBrowser(app).get('/account/data.json')).statusCode).toBe(401)
  })

  it('is not deleted in a browser that was left open', async () => {
    await ada.post('/sign-in/code', { code: (await ask()).code }, '/sign-in/code')
    expect((await ada.get('/account/delete')).statusCode).toBe(200)
    await db.query(`update person_session set created_at = now() - interval '11 minutes'`)
    const asked = await ada.post('/account/delete', { sure: 'yes' }, '/account')
    expect([asked.statusCode, asked.body.includes('Sign in again first')]).toEqual([403, true])
    expect((await ada.get('/account/delete')).statusCode).toBe(403)
    expect(await db.query('select id from person')).toHaveLength(1)
  })

  it('can be deleted, once I am sure', async () => {
    await ada.post('/sign-in/code', { code: (await ask()).code }, '/sign-in/code')
    const unsure = await ada.post('/account/delete', {}, '/account/delete')
    expect([unsure.statusCode, unsure.body.includes('Tick the box')]).toEqual([400, true])
    expect(await db.query('select id from person')).toHaveLength(1)
    const sure = await ada.post('/account/delete', { sure: 'yes' }, '/account/delete')
    expect(sure.headers.location).toBe('/account/deleted')
    expect(await db.query('select id from person')).toEqual([])
    expect((await ada.get('/account/deleted')).statusCode).toBe(200)
    expect((await ada.get('/account')).statusCode).toBe(303)
  })

  it('is told, and why, from the same list that is forgotten by', async () => {
    const { body } = await app.inject('/privacy')
    const wayBack = personalTables.flatMap(({ takeBack = [] }) => takeBack)
    expect(wayBack.length).toBeGreaterThan(5)
    for (const how of wayBack) expect(body).toContain(how)
    for (const { why, kept } of personalTables) {
      expect(body).toContain(why)
      expect(body).toContain(kept)
    }
    expect(readingGrade(body)).toBeLessThan(7)
  })
})

describe('the example', () => {
  it('lets a visitor in as somebody, with a role on the record, once', async () => {
    for (let i = 0; i < 2; i++) await ada.walkIn('head-teacher')
    const { body } = await ada.get('/account')
    expect(body).toContain('Head of an example')
    expect(body).toContain('Lead of the provider X10001')
    expect(body).toMatch(/\(<a class="govuk-link" href="\/providers\/X10001">[^<]+<\/a>\)/)
    expect(body).toContain('href="/desk">See what needs attention')
    expect(body).not.toContain('href="/publish"')
    expect(await db.query('select id from role_grant')).toHaveLength(1)
  })

  it('ends with the example: whoever walked in is nobody from then on', async () => {
    let isShown = true
    const people = new People({
      db,
      secret: testSecret,
      isSecure: false,
      walkIn: async () => isShown,
    })
    const server = await peopleServer(db, { people })
    const steward = new TestBrowser(server)
    await steward.walkIn('steward')
    expect((await steward.get('/account')).statusCode).toBe(200)
    isShown = false
    expect((await steward.get('/account')).statusCode).toBe(303)
    const payload = new URLSearchParams({ _csrf: await steward.token(), who: 'steward' }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const again = await steward.ask({ method: 'POST', url: '/example/walk-in', payload, headers })
    expect(again.statusCode).toBe(404)
    await server.close()
  })
})

describe('an account', () => {
  it('leads whoever speaks for a provider to what is said of it, and tells of no letters to nowhere', async () => {
    await ada.walkIn('head-teacher')
    const { body } = await ada.get('/account')
    expect(body).toMatch(
      /href="\/providers\/X10001">Reply to what is said of [^<]+, or ask for a correction</,
    )
    expect(body).not.toContain('A code that we mail to you always works')
    expect(body).not.toContain('knows this email address')
    expect(body).toContain('You walked in as somebody of the example area.')
    const citizen = new TestBrowser(app)
    await citizen.post('/sign-in/code', { code: (await ask(citizen)).code }, '/sign-in/code')
    const other = (await citizen.get('/account')).body
    expect(other).toContain('A code that we mail to you always works')
    expect(other).not.toContain('ask for a correction')
  })
})

describe('why', () => {
  it('an answer was yes or no is told by act and by thing', async () => {
    await ada.walkIn('head-teacher')
    const why = async (query: string) => (await ada.get(`/account/why.json?${query}`)).json()
    expect(await why('act=reply&about=X10001')).toMatchObject({
      yes: true,
      why: expect.stringMatching(
        /^You are a lead of (?!the provider).+, so you may reply .* said of .+ \(X10001\)\.$/,
      ),
    })
    expect(await why('act=reply&about=X10002')).toMatchObject({ yes: false })
    expect(await why('act=reply&about=nothing')).toMatchObject({ known: false })
    expect((await ada.get('/account/why?act=reply&about=X10002')).body).toContain('lies elsewhere')
    const refused = (await ada.get('/account/why?act=reply&about=X10002')).body
    expect(refused).not.toContain('the provider X10001')
    const stop = (await ada.get('/account/why?act=unsubscribe')).body
    expect(stop).toContain('Whoever has the email stops them by its link')
    expect(stop).not.toMatch(/<strong>No|Only a program/)
    // A code without an act asks of all acts to it.
    const other = (await ada.get('/account/why?about=X10002')).body
    expect(other).toMatch(/Asked of .+ \(X10002\)/)
    const may = async (about: string): Promise<string[]> =>
      (await why(`about=${about}`)).acts
        .filter((a: { yes: boolean }) => a.yes)
        .map((a: { act: string }) => a.act)
    expect(await may('X10001')).toContain('reply')
    expect(await may('X10002')).not.toContain('reply')
    const turned = await ada.get('/providers/X10002/reply/figure/expected')
    expect([turned.statusCode, turned.body.includes('the provider X10001')]).toEqual([403, false])
    const hostile = await ada.get('/account/why?act=reply&about=%3Cscript%3E')
    expect(hostile.statusCode).toBe(200)
    expect(hostile.body).not.toContain('<script>')
    // Another question than the one that was asked is never answered.
    const long = `about=${'a'.repeat(5000)}`
    for (const query of ['about=%00', 'about=a&about=b', 'act=toString', 'act=%3Cb%3E', long]) {
      expect([query, (await ada.get(`/account/why?${query}`)).statusCode]).toEqual([query, 400])
    }
    expect((await ada.get('/account/why?__proto__=1')).statusCode).toBe(200)
  })
})
