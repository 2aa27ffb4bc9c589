import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import { readingGrade } from '../../examples/aldermere/reading-grade.ts'
import type { Database } from '../database/database.ts'
import { unsentLetters } from '../mail/store.ts'
import { hourly } from '../people/counts.ts'
import { deletePerson, ownData } from '../people/own-data.ts'
import { testSecret } from '../people/testing.ts'
import { seal } from '../subscriptions/links.ts'
import { fixtureReader } from './fixture.ts'
import { letterWords } from './pages/subscribe/news-since.ts'
import { TestBrowser, withPeopleServer } from './testing-people.ts'

const email = 'ada@example.org'
const school = '/subscribe/providers/X10001'
let db: Database
let app: FastifyInstance
let ada: TestBrowser

withPeopleServer((place) => {
  db = place.db
  app = place.app
})
beforeEach(async () => {
  for (const table of ['person', 'letter', 'subscriber', 'sign_in_count', 'form_use']) {
    await db.query(`delete from ${table}`)
  }
  ada = new TestBrowser(app)
})

/** The path of the link in the latest letter to an address. */
async function mailedPath(to = email): Promise<string> {
  const letter = (await unsentLetters(db)).find((l) => l.address === to)
  return /^http:\/\/localhost(\/\S+)$/m.exec(letter?.body ?? '')?.[1] ?? ''
}
const tokenIn = (path: string): string =>
  new URL(path, 'http://localhost').searchParams.get('token') ?? ''
const ask = (pace = 'weekly', url = school) => ada.post(url, { email, pace }, url)
const followed = () =>
  db.query(
    `select kind, code, pace, confirmed_at is not null as yes from subscription order by kind, code`,
  )

async function follow(pace = 'weekly', url = school): Promise<void> {
  await ask(pace, url)
  const path = await mailedPath()
  expect(
    (await ada.post('/subscriptions/confirm', { token: tokenIn(path) }, path)).statusCode,
  ).toBe(200)
}

/** The page of a mailed link to all that an address follows. */
async function mine(): Promise<string> {
  await ada.post('/subscriptions', { email }, '/subscriptions')
  return mailedPath()
}

