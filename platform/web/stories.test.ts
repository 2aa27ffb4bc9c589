import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { unsentLetters } from '../mail/store.ts'
import { hourly } from '../people/counts.ts'
import { verifyStored } from '../record/verify.ts'
import { TestBrowser } from './testing-people.ts'
import { withStoriesServer } from './testing-stories.ts'

let db: Database
let app: FastifyInstance
let head: TestBrowser
let moderator: TestBrowser
let steward: TestBrowser
withStoriesServer(async (place) => {
  db = place.db
  app = place.app
  head = new TestBrowser(app)
  moderator = new TestBrowser(app)
  steward = new TestBrowser(app)
  await head.walkIn('head-teacher')
  await moderator.walkIn('moderator')
  await steward.walkIn('steward')
})
// So that the limit of an hour is met by its own test alone.
beforeEach(() => db.query('delete from sign_in_count').then(() => undefined))

const email = 'ada@example.org'
const hidden = (body: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? ''
const happened = 'Nobody <b>called</b> back & "that" was it.'

/** A citizen with a draft that is ready to be sent. */
async function drafted(words: Record<string, string> = {}, provider = 'X10001') {
  const citizen = new TestBrowser(app)
  const form = randomUUID()
  const from = `/stories/tell?provider=${provider}`
  await citizen.post('/stories/tell', { form, provider, happened, ...words }, from)
  const about = `/stories/tell/${form}/about`
  await citizen.post(about, { teller: 'self', month: '', feelings: 'angry' }, about)
  return { citizen, check: `/stories/tell/${form}/check`, form }
}

async function mailed(to = email): Promise<string> {
  const [letter] = (await unsentLetters(db)).filter((l) => l.address === to)
  const link = /^http:\/\/localhost\S+$/m.exec(letter?.body ?? '')?.[0] ?? 'http://localhost/'
  return link.slice(link.indexOf('/', 8))
}

/** A story that waits for a moderator, with the link of its teller. */
async function told(words: Record<string, string> = {}, provider = 'X10001') {
  const { citizen, check } = await drafted(words, provider)
  await citizen.post(check, { email }, check)
  const link = await mailed()
  const token = decodeURIComponent(link.split('token=')[1] ?? '')
  const done = await citizen.post('/stories/confirm', { token }, link)
  const own = /href="(\/stories\/mine\?token=[^"]+)"/.exec(done.body)?.[1] ?? ''
  const [row] = await db.query<{ id: number }>('select max(id) as id from story')
  return { citizen, own, token: decodeURIComponent(own.split('token=')[1] ?? ''), id: row?.id ?? 0 }
}

/** Sends the first form of a page. */
async function send(
  browser: TestBrowser,
  url: string,
  typed: Readonly<Record<string, string>>,
): Promise<Awaited<ReturnType<TestBrowser['post']>>> {
  const { body } = await browser.get(url)
  const kept = { form: hidden(body, 'form'), seen: hidden(body, 'seen') }
  return browser.post(url, { ...kept, ...typed }, url)
}
const publish = { do: 'publish', themes: 'staff', gravity: '1' }

/** A story that stands in public. */
async function shown(words: Record<string, string> = {}) {
  const story = await told(words)
  await send(moderator, `/stories/moderate/${story.id}`, publish)
  return story
}

const rows = async (): Promise<number> => {
  const [found] = await db.query<{ n: number }>(
    `select ((select count(*) from story_act) + (select count(*) from story_words)
      + (select count(*) from letter) + (select count(*) from story_counting) + (select count(*) from story_draft where sent_at is not null))::int as n`,
  )
  return found?.n ?? 0
}

