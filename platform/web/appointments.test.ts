import { randomUUID } from 'node:crypto'
import { plumbline } from '@plumbline/client'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { unsentLetters } from '../mail/store.ts'
import { testPeople } from '../people/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { isDrawn } from '../surveys/appointments.ts'
import { personHashOf } from '../surveys/code.ts'
import { leaveInPeace } from '../surveys/peace.ts'
import { makeToken } from '../tokens/store.ts'
import type { TokenScope } from '../tokens/token.ts'
import { hostile } from './api/mutations.ts'
import { TestBrowser, withPeopleServer } from './testing-people.ts'

let db: Database
let app: FastifyInstance
let steward: TestBrowser
let secret = ''
let token = ''

const day = (more: number): string =>
  new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10)
const fresh = (): { form: string } => ({ form: randomUUID() })

const tokenFor = async (scope: TokenScope, name = 'Bookings of the school'): Promise<string> =>
  (await makeToken(db, { name, scope, publishes: false })).token

withPeopleServer(async (place) => {
  db = place.db
  app = place.app
  secret = testPeople(db).secret
  steward = new TestBrowser(app)
  await steward.walkIn('steward')
  token = await tokenFor({ appointments: ['X10001', 'X10002'] })
})
beforeEach(async () => {
  for (const table of ['sign_in_count', 'survey_peace', 'survey_seen']) {
    await db.query(`delete from ${table}`)
  }
  // One survey asks at a time.
  await db.query('update survey set ended_at = now() where ended_at is null')
})

/** Opens a survey that asks after appointments, and gives its number. */
async function asking(how: Record<string, string> = {}): Promise<number> {
  const typed = { title: 'After lessons', service: 'primary-school', providers: 'X10001 X10002' }
  const days = { opens: day(-1), closes: day(20) }
  const sent = await steward.post('/surveys/run/new', { ...fresh(), ...typed, ...days })
  const id = Number(/\d+$/.exec(String(sent.headers.location))?.[0])
  const page = `/surveys/run/${id}/appointments`
  const said = { way: 'letter', share: '100', months: '6', ...how }
  const begun = await steward.post(page, { ...fresh(), ...said })
  expect([begun.statusCode, begun.headers.location]).toEqual([303, page])
  return id
}

const seen = (reference: string, more: object = {}) => ({
  ...{ reference, provider: 'X10001', person: `Number ${reference}`, seen: day(0) },
  ...more,
})

/** Each sender has an address of its own: so many may be sent from one in a minute. */
let senders = 0
const sender = (): string => `10.0.${Math.floor(++senders / 250)}.${senders % 250}`

const report = (
  appointments: unknown,
  { by = token, url = '/api/v1/appointments' }: { by?: string; url?: string } = {},
) =>
  app.inject({
    ...{ method: 'POST', url, payload: { appointments } as object, remoteAddress: sender() },
    headers: { authorization: `Bearer ${by}` },
  })

type Answered = { reference: string; answer: string; letter: { code: string; stop: string } | null }
const told = async (...appointments: object[]): Promise<Answered[]> =>
  (await report(appointments)).json().data
const words = (all: readonly Answered[]): string[] => all.map((a) => a.answer)

const count = async (sql: string): Promise<number> => (await db.query(sql)).length