describe('following a page without an account', () => {
  it.each([
    ['/providers/X10001', 'provider', 'X10001'],
    ['/places/P1', 'place', 'P1'],
    ['/indicators/expected', 'indicator', 'expected'],
  ])('%s has a way to it', async (path, kind, code) => {
    const { body } = await ada.get(path)
    expect(body).toContain(`href="/subscribe${path}"`)
    const form = await ada.get(`/subscribe${path}`)
    expect(form.statusCode).toBe(200)
    expect(form.body).toMatch(/<h1[^>]*>Get an email when .+ changes<\/h1>/)
    await follow('daily', `/subscribe${path}`)
    expect(await followed()).toEqual([{ kind, code, pace: 'daily', yes: true }])
  })

  it('takes a mailed link whose page changes nothing, and whose button may be pressed twice', async () => {
    const answer = await ask()
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/subscriptions/sent'])
    const path = await mailedPath()
    const scanner = new TestBrowser(app)
    for (let i = 0; i < 3; i++) {
      const { statusCode, body } = await scanner.get(path)
      expect(statusCode).toBe(200)
      // What it is about, and who gets them: without it a "yes" says little.
      expect(body).toContain(
        'Larkrise Invented School</a>. How often at most: once a week, on Monday.',
      )
      expect(body).toContain(`<strong class="pl-breaks">${email}</strong>`)
    }
    expect(await followed()).toMatchObject([{ yes: false }])
    for (let i = 0; i < 2; i++) {
      const said = await ada.post('/subscriptions/confirm', { token: tokenIn(path) }, path)
      expect(said.body).toContain('You get these emails from now on')
      expect(said.body).toContain('How often at most: once a week, on Monday.')
    }
    expect(await followed()).toMatchObject([{ yes: true }])
  })

  it('is not done by a link that we did not write, or for something else', async () => {
    await ask()
    const token = tokenIn(await mailedPath())
    const other = seal(testSecret, 'end', token.split('.').slice(0, 2), null)
    const late = seal(testSecret, 'confirm', token.split('.').slice(0, 2), new Date(0))
    for (const wrong of ['', 'x', token.slice(0, -1), other, late, `${token}.x`]) {
      const path = `/subscriptions/confirm?token=${encodeURIComponent(wrong)}`
      expect((await ada.get(path)).statusCode).toBe(400)
      const sent = await ada.post('/subscriptions/confirm', { token: wrong }, school)
      expect(sent.statusCode).toBe(400)
    }
    expect(await followed()).toMatchObject([{ yes: false }])
  })

  it('needs an address, and something to follow', async () => {
    for (const wrong of ['', 'ada', 'ada@', 'ada@example.org, eve@example.org', 'a\r\nb@c.org']) {
      const answer = await ada.post(school, { email: wrong }, school)
      expect(answer.statusCode).toBe(400)
      expect(answer.body).toContain('Enter an email address')
    }
    for (const url of ['providers/nobody', 'places/X10001', 'services/primary-school', 'late/x']) {
      expect((await ada.get(`/subscribe/${url}`)).statusCode).toBe(404)
    }
    expect((await ada.get('/subscribe/providers/%00')).statusCode).toBe(400)
    expect(await unsentLetters(db)).toEqual([])
  })

  it('writes to an address five times an hour, and says nothing of it', async () => {
    for (let i = 0; i < hourly['subscribe-to'] + 2; i++) expect((await ask()).statusCode).toBe(303)
    expect(await unsentLetters(db)).toHaveLength(hourly['subscribe-to'])
    await db.query(`update sign_in_count set count = 1000 where what = 'subscribe-from'`)
    expect((await ask()).statusCode).toBe(429)
  })

  it('can be seen, changed and stopped by a mailed link', async () => {
    await follow()
    await follow('daily', '/subscribe/places/P1')
    const path = await mine()
    const page = await new TestBrowser(app).get(path)
    expect(page.statusCode).toBe(200)
    const [id = '', ...others] = [
      ...page.body.matchAll(/name="subscription" value="([^"]+)"/g),
    ].map((m) => m[1] ?? '')
    expect(others).toHaveLength(1)
    const send = (fields: Record<string, string>) =>
      ada.post('/subscriptions/mine', { token: tokenIn(path), ...fields }, path)
    await send({ subscription: id, do: 'pace', pace: 'at-once' })
    expect(await followed()).toMatchObject([{ pace: 'daily' }, { pace: 'at-once' }])
    await send({ subscription: id, do: 'end' })
    expect(await followed()).toMatchObject([{ kind: 'place' }])
    await send({ do: 'end-all' })
    expect(await db.query('select id from subscriber')).toEqual([])
    expect((await ada.get(path)).body).toContain('You follow nothing')
  })

  it('tells nobody whether an address follows something', async () => {
    const none = await ada.post('/subscriptions', { email: 'eve@example.org' }, '/subscriptions')
    expect([none.statusCode, none.headers.location]).toEqual([303, '/subscriptions/sent'])
    expect(await unsentLetters(db)).toEqual([])
    expect((await ada.get('/subscriptions/mine?token=x')).statusCode).toBe(400)
  })
})

describe('stopping all letters by the link in one', () => {
  const stopAt = async (): Promise<string> => {
    const [{ id = '' } = {}] = await db.query<{ id: string }>('select id from subscriber')
    return `/unsubscribe?token=${seal(testSecret, 'end', [id], null)}`
  }

  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    ],
  ])('takes one click of a mail program, without a cookie, as %s', async (type, payload) => {
    await follow()
    const url = await stopAt()
    for (let i = 0; i < 2; i++) {
      const answer = await app.inject({
        method: 'POST',
        url,
        payload,
        headers: { 'content-type': type },
      })
      expect(answer.statusCode).toBe(200)
      expect(answer.headers['cache-control']).toBe('private, no-store')
      expect(await followed()).toEqual([])
    }
  })

  it('is a page with a button where it is looked at, which changes nothing', async () => {
    await follow()
    const url = await stopAt()
    const page = await app.inject({ url })
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain(`action="${url}"`)
    expect(page.body).toContain('Stop all of them')
    expect(await followed()).toHaveLength(1)
  })

  it('is not done by any other link', async () => {
    await follow()
    const [{ id = '' } = {}] = await db.query<{ id: string }>('select id from subscriber')
    for (const token of ['', id, `${id}..x`, seal(testSecret, 'all', [id], null)]) {
      const url = `/unsubscribe?token=${encodeURIComponent(token)}`
      expect((await app.inject({ method: 'POST', url })).statusCode).toBe(403)
      expect((await app.inject({ url: `${url}&token=y` })).statusCode).toBe(403)
    }
    expect(await followed()).toHaveLength(1)
  })
})