describe('telling a story', () => {
  it('keeps each step at once, for the browser alone that typed it', async () => {
    const { citizen, form } = await drafted()
    const again = await citizen.get(`/stories/tell/${form}`)
    expect(again.body).toContain(
      'Nobody &lt;b&gt;called&lt;/b&gt; back &amp; &quot;that&quot; was it.',
    )
    expect((await citizen.get('/stories/tell')).body).toContain(`/stories/tell/${form}`)
    const other = new TestBrowser(app)
    await other.get('/stories/tell')
    expect((await other.get(`/stories/tell/${form}`)).statusCode).toBe(404)
    const stolen = await other.post('/stories/tell', {
      form,
      provider: 'X10001',
      happened: 'His own words.',
    })
    expect(stolen.statusCode).toBe(303)
    expect((await citizen.get(`/stories/tell/${form}`)).body).not.toContain('His own words.')
  })

  it('shows its teller, before they send it, what may tell who somebody is', async () => {
    const { citizen, check } = await drafted({
      happened: 'Mrs <b>Jones called. Mrs Jones & I, on 01632 960123.',
      better: 'Call Mrs Jones.',
    })
    const { body } = await citizen.get(check)
    expect(body).toContain(
      'who somebody is: <strong>Mrs Jones</strong>, <strong>01632 960123</strong>.',
    )
    const plain = await drafted()
    expect((await plain.citizen.get(plain.check)).body).not.toContain('who somebody is')
  })

  it('is one story and one letter, however often it is sent and confirmed', async () => {
    const { citizen, check } = await drafted()
    await db.query('delete from letter')
    const sent = await Promise.all([1, 2, 3].map(() => citizen.post(check, { email }, check)))
    expect(sent.map((s) => s.headers.location)).toEqual(Array(3).fill('/stories/tell/sent'))
    expect(await unsentLetters(db)).toHaveLength(1)
    const link = await mailed()
    const token = decodeURIComponent(link.split('token=')[1] ?? '')
    const before = (await db.query('select 1 from story')).length
    // Scanners look at it, with HEAD and GET, and nothing happens.
    await citizen.ask({ method: 'HEAD', url: link })
    await new TestBrowser(app).get(link)
    expect(await db.query('select 1 from story')).toHaveLength(before)
    const done = await Promise.all(
      [citizen, citizen, new TestBrowser(app)].map((b) =>
        b.post('/stories/confirm', { token }, link),
      ),
    )
    expect(done.map((d) => d.statusCode)).toEqual([200, 200, 200])
    expect(await db.query('select 1 from story')).toHaveLength(before + 1)
    // Opened later, it does not say that nothing has happened yet.
    const later = (await new TestBrowser(app).get(link)).body
    expect(later).toContain('You have told this story')
    expect(later).not.toContain('forgotten after 7 days')
    expect((await citizen.post(check, { email }, '/sign-in')).headers.location).toBe(
      '/stories/tell/sent',
    )
  })

  it('takes another address while it is not confirmed; the first link then works no more', async () => {
    const { citizen, check } = await drafted()
    await citizen.post(check, { email }, check)
    const first = decodeURIComponent((await mailed()).split('token=')[1] ?? '')
    await citizen.post(check, { email: 'right@example.org' }, check)
    const right = await mailed('right@example.org')
    const wrong = await citizen.post('/stories/confirm', { token: first }, right)
    expect(wrong.statusCode).toBe(400)
    const token = decodeURIComponent(right.split('token=')[1] ?? '')
    expect((await citizen.post('/stories/confirm', { token }, right)).statusCode).toBe(200)
  })

  it('shows numbers to call where it may speak of a crisis, and puts it first in the queue', async () => {
    const { citizen, form } = await drafted({ happened: 'I wanted to kill myself after that.' })
    expect((await citizen.get(`/stories/tell/${form}/about`)).body).toContain('116 123')
    await told({ happened: 'I wanted to kill myself after that.' })
    const { body } = await moderator.get('/stories/moderate')
    expect(body.indexOf('Urgent')).toBeGreaterThan(0)
    expect(body.indexOf('Urgent')).toBeLessThan(body.indexOf('A story to read'))
  })

  it('from one network is put off where there is too much, and nothing of it is lost', async () => {
    const { citizen, check } = await drafted()
    const form = { email: 'not an address' }
    await citizen.post(check, form, check)
    await db.query(
      `insert into sign_in_count select 'story-from', who, hour, $1 from sign_in_count where what = 'story-step'`,
      [hourly['story-from']],
    )
    const late = await citizen.post(check, { email }, check)
    expect(late.statusCode).toBe(429)
    expect(late.body).toContain('Nothing is lost')
    expect(late.body).toContain(`value="${email}"`)
  })
})

