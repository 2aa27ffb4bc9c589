import type { Browser, Page } from 'playwright-core'
import { decodeQR } from 'qr/decode.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { verifyStored } from '../record/verify.ts'
import { seenQr } from './components/testing-qr.ts'
import { expectSound, launchBrowser, phoneSized } from './testing-browser.ts'
import { TestBrowser, withPeopleServer } from './testing-people.ts'

let db: Database
let browser: Browser
let origin = ''
let steward: TestBrowser
let citizenOf: () => TestBrowser

withPeopleServer(async (place) => {
  db = place.db
  steward = new TestBrowser(place.app)
  citizenOf = () => new TestBrowser(place.app)
  const at = await place.app.listen({ port: 0, host: '127.0.0.1' })
  origin = at.replace('127.0.0.1', 'localhost')
})
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const day = (more: number): string =>
  new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10)

/** The same page once more where axe may look, which needs a script of its own. */
async function look(page: Page): Promise<void> {
  const context = await browser.newContext({
    ...phoneSized,
    storageState: await page.context().storageState(),
  })
  const seen = await context.newPage()
  await seen.goto(page.url())
  await expectSound(seen)
  await context.close()
}

const choose = (page: Page, question: string, answer: string): Promise<void> =>
  page.getByRole('group', { name: question }).getByLabel(answer, { exact: true }).check()
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()

