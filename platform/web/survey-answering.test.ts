import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { unsentLetters } from '../mail/store.ts'
import { grantRole } from '../people/grants.ts'
import { peopleServer, TestBrowser } from './testing-people.ts'
import { storiesReader, withStoriesServer } from './testing-stories.ts'
import { date } from './words.ts'

let db: Database
let app: FastifyInstance
let code = ''
let id = 0

withStoriesServer(async (place) => {
  db = place.db
  app = place.app
  const steward = new TestBrowser(app)
  await steward.walkIn('steward')
  const day = (more: number): string =>
    new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10)
  const typed = { title: 'Our schools', service: 'primary-school', providers: 'X10001 X10002' }
  const days = { opens: day(-9), closes: day(20) }
  const sent = await steward.post('/surveys/run/new', { form: randomUUID(), ...typed, ...days })
  id = Number(/\d+$/.exec(String(sent.headers.location))?.[0])
  const [link] = await db.query<{ code: string }>(
    `select code from survey_link where survey = $1 and provider = 'X10001'`,
    [id],
  )
  code = link?.code ?? ''
})
beforeEach(() => db.query('delete from sign_in_count').then(() => undefined))

/** Somebody who has begun: their browser, and what leads on. */
async function begun(way = 'poster', language = 'en') {
  const browser = new TestBrowser(app)
  const at = `/surveys/${code}?way=${way}`
  const sent = await browser.post(`/surveys/${code}`, { form: randomUUID(), language, way }, at)
  const draft = new URL(String(sent.headers.location), 'http://x').searchParams.get('draft') ?? ''
  const [row] = await db.query<{ instrument: string }>(
    'select instrument from survey where id = $1',
    [id],
  )
  const { pages } = JSON.parse(row?.instrument ?? '{}') as { pages: { code: string }[][] }
  const pageOf = (question: string): number =>
    pages.findIndex((p) => p.some((q) => q.code === question)) + 1
  const answer = (question: string, value: string, go = 'next') =>
    browser.post('/surveys/answer', {
      ...{ draft, page: String(pageOf(question)), language, go },
      [`q-${question}`]: value,
    })
  return { browser, draft, pageOf, answer }
}
const crisis = 'I wanted to kill myself after that.'

describe('whoever writes of a crisis in a survey', () => {
  it('is shown who can be called on every page from then on, and moderators are told', async () => {
    const grant = { from: '2020-01-01', why: 'a test', role: 'moderator', scope: 'whole', code: '' }
    await grantRole(db, { ...grant, email: 'mod@area.example' }, 'steward')
    const { browser, draft, pageOf, answer } = await begun()
    await answer('overall', '2')
    const at = (page: string) =>
      browser.get(`/surveys/${page}${page.includes('?') ? '&' : '?'}draft=${draft}`)
    const first = await at(`answer?page=${pageOf('better')}`)
    expect(first.body).not.toContain('116 123')
    await answer('better', crisis)
    for (const page of ['answer?page=1', 'check', 'later']) {
      expect([page, (await at(page)).body.includes('116 123')]).toEqual([page, true])
    }
    await db.query('delete from letter')
    await browser.post('/surveys/send', { draft, language: 'en' })
    await browser.post('/surveys/send', { draft, language: 'en' })
    expect((await at('thanks')).body).toContain('116 123')
    const letters = (await unsentLetters(db)).filter((l) => l.address === 'mod@area.example')
    expect(letters).toHaveLength(1)
    expect(letters[0]?.body).toContain(`/surveys/moderate/${id}`)
    expect(letters[0]?.body).not.toContain('kill')
  })

  it('comes first of all that waits, beside stories too', async () => {
    const { browser, draft, answer } = await begun()
    await answer('overall', '4')
    await answer('better', 'Paint the door.')
    await browser.post('/surveys/send', { draft, language: 'en' })
    const moderator = new TestBrowser(app)
    await moderator.walkIn('moderator')
    expect((await moderator.get('/stories/moderate')).body).toContain(
      'an answer to a survey may speak of a crisis',
    )
    const { body } = await moderator.get(`/surveys/moderate/${id}`)
    expect(body.indexOf('Urgent')).toBeGreaterThan(0)
    expect(body.indexOf('Urgent')).toBeLessThan(body.indexOf('Paint the door.'))
  })

  it('is shown nothing of the kind where they write of something else', async () => {
    const { browser, draft, answer } = await begun()
    await answer('better', 'Paint the door.')
    await answer('overall', '4')
    expect((await browser.get(`/surveys/check?draft=${draft}`)).body).not.toContain('116 123')
    await browser.post('/surveys/send', { draft, language: 'en' })
    expect((await browser.get(`/surveys/thanks?draft=${draft}`)).body).not.toContain('116 123')
  })
})