describe('hostile input', () => {
  const long = 'x'.repeat(10_000_000)
  const tell = { form: randomUUID(), provider: 'X10001', happened }
  type Who = 'citizen' | 'head' | 'moderator' | 'steward'
  const order = { every: 'day', why: 'So that everybody sees them' }
  it.each<[string, number, Who, string, Record<string, string>]>([
    ['10 MB of a story', 413, 'citizen', '/stories/tell', { ...tell, happened: long }],
    ['a null byte', 400, 'citizen', '/stories/tell', { ...tell, happened: `${happened}\u0000` }],
    ['text that turns around', 400, 'citizen', '/stories/tell', { ...tell, good: 'a\u202eb' }],
    ['nothing', 400, 'citizen', '/stories/tell', { ...tell, happened: ' \r\n ' }],
    ['too many letters', 400, 'citizen', '/stories/tell', { ...tell, happened: 'x'.repeat(4001) }],
    ['no number of a form', 400, 'citizen', '/stories/tell', { ...tell, form: '' }],
    [
      'a forged number of a form',
      400,
      'citizen',
      '/stories/tell',
      { ...tell, form: "1' or '1'='1" },
    ],
    ['a forged token of the page', 400, 'citizen', '/stories/tell', { ...tell, _csrf: 'forged' }],
    ['a provider that is none', 404, 'citizen', '/stories/tell', { ...tell, provider: 'nobody' }],
    ['a place for a provider', 404, 'citizen', '/stories/tell', { ...tell, provider: 'P1' }],
    [
      'a null byte for a provider',
      404,
      'citizen',
      '/stories/tell',
      { ...tell, provider: '\u0000' },
    ],
    ['the prototype', 404, 'citizen', '/stories/tell', { ...tell, provider: '__proto__' }],
    ['a draft that is none', 404, 'citizen', `/stories/tell/${randomUUID()}/about`, {}],
    ['a draft by a word', 404, 'citizen', '/stories/tell/x/check', { email }],
    ['a feeling that is none', 400, 'citizen', 'DRAFT/about', { teller: 'self', feelings: 'rich' }],
    ['nobody who tells', 400, 'citizen', 'DRAFT/about', { teller: '', month: '' }],
    ['a month that is none', 400, 'citizen', 'DRAFT/about', { teller: 'self', month: '2026-13' }],
    ['no address', 400, 'citizen', 'DRAFT/check', { email: '' }],
    ['two addresses', 400, 'citizen', 'DRAFT/check', { email: 'a@b.org,c@d.org' }],
    ['a header in an address', 400, 'citizen', 'DRAFT/check', { email: 'a@b.org\r\nBcc: c@d.org' }],
    ['a link that nobody mailed', 400, 'citizen', '/stories/confirm', { token: 'a.b.c' }],
    [
      'an own link that nobody mailed',
      400,
      'citizen',
      '/stories/mine',
      { token: '1..x', do: 'forget' },
    ],
    ['an answer that is none', 400, 'citizen', 'MINE', { do: 'helped', answer: 'maybe' }],
    ['a deed that is none', 400, 'citizen', 'MINE', { do: 'constructor' }],
    ['an appeal against nothing', 400, 'citizen', 'MINE', { do: 'appeal', text: 'Why not?' }],
    ['new words for what is published', 400, 'citizen', 'MINE', { do: 'reword', happened }],
    ['a citizen who would moderate', 401, 'citizen', 'MODERATE', publish],
    ['a head who would moderate', 403, 'head', 'MODERATE', publish],
    ['a moderator who would reply', 403, 'moderator', 'REPLY', { text: 'So it is.' }],
    ['a citizen who would reply', 401, 'citizen', 'REPLY', { text: 'So it is.' }],
    [
      'a moderator who would make a change',
      403,
      'moderator',
      'CHANGE',
      { do: 'made', text: 'It is.' },
    ],
    ['a second publication', 400, 'moderator', 'MODERATE', publish],
    [
      'a rule that is none',
      400,
      'moderator',
      'MODERATE',
      { do: 'hidden', rule: 'mood', why: 'So.' },
    ],
    ['no reason', 400, 'moderator', 'MODERATE', { do: 'hidden', rule: 'harm', why: ' ' }],
    ['a gravity out of range', 400, 'moderator', 'MODERATE', { do: 'weigh', gravity: '6' }],
    ['a gravity that is none', 400, 'moderator', 'MODERATE', { do: 'weigh', gravity: '1; drop' }],
    ['a claim that is not there', 400, 'moderator', 'MODERATE', { do: 'claim', accepted: 'yes' }],
    ['a deed of no moderator', 400, 'moderator', 'MODERATE', { do: '__proto__' }],
    ['an empty reply', 400, 'head', 'REPLY', { text: ' ' }],
    ['a change without a day', 400, 'head', 'REPLY', { text: 'So.', change: 'A sign.' }],
    ['a day without a change', 400, 'head', 'REPLY', { text: 'So.', changeBy: '2199-01-01' }],
    [
      'a day that is none',
      400,
      'head',
      'REPLY',
      { text: 'So.', change: 'Yes.', changeBy: '2199-02-30' },
    ],
    ['a change that was not promised', 400, 'head', 'CHANGE', { do: 'made', text: 'It is.' }],
    ['a story that is none', 404, 'head', '/stories/999999999/reply', { text: 'So.' }],
    ['a citizen who would order', 401, 'citizen', '/stories/counting', order],
    ['a moderator who would order', 403, 'moderator', '/stories/counting', order],
    ['a head who would order', 403, 'head', '/stories/counting', order],
    ['a rhythm that is none', 400, 'steward', '/stories/counting', { ...order, every: 'hour' }],
    [
      'the prototype for a rhythm',
      400,
      'steward',
      '/stories/counting',
      { ...order, every: '__proto__' },
    ],
    ['an order without a reason', 400, 'steward', '/stories/counting', { ...order, why: ' ' }],
    [
      'a null byte in a reason',
      400,
      'steward',
      '/stories/counting',
      { ...order, why: 'So\u0000.' },
    ],
    ['10 MB of a reason', 413, 'steward', '/stories/counting', { ...order, why: long }],
    [
      'an order to stop what is not begun',
      400,
      'steward',
      '/stories/counting',
      { ...order, every: 'never' },
    ],
    ['an order without its form', 400, 'steward', '/stories/counting', { ...order, form: 'x' }],
    ['10 MB of a reply', 413, 'head', 'REPLY', { text: long }],
    ['a null byte in a reply', 400, 'head', 'REPLY', { text: 'So\u0000.' }],
    ['10 MB of an appeal', 413, 'citizen', 'MINE', { do: 'appeal', text: long }],
    ['10 MB of an address', 413, 'citizen', 'DRAFT/check', { email: long }],
    ['a number past the database', 404, 'head', '/stories/99999999999/reply', { text: 'So.' }],
  ])('%s is refused with %i, and does nothing', async (_, status, who, url, typed) => {
    const { id, citizen, own, token } = await shown()
    const draft = await drafted()
    const [browser, at] = {
      citizen: [url.startsWith('DRAFT') ? draft.citizen : citizen, `/stories/tell/${draft.form}`],
      head: [head, ''],
      moderator: [moderator, ''],
      steward: [steward, ''],
    }[who] as [TestBrowser, string]
    const address = url
      .replace('DRAFT', at)
      .replace('MINE', '/stories/mine')
      .replace('MODERATE', `/stories/moderate/${id}`)
      .replace('REPLY', `/stories/${id}/reply`)
      .replace('CHANGE', `/stories/${id}/change`)
    const seen = hidden((await moderator.get(`/stories/moderate/${id}`)).body, 'seen')
    const kept = { form: randomUUID(), seen, ...(url === 'MINE' ? { token } : {}) }
    const before = await rows()
    const from = url === 'MINE' ? own : '/stories/tell?provider=X10001'
    const answer = await browser.post(address, { ...kept, ...typed }, from)
    expect([answer.statusCode, await rows()]).toEqual([status, before])
    expect(answer.body).toMatch(/<h1|<title>/)
    expect(answer.body).not.toMatch(/at .*\.ts:|syntax error|select .* from /)
  })

  it('in a story, a reply and a change is text, wherever it stands', async () => {
    const evil = '<script>alert(1)</script>\u2028 & more'
    const { id, own, citizen } = await shown({
      happened: `${evil} happened`,
      good: evil,
      better: evil,
    })
    const promise = { text: evil, change: evil, changeBy: '2199-01-01' }
    expect((await send(head, `/stories/${id}/reply`, promise)).statusCode).toBe(303)
    await send(moderator, `/stories/moderate/${id}`, { do: 'claim', accepted: 'yes', why: '' })
    const views = [
      ...[`/stories/${id}`, '/stories', '/providers/X10001', '/stories.atom', '/record'],
      ...['/embed/providers/X10001/stories', '/embed/providers/X10001/stories.svg'],
    ]
    for (const url of views) {
      const { statusCode, body } = await app.inject(url)
      expect([url, statusCode, /<script>alert/.test(body)]).toEqual([url, 200, false])
    }
    for (const [browser, url] of [
      [citizen, own],
      [moderator, `/stories/moderate/${id}`],
      [head, `/stories/${id}/reply`],
      [head, `/stories/${id}/change`],
    ] as const) {
      const { statusCode, body } = await browser.get(url)
      expect([url, statusCode, /<script>alert/.test(body)]).toEqual([url, 200, false])
    }
  })

  it.each(['theme=nothing', 'feeling=__proto__', 'became=x', 'provider=%00', 'page=0'])(
    'the list answers %s with 400 and a sentence',
    async (query) => {
      const { statusCode, body } = await app.inject(`/stories?${query}`)
      expect(statusCode).toBe(400)
      expect(body).toContain('The part “')
    },
  )
})