describe('a survey from the poster to the record, without JavaScript, at 375 px', () => {
  let poster = ''

  it('is opened by a steward, who prints posters whose code a phone reads', async () => {
    const context = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${origin}/example/walk-in`)
    await press(page, 'Walk in as a steward')
    await page.getByRole('link', { name: 'Ask people by a survey' }).click()
    await look(page)
    await page.getByRole('button', { name: 'Open a survey' }).click()
    await press(page, 'Open it')
    await page.getByRole('link', { name: /Enter the title/ }).waitFor()
    await look(page)
    await page.locator('#title').fill('Our schools this term')
    await page.locator('#own-1-en').fill('Lunch was good.')
    await press(page, 'Open it')
    await page.getByRole('link', { name: 'Say the question in Welsh.' }).waitFor()
    expect(await page.locator('#title').inputValue()).toBe('Our schools this term')
    await page.locator('#own-1-cy').fill('Roedd y cinio’n dda.')
    await page.getByRole('button', { name: 'Open it' }).dblclick()
    await page.getByRole('heading', { name: 'Our schools this term' }).waitFor()
    await look(page)
    expect(await db.query('select title from survey')).toHaveLength(1)
    await page.getByRole('link', { name: /Posters to print/ }).click()
    await look(page)
    const [svg = ''] = /<svg class="pl-qr".*?<\/svg>/.exec(await page.content()) ?? []
    poster = decodeQR(seenQr(svg))
    expect(poster).toMatch(new RegExp(`^${origin}/surveys/[A-Z0-9]{8}$`))
    await context.close()
  })

  it('is answered by a citizen, who leaves and comes back, and sends once', async () => {
    const context = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(poster)
    await look(page)
    await page.getByRole('button', { name: 'Start' }).dblclick()
    await page.getByRole('heading', { name: /^Page 1 of/ }).waitFor()
    await press(page, 'Continue')
    await page.getByRole('link', { name: /Choose an answer/ }).waitFor()
    await choose(page, 'Overall, how good is the service?', 'Good')
    await press(page, 'Continue')
    await choose(page, 'It was easy to get what I needed.', 'Agree')
    await look(page)
    await press(page, 'Save and come back later')
    const code = await page.locator('p.govuk-heading-l').textContent()
    await look(page)
    expect(code).toMatch(/^[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}$/)
    await context.close()

    const later = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const back = await later.newPage()
    await back.goto(`${origin}/surveys`)
    await look(back)
    await back.getByLabel('Your code').fill((code ?? '').toLowerCase().replaceAll('-', ' '))
    await press(back, 'Go on')
    await back.getByRole('heading', { name: /^Page 2 of/ }).waitFor()
    expect(await back.getByLabel('Agree', { exact: true }).nth(1).isChecked()).toBe(true)
    await press(back, 'Continue')
    await choose(back, 'Did you speak with somebody who works there?', 'No')
    await press(back, 'Continue')
    expect(await back.getByText('The people who work there were able').count()).toBe(0)
    await choose(back, 'I was treated with dignity and respect.', 'Strongly agree')
    await press(back, 'Continue')
    await back.getByLabel('Opening hours').check()
    await back.getByLabel(/How many times/).fill('many')
    await press(back, 'Continue')
    await back.getByRole('link', { name: /Type a whole number/ }).waitFor()
    expect(await back.getByLabel('Opening hours').isChecked()).toBe(true)
    await back.getByLabel(/How many times/).fill('12')
    await press(back, 'Continue')
    await choose(back, 'Lunch was good.', 'Disagree')
    await press(back, 'Continue')
    await press(back, 'Continue')
    await back.getByLabel('What could be better?').fill('<b>More</b> time\u0007 to eat')
    await press(back, 'Continue')
    await back.getByRole('link', { name: /cannot be typed/ }).waitFor()
    await back.getByLabel('What could be better?').fill('<b>More</b> time to eat')
    await press(back, 'Continue')
    expect(await back.locator('h1').textContent()).toBe('Check your answers')
    expect(await back.locator('main').textContent()).toContain('<b>More</b> time to eat')
    await look(back)
    await back.getByRole('button', { name: 'Send my answers' }).dblclick()
    await back.getByRole('heading', { name: 'Thank you. Your answers are in' }).waitFor()
    await look(back)
    await back.goBack()
    await back.goto(`${origin}/surveys/enter?code=${code}`)
    expect(await back.locator('h1').textContent()).toBe('Thank you. Your answers are in')
    await later.close()
    const sent = await db.query<{ answers: object; way: string; invitation: string | null }>(
      'select answers, way, invitation from survey_response where submitted_at is not null',
    )
    expect(sent).toEqual([
      {
        way: 'poster',
        invitation: null,
        answers: {
          ...{ overall: '4', ease: '4', 'met-staff': 'no', dignity: '5', 'own-1': '2' },
          ...{ harder: ['hours'], times: 12 },
        },
      },
    ])
    const texts = await db.query('select text from survey_text')
    expect(texts).toEqual([{ text: '<b>More</b> time to eat' }])
  })

  it('can be answered in Welsh, and every page says so', async () => {
    const context = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(poster)
    await page.getByRole('link', { name: 'Cymraeg' }).click()
    await look(page)
    await press(page, 'Dechrau')
    expect(await page.locator('main').getAttribute('lang')).toBe('cy')
    await choose(page, 'Yn gyffredinol, pa mor dda yw’r gwasanaeth?', 'Da iawn')
    for (let i = 0; i < 8; i++) await press(page, 'Parhau')
    expect(await page.locator('h1').textContent()).toBe('Gwiriwch eich atebion')
    await look(page)
    await press(page, 'Anfon fy atebion')
    await page.getByRole('heading', { name: 'Diolch' }).waitFor()
    await context.close()
  })

  it('is sound at a kiosk, which leads nowhere else', async () => {
    const context = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${poster}?way=kiosk`)
    await look(page)
    expect(await page.getByRole('navigation').count()).toBe(0)
    await press(page, 'Start')
    await look(page)
    expect(await page.getByRole('button').allTextContents()).toHaveLength(1)
    await page.goto(page.url().replace('/answer?', '/idle?'))
    await look(page)
    await context.close()
    // Where scripts run, what is being typed is saved before it asks whether anybody is there.
    const own = await browser.newContext(phoneSized)
    const at = await own.newPage()
    await at.clock.install()
    await at.goto(`${poster}?way=kiosk`)
    await press(at, 'Start')
    const choice = at.getByRole('radio').first()
    await choice.check()
    const saved = at.waitForResponse((r) => r.request().method() === 'POST')
    const reloaded = at.waitForEvent('framenavigated')
    await at.clock.fastForward(290_000)
    expect((await saved).status()).toBe(303)
    await reloaded
    await at.waitForLoadState()
    await at.goto(at.url().replace('/answer?', '/idle?'))
    await at.getByRole('button', { name: 'Go on now' }).click()
    expect(await at.getByRole('radio').first().isChecked()).toBe(true)
    await own.close()
  })

  it('stands in the record, which verifies, and its replies on the steward’s page', async () => {
    await steward.walkIn('steward')
    const list = await steward.get('/surveys/run.json')
    const { surveys } = list.json<{ surveys: { id: number }[] }>()
    const one = await steward.get(`/surveys/run/${surveys[0]?.id}`)
    expect(one.body).toContain('2 people answered by the open links.')
    const record = await citizenOf().get('/record')
    expect(record.statusCode).toBe(200)
    expect((await verifyStored(db)).fault).toBeNull()
    const acts = await db.query<{ act: string }>('select act from record_entry order by number')
    expect(acts.map((a) => a.act)).toContain('survey-opened')
  })

  it('is asked of a sample by letters of paper, whose codes somebody types', async () => {
    const context = await browser.newContext(phoneSized)
    const page = await context.newPage()
    await page.goto(`${origin}/example/walk-in`)
    await press(page, 'Walk in as a steward')
    await page.goto(`${origin}/surveys/run/1`)
    await page.getByRole('link', { name: 'Ask people after an appointment' }).click()
    await page.getByRole('heading', { name: 'Begin it' }).waitFor()
    await expectSound(page)
    await page.getByLabel('how many are drawn?').fill('50')
    await page.getByRole('button', { name: 'Ask people after an appointment' }).click()
    await page.getByText('Of a hundred people 50, by lot, are asked by email').waitFor()
    await expectSound(page)
    await page.getByRole('link', { name: 'The survey' }).click()
    await page.getByRole('link', { name: 'by letters to print' }).click()
    await expectSound(page)
    await press(page, 'Draw and make the letters')
    await page.getByRole('link', { name: 'The list is empty.' }).waitFor()
    const people = Array.from({ length: 12 }, (_, i) => `Pupil ${i + 1},X10001`)
    await page.getByLabel('The list, as CSV').fill(['person,provider', ...people].join('\n'))
    await page.getByLabel('Replies that each').fill('1')
    await page.getByLabel('Of those who are asked').fill('50')
    await page.getByRole('button', { name: 'Draw and make the letters' }).dblclick()
    await page.getByRole('heading', { name: 'Letters: Our schools this term' }).waitFor()
    await expectSound(page)
    expect(await page.locator('.pl-slip').count()).toBe(2)
    const code = await page.locator('.pl-slip strong').first().textContent()
    await page.reload()
    expect(await page.locator('.pl-slip strong').first().textContent()).toBe(code)
    await context.close()

    const own = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const citizen = await own.newPage()
    await citizen.goto(`${origin}/surveys`)
    await citizen.getByLabel('Your code').fill((code ?? '').toLowerCase())
    await press(citizen, 'Go on')
    await look(citizen)
    await press(citizen, 'Start')
    await citizen.getByRole('heading', { name: /^Page 1 of/ }).waitFor()
    await own.close()
  })

  it('is over once it has ended: neither begun nor sent', async () => {
    const { surveys } = (await steward.get('/surveys/run.json')).json<{
      surveys: { id: number }[]
    }>()
    const citizen = citizenOf()
    const path = new URL(poster).pathname
    const form = crypto.randomUUID()
    const begun = await citizen.post(path, { form, language: 'en', way: 'link' }, path)
    const draft = String(begun.headers.location)
    const id = surveys[0]?.id
    const end = { form: crypto.randomUUID(), why: 'The term is over.' }
    const ended = await steward.post(`/surveys/run/${id}/end`, end, `/surveys/run/${id}`)
    expect(ended.statusCode).toBe(303)
    expect((await citizen.get(draft)).statusCode).toBe(410)
    expect((await citizen.get(path)).statusCode).toBe(410)
    const code = new URL(draft, origin).searchParams.get('draft') ?? ''
    const sent = await citizen.post('/surveys/send', { draft: code, language: 'en' }, '/sign-in')
    expect(sent.statusCode).toBe(410)
    const open = await db.query('select 1 from survey_response where submitted_at is not null')
    expect(open).toHaveLength(2)
  })
})

