import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { unsentLetters } from '../mail/store.ts'
import { hourly } from '../people/counts.ts'
import { verifyStored } from '../record/verify.ts'
import { TestBrowser, withPeopleServer } from './testing-people.ts'

let db: Database
let app: FastifyInstance
let steward: TestBrowser
let id = 0
let code = ''

const day = (more: number): string =>
  new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10)
const fresh = (): { form: string } => ({ form: randomUUID() })

/** Opens a survey of two schools by the form, and gives its number. */
async function opened(): Promise<number> {
  const typed = { title: 'Our schools', service: 'primary-school', providers: 'X10001 X10002' }
  const days = { opens: day(-1), closes: day(20) }
  const sent = await steward.post('/surveys/run/new', { ...fresh(), ...typed, ...days })
  return Number(/\d+$/.exec(String(sent.headers.location))?.[0])
}

withPeopleServer(async (place) => {
  db = place.db
  app = place.app
  steward = new TestBrowser(app)
  await steward.walkIn('steward')
  id = await opened()
  const [link] = await db.query<{ code: string }>(
    `select code from survey_link where survey = $1 and provider = 'X10001'`,
    [id],
  )
  code = link?.code ?? ''
})
beforeEach(() => db.query('delete from sign_in_count').then(() => undefined))

/** Begins answers by the poster, and gives the code to come back by. */
async function begun(browser: TestBrowser): Promise<string> {
  const at = `/surveys/${code}`
  const sent = await browser.post(at, { ...fresh(), language: 'en', way: 'poster' }, at)
  return new URL(String(sent.headers.location), 'http://x').searchParams.get('draft') ?? ''
}

it('keeps beside the record who opened a survey', async () => {
  const own = await db.query<{ act: string; known: boolean }>(
    `select e.act, p.person_id is not null as known from record_entry e
     left join act_person p on p.entry = e.number where e.act like 'survey-%'`,
  )
  expect(own).toContainEqual({ act: 'survey-opened', known: true })
  expect(own.filter((o) => !o.known)).toEqual([])
})

it('lists the providers of whom there is something to say, and counts the others', async () => {
  const survey = await opened()
  const read = async () => (await steward.get(`/surveys/run/${survey}`)).body
  expect(await read()).toContain('Of its 2 providers nobody has answered, and nobody was invited.')
  expect(await read()).not.toContain('Answers by provider</caption>')
  const [link] = await db.query<{ code: string }>(
    `select code from survey_link where survey = $1 and provider = 'X10002'`,
    [survey],
  )
  const citizen = new TestBrowser(app)
  const at = `/surveys/${link?.code}`
  const sent = await citizen.post(at, { ...fresh(), language: 'en', way: 'poster' }, at)
  const draft = new URL(String(sent.headers.location), 'http://x').searchParams.get('draft') ?? ''
  const page = { draft, page: '1', language: 'en', go: 'next', 'q-overall': '4' }
  await citizen.post('/surveys/answer', page)
  await citizen.post('/surveys/send', { draft, language: 'en' })
  expect(await read()).toContain('Of 1 other nobody has answered, and nobody was invited.')
  expect(await read()).toContain('Answers by provider</caption>')
})

it('has its results ordered, and the order taken back, by whoever runs it', async () => {
  const survey = await opened()
  const page = `/surveys/run/${survey}/order`
  const send = (typed: Record<string, string>) => steward.post(page, { ...fresh(), ...typed })
  expect((await send({ why: '' })).statusCode).toBe(400)
  expect((await send({ why: 'So that all see them' })).statusCode).toBe(303)
  expect((await steward.get(page)).body).toContain('published in the night after the survey ends')
  expect((await send({ why: 'So that all see them' })).body).toContain('It is so already.')
  expect((await send({ why: 'It was too soon', do: 'stop' })).statusCode).toBe(303)
  expect((await steward.get(page)).body).toContain('They are not published by themselves')
  expect((await new TestBrowser(app).get(page)).statusCode).not.toBe(200)
})

it('is not counted where nobody has answered, and an order that met a problem is given again', async () => {
  const survey = await opened()
  await steward.post(`/surveys/run/${survey}/end`, { ...fresh(), why: 'It was a try.' })
  const { body } = await steward.get(`/surveys/run/${survey}`)
  expect(body).toContain('Nobody has answered')
  expect(body).not.toContain('Count the answers')
  const page = `/surveys/run/${survey}/order`
  const send = () => steward.post(page, { ...fresh(), why: 'So that all see them' })
  expect((await send()).statusCode).toBe(303)
  await db.query(
    `insert into survey_results_done values ($1, '2026-05-04', 'The file was torn.')`,
    [survey],
  )
  const met = (await steward.get(page)).body
  expect(met).toContain('The file was torn.')
  expect(met).toContain('Try again')
  expect((await send()).statusCode).toBe(303)
  expect((await steward.get(page)).body).toContain('published in the night after the survey ends')
})