describe('a list of stories of nobody', () => {
  it('is refused with a sentence that names the nearest, as a page and as data', async () => {
    const page = await app.inject('/stories?provider=X1000l')
    expect(page.statusCode).toBe(400)
    expect(page.body).toContain('No provider has the code “X1000l”. Most like it is X1000')
    expect((await app.inject('/stories?service=nope')).statusCode).toBe(400)
    const data = await app.inject('/api/v1/stories?provider=X1000l')
    expect([data.statusCode, data.json().nearest]).toEqual([400, expect.stringMatching(/^X1000/)])
    expect((await app.inject('/api/v1/stories?service=nope')).statusCode).toBe(400)
    expect((await app.inject('/stories?provider=X10003')).statusCode).toBe(200)
  })
})

describe('whoever acts on a story', () => {
  /** Sends the first form of a page three times at once. */
  async function thrice(browser: TestBrowser, url: string, typed: Record<string, string>) {
    const { body } = await browser.get(url)
    const form = { form: hidden(body, 'form'), seen: hidden(body, 'seen'), ...typed }
    const sent = await Promise.all([1, 2, 3].map(() => browser.post(url, form, url)))
    expect(sent.map((s) => [url, s.statusCode])).toEqual(Array(3).fill([url, 303]))
  }

  it('does each thing once, however often its form is sent, and it is kept whose it was', async () => {
    const { id } = await told()
    const [desk, reply, change] = [`moderate/${id}`, `${id}/reply`, `${id}/change`]
    await thrice(moderator, `/stories/${desk}`, publish)
    const promise = { text: 'So it is.', change: 'A sign at the door.', changeBy: '2199-01-01' }
    await thrice(head, `/stories/${reply}`, promise)
    await thrice(moderator, `/stories/${desk}`, { do: 'claim', accepted: 'yes', why: '' })
    await thrice(head, `/stories/${change}`, { do: 'made', text: 'It hangs at the door.' })
    await thrice(steward, '/stories/counting', { every: 'month', why: 'For everybody to see.' })
    await thrice(steward, '/stories/counting', { every: 'never', why: 'A pause in the summer.' })
    const acts = await db.query<{ act: string; known: boolean; someone: string }>(
      `select r.act, p.person_id is not null as known, p.person_id as someone
       from record_entry r left join act_person p on p.entry = r.number
       where r.subject = $1 or r.subject = 'stories:counting' order by r.number`,
      [`story:${id}`],
    )
    expect(acts.map(({ act, known }) => [act, known])).toEqual([
      ['story-told', false],
      ...['story-published', 'story-replied', 'story-claim-read', 'story-change-made'].map((a) => [
        a,
        true,
      ]),
      ...[1, 2].map(() => ['story-counting-ordered', true]),
    ])
    const [, published, replied, claim, made, ordered] = acts.map((a) => a.someone)
    expect([claim, made]).toEqual([published, replied])
    expect(new Set([published, replied, ordered]).size).toBe(3)
    const { body } = await head.get('/account/data.json')
    expect(body).toContain('act_person')
    expect((await verifyStored(db)).fault).toBeNull()
  })
})

