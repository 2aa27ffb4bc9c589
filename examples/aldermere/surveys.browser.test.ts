import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyStored } from '../../platform/record/verify.ts'
import { standard } from '../../platform/surveys/instrument.ts'
import { takeAll } from '../../platform/surveys/testing-answers.ts'
import { main, patience, withPhones } from '../../platform/web/testing-phones.ts'
import { catalogueFolder, sentence } from './about.ts'
import { openAldermere } from './testing.ts'

const provider = 'ALDG03'
const title = 'The practice in autumn'

type Figure = Readonly<Record<string, unknown>>

/** From a steward's form over a citizen's phone to the practice's page, without JavaScript. */
describe.skipIf(!existsSync('/usr/bin/chromium') && process.env.CI !== 'true')(
  'a survey in Aldermere',
  () => {
    const phones = withPhones(openAldermere, [catalogueFolder], sentence)
    const { phone } = phones
    let steward: Page
    let origin = ''
    let poster = ''
    let before: Figure[] = []

    /** What those say who were invited to the surveys before. */
    async function figuresOfSample(page: Page): Promise<Figure[]> {
      const { series } = await (
        await page.request.get(`${origin}/providers/${provider}.json`)
      ).json()
      const own = series.find(
        (s: { indicator: string }) => s.indicator === 'survey-general-practice-overall',
      )
      return own.figures.map(({ comparisons: _, ...figure }: { comparisons: unknown }) => figure)
    }
    beforeAll(async () => {
      origin = phones.origin()
      steward = await phone('a steward')
    }, patience)

    it('is opened by a steward for one practice', { timeout: patience }, async () => {
      before = await figuresOfSample(await phone())
      poster = await phones.openSurvey(steward, { title, service: 'general-practice', provider })
    })

    it('is answered by a citizen on a phone, and by others', { timeout: patience }, async () => {
      const page = await phone()
      await phones.answerSurvey(page, poster)
      const [survey] = await phones.db().query<{ id: number }>('select max(id) as id from survey')
      for (let i = 0; i < 39; i++) {
        const of = { survey: survey?.id ?? 0, provider, way: 'link', language: 'en' } as const
        const answers = { overall: i < 24 ? '4' : '2', dignity: i < 34 ? '5' : '1' }
        await takeAll(phones.db(), standard, { ...of, id: randomUUID(), answers })
      }
    })

    it('is ended, counted, looked at and published by the steward', {
      timeout: patience,
    }, async () => {
      await steward.goto(`${origin}/surveys/run`)
      await steward.getByRole('link', { name: title }).click()
      expect(await main(steward)).toContain('40 people answered by the open links.')
      await phones.publishSurvey(steward, title)
    })

    it('leads from its pages to its release and figures, and is not counted again for nothing', async () => {
      await steward.goto(`${origin}/surveys/run`)
      await steward.getByRole('link', { name: title }).click()
      const own = await main(steward)
      expect(own).toContain('Its results are published')
      expect(own).toContain('Counted again, they come to the same figures')
      expect(await steward.getByRole('button', { name: 'Count the answers' }).count()).toBe(0)
      await steward.getByRole('link', { name: 'What everybody sees' }).click()
      await steward.getByRole('heading', { name: title }).waitFor()
      await steward.getByRole('link', { name: 'What those say who came by themselves' }).waitFor()
      await steward.getByRole('link', { name: /^Release \d+$/ }).click()
      expect(await steward.locator('h1').textContent()).toContain('survey')
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
      const sample = await figuresOfSample(page)
      expect(sample).toHaveLength(2)
      expect(sample).toEqual(before)
      expect(sample.at(-1)).toMatchObject({ numerator: null, status: 'value' })
      await page.goto(`${origin}/indicators/survey-general-practice-overall-open`)
      expect(await main(page)).toContain('Whoever wanted to could answer')
    })

    it('stands in the record, step by step, which verifies', async () => {
      const acts = await phones
        .db()
        .query<{ act: string }>('select act from record_entry order by number')
      const own = acts.map((a) => a.act).filter((a) => a.startsWith('survey-'))
      expect(own.slice(-3)).toEqual(['survey-opened', 'survey-ended', 'survey-counted'])
      expect((await verifyStored(phones.db())).fault).toBeNull()
      const page = await phone()
      await page.goto(`${origin}/record`)
      expect(await main(page)).toContain(
        'Counted the answers of the survey “The practice in autumn”',
      )
    })

    it('cannot be opened, ended or published by anybody without the role', async () => {
      const page = await phone('a moderator')
      for (const path of ['/surveys/run', '/surveys/run/new', '/surveys/run/1', '/publish']) {
        const answer = await page.goto(origin + path)
        expect([path, answer?.status()]).toEqual([path, 403])
      }
    })
  },
)