it('is told, as soon as it is opened, that another asks for the figures of the same month', async () => {
  const [first, second] = [await opened(), await opened()]
  const { body } = await steward.get(`/surveys/run/${second}`)
  expect(body).toContain(`Survey ${first}, “Our schools”,</a> asks of 2 of the same providers`)
  const typed = { title: 'Later', service: 'primary-school', providers: 'X10001' }
  const days = { opens: day(0), closes: day(200) }
  const sent = await steward.post('/surveys/run/new', { ...fresh(), ...typed, ...days })
  expect((await steward.get(String(sent.headers.location))).body).not.toContain('same month')
})

it('offers nobody to invite once it has ended, before anything is typed', async () => {
  const survey = await opened()
  await steward.post(`/surveys/run/${survey}/end`, { ...fresh(), why: 'It was a try.' })
  for (const way of ['letters', 'invite']) {
    const { statusCode, body } = await steward.get(`/surveys/run/${survey}/${way}`)
    expect([way, statusCode, body.includes('nobody can be invited')]).toEqual([way, 410, true])
    expect(body).not.toContain('<textarea')
  }
})

it('prints a QR code on a letter of paper, and a code by which nobody is asked again', async () => {
  const survey = await opened()
  const frame = 'person,provider\nS1,X10001\nS2,X10001'
  const how = { frame, replies: '2', rate: '100', months: '6', draw: randomUUID() }
  const { body } = await steward.post(`/surveys/run/${survey}/letters`, { ...fresh(), ...how })
  expect(body.match(/class="pl-qr"/g)).toHaveLength(2)
  const answer = /<strong>([A-Z0-9-]{17})</.exec(body)?.[1] ?? ''
  const stop = /weight-bold">([A-Z0-9-]{17})</.exec(body)?.[1] ?? ''
  expect(stop).not.toBe(answer)
  const citizen = new TestBrowser(app)
  const at = '/surveys/stop'
  const press = (code: string) => citizen.post(at, { code }, at)
  // The code by which one answers is none to be left in peace by, nor the other way round.
  expect((await press(answer)).statusCode).toBe(404)
  expect((await citizen.get(`/surveys/enter?code=${stop}`)).statusCode).toBe(404)
  const never = () => db.query('select 1 from survey_peace where never and stop_hash is not null')
  expect(await never()).toEqual([])
  for (const code of [stop, stop.toLowerCase().replaceAll('-', ' ')]) {
    expect((await press(code)).body).toContain('No survey will ask you again')
  }
  expect(await never()).toHaveLength(1)
  const kept = JSON.stringify(await db.query('select * from survey_peace'))
  expect(kept).not.toContain(stop.replaceAll('-', ''))
  // Whoever asked is drawn no more.
  const next = await opened()
  const again = {
    ...how,
    draw: randomUUID(),
    frame: 'person,provider\nS1,X10001\nS2,X10001\nS3,X10001',
  }
  await db.query(`update survey_peace set asked_on = '2020-01-01'`)
  const letters = (await steward.post(`/surveys/run/${next}/letters`, { ...fresh(), ...again }))
    .body
  expect(letters.match(/class="pl-slip"/g)).toHaveLength(2)
  await db.query('delete from survey_peace')
})

it('draws from a list that is handed in as a file, longer than a form takes', async () => {
  const survey = await opened()
  const send = async (file: Buffer | string, way = 'invite', replies = '3') => {
    const of = { _csrf: await steward.token(), ...fresh(), draw: randomUUID() }
    const typed = { ...of, replies, rate: '30', months: '6' }
    const body = new FormData()
    for (const [name, value] of Object.entries(typed)) body.set(name, value)
    body.set('frame', '')
    body.set('list', new Blob([file]), 'parents.csv')
    const { headers, payload } = await multipart(body)
    return steward.ask({ method: 'POST', url: `/surveys/run/${survey}/${way}`, headers, payload })
  }
  const people = Array.from(
    { length: 3000 },
    (_, i) => `q${i}@example.org,X10001,q${i}@example.org`,
  )
  const list = ['person,provider,email', ...people].join('\n')
  for (const [file, sentence] of [
    [Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'This is a spreadsheet or a zip archive'],
    [Buffer.from('person,provider\nJos\xe9,X10001', 'latin1'), 'not in UTF-8'],
    ['person\nx', 'no column “provider”'],
    ['x'.repeat(4_100_000), 'larger than 4 MB'],
  ] as const) {
    const { statusCode, body } = await send(file)
    expect([statusCode, body.includes(sentence)]).toEqual([400, true])
    expect(body).toContain('href="#list"')
  }
  // Of a page with thousands of letters nobody would have anything: it is refused before anybody is drawn.
  expect((await send(list, 'letters', '2000')).body).toContain('a page holds 1,000 letters')
  expect((await send(list)).headers.location).toBe(`/surveys/run/${survey}`)
  expect((await steward.get(`/surveys/run/${survey}`)).body).toContain('0 of 10 who were invited')
  await db.query('delete from letter')
  await db.query('delete from survey_peace')
})

