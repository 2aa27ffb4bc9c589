import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { TestStories } from '../stories/testing-stories.ts'
import { sentForm, TestBrowser } from './testing-people.ts'
import { withStoriesServer } from './testing-stories.ts'

let db: Database
let app: FastifyInstance
let head: TestBrowser
let moderator: TestBrowser
withStoriesServer(async (place) => {
  db = place.db
  app = place.app
  head = new TestBrowser(app)
  moderator = new TestBrowser(app)
  await head.walkIn('head-teacher')
  await moderator.walkIn('moderator')
})

const url = '/stories/owed'
const owed = async (): Promise<string> => (await head.get(url)).body
const today = (): string => new Date().toISOString().slice(0, 10)

describe('what waits for whoever leads a service', () => {
  let stories: TestStories
  let [id, late]: number[] = []
  beforeAll(async () => {
    stories = new TestStories(db)
    id = await stories.published(today(), 'X10001')
    late = await stories.published('2024-01-02', 'X10001')
    await stories.published(today(), 'X10002')
  })

  it('is led to from their account, the one that is longest due first, and nobody else’s', async () => {
    expect((await head.get('/account')).body).toContain(`href="${url}"`)
    const body = await owed()
    const links = [...body.matchAll(/href="(\/stories\/\d+\/reply)"/g)].map((m) => m[1])
    expect(links).toEqual([`/stories/${late}/reply`, `/stories/${id}/reply`])
    expect(body).toContain('It is late: it was due by')
    expect(body).toContain('Nobody called back.')
  })

  it('is nothing that others may see', async () => {
    expect((await moderator.get(url)).statusCode).toBe(403)
    expect((await moderator.get('/account')).body).not.toContain(`href="${url}"`)
    // Whoever has not signed in is asked to.
    expect((await app.inject(url)).headers.location).toBe('/sign-in')
  })

  it('has a promised change from when it stands until it is made, with the day it was promised for', async () => {
    const promise = { text: 'We call.', change: 'A second line.', changeBy: '2198-07-06' }
    await sentForm(head, `/stories/${id}/reply`, promise)
    expect(await owed()).not.toContain(`/stories/${id}/`)
    const weigh = { do: 'claim', accepted: 'yes', why: '' }
    await sentForm(moderator, `/stories/moderate/${id}`, weigh)
    expect(await owed()).toContain(`href="/stories/${id}/change"`)
    expect(await owed()).toContain('6 July 2198')
    await sentForm(head, `/stories/${id}/change`, { do: 'made', text: 'It rings.' })
    expect(await owed()).not.toContain(`/stories/${id}/`)
  })

  it('has a reply again that a moderator set aside', async () => {
    const entry = await stories.reply(late ?? 0, 'Thank you.', today())
    expect(await owed()).toContain('Nothing waits for you')
    const aside = { do: 'reply-set-aside', reply: String(entry), why: 'It answers nothing.' }
    await sentForm(moderator, `/stories/moderate/${late}`, aside)
    expect(await owed()).toContain(`href="/stories/${late}/reply"`)
    expect(await owed()).toContain('No reply that counts yet.')
  })

  it('has the stories of whom they came after', async () => {
    const before = await stories.published(today(), 'X90001')
    expect(await owed()).toContain(`href="/stories/${before}/reply"`)
    expect(await owed()).toContain('Elm Primary')
  })
})
