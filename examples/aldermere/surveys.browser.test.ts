import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testPeople } from '../../platform/people/testing.ts'
import { verifyStored } from '../../platform/record/verify.ts'
import { standard } from '../../platform/surveys/instrument.ts'
import { takeAll } from '../../platform/surveys/testing-answers.ts'
import { testUploads } from '../../platform/uploads/testing.ts'
import { buildServer } from '../../platform/web/server.ts'
import { launchBrowser, phoneSized } from '../../platform/web/testing-browser.ts'
import { catalogueFolder, sentence } from './about.ts'
import { openAldermere } from './testing.ts'

const provider = 'ALDG03'
const timeout = 240_000

/** From a steward's form over a citizen's phone to the practice's page, without JavaScript. */
describe.skipIf(!existsSync('/usr/bin/chromium') && process.env.CI !== 'true')(
  'a survey in Aldermere',
  () => {
    let opened: Awaited<ReturnType<typeof openAldermere>>
    let app: Awaited<ReturnType<typeof buildServer>>
    let files: ReturnType<typeof testUploads>
    let browser: Browser
    let origin: string
    let steward: Page
    let poster = ''

    beforeAll(async () => {
      opened = await openAldermere()
      const { db } = opened
      files = testUploads(db, [catalogueFolder], { invented: async () => true })
      const usual = { address: null, posted: () => {}, canPost: true }
      app = await buildServer({
        reader: files.reader,
        logLevel: 'silent',
        example: sentence,
        ready: async () => true,
        uploads: files.uploads,
        people: {
          people: testPeople(db),
          ...usual,
          letters: 'this-machine',
          walkIn: 'this-machine',
        },
      })
      origin = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost')
      browser = await launchBrowser()
      steward = await phone()
    }, timeout)
    afterAll(async () => {
      await browser?.close()
      await app?.close()
      await opened?.db.close()
    })

    const phone = async (): Promise<Page> =>
      (await browser.newContext({ ...phoneSized, javaScriptEnabled: false })).newPage()
    const press = (page: Page, name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click()
    const main = async (page: Page): Promise<string> =>
      ((await page.textContent('main')) ?? '').replace(/\s+/g, ' ')

    it('is opened by a steward for one practice', { timeout }, async () => {
      await steward.goto(`${origin}/example/walk-in`)
      await press(steward, 'Walk in as a steward')
      await steward.goto(`${origin}/surveys/run/new`)
      await steward.locator('#title').fill('The practice in autumn')
      await steward.locator('#service').selectOption('general-practice')
      await steward.locator('#providers').fill(provider)
      await press(steward, 'Open it')
      await steward.getByRole('link', { name: /Posters to print/ }).click()
      poster = (await steward.locator('.pl-poster a').first().getAttribute('href')) ?? ''
    })

    it('is answered by a citizen on a phone, and by others', { timeout }, async () => {
      const page = await phone()
      await page.goto(poster)
      await press(page, 'Start')
      await page.getByLabel('Very good', { exact: true }).check()
      for (let i = 0; i < 7; i++) await press(page, 'Continue')
      await press(page, 'Send my answers')
      await page.getByRole('heading', { name: 'Thank you' }).waitFor()
      const [survey] = await opened.db.query<{ id: number }>('select max(id) as id from survey')
      for (let i = 0; i < 39; i++) {
        const of = { survey: survey?.id ?? 0, provider, way: 'link', language: 'en' } as const
        const answers = { overall: i < 24 ? '4' : '2', dignity: i < 34 ? '5' : '1' }
        await takeAll(opened.db, standard, { ...of, id: randomUUID(), answers })
      }
    })

    it('is ended, counted, looked at and published by the steward', { timeout }, async () => {
      await steward.goto(`${origin}/surveys/run`)
      await steward.getByRole('link', { name: 'The practice in autumn' }).click()
      expect(await main(steward)).toContain('40 people answered by the open links.')
      await steward.locator('#why').fill('Enough have answered.')
      await press(steward, 'End the survey')
      await steward.getByRole('button', { name: 'Count the answers' }).dblclick()
      await steward.getByText('This page looks again every').waitFor({ state: 'detached', timeout })
      expect(files.problems).toEqual([])
      expect(await main(steward)).toContain('Nothing stands in its way')
      await steward.getByLabel('Why do you publish it?').fill('Answers of the autumn')
      await press(steward, 'Publish')
      await steward.getByText('This page looks again every').waitFor({ state: 'detached', timeout })
      expect(await main(steward)).toContain('It is published')
    })

    it('shows on the practice’s page with its interval, marked as self-selected', async () => {
      const page = await phone()
      await page.goto(`${origin}/providers/${provider}`)
      const text = await main(page)
      expect(text).toContain('What people say who chose to answer')
      expect(text).toContain('Answered by themselves: find it good overall')
      // 25 of 40: Wilson's limits.
      expect(text).toMatch(/63% \(47 to 76\)/)
      // Those who were invited to the survey before are counted by themselves, as they were.
      const { series } = await (
        await page.request.get(`${origin}/providers/${provider}.json`)
      ).json()
      const sample = series.find(
        (s: { indicator: string }) => s.indicator === 'survey-general-practice-overall',
      )
      const [invited] = await opened.db.query<{ n: number }>(
        `select count(*)::int as n from survey_response where provider = $1 and survey =
           (select max(survey) from survey_invitation where provider = $1) and invitation is not null`,
        [provider],
      )
      expect(sample.figures).toHaveLength(2)
      expect(sample.figures.at(-1).denominator).toBe(invited?.n)
      await page.goto(`${origin}/indicators/survey-general-practice-overall-open`)
      expect(await main(page)).toContain('Whoever wanted to could answer')
    })

    it('stands in the record, step by step, which verifies', async () => {
      const acts = await opened.db.query<{ act: string }>(
        'select act from record_entry order by number',
      )
      const own = acts.map((a) => a.act).filter((a) => a.startsWith('survey-'))
      expect(own.slice(-3)).toEqual(['survey-opened', 'survey-ended', 'survey-counted'])
      expect((await verifyStored(opened.db)).fault).toBeNull()
      const page = await phone()
      await page.goto(`${origin}/record`)
      expect(await main(page)).toContain(
        'Counted the answers of the survey “The practice in autumn”',
      )
    })

    it('cannot be opened, ended or published by anybody without the role', async () => {
      const page = await phone()
      await page.goto(`${origin}/example/walk-in`)
      await press(page, 'Walk in as a moderator')
      for (const path of ['/surveys/run', '/surveys/run/new', '/surveys/run/1', '/publish']) {
        const answer = await page.goto(origin + path)
        expect([path, answer?.status()]).toEqual([path, 403])
      }
    })
  },
)
