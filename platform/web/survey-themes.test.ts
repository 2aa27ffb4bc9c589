import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { beforeEach, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { standard } from '../surveys/instrument.ts'
import { takeAll } from '../surveys/testing-answers.ts'
import { TestBrowser, withPeopleServer } from './testing-people.ts'
import { date } from './words.ts'

let db: Database
let app: FastifyInstance
let id = 0

const day = (more: number): string =>
  new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10)

withPeopleServer(async (place) => {
  db = place.db
  app = place.app
  const steward = new TestBrowser(app)
  await steward.walkIn('steward')
  const typed = { title: 'Our schools', service: 'primary-school', providers: 'X10001 X10002' }
  const days = { opens: day(-9), closes: day(20) }
  const sent = await steward.post('/surveys/run/new', { form: randomUUID(), ...typed, ...days })
  id = Number(/\d+$/.exec(String(sent.headers.location))?.[0])
  for (let i = 0; i < 7; i++) {
    const of = { survey: id, provider: 'X10001', way: 'link', language: 'en' } as const
    const answers = { overall: '4', better: `We waited <b>${i}</b> weeks for Mrs Sorrel.` }
    await takeAll(db, standard, { ...of, id: randomUUID(), answers })
  }
})
beforeEach(() => db.query('delete from sign_in_count').then(() => undefined))

it('lets moderators read what people wrote and put it under themes, and nobody else', async () => {
  const moderator = new TestBrowser(app)
  await moderator.walkIn('moderator')
  expect((await moderator.get('/account')).body).toContain('What people wrote in surveys')
  expect((await moderator.get('/surveys/moderate')).body).toContain('Our schools')
  const at = `/surveys/moderate/${id}`
  const { body } = await moderator.get(at)
  expect(body).toContain('<mark>Mrs Sorrel</mark>')
  expect(body).not.toContain('<b>0</b>')
  for (const role of ['citizen', 'analyst'] as const) {
    const other = new TestBrowser(app)
    await other.walkIn(role)
    expect((await other.get(at)).statusCode).toBe(403)
  }
  expect((await new TestBrowser(app).get(at)).body).not.toContain('Sorrel')
  const themes = [...body.matchAll(/value="([^"]+\/waiting)"/g)].map(([, value]) => value ?? '')
  expect(themes).toHaveLength(7)
  const empty = await moderator.post(at, { form: randomUUID() }, at)
  expect([empty.statusCode, empty.body.includes('Choose what at least one')]).toEqual([400, true])
  for (const value of ['x', `${randomUUID()}/better/waiting`, '\u0000/better/none', 'a/b/c/d']) {
    const sent = await moderator.post(at, { form: randomUUID(), themes: value }, at)
    expect(sent.statusCode).toBeLessThan(500)
  }
  for (const value of themes) {
    const sent = await moderator.post(at, { form: randomUUID(), themes: value }, at)
    expect([sent.statusCode, sent.headers.location]).toEqual([303, at])
  }
  expect((await moderator.get(at)).body).toContain('All of it has been read.')
})

it('shows everybody how many wrote of each theme when the survey has ended, and no words', async () => {
  const citizen = new TestBrowser(app)
  const at = `/surveys/results/${id}`
  expect((await citizen.get(at)).statusCode).toBe(404)
  await db.query('update survey set ended_at = now() where id = $1', [id])
  const { statusCode, body } = await citizen.get(at)
  expect(statusCode).toBe(200)
  expect(body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')).toMatch(/ Waiting at least 5 /)
  expect(body).toContain('fewer than 5')
  expect(body).not.toContain('Sorrel')
  const json = (await citizen.get(`${at}.json`)).body
  expect(JSON.parse(json)).toMatchObject({ sampled: null, open: 5, roundedTo: 5 })
  expect(JSON.parse(json).themes).toContainEqual({ theme: 'waiting', who: 'open', n: 5 })
  expect(json).not.toContain('Sorrel')
  expect((await citizen.get('/surveys')).body).toContain(`href="${at}"`)
  expect(body).toContain(`It was open from ${date(day(-9))} to ${date(day(0))}.`)
  await db.query('update survey set opens = $2 where id = $1', [id, day(0)])
  expect((await citizen.get(at)).body).toContain(`It was open on ${date(day(0))} alone.`)
  for (const none of ['0', '99999', 'x', '1e3']) {
    expect((await citizen.get(`/surveys/results/${none}`)).statusCode).toBe(404)
  }
})