describe('following a page on an account', () => {
  it('needs no letter, and lies with the account', async () => {
    await ada.walkIn('citizen')
    const answer = await ada.post(school, { pace: 'at-once' }, school)
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/account/subscriptions'])
    expect(await unsentLetters(db)).toEqual([])
    expect(await followed()).toEqual([
      { kind: 'provider', code: 'X10001', pace: 'at-once', yes: true },
    ])
    expect((await ada.get('/account/subscriptions')).body).toContain('Change or stop')
    expect((await ada.get('/account/subscriptions.json')).json()).toMatchObject({
      subscriptions: [{ kind: 'provider', code: 'X10001', pace: 'at-once' }],
    })
    const [{ id = '' } = {}] = await db.query<{ id: string }>('select id from person')
    const data = await ownData(db, id)
    expect(data.subscription).toMatchObject([{ code: 'X10001' }])
    expect(data.subscriber).toHaveLength(1)
    await deletePerson(db, id)
    expect(await db.query('select id from subscriber')).toEqual([])
  })

  it('changes nobody else’s', async () => {
    await follow()
    await ada.walkIn('citizen')
    await ada.post('/subscribe/places/P1', { pace: 'weekly' }, school)
    const [{ id: subscription = '' } = {}] = await db.query<{ id: string }>(
      `select id from subscription where kind = 'provider'`,
    )
    await ada.post('/account/subscriptions', { do: 'end', subscription }, '/account/subscriptions')
    expect(await followed()).toHaveLength(2)
  })

  it('is changed only so often within an hour, by the account or by a mailed link', async () => {
    await ada.walkIn('steward')
    await ada.post(school, { pace: 'weekly' }, school)
    const [{ id: subscription = '', subscriber = '' } = {}] = await db.query<{
      id: string
      subscriber: string
    }>('select id, subscriber_id as subscriber from subscription')
    const token = seal(testSecret, 'all', [subscriber], null)
    const pace = { do: 'pace', subscription }
    const change = (more: Record<string, string>) =>
      ada.post('/account/subscriptions', { ...pace, ...more }, '/account/subscriptions')
    const mine = `/subscriptions/mine?token=${token}`
    const changeMine = (more: Record<string, string>) =>
      ada.post('/subscriptions/mine', { ...pace, ...more, token }, mine)
    expect((await change({ pace: 'daily' })).statusCode).toBe(303)
    expect((await changeMine({ pace: 'at-once' })).statusCode).toBe(303)
    const reached = `update sign_in_count set count = $1 where what = 'follow-by'`
    await db.query(reached, [hourly['follow-by']])
    const late = await ada.post(
      '/account/subscriptions/late',
      { do: 'end-all' },
      '/account/subscriptions',
    )
    for (const answer of [
      await change({ pace: 'weekly' }),
      await changeMine({ pace: 'weekly' }),
      late,
    ]) {
      expect(answer.statusCode).toBe(429)
      expect(answer.body).toContain('Too many changes')
    }
    expect(await followed()).toMatchObject([{ kind: 'provider', pace: 'at-once' }])
    // Whoever wants no more letters is never kept waiting.
    expect((await changeMine({ do: 'end-all' })).statusCode).toBe(303)
    expect(await followed()).toEqual([])
  })

  it('offers late figures to those who look after them', async () => {
    await ada.walkIn('citizen')
    expect((await ada.get('/account/subscriptions')).body).not.toContain('late figures')
    const steward = new TestBrowser(app)
    await steward.walkIn('steward')
    expect((await steward.get('/account/subscriptions')).body).toContain('Tell me of late figures')
    await steward.post('/account/subscriptions/late', {}, '/account/subscriptions')
    expect(await followed()).toEqual([{ kind: 'late', code: '', pace: 'weekly', yes: true }])
  })
})

describe('what letters tell', () => {
  it.each(['provider X10001', 'place P1', 'indicator expected'])(
    'of %s is what its feed tells',
    async (text) => {
      const [kind = '', code = ''] = text.split(' ')
      const path = `/${kind}s/${code}`
      const state = await fixtureReader.state()
      const about = { kind: kind as 'provider', code }
      const news = await letterWords(fixtureReader).newsSince(about, 0, state)
      expect(news?.href).toBe(path)
      const feed = (await app.inject({ url: `${path}.atom` })).body
      for (const item of news?.items ?? [])
        expect(feed).toContain(new URL(item.href, 'http://x').pathname)
      expect(news?.items.length).toBeGreaterThan(0)
      expect(
        (await letterWords(fixtureReader).newsSince(about, state.publication, state))?.items,
      ).toEqual([])
    },
  )

  it('is nothing of what is not there', async () => {
    const state = await fixtureReader.state()
    const about = { kind: 'place', code: 'X10001' } as const
    expect(await letterWords(fixtureReader).newsSince(about, 0, state)).toBeNull()
  })
})

describe('the pages of subscriptions', () => {
  it('read at about age eleven', async () => {
    await follow()
    const pages = [school, '/subscriptions', '/subscriptions/sent', await mine()]
    for (const url of pages) {
      const { body } = await ada.get(url)
      expect([url, readingGrade(body) <= 7]).toEqual([url, true])
    }
  })
})
