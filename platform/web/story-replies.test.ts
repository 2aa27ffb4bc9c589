import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { unsentLetters } from '../mail/store.ts'
import { TestStories } from '../stories/testing-stories.ts'
import { sentForm, TestBrowser } from './testing-people.ts'
import { toldStory, withStoriesServer } from './testing-stories.ts'

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
let story: Awaited<ReturnType<typeof toldStory>>
beforeAll(async () => {
  story = await toldStory(app, db)
  const publish = { do: 'publish', themes: 'staff', gravity: '1' }
  await sentForm(moderator, `/stories/moderate/${story.id}`, publish)
})

const reply = (typed: Record<string, string>) => sentForm(head, `/stories/${story.id}/reply`, typed)
const weigh = (typed: Record<string, string>) =>
  sentForm(moderator, `/stories/moderate/${story.id}`, typed)
const publicViews = () => [
  ...[`/stories/${story.id}`, `/stories/${story.id}.json`, '/stories', '/stories.json'],
  ...['/stories.atom', '/api/v1/stories', '/providers/X10001', '/providers/X10001.json'],
  ...['/record', '/record.json', '/record.atom', '/embed/providers/X10001/stories'],
  '/embed/providers/X10001/stories.json',
]

describe('what a reply promises', () => {
  const promise = { text: 'We will see to it.', change: 'A Quincunx.', changeBy: '2198-07-06' }

  it('is read by a moderator before it stands in any view, and before it can be made', async () => {
    expect((await reply(promise)).statusCode).toBe(303)
    const views = publicViews()
    const [last] = await db.query<{ n: number }>('select max(number) as n from record_entry')
    views.push(`/record/${last?.n}`, `/record/${last?.n}.json`)
    for (const url of views) {
      const { statusCode, body } = await app.inject(url)
      expect([url, statusCode, /Quincunx|2198/.test(body)]).toEqual([url, 200, false])
    }
    expect((await story.citizen.get(story.own)).body).not.toMatch(/Quincunx|2198/)
    expect((await app.inject(`/stories/${story.id}`)).body).toContain('We will see to it.')
    const change = await head.get(`/stories/${story.id}/change`)
    expect(change.body).toContain('once a moderator has read it')
    expect(change.body).not.toContain('Say that it is made')
    const read = (await moderator.get(`/stories/moderate/${story.id}`)).body
    expect(read).toContain('A Quincunx.')
    // They are asked whether it says by when.
    expect(read).toContain('The reply promises a change by 6 July 2198.')
  })

  it('stands once it is read, and its teller and its service are told', async () => {
    await db.query('delete from letter')
    expect((await weigh({ do: 'claim', accepted: 'yes', why: '' })).statusCode).toBe(303)
    for (const url of [`/stories/${story.id}`, '/api/v1/stories']) {
      expect((await app.inject(url)).body).toContain('Quincunx')
    }
    const subjects = (await unsentLetters(db)).map((l) => l.subject)
    expect(subjects).toContain('A change is promised because of your story')
    expect((await head.get(`/stories/${story.id}/change`)).body).toContain('Say that it is made')
  })
})

describe('a word of the teller', () => {
  it('stays beside what it was said of', async () => {
    const token = decodeURIComponent(story.own.split('token=')[1] ?? '')
    const say = (answer: string) =>
      story.citizen.post('/stories/mine', { token, do: 'helped', answer }, story.own)
    const read = async () => (await app.inject(`/stories/${story.id}`)).body
    await say('yes')
    expect(await read()).toContain('Whoever told the story says that the reply helped.')
    await sentForm(head, `/stories/${story.id}/change`, { do: 'made', text: 'It is there now.' })
    expect(await read()).toContain(
      'Before the change was made, whoever told the story said that the reply helped.',
    )
    expect(await read()).toContain('They have not said yet whether the change helped.')
    const mine = (await story.citizen.get(story.own)).body
    expect(mine).toContain('Did the change help?')
    expect(mine).not.toMatch(/value="yes" checked/)
    expect(await read()).toMatch(/made this change on [^.]+\. It had promised it by 6 July 2198\./)
    await say('no')
    expect(await read()).toContain('Whoever told the story says that the change did not help.')
    const [row] = (await app.inject('/api/v1/stories')).json().data
    expect(row).toMatchObject({ helped: 'no', helpedOf: 'change' })
  })
})

describe('a reply that does not answer', () => {
  const entry = async (): Promise<string> => {
    const { body } = await moderator.get(`/stories/moderate/${story.id}`)
    return /name="reply" value="(\d+)"/.exec(body)?.[1] ?? ''
  }

  it('is set aside by a moderator alone, with a reason that stands beneath it, and comes back', async () => {
    const typed = {
      do: 'reply-set-aside',
      reply: await entry(),
      why: 'It says nothing of the call.',
    }
    const url = `/stories/moderate/${story.id}`
    const by = await head.post(url, { ...typed, form: randomUUID(), seen: '0' }, '/stories')
    expect(by.statusCode).toBe(403)
    const empty = await weigh({ ...typed, why: '' })
    expect(empty.statusCode).toBe(400)
    expect(empty.body).toContain(`href="#reply-why-${typed.reply}"`)
    for (const reply of ['', '0', '999999', "1' or '1'='1", '__proto__']) {
      expect([reply, (await weigh({ ...typed, reply })).statusCode]).toEqual([reply, 400])
    }
    expect((await weigh(typed)).statusCode).toBe(303)
    const { body } = await app.inject(`/stories/${story.id}`)
    expect(body).toContain('does not answer the story')
    expect(body).toContain('It says nothing of the call.')
    expect(body).toContain('No reply that counts yet.')
    const [row] = (await app.inject('/api/v1/stories')).json().data
    expect(row).toMatchObject({ repliedOn: null, replyCounts: false })
    expect((await head.get(`/stories/${story.id}/reply`)).body).toContain(
      'does not count as a reply',
    )
    const back = { ...typed, do: 'reply-restored', why: 'It was read wrongly.' }
    expect((await weigh(back)).statusCode).toBe(303)
    expect((await app.inject(`/stories/${story.id}`)).body).toContain('in time (it was due by')
    expect((await app.inject('/record')).body).toContain('counts again')
  })

  it('is defined in the published rules, as a page and as data', async () => {
    const { body } = await app.inject('/stories/rules')
    expect(body).toContain('What counts as a reply')
    expect(body).toContain('the day on which it sends its reply')
    expect((await app.inject('/stories/rules.json')).json()).toMatchObject({
      replyRules: { answers: expect.stringContaining('It answers this story') },
    })
  })
})

describe('a story of a provider that has ended', () => {
  it('is replied to by those who lead who came after it, and signed so', async () => {
    const stories = new TestStories(db)
    const on = new Date().toISOString().slice(0, 10)
    // Elm Primary was merged into what the head leads.
    const id = await stories.published(on, 'X90001')
    const url = `/stories/${id}/reply`
    expect((await moderator.get(url)).statusCode).toBe(403)
    const text = 'We have taken over the telephone line too.'
    expect((await sentForm(head, url, { text })).statusCode).toBe(303)
    const { body } = await app.inject(`/stories/${id}`)
    expect(body).toContain(text)
    expect(body).toMatch(/Larkrise Invented School, which came after Elm Primary replies:/)
    const strange = await stories.published(on, 'X90002')
    expect((await head.get(`/stories/${strange}/reply`)).statusCode).toBe(403)
  })
})