/** A form with a file, as a browser sends it. */
async function multipart(form: FormData) {
  const request = new Request('http://x', { method: 'POST', body: form })
  const payload = Buffer.from(await request.arrayBuffer())
  return { payload, headers: { 'content-type': request.headers.get('content-type') ?? '' } }
}

/** What nobody types, and somebody sends. */
const hostile: readonly string[] = [
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202eabc',
  "' or 1=1 --",
  '"><script>alert(1)</script>',
  '{{7*7}}',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '-1',
  '0',
  '1e309',
  '99999999999999999999',
  '2023-02-30',
  '\r\nSet-Cookie: a=b',
  'x'.repeat(20_000),
  '🙂'.repeat(500),
]

describe('every form of a survey, with what nobody types', () => {
  const forms: readonly (readonly [
    name: string,
    url: () => string,
    fields: Record<string, string>,
  ])[] = [
    [
      'opening',
      () => '/surveys/run/new',
      {
        ...{ title: 'A title', service: 'primary-school', providers: 'X10001', opens: day(0) },
        ...{ closes: day(9), 'own-1-kind': 'yes', 'own-1-en': 'Well?', 'own-1-cy': 'Wel?' },
      },
    ],
    ['ending', () => `/surveys/run/${id}/end`, { why: 'no' }],
    ['counting', () => `/surveys/run/${id}/publish`, { 'leave-out': 'yes' }],
    ['ordering', () => `/surveys/run/${id}/order`, { 'leave-out': 'yes', why: 'Everybody' }],
    [
      'after appointments asking',
      () => `/surveys/run/${id}/appointments`,
      { way: 'email', share: '5', months: '6' },
    ],
    [
      'inviting',
      () => `/surveys/run/${id}/invite`,
      { frame: 'person,provider\nx', replies: '1', rate: '1', months: '1' },
    ],
    [
      'making letters by inviting',
      () => `/surveys/run/${id}/letters`,
      {
        ...{ frame: 'person,provider\nx', draw: randomUUID() },
        replies: '1',
        rate: '1',
        months: '1',
      },
    ],
    ['starting', () => `/surveys/${code}`, { language: 'en', way: 'poster' }],
    ['by a code', () => '/surveys/enter', { code: 'BCDFGHJKMNPQRTV', language: 'en' }],
    ['not being asked', () => '/surveys/stop', { token: 'a.b.c' }],
    [
      'answering',
      () => '/surveys/answer',
      { draft: '', page: '1', language: 'en', 'q-overall': '5', go: 'next' },
    ],
    ['sending', () => '/surveys/send', { draft: '', language: 'en' }],
  ]

  it.each(forms)(
    '%s: never fails, and keeps nothing wrong',
    async (name, url, fields) => {
      const browser =
        name.endsWith('ing') && url().includes('/run/') ? steward : new TestBrowser(app)
      const draft = 'draft' in fields ? await begun(browser) : ''
      const usual = { ...fields, ...(draft ? { draft } : {}) }
      const wrong: string[] = []
      for (const field of [...Object.keys(usual), 'form']) {
        for (const value of hostile) {
          await db.query('delete from sign_in_count')
          const typed = { ...usual, ...(field === 'form' ? {} : fresh()), [field]: value }
          // Ending for good would leave nothing to try the rest on.
          if (name === 'ending' && field === 'why' && value.length > 2) continue
          if (name === 'ending' && field === 'form') continue
          const { statusCode, body } = await browser.post(url(), typed)
          if (![200, 303, 400, 404, 410].includes(statusCode)) {
            wrong.push(`${field}=${JSON.stringify(value.slice(0, 30))}: ${statusCode}`)
          }
          if (body.includes('<script>alert')) wrong.push(`${field} is not escaped`)
        }
      }
      expect(wrong).toEqual([])
      expect((await verifyStored(db)).fault).toBeNull()
    },
    120_000,
  )

  it('twice the same field, or none at all, is no answer of anybody', async () => {
    const browser = new TestBrowser(app)
    const draft = await begun(browser)
    const token = await browser.token()
    const send = (payload: string) =>
      browser.ask({
        method: 'POST',
        url: '/surveys/answer',
        payload: `_csrf=${encodeURIComponent(token)}&draft=${draft}&page=1&language=en&${payload}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    expect((await send('q-overall=1&q-overall=5')).statusCode).toBe(400)
    expect((await send('go=next')).statusCode).toBe(400)
    expect((await browser.get(`/surveys/answer?draft=${draft}&draft=x`)).statusCode).toBe(400)
    const [row] = await db.query<{ answers: object }>(
      'select answers from survey_response order by begun_at desc limit 1',
    )
    expect(row?.answers).toEqual({})
  })

  it('is refused without its token', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: `/surveys/${code}`,
      payload: new URLSearchParams({ ...fresh(), language: 'en' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(answer.statusCode).toBe(400)
  })
})

describe('a code', () => {
  it('that is nowhere is not found, and whoever tries many waits', async () => {
    const browser = new TestBrowser(app)
    for (const path of ['/surveys/BCDFGHJK', '/surveys/nothing', '/surveys/%00']) {
      expect((await browser.get(path)).statusCode).toBeGreaterThanOrEqual(400)
    }
    await db.query(`update sign_in_count set count = $1 where what = 'survey-try'`, [
      hourly['survey-try'],
    ])
    expect((await browser.get('/surveys/BCDFGHJK')).statusCode).toBe(429)
    // Whoever has a code of ours comes in all the same.
    expect((await browser.get(`/surveys/${code}`)).statusCode).toBe(200)
  })

  it('of answers that were sent shows none of them', async () => {
    const browser = new TestBrowser(app)
    const draft = await begun(browser)
    const typed = { draft, page: '1', language: 'en', 'q-overall': '2', go: 'next' }
    await browser.post('/surveys/answer', typed)
    await browser.post('/surveys/send', { draft, language: 'en' })
    for (const page of ['answer', 'check', 'later', 'thanks']) {
      const { headers, statusCode } = await new TestBrowser(app).get(
        `/surveys/${page}?draft=${draft}`,
      )
      if (page === 'thanks') expect(statusCode).toBe(200)
      else expect(headers.location).toContain('/surveys/thanks')
    }
  })
})

describe('a sample', () => {
  it('is invited by email; each answers once, and can be left in peace', async () => {
    const survey = await opened()
    const frame = `person,provider,email\n${Array.from({ length: 30 }, (_, i) => `p${i}@example.org,X10001,p${i}@example.org`).join('\n')}`
    const typed = { ...fresh(), frame, replies: '3', rate: '30', months: '6' }
    const page = `/surveys/run/${survey}/invite`
    const sent = await Promise.all([1, 2].map(() => steward.post(page, typed)))
    expect(sent.map((s) => [s.statusCode, s.headers.location])).toEqual([
      [303, `/surveys/run/${survey}`],
      [303, `/surveys/run/${survey}`],
    ])
    const letters = (await unsentLetters(db)).filter((l) => l.subject.startsWith('What do you'))
    expect(letters).toHaveLength(10)
    const [letter] = letters
    const [answer = '', stop = ''] = [...(letter?.body ?? '').matchAll(/^http:\S+$/gm)].map(
      ([link]) => new URL(link).pathname + new URL(link).search,
    )
    const person = new TestBrowser(app)
    const own = new URL(answer, 'http://x').searchParams.get('code') ?? ''
    // Looking changes nothing: scanners of mail open links first.
    for (let i = 0; i < 2; i++) expect((await person.get(answer)).statusCode).toBe(200)
    expect(await db.query('select 1 from survey_response where invitation is not null')).toEqual([])
    const started = [1, 2].map(() => person.post('/surveys/enter', { code: own, language: 'cy' }))
    const [begunAt] = await Promise.all(started)
    const draft =
      new URL(String(begunAt?.headers.location), 'http://x').searchParams.get('draft') ?? ''
    const one = { draft, page: '1', language: 'cy', 'q-overall': '4', go: 'next' }
    expect((await person.post('/surveys/answer', one)).statusCode).toBe(303)
    await person.post('/surveys/send', { draft, language: 'cy' })
    const again = await new TestBrowser(app).get(answer)
    expect(again.headers.location).toContain('/surveys/answer')
    const { body } = await steward.get(`/surveys/run/${survey}`)
    expect(body).toContain('1 of 10 who were invited have answered. 0 people answered')
    expect(body).toContain('1 of 10 who were invited have answered: 10%. Counted by how many')
    expect(body).toContain('The sample has no parts, so that nobody can tell who is missing')
    expect((await person.get(stop)).statusCode).toBe(200)
    const token = new URL(stop, 'http://x').searchParams.get('token') ?? ''
    for (let i = 0; i < 2; i++) {
      expect((await person.post('/surveys/stop', { token })).body).toContain('No survey will ask')
    }
    const peace = await db.query<{ never: boolean }>('select never from survey_peace where never')
    expect(peace).toHaveLength(1)
    const tables = JSON.stringify(await db.query('select * from survey_peace'))
    expect(tables).not.toContain('example.org')
  })
})

describe('letters of paper', () => {
  const list = Array.from({ length: 30 }, (_, i) => `L${i},X10001`).join('\n')
  const how = { frame: `person,provider\n${list}`, replies: '3', rate: '30', months: '6' }
  const codesOf = (body: string): string[] =>
    [...body.matchAll(/type <strong>([A-Z0-9-]{17})<\/strong>/g)].map(([, own = '']) => own)
  const start = (own: string) =>
    new TestBrowser(app).post('/surveys/enter', { code: own, language: 'en' })

  it('each have a code that takes one answer; sent for twice they are the same', async () => {
    const survey = await opened()
    const page = `/surveys/run/${survey}/letters`
    const typed = { ...fresh(), ...how, draw: randomUUID() }
    const [first, second] = await Promise.all([1, 2].map(() => steward.post(page, typed)))
    const codes = codesOf(first?.body ?? '')
    expect(new Set(codes).size).toBe(10)
    expect(codesOf(second?.body ?? '')).toEqual(codes)
    // Another draw knows none of them, even with the same list.
    const other = await steward.post(page, { ...typed, ...fresh(), draw: randomUUID() })
    expect(other.statusCode).toBe(400)
    expect(other.body).toContain('invited to this survey already')
    const kept = JSON.stringify([
      await db.query('select * from survey_invitation'),
      await db.query('select * from form_use'),
    ])
    expect(kept).not.toContain(typed.draw)
    for (const own of codes) expect(kept).not.toContain(own.replaceAll('-', ''))
    const ways = await db.query<{ way: string }>(
      'select distinct way from survey_invitation where survey = $1',
      [survey],
    )
    expect(ways).toEqual([{ way: 'letter' }])

    const [own = ''] = codes
    const asTyped = own.toLowerCase().replaceAll('-', ' ')
    await Promise.all([1, 2, 3].map(() => start(asTyped)))
    const answers = await db.query<{ way: string }>(
      'select way from survey_response where survey = $1',
      [survey],
    )
    expect(answers).toEqual([{ way: 'letter' }])
    const draft = own.replaceAll('-', '')
    const one = { draft, page: '1', language: 'en', 'q-overall': '4', go: 'next' }
    const person = new TestBrowser(app)
    await person.post('/surveys/answer', one)
    await person.post('/surveys/send', { draft, language: 'en' })
    const again = await new TestBrowser(app).get(`/surveys/enter?code=${own}`)
    expect(again.headers.location).toContain('/surveys/answer')
    await start(own)
    const sent = await db.query('select 1 from survey_response where survey = $1', [survey])
    expect(sent).toHaveLength(1)
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('are not guessed: whoever tries codes waits, and whoever has one comes in', async () => {
    const survey = await opened()
    const frame = how.frame.replaceAll('L', 'M')
    const typed = { ...fresh(), ...how, frame, draw: randomUUID() }
    const { body } = await steward.post(`/surveys/run/${survey}/letters`, typed)
    const [own = ''] = codesOf(body)
    const tries = hourly['survey-try']
    expect((await start('BCDFG-HJKMN-PQRTV')).statusCode).toBe(404)
    await db.query(`update sign_in_count set count = $1 where what = 'survey-try'`, [tries])
    expect((await start('BCDFG-HJKMN-PQRTW')).statusCode).toBe(429)
    expect((await start(own)).statusCode).toBe(303)
  })

  it('are made by whoever runs the survey alone, while it is open, from a whole form', async () => {
    const page = `/surveys/run/${await opened()}/letters`
    expect((await new TestBrowser(app).get(page)).statusCode).not.toBe(200)
    const torn = await steward.post(page, { ...fresh(), ...how, draw: 'x' })
    expect(torn.statusCode).toBe(400)
    expect(torn.body).toContain('The form was not whole')
    const none = await steward.post(page, { ...fresh(), ...how, frame: '', draw: randomUUID() })
    expect(none.body).toContain('The list is empty.')
  })
})