describe('whoever tells a story of a crisis', () => {
  it('is shown who can be called on every step, and at the end', async () => {
    const citizen = new TestBrowser(app)
    const form = randomUUID()
    const from = '/stories/tell?provider=X10001'
    await citizen.post('/stories/tell', { form, provider: 'X10001', happened: crisis }, from)
    const at = `/stories/tell/${form}`
    await citizen.post(
      `${at}/about`,
      { teller: 'self', month: '', feelings: 'upset' },
      `${at}/about`,
    )
    const steps = [at, `${at}/about`, `${at}/check`]
    const email = 'eve@example.org'
    for (const step of steps) {
      expect([step, (await citizen.get(step)).body.includes('116 123')]).toEqual([step, true])
    }
    await citizen.post(`${at}/check`, { email }, `${at}/check`)
    expect((await citizen.get('/stories/tell/sent')).body).toContain('116 123')
    expect((await new TestBrowser(app).get('/stories/tell/sent')).body).not.toContain('116 123')
    const letter = (await unsentLetters(db)).find((l) => l.address === email)
    const link = /^http:\/\/localhost(\S+)$/m.exec(letter?.body ?? '')?.[1] ?? '/'
    const token = decodeURIComponent(link.split('token=')[1] ?? '')
    for (const _ of [1, 2]) {
      const done = await citizen.post('/stories/confirm', { token }, link)
      expect(done.body).toContain('116 123')
      const own = /href="(\/stories\/mine\?token=[^"]+)"/.exec(done.body)?.[1] ?? ''
      expect((await citizen.get(own)).body).toContain('116 123')
    }
  })
})

describe('a page in Welsh', () => {
  it('is Welsh all around: title, language, menu, way past it, foot, and what is wrong', async () => {
    const { browser, draft, answer } = await begun('poster', 'cy')
    const start = await browser.get(`/surveys/${code}?lang=cy`)
    const next = await browser.get(`/surveys/answer?draft=${draft}&page=1`)
    const wrong = await answer('overall', '99')
    expect(wrong.statusCode).toBe(400)
    for (const { body } of [start, next, wrong]) {
      expect(body).toContain('<html lang="cy"')
      expect(body).toContain('Neidio i’r prif gynnwys')
      expect(body).toContain('Straeon</a>')
      expect(body).not.toMatch(
        /Skip to main content|>Search<|Figures keep the licence|There is a problem/,
      )
    }
    expect(start.body).toMatch(/<title>Beth yw eich barn am/)
    expect(next.body).toMatch(/<title>Tudalen 1 o/)
    expect(wrong.body).toMatch(/<title>Gwall: /)
    expect(wrong.body).toContain('Mae problem')
    await answer('overall', '2')
    await answer('better', 'Roeddwn i eisiau marw wedyn.')
    const check = await browser.get(`/surveys/check?draft=${draft}`)
    expect(check.body).toContain('mewn perygl nawr')
    await db.query('update survey set ended_at = now() where id = $1', [id])
    const ended = await browser.get(`/surveys/${code}?lang=cy`)
    await db.query('update survey set ended_at = null where id = $1', [id])
    expect(ended.statusCode).toBe(410)
    expect(ended.body).toMatch(/<title>Mae’r arolwg hwn wedi dod i ben/)
    expect(ended.body).toContain('<html lang="cy"')
  })

  it('says in Welsh that its area is invented', async () => {
    const example = 'Aldermere is an invented county.'
    const shown = await peopleServer(db, {}, { reader: storiesReader(db), example })
    const read = async (at: string) => (await shown.inject(at)).body
    expect(await read(`/surveys/${code}`)).toContain(example)
    for (const at of [`/surveys/${code}?lang=cy`, '/surveys?lang=cy', '/surveys/stop?lang=cy']) {
      const body = await read(at)
      expect([at, body.includes('Ardal ddychmygol.')]).toEqual([at, true])
      expect(body).not.toMatch(/invented county|An invented area|About this area/)
    }
    await shown.close()
  })

  it('leaves English pages as they were', async () => {
    const { body } = await app.inject(`/surveys/${code}`)
    expect(body).toContain('<html lang="en-GB"')
    expect(body).toContain('Skip to main content')
  })
})

