import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { hourly } from '../people/counts.ts'
import { verifyStored } from '../record/verify.ts'
import { TestBrowser, withPeopleServer } from './testing-people.ts'

const address = '/providers/X10001/reply/figure/expected'
const signal = '/desk/signals/far-worse:X10002:expected:2023-24'

let db: Database
let app: FastifyInstance
let head: TestBrowser
let steward: TestBrowser
withPeopleServer(async (place) => {
  db = place.db
  app = place.app
  head = new TestBrowser(app)
  steward = new TestBrowser(app)
  await head.walkIn('head-teacher')
  await steward.walkIn('steward')
})
// So that the limit of an hour is met by its own test alone.
beforeEach(() => db.query('delete from sign_in_count').then(() => undefined))

const hidden = (body: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? ''

/** Opens a form and sends it with what was typed. */
async function send(
  browser: TestBrowser,
  url: string,
  typed: Readonly<Record<string, string>>,
  to = url,
) {
  const { body } = await browser.get(url)
  const kept = { form: hidden(body, 'form'), seen: hidden(body, 'seen') }
  return browser.post(to, { ...kept, ...typed }, url)
}
const rows = async (): Promise<number> =>
  (await db.query('select 1 from reply_act')).length +
  (await db.query('select 1 from correction_act')).length +
  (await db.query('select 1 from signal_act')).length +
  (await db.query('select 1 from signal_answer')).length
const latest = async () =>
  (
    await db.query<{ text: string; name: string | null; role: string; provider: string }>(
      'select text, name, role, provider from reply_act join reply_text using (entry) order by entry desc limit 1',
    )
  )[0]

describe('a reply', () => {
  it('says what it is about, who signs it, and where the limits are', async () => {
    const { body } = await head.get(address)
    expect(body).toContain('signed: The head of')
    expect(body).toContain('Up to 300 words')
  })

  it('is given once, however often its form is sent, and leads to a page that says so', async () => {
    const { body } = await head.get(address)
    const before = await rows()
    const typed = { form: hidden(body, 'form'), seen: hidden(body, 'seen'), text: 'It is so.' }
    const sent = await Promise.all([1, 2, 3].map(() => head.post(address, typed, address)))
    for (const { statusCode, headers } of sent) {
      expect([statusCode, headers.location]).toEqual([303, `${address}/given`])
    }
    expect(await rows()).toBe(before + 1)
    expect(await latest()).toEqual({
      ...{ text: 'It is so.', name: null, role: 'head', provider: 'X10001' },
    })
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('with too many words loses none of them, and says how many there are', async () => {
    const before = await rows()
    const text = `<b>First</b> & "last" ${'word '.repeat(299)}`
    const { statusCode, body } = await send(head, address, { text, name: 'A. Head' })
    expect(statusCode).toBe(400)
    expect(body).toContain('<title>Error: ')
    expect(body).toContain(
      '<a href="#text">The reply has 302 words; 300 are the most that it may have.</a>',
    )
    expect(body).toContain('&lt;b&gt;First&lt;/b&gt; &amp; &quot;last&quot; word word')
    expect(body).toContain('value="A. Head"')
    expect(await rows()).toBe(before)
  })

  it('is given back to whom the session left, or whose form is too old', async () => {
    const nobody = new TestBrowser(app)
    const text = 'An hour of <b>work</b>.'
    const url = address
    const turned = await nobody.post(url, { text, form: 'x' }, '/sign-in')
    const { body } = await head.get(address)
    const forged = { _csrf: 'forged', text, form: hidden(body, 'form') }
    const old = await head.post(url, forged, address)
    expect([turned.statusCode, old.statusCode]).toEqual([401, 400])
    for (const { body: page } of [turned, old]) {
      expect(page).toContain('Copy it before you go on.')
      expect(page).toContain('An hour of &lt;b&gt;work&lt;/b&gt;.</textarea>')
      expect(page).not.toContain('forged')
    }
  })

  it('that somebody else changed meanwhile is not overwritten; both texts are shown', async () => {
    const { body } = await head.get(address)
    const kept = { form: hidden(body, 'form'), seen: hidden(body, 'seen') }
    expect((await send(head, address, { text: 'Hers stands.' })).statusCode).toBe(303)
    const late = await head.post(address, { ...kept, text: 'His waits.' }, address)
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('Somebody else has done something about this')
    expect(late.body).toContain('His waits.')
    expect((await latest())?.text).toBe('Hers stands.')
    const again = { form: hidden(late.body, 'form'), seen: hidden(late.body, 'seen') }
    const sent = await head.post(address, { ...again, text: 'Both agree.' }, address)
    expect(sent.statusCode).toBe(303)
    expect((await latest())?.text).toBe('Both agree.')
  })
})

describe('hostile input', () => {
  const long = 'x'.repeat(10_000_000)
  it.each<[string, number, string, Record<string, string>]>([
    ['10 MB of text', 413, address, { text: long }],
    ['a null byte', 400, address, { text: 'a\u0000b' }],
    ['text that turns around', 400, address, { text: 'a\u202eb' }],
    ['nothing', 400, address, { text: ' \r\n ' }],
    ['spaces of no width', 400, address, { text: '\u200b\u2060\u200b' }],
    ['a name over two lines', 400, address, { text: 'fine', name: 'A\nB' }],
    ['no number of a form', 400, address, { text: 'fine', form: '' }],
    ['a forged number of a form', 400, address, { text: 'fine', form: "1' or '1'='1" }],
    ['a forged token', 400, address, { text: 'fine', _csrf: 'forged' }],
    ['another provider’s figure', 403, address.replace('X10001', 'X10002'), { text: 'fine' }],
    ['a figure that is not there', 404, address.replace('expected', 'nothing'), { text: 'fine' }],
    ['a kind that is none', 404, address.replace('figure', 'everything'), { text: 'fine' }],
    ['an address that cannot be typed', 400, address.replace('expected', '%00'), { text: 'fine' }],
    ['the prototype', 404, address.replace('expected', '__proto__'), { text: 'fine' }],
    ['a withdrawal without a reason', 400, `${address}/withdraw`, { why: '' }],
    [
      'a correction without evidence',
      400,
      '/providers/X10001/correct/figure/expected',
      {
        ...{ wrong: 'wrong', rightIs: 'right', evidence: '' },
      },
    ],
    [
      'a correction of another',
      403,
      '/providers/X10002/correct/figure/expected',
      {
        ...{ wrong: 'wrong', rightIs: 'right', evidence: 'seen' },
      },
    ],
    ['a lead who would close a signal', 403, `${signal}/close`, { why: 'not mine' }],
    ['a lead who would take a signal', 403, `${signal}/take`, {}],
    [
      'a lead who would answer for another',
      403,
      `${signal}/answer`,
      { kind: 'accept', text: 'so' },
    ],
    ['a lead who would answer a request', 403, '/corrections/1/answer', { outcome: 'refused' }],
  ])('%s is refused with %i, and does nothing', async (_, status, url, typed) => {
    await send(head, address, { text: 'It stands.' })
    const before = await rows()
    const { body } = await head.get(address)
    const kept = { form: hidden(body, 'form'), seen: hidden(body, 'seen') }
    const answer = await head.post(url, { ...kept, ...typed }, address)
    expect([answer.statusCode, await rows()]).toEqual([status, before])
    expect(answer.body).toMatch(/<h1|<title>/)
    expect(answer.body).not.toMatch(/at .*\.ts:|syntax error|select /)
  })

  it.each(['%FF%FE', 'caf%C3', '%ED%A0%80', '%', 'caf\uFFFD'])(
    'letters that are none are refused, and not kept as they came: %s',
    async (broken) => {
      const answer = await app.inject({
        method: 'POST',
        url: '/sign-in',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: `email=a%40example.org&more=${broken}`,
      })
      expect(answer.statusCode).toBe(400)
      expect(answer.body).toContain('Some of its letters are broken')
    },
  )

  it('asks in our own words for an answer that was not chosen', async () => {
    const request = '/corrections/1/answer'
    const { statusCode, body } = await send(steward, request, { why: 'No.' })
    expect(statusCode).toBe(400)
    expect(body).toContain('The answer is missing: choose one of the two.')
    expect(body).not.toContain('discriminator')
  })

  it('keeps a forged role out: who signs is who signed in', async () => {
    const typed = { text: 'Signed.', role: 'minister', provider: 'X10002', name: '' }
    expect((await send(head, address, typed)).statusCode).toBe(303)
    expect(await latest()).toMatchObject({ role: 'head', provider: 'X10001' })
  })

  /** A reply whose text is sent as these bytes. */
  const sentAs = async (bytes: string) => {
    const { body } = await head.get(address)
    const token = await head.token(address)
    const start = `_csrf=${encodeURIComponent(token)}&form=${hidden(body, 'form')}&seen=${hidden(body, 'seen')}`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return head.ask({ method: 'POST', url: address, payload: `${start}&text=${bytes}`, headers })
  }

  it('refuses broken letters, and keeps nothing of them', async () => {
    const before = await rows()
    const sent = await sentAs('%C3%28%ED%A0%80')
    expect(sent.statusCode).toBe(400)
    expect(sent.body).toContain('Some of its letters are broken')
    expect(await rows()).toBe(before)
  })

  it('takes a script as text, and gives it back as text', async () => {
    const sent = await sentAs('%3Cscript%3Ealert(1)%3C%2Fscript%3E')
    expect(sent.statusCode).toBe(303)
    expect((await latest())?.text).toBe('<script>alert(1)</script>')
    const page = await app.inject('/providers/X10001')
    expect(page.body).toContain('&lt;script&gt;alert(&quot;reply&quot;)&lt;/script&gt; &amp; more')
    expect(page.body).not.toContain('<script>alert')
  })

  it('of which there is too much within an hour is put off, and not lost', async () => {
    const statuses: number[] = []
    for (let i = 0; i <= hourly['form-by']; i++) {
      statuses.push((await send(head, address, { text: '' })).statusCode)
    }
    expect(statuses.slice(0, -1).every((s) => s === 400)).toBe(true)
    const { statusCode, body } = await send(head, address, { text: 'Written with care.' })
    expect(statusCode).toBe(429)
    expect(body).toContain('Written with care.')
  })
})

describe('a signal', () => {
  it('is taken, answered and closed by a steward, each on the record', async () => {
    expect((await send(steward, signal, {}, `${signal}/take`)).statusCode).toBe(303)
    const kind = { kind: 'explain', text: 'Half of the year\r\njoined in May.' }
    expect((await send(steward, signal, kind, `${signal}/answer`)).statusCode).toBe(400)
    // The fixture's desk shows this signal, and no publication has it: only the database knows.
    const close = await send(steward, signal, { why: 'It is understood.' }, `${signal}/close`)
    expect(close.statusCode).toBe(303)
    const acts = await db.query(
      `select act, role, (select value from record_personal where number = entry and name = 'why') as why
       from signal_act where signal like $1 order by entry`,
      ['far-worse:X10002%'],
    )
    expect(acts).toEqual([
      { act: 'taken', role: 'steward', why: null },
      { act: 'closed', role: 'steward', why: 'It is understood.' },
    ])
    const again = await send(steward, signal, { why: 'Once more.' }, `${signal}/close`)
    expect(again.body).toContain('This signal is closed already.')
    expect(again.body).toContain('Once more.')
  })

  it('is on its steward’s own list, and every steward reads whose it is; the public does not', async () => {
    expect((await steward.get('/desk/mine')).body).toContain('You look after no signal now.')
    expect((await send(steward, signal, {}, `${signal}/take`)).statusCode).toBe(303)
    expect((await steward.get(signal)).body).toContain('You look after it.')
    const [{ person_id: owner = '' } = {}] = await db.query<{ person_id: string }>(
      'select person_id from act_person order by entry desc limit 1',
    )
    expect(owner).not.toBe('')
    expect((await steward.get('/desk/mine')).body).toContain('You look after 1 signal.')
    expect((await head.get('/desk/mine')).statusCode).toBe(403)
    const [name] = await db.query<{ pseudonym: string }>(
      'select pseudonym from person where id = $1',
      [owner],
    )
    for (const url of ['/desk', '/desk.json']) {
      expect((await app.inject(url)).body).not.toContain(name?.pseudonym)
    }
  })

  it('of two stewards who act at once, the second is told', async () => {
    // Whoever looks after it already cannot take it.
    const close = await send(steward, signal, { why: 'It is understood.' }, `${signal}/close`)
    expect(close.statusCode).toBe(303)
    const { body } = await steward.get(signal)
    const forms = [...body.matchAll(/name="form" value="([^"]+)"/g)].map((m) => m[1] ?? '')
    const seen = hidden(body, 'seen')
    const [first, second] = await Promise.all(
      forms.slice(0, 2).map((form) => steward.post(`${signal}/take`, { form, seen }, signal)),
    )
    expect([first?.statusCode, second?.statusCode].sort()).toEqual([303, 409])
  })
})

describe('a form that is sent twice', () => {
  const correct = '/providers/X10001/correct/figure/expected'
  const asked = { wrong: 'It counts leavers.', rightIs: '61%', evidence: 'The register.' }
  const answer = { outcome: 'refused', why: 'The register has them.' }
  // The fixture's request with the number 1; it is the first in the database too.
  const request = '/corrections/1/answer'
  it.each<
    [
      string,
      () => TestBrowser,
      () => Promise<[url: string, to: string]>,
      Record<string, string>,
      string,
    ]
  >([
    ['a reply', () => head, async () => [address, address], { text: 'One.' }, 'text'],
    [
      'a withdrawal',
      () => head,
      async () => {
        await send(head, address, { text: 'It goes.' })
        return [`${address}/withdraw`, `${address}/withdraw`]
      },
      { why: 'It was wrong.' },
      'why',
    ],
    ['a request for a correction', () => head, async () => [correct, correct], asked, 'wrong'],
    [
      'an answer to one',
      () => steward,
      async () => {
        await send(head, correct, asked)
        return [request, request]
      },
      answer,
      'why',
    ],
    [
      'closing a signal',
      () => steward,
      async () => {
        await send(steward, signal, {}, `${signal}/take`)
        return [signal, `${signal}/close`]
      },
      { why: 'It is understood.' },
      'why',
    ],
  ])(
    '%s: the same words do nothing more, and other words are refused and shown',
    async (_, who, open, typed, name) => {
      const [url, to] = await open()
      const { body } = await who().get(url)
      const kept = { form: hidden(body, 'form'), seen: hidden(body, 'seen') }
      const first = await who().post(to, { ...kept, ...typed }, url)
      expect(first.statusCode).toBe(303)
      const before = await rows()
      const same = await who().post(to, { ...kept, ...typed }, url)
      expect([same.statusCode, same.headers.location]).toEqual([303, first.headers.location])
      const other = await who().post(to, { ...kept, ...typed, [name]: 'Quite other words.' }, url)
      expect(other.statusCode).toBe(409)
      expect(other.body).toContain('You sent this form before, with other words.')
      expect(other.body).toContain(`<a href="${first.headers.location}">See what was saved</a>`)
      expect(other.body).toContain('Quite other words.')
      expect(await rows()).toBe(before)
    },
  )
})