describe('an appointment that is reported', () => {
  it('can be reported by the typed client, and its letter read', async () => {
    const id = await asking()
    const fetch: typeof globalThis.fetch = async (given, more) => {
      const request = new Request(given, more)
      const { pathname } = new URL(request.url)
      const answer = await app.inject({
        ...{ method: 'POST', url: pathname, payload: await request.text() },
        ...{ headers: Object.fromEntries(request.headers), remoteAddress: sender() },
      })
      const headers = { 'content-type': String(answer.headers['content-type']) }
      return new Response(answer.body, { status: answer.statusCode, headers })
    }
    const client = plumbline('http://plumbline.example', { fetch })
    const asked = (by: string) =>
      client.api.POST('/appointments', {
        headers: { authorization: `Bearer ${by}` },
        body: { appointments: [{ ...seen('T1'), died: false }] },
      })
    const { data, error } = await asked(token)
    expect(error).toBeUndefined()
    expect(data?.data).toMatchObject([{ reference: 'T1', answer: 'invited', survey: String(id) }])
    expect(data?.data[0]?.letter?.address).toContain(data?.data[0]?.letter?.code)
    expect((await asked('none')).error?.detail).toBeTruthy()
  })

  it('has its person asked once, by a letter that leaves them in peace, however often it is sent', async () => {
    const id = await asking({ way: 'email', months: '3' })
    const all = [
      seen('E1', { email: 'Ada@Example.org' }),
      seen('E2', { email: 'bo@example.org', person: undefined, provider: 'X10002' }),
      seen('E3', { email: 'cy@example.org', died: true }),
      seen('E4'),
      seen('E5', { email: 'old@example.org', seen: day(-40) }),
    ]
    // Where everybody is asked by email, nobody learns from the answer who is not.
    const once = ['taken', 'taken', 'died', 'no-address', 'too-old']
    const [first, second] = await Promise.all([told(...all), told(...all)])
    expect([words(first), words(second)]).toEqual([once, once])
    expect(words(await told(...all))).toEqual(once)
    const letters = (await unsentLetters(db)).filter((l) => l.subject.includes('What do you'))
    expect(letters.map((l) => l.address).sort()).toEqual(['ada@example.org', 'bo@example.org'])
    expect(await count(`select 1 from survey_invitation where survey = ${id}`)).toBe(2)
    const [body = ''] = letters.map((l) => l.body)
    expect(body).toContain('You had an appointment with')
    expect(body).toContain('Cawsoch apwyntiad gyda')
    const links = [...body.matchAll(/^http:\S+$/gm)].map(([link]) => new URL(link))
    const [answer, stop, cymraeg, stopCy] = links
    const person = new TestBrowser(app)
    const path = (url?: URL): string => `${url?.pathname}${url?.search}`
    expect((await person.get(path(cymraeg))).body).toContain('<html lang="cy"')
    expect((await person.get(path(stopCy))).body).toContain('Peidiwch â gofyn i mi eto')
    // Who asks to be left in peace is, by their number as by their address.
    const peace = stop?.searchParams.get('token') ?? ''
    expect((await person.post('/surveys/stop', { token: peace })).statusCode).toBe(200)
    await db.query(`update survey_peace set asked_on = '2020-01-01'`)
    const asked = letters[0]?.address === 'ada@example.org' ? 'Number E1' : 'bo@example.org'
    await told(seen('E6', { person: asked, email: 'new@example.org' }))
    expect((await unsentLetters(db)).filter((l) => l.address === 'new@example.org')).toEqual([])

    const code = answer?.searchParams.get('code') ?? ''
    await person.post('/surveys/enter', { code, language: 'en' })
    const draft = code.replaceAll('-', '')
    const one = { draft, page: '1', language: 'en', 'q-overall': '4', go: 'next' }
    await person.post('/surveys/answer', one)
    await person.post('/surveys/send', { draft, language: 'en' })
    const own = (await steward.get(`/surveys/run/${id}`)).body
    expect(own).toContain('1 of 2 who were asked after an appointment have answered. 0 people')
    const page = (await steward.get(`/surveys/run/${id}/appointments`)).body
    expect(page).toContain('May report now: Bookings of the school.')
    expect(page).toMatch(/Invited<[\s\S]*?>2</)
    expect(page).toMatch(/Asked not to be asked<[\s\S]*?>1</)
    await steward.post(`/surveys/run/${id}/end`, { ...fresh(), why: 'It was a try.' })
    const results = (await person.get(`/surveys/results/${id}.json`)).json()
    expect(results).toMatchObject({ invited: 0, invitedAfter: null, appointment: null, open: null })
    expect((await person.get(`/surveys/results/${id}`)).body).toContain(
      'Fewer than 5 of fewer than 5 who were asked after an appointment answered.',
    )
  })

  it('gives a code for a letter, the same when it is sent again, which takes one answer', async () => {
    const id = await asking()
    const [first, second] = await told(seen('L1'), seen('L2'))
    const [again] = await told(seen('L1'))
    expect(again).toEqual(first)
    expect(first?.letter?.code).not.toBe(second?.letter?.code)
    const start = () =>
      new TestBrowser(app).post('/surveys/enter', { code: first?.letter?.code ?? '' })
    await Promise.all([start(), start()])
    expect(await count(`select 1 from survey_response where survey = ${id}`)).toBe(1)
    // The second code is not to be asked again, and nothing else.
    const at = '/surveys/stop'
    const stopped = await new TestBrowser(app).post(at, { code: second?.letter?.stop ?? '' }, at)
    expect(stopped.body).toContain('No survey will ask you again')
    // Other particulars by the same reference are another appointment, and change nothing.
    expect(words(await told(seen('L1', { person: 'Somebody else' })))).toEqual(['reference-used'])
    const tables = ['survey_invitation', 'survey_seen', 'survey_peace', 'record_entry']
    const kept = await Promise.all(tables.map((t) => db.query(`select * from ${t}`)))
    for (const text of [
      'number l1',
      'Number L1',
      '"L1"',
      first?.letter?.code.replaceAll('-', ''),
    ]) {
      expect(JSON.stringify(kept)).not.toContain(text)
    }
    const times = await db.query(
      `select 1 from survey_invitation where made_at <> date_trunc('day', made_at)
       union all select 1 from survey_peace where not never and since <> date_trunc('day', since)`,
    )
    expect(times).toEqual([])
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('is answered alike whether somebody was not drawn, wants peace, or was asked by others', async () => {
    const id = await asking({ share: '50' })
    const [after] = await db.query<{ seed: string }>(
      'select seed from survey_after where survey = $1',
      [id],
    )
    const hash = (person: string): string => personHashOf(secret, person)
    const drawn = (person: string) => isDrawn({ seed: after?.seed ?? '', share: 50 }, hash(person))
    const people = Array.from({ length: 40 }, (_, i) => `p${i}`)
    const lucky = people.filter(drawn)
    const [peaceful = '', asked = '', died = '', ...free] = lucky
    const unlucky = people.find((p) => !drawn(p)) ?? ''
    await leaveInPeace(db, hash(peaceful))
    const other = await tokenFor({ appointments: ['X10002'] }, 'Others')
    const elsewhere = seen('O1', { person: asked, provider: 'X10002' })
    expect((await report([elsewhere], { by: other })).json().data[0].answer).toBe('invited')
    const of = (person: string) => seen(`of ${person}`, { person })
    const [one = '', two = ''] = free
    expect(
      words(
        await told(
          ...[of(peaceful), of(asked), of(unlucky), { ...of(died), died: true }],
          ...[of(one), of(two), seen('again', { person: one })],
        ),
      ),
    ).toEqual(['not-asked', 'not-asked', 'not-asked', 'died', 'invited', 'invited', 'asked-lately'])
    // What it knows already it is told, the same whether they have asked for peace since.
    await leaveInPeace(db, hash(two))
    expect(words(await told(seen('o', { person: one }), seen('t', { person: two })))).toEqual([
      'asked-lately',
      'asked-lately',
    ])
    const outcomes = await db.query<{ outcome: string; n: number }>(
      `select outcome, sum(n)::int as n from survey_seen_count where survey = ${id} group by 1`,
    )
    expect(Object.fromEntries(outcomes.map((o) => [o.outcome, o.n]))).toEqual({
      ...{ invited: 3, 'do-not-ask': 2, 'asked-recently': 3, 'not-drawn': 1, died: 1 },
    })
    // When the time is over they are asked again, and not before.
    await db.query(`update survey_peace set asked_on = asked_on - interval '7 months'`)
    expect(words(await told(seen('later', { person: one })))).toEqual(['invited'])
  })

  it('is taken from a program that may report it, whole or not at all, and of no survey that asks nobody', async () => {
    expect(words(await told(seen('N1')))).toEqual(['no-survey'])
    const id = await asking()
    expect((await report([seen('N1')], { by: 'plumbline_1_x' })).statusCode).toBe(401)
    const files = await tokenFor({ publisher: 'Somebody' })
    expect((await report([seen('N1')], { by: files })).statusCode).toBe(403)
    const strange = await report([seen('N1'), seen('N2', { provider: 'X99999' })])
    expect(strange.json()).toMatchObject({
      status: 403,
      sent: 'X99999',
      allowed: ['X10001', 'X10002'],
    })
    for (const [wrong, parameter] of [
      [seen('N2', { seen: '2023-02-30' }), 'appointments[1].seen'],
      [seen('N2', { seen: day(3) }), 'appointments[1].seen'],
      [seen('N2', { person: undefined }), 'appointments[1]'],
      [seen('N2', { nhs: '943 476 5919' }), 'appointments[1]'],
      [seen('N2', { email: 'ada@example.org, bo@example.org' }), 'appointments[1].email'],
    ] as const) {
      const refused = await report([seen('N1'), wrong])
      expect([refused.statusCode, refused.json().parameter]).toEqual([400, parameter])
      // What was sent about a person comes back in no refusal.
      expect(refused.body).not.toMatch(/943|example\.org/)
    }
    expect((await report([seen('N1')], { url: '/api/v1/appointments?ref=N1' })).statusCode).toBe(
      400,
    )
    expect((await report(Array.from({ length: 201 }, () => seen('N1')))).statusCode).toBe(400)
    expect(await count('select 1 from survey_seen')).toBe(0)
    expect((await app.inject('/api/v1/appointments')).statusCode).toBe(405)
    // Nobody is invited any more once that is said, with a reason, and it does not begin again.
    const page = `/surveys/run/${id}/appointments`
    const stop = { ...fresh(), do: 'stop', why: 'The bookings were wrong' }
    expect((await steward.post(page, stop)).statusCode).toBe(303)
    expect(words(await told(seen('N1')))).toEqual(['no-survey'])
    const anew = { ...fresh(), way: 'letter', share: '5', months: '6' }
    expect((await steward.post(page, anew)).body).toContain('asks after appointments already')
    const acts = await db.query<{ act: string }>(
      `select act from record_entry where act like 'survey-after-%' order by number desc limit 2`,
    )
    expect(acts.map((a) => a.act)).toEqual(['survey-after-stopped', 'survey-after-appointments'])
  })

  it('never fails our side, whatever is sent', async () => {
    await asking()
    const any = fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.oneof(hostile, fc.jsonValue({ maxDepth: 1 })) },
    )
    const changed = fc
      .record({ reference: any, provider: any, person: any, email: any, seen: any, died: any })
      .map((c) => {
        const given = Object.entries(c).filter(([, value]) => value !== undefined)
        return { ...seen('H1'), ...Object.fromEntries(given) }
      })
    const lists = fc.oneof(fc.array(changed, { maxLength: 4 }), hostile, fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(lists, async (appointments) => {
        const { statusCode, headers } = await report(appointments)
        expect([200, 400, 403]).toContain(statusCode)
        expect(headers['cache-control']).toBe('no-store')
      }),
      { numRuns: 150 },
    )
    for (const payload of ['{', '{"__proto__":{}}', '[]', 'null', 'x'.repeat(500_000)]) {
      const { statusCode } = await app.inject({
        ...{ method: 'POST', url: '/api/v1/appointments', payload },
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      })
      expect([400, 413]).toContain(statusCode)
    }
  })
})

describe('a draw after appointments', () => {
  it('takes its share of people, the same ones each time, and more of them with a larger share', () => {
    const people = Array.from({ length: 4000 }, (_, i) => personHashOf('a secret', `p${i}`))
    const takes = (seed: string, share: number) => people.filter((p) => isDrawn({ seed, share }, p))
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 99 }), (seed, share) => {
        const some = takes(seed, share)
        const expected = 40 * share
        // Five standard errors.
        const most = 5 * Math.sqrt(expected * (1 - share / 100))
        expect(Math.abs(some.length - expected)).toBeLessThan(most)
        expect(takes(seed, share)).toEqual(some)
        const more = new Set(takes(seed, share + 1))
        expect(some.every((p) => more.has(p))).toBe(true)
      }),
      { numRuns: 20 },
    )
    expect(takes('any', 100)).toHaveLength(4000)
    expect(takes('one', 50)).not.toEqual(takes('another', 50))
  })
})