describe('what people wrote', () => {
  it('is read by a moderator, and everybody sees what came of the survey', async () => {
    const context = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${origin}/example/walk-in`)
    await press(page, 'Walk in as a moderator')
    await page.getByRole('link', { name: 'What people wrote in surveys' }).click()
    await look(page)
    await page.locator('main table a').first().click()
    expect(await page.locator('main').textContent()).toContain('<b>More</b> time to eat')
    await look(page)
    await press(page, 'Put them under these themes')
    await page.getByText('Choose what at least one of them is about.').first().waitFor()
    await page.getByLabel('Waiting', { exact: true }).check()
    await press(page, 'Put them under these themes')
    await page.getByText('All of it has been read.').waitFor()
    await page.goto(`${origin}/surveys`)
    await page.locator('main a[href^="/surveys/results/"]').first().click()
    const text = (await page.locator('main').textContent()) ?? ''
    expect(text).toContain('Fewer than 5 people answered by the open links.')
    expect(text).not.toContain('time to eat')
    await look(page)
    await context.close()
  })
})

describe('the team of a provider', () => {
  it('sees what people answer the same day, with a control chart, and nobody else does', async () => {
    const [{ id = 0 } = {}] = await db.query<{ id: number }>('select max(id) as id from survey')
    const answers = JSON.stringify({ overall: '5', dignity: '4' })
    const bad = JSON.stringify({ overall: '1', dignity: '4' })
    await db.query(
      `insert into survey_response (id, survey, provider, way, language, answers, submitted_at)
       select gen_random_uuid(), $1, 'X10001', 'link', 'en',
         case when week = 0 and n > 2 then $3::jsonb else $2::jsonb end, now() - make_interval(weeks => week)
       from generate_series(0, 19) week, generate_series(1, 20) n`,
      [id, answers, bad],
    )
    const context = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${origin}/example/walk-in`)
    await page.getByRole('button', { name: /Walk in as .*head/ }).click()
    await page.getByRole('link', { name: /^See what people answer about Larkrise/ }).click()
    expect(await page.locator('h1').textContent()).toBe('What people answer, as of today')
    expect(await page.locator('.pl-lead').textContent()).toBe(
      'Worse than chance explains: Good overall.',
    )
    expect(await page.locator('.pl-chart--control').count()).toBeGreaterThanOrEqual(2)
    await look(page)
    expect((await page.goto(`${origin}/providers/X10002/answers`))?.status()).toBe(403)
    expect((await page.goto(`${origin}/providers/X10002/answers.json`))?.status()).toBe(403)
    await context.close()
    const other = citizenOf()
    await other.walkIn('citizen')
    expect((await other.get('/providers/X10001/answers')).statusCode).toBe(403)
    await steward.walkIn('steward')
    expect((await steward.get('/providers/X10001/answers.json')).json()).toMatchObject({
      provider: 'X10001',
    })
  })
})

describe('whoever has not the role', () => {
  it.each(['citizen', 'head-teacher', 'moderator', 'auditor'])(
    'opens no survey: %s',
    async (who) => {
      const other = citizenOf()
      await other.walkIn(who)
      const typed = { title: 'Mine', service: 'primary-school', opens: day(0), closes: day(3) }
      const fields = { ...typed, form: crypto.randomUUID() }
      const sent = await other.post('/surveys/run/new', fields)
      expect(sent.statusCode).toBe(403)
      expect((await other.get('/surveys/run')).statusCode).toBe(403)
      expect((await other.get('/surveys/run/1/posters')).statusCode).toBe(403)
      expect(await db.query('select 1 from survey')).toHaveLength(1)
    },
  )
})