describe('whoever told a story', () => {
  it('changes it when asked to, sent twice as well, and appeals before somebody else', async () => {
    const { id, own, token, citizen } = await told()
    const refused = { do: 'returned', rule: 'person', why: 'It names somebody.' }
    await send(moderator, `/stories/moderate/${id}`, refused)
    expect((await citizen.get(own)).body).toContain('It names somebody.')
    const words = {
      token,
      do: 'reword',
      happened: 'Nobody at all called back.',
      good: '',
      better: '',
    }
    const sent = await Promise.all([1, 2].map(() => citizen.post('/stories/mine', words, own)))
    expect(sent.map((s) => s.statusCode)).toEqual([303, 303])
    await send(moderator, `/stories/moderate/${id}`, { ...refused, do: 'hidden' })
    const appeal = { token, do: 'appeal', text: 'It names nobody any more.' }
    expect((await citizen.post('/stories/mine', appeal, own)).statusCode).toBe(303)
    const same = await send(moderator, `/stories/moderate/${id}`, publish)
    expect(same.statusCode).toBe(400)
    expect(same.body).toContain('Somebody else has to read the appeal.')
    expect((await send(steward, `/stories/moderate/${id}`, publish)).statusCode).toBe(303)
    expect((await app.inject(`/stories/${id}`)).body).toContain('Nobody at all called back.')
  })

  it('is forgotten on their wish, and takes the story back from every view', async () => {
    const { id, own, token, citizen } = await shown({ happened: 'Xylophone at the reception.' })
    await citizen.post('/stories/mine', { token, do: 'forget' }, own)
    expect(await db.query('select 1 from story_teller where story = $1', [id])).toEqual([])
    expect((await app.inject(`/stories/${id}`)).body).toContain('Xylophone')
    await citizen.post('/stories/mine', { token, do: 'withdraw' }, own)
    const views = [
      `/stories/${id}`,
      `/stories/${id}.json`,
      '/stories',
      '/stories.json',
      '/stories.atom',
    ]
    const more = ['/api/v1/stories', '/providers/X10001', '/providers/X10001.json', '/record']
    for (const url of [...views, ...more, '/embed/providers/X10001/stories.json']) {
      const { statusCode, body } = await app.inject(url)
      expect([url, statusCode, body.includes('Xylophone')]).toEqual([url, 200, false])
    }
    expect((await verifyStored(db)).fault).toBeNull()
  })
})