describe('whoever leaves and comes back', () => {
  it('is told where to, and goes on where they left off, whatever they left out before', async () => {
    const { browser, draft, pageOf, answer } = await begun()
    const page = async (at: string) => browser.get(at)
    await answer('overall', '4')
    await answer('timeliness', '4')
    const left = await browser.post('/surveys/answer', {
      ...{ draft, page: String(pageOf('fairness')), language: 'en', go: 'later' },
    })
    const later = await page(String(left.headers.location))
    expect(later.body).toMatch(/Open http:\/\/localhost(:\d+)?\/surveys within 30 days/)
    const goOn = /href="([^"]+)">Go on now/.exec(later.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(new URL(goOn, 'http://x').searchParams.get('page')).toBe(String(pageOf('fairness')))
    // By the code alone: to the last page on which they said anything.
    const back = await page(`/surveys/answer?draft=${draft}`)
    expect(back.body).toContain(`name="page" value="${pageOf('timeliness')}"`)
    expect(back.body).toMatch(/value="4" checked/)
  })

  it('is told when it is counted', async () => {
    const { browser, draft, answer } = await begun()
    await answer('overall', '4')
    await browser.post('/surveys/send', { draft, language: 'en' })
    const { body } = await browser.get(`/surveys/thanks?draft=${draft}`)
    const [row] = await db.query<{ closes: string }>(
      'select closes::text as closes from survey where id = $1',
      [id],
    )
    expect(body).toContain(`when the survey has ended, which is on ${date(row?.closes ?? null)}`)
  })
})

describe('a kiosk', () => {
  it('shows nothing that leads away, keeps nothing for later, and begins anew by itself', async () => {
    const { browser, draft, answer } = await begun('kiosk')
    const start = await browser.get(`/surveys/${code}?way=kiosk`)
    const page = await browser.get(`/surveys/answer?draft=${draft}&page=1`)
    await answer('overall', '4')
    const check = await browser.get(`/surveys/check?draft=${draft}`)
    const idle = await browser.get(`/surveys/idle?draft=${draft}&page=1`)
    const later = await browser.get(`/surveys/later?draft=${draft}`)
    expect(later.headers.location).toContain('/surveys/answer')
    expect((await answer('overall', '4', 'later')).headers.location).not.toContain('/surveys/later')
    await browser.post('/surveys/send', { draft, language: 'en' })
    const thanks = await browser.get(`/surveys/thanks?draft=${draft}`)
    for (const { body } of [start, page, check, idle, thanks]) {
      expect(body).not.toMatch(/<nav|<footer|href="\/"|Save and come back|\/privacy|\/providers\//)
    }
    const anew = `/surveys/${code}?way=kiosk`
    expect(page.headers.refresh).toContain('/surveys/idle?draft=')
    expect(check.headers.refresh).toContain('/surveys/idle?draft=')
    expect(idle.headers.refresh).toBe(`60; url=${anew}`)
    expect(thanks.headers.refresh).toBe(`60; url=${anew}`)
    expect(thanks.body).toContain(`href="${anew}"`)
  })

  it('does not show whoever comes later what somebody left there', async () => {
    const { browser, draft, answer } = await begun('kiosk')
    await answer('overall', '4')
    await db.query(
      `update survey_response set saved_at = now() - interval '31 minutes' where submitted_at is null`,
    )
    expect((await browser.get(`/surveys/check?draft=${draft}`)).statusCode).toBe(404)
    const elsewhere = await begun('poster')
    await elsewhere.answer('overall', '4')
    await db.query(
      `update survey_response set saved_at = now() - interval '31 minutes' where submitted_at is null`,
    )
    const check = `/surveys/check?draft=${elsewhere.draft}`
    expect((await elsewhere.browser.get(check)).statusCode).toBe(200)
  })

  it('is the only way that begins anew: a phone keeps its menu and its code', async () => {
    const { browser, draft } = await begun()
    const page = await browser.get(`/surveys/answer?draft=${draft}&page=1`)
    expect(page.headers.refresh).toBeUndefined()
    expect(page.body).toContain('Save and come back')
    expect((await browser.get(`/surveys/idle?draft=${draft}`)).statusCode).toBe(404)
  })
})