describe('stories as data', () => {
  it('are listed a part at a time, in the state of the first part, and narrowed', async () => {
    await shown({ happened: 'The first of these three.' })
    await shown({ happened: 'The second of these three.' })
    const first = (await app.inject('/api/v1/stories?limit=1&q=of these three')).json()
    expect(first.meta.total).toBe(2)
    expect(first.data[0]).toMatchObject({
      ...{ happened: 'The second of these three.', themes: ['staff'], changeState: null },
    })
    const next = (await app.inject(first.links.next)).json()
    expect(next.data).toMatchObject([{ happened: 'The first of these three.' }])
    expect(next.links.next).toBeNull()
    const none = (await app.inject('/api/v1/stories?provider=X10001&theme=safety')).json()
    expect(none.meta.emptied).toMatchObject({ parameter: 'theme', sent: 'safety' })
    const asked = await app.inject('/api/v1/stories?theme=staf')
    expect([asked.statusCode, asked.json().nearest]).toEqual([400, 'staff'])
  })

  it('are a feed and an embed, which say what became of them', async () => {
    const { id } = await shown({ happened: 'The bus <b>never</b> came.' })
    const before = (await app.inject('/stories.atom?provider=X10001')).body
    expect(before).toContain('The bus &lt;b&gt;never&lt;/b&gt; came. (No reply yet')
    await send(head, `/stories/${id}/reply`, { text: 'We are sorry.' })
    const after = (await app.inject('/stories.atom?provider=X10001')).body
    expect(after).toContain('came. (Replied to)')
    const embed = await app.inject('/embed/providers/X10001/stories')
    expect(embed.body).toContain('The bus &lt;b&gt;never&lt;/b&gt; came.')
    expect(embed.headers['content-security-policy']).not.toContain("frame-ancestors 'none'")
    const none = await app.inject('/embed/providers/X10003/stories')
    expect(none.body).toContain('Nobody has told a story yet.')
  })
})
