import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeStoriesVerb } from '../../platform/cli/stories-verb.ts'
import { headsProvider } from '../../platform/people/walk-in.ts'
import { verifyStored } from '../../platform/record/verify.ts'
import { storyJobs } from '../../platform/stories/jobs.ts'
import { standard } from '../../platform/surveys/instrument.ts'
import { takeAll } from '../../platform/surveys/testing-answers.ts'
import { main, patience, press, withPhones } from '../../platform/web/testing-phones.ts'
import { catalogueFolder, sentence } from './about.ts'
import { openAldermere } from './testing.ts'

const title = 'Our school in autumn'
const email = 'ada@example.org'
const yearOf = (): string => new Date().toISOString().slice(0, 4)

/** From a poster's address and a story to figures on the school's page: every step by its form, without JavaScript. */
describe.skipIf(!existsSync('/usr/bin/chromium') && process.env.CI !== 'true')(
  'one voice in Aldermere, on a phone',
  () => {
    const phones = withPhones(openAldermere, [catalogueFolder], sentence)
    const { phone } = phones
    let [steward, citizen, moderator, head]: Page[] = []
    let provider = { code: '', name: '' }
    let [service, poster, story, own] = ['', '', '', '']
    /** What was told, replied to and changed this year before. */
    let before = { told: 0, changed: 0 }
    let lastEntry = 0

    const go = (page: Page | undefined, path: string) => (page as Page).goto(phones.origin() + path)
    async function counted(): Promise<{ told: number; changed: number }> {
      const { reader } = phones.files()
      const state = await reader.state()
      const subject = await reader.subject(state, provider.code)
      const of = (indicator: string) =>
        subject?.series
          .find((s) => s.indicator === `${indicator}-${service}` && s.breakdown === '')
          ?.figures.find((f) => f.period === yearOf())
      const told = of('stories-told')?.value ?? 0
      return { told, changed: of('stories-changed')?.numerator ?? 0 }
    }

    beforeAll(async () => {
      const { reader } = phones.files()
      const state = await reader.state()
      provider = (await headsProvider(reader, state)) ?? provider
      service = (await reader.subject(state, provider.code))?.service ?? ''
      before = await counted()
      const [last] = await phones
        .db()
        .query<{ n: number }>('select max(number) as n from record_entry')
      lastEntry = last?.n ?? 0
      steward = await phone('a steward')
      moderator = await phone('a moderator')
      head = await phone('the head')
      citizen = await phone()
    }, patience)

    it(
      'a steward opens a survey, and orders that stories are counted each day',
      async () => {
        if (!steward) throw new Error('Nobody walked in.')
        poster = await phones.openSurvey(steward, { title, service, provider: provider.code })
        await go(steward, '/account')
        await steward.getByRole('link', { name: /How often the figures of stories/ }).click()
        await steward.getByLabel('Each day').check()
        await steward.getByLabel('Why?').fill('So that everybody sees what comes of a story.')
        await steward.getByRole('button', { name: 'Order it' }).dblclick()
        await steward.getByText('so ordered by a steward on').waitFor()
      },
      patience,
    )

    it(
      'a citizen answers it from its poster, and tells a story',
      async () => {
        if (!citizen) throw new Error('Nobody came.')
        await phones.answerSurvey(citizen, poster)
        await citizen.getByRole('link', { name: 'Tell in public how it was: your story' }).click()
        await citizen.getByLabel('What happened?').fill('The bus did not come, and nobody told us.')
        await press(citizen, 'Go on')
        await citizen.getByLabel('Ignored').check()
        await citizen.getByLabel('A relative or friend').check()
        await press(citizen, 'Go on')
        await citizen.getByLabel('Your email address').fill(email)
        await citizen.getByRole('button', { name: 'Send it' }).dblclick()
        await citizen.getByRole('heading', { name: 'Look at your email' }).waitFor()
        await citizen.goto(await phones.mailedTo(email))
        await citizen.getByRole('button', { name: 'Yes, it is my story' }).dblclick()
        await citizen.getByRole('link', { name: 'See what becomes of your story' }).click()
        own = citizen.url()
        const [told] = await phones.db().query<{ id: number }>('select max(id) as id from story')
        story = `/stories/${told?.id}`
        expect((await go(citizen, story))?.status()).toBe(404)
      },
      patience,
    )

    it(
      'nobody else can do what comes next',
      async () => {
        const id = story.slice('/stories/'.length)
        const refused = [
          [citizen, `/stories/moderate/${id}`],
          [citizen, '/stories/owed'],
          [moderator, '/stories/owed'],
          [citizen, `${story}/reply`],
          [citizen, `${story}/change`],
          [citizen, '/stories/counting'],
          [head, `/stories/moderate/${id}`],
          [head, '/stories/counting'],
          [moderator, `${story}/reply`],
          [moderator, `${story}/change`],
          [moderator, '/stories/counting'],
          [moderator, '/surveys/run'],
          [steward, `${story}/reply`],
        ] as const
        for (const [page, path] of refused) {
          const status = (await go(page, path))?.status() ?? 0
          // Whoever has not signed in is asked to, and led nowhere else.
          const isAsked = (await page?.locator('h1').textContent()) === 'Sign in'
          expect([path, isAsked || status === 403]).toEqual([path, true])
        }
        const stranger = await phone()
        await stranger.goto(own.replace(/token=./, 'token=9'))
        expect(await main(stranger)).toContain('This link does not work')
        await stranger.context().close()
      },
      patience,
    )

    it(
      'a moderator publishes it, the head replies and makes a change, and the citizen confirms',
      async () => {
        if (!moderator || !head || !citizen) throw new Error('Nobody walked in.')
        await go(moderator, '/stories/moderate')
        await moderator
          .locator(`main a[href="${story.replace('stories/', 'stories/moderate/')}"]`)
          .click()
        await moderator.getByLabel('Being told what happens').check()
        await moderator.getByLabel('2: something went wrong').check()
        await press(moderator, 'Publish')
        await go(head, '/account')
        await head.getByRole('link', { name: 'Stories that wait for your reply' }).click()
        await head.locator(`main a[href="${story}/reply"]`).click()
        await head.getByLabel('Your reply').fill('We are sorry. It was ours to say.')
        await head.getByLabel('What will change').fill('The office calls every family by seven.')
        await head.getByLabel('By which day').fill('2199-01-31')
        await head.getByRole('button', { name: 'Reply in public' }).dblclick()
        await head.getByText('A moderator reads it first.').waitFor()
        await go(moderator, story.replace('stories/', 'stories/moderate/'))
        await moderator.getByLabel('Yes, it stands').check()
        await press(moderator, 'Decide')
        await go(head, `${story}/change`)
        await head.getByLabel('What was changed').fill('The list of calls hangs in the office.')
        await press(head, 'Say that it is made')
        await citizen.goto(await phones.mailedTo(email))
        await citizen.getByLabel('Yes', { exact: true }).check()
        await press(citizen, 'Say so')
        await citizen.getByText('Whoever told the story says that the change helped.').waitFor()
      },
      patience,
    )

    it(
      'the stories are counted in the night, and the survey when it has ended',
      async () => {
        if (!steward) throw new Error('Nobody walked in.')
        const { catalogue } = phones.files()
        const said: string[] = []
        const place = { db: phones.db(), cwd: '/' }
        const verb = makeStoriesVerb(catalogue(), null)
        const [job] = storyJobs({
          ...{
            db: phones.db(),
            reader: phones.files().reader,
            secret: 'ours',
            home: () => phones.origin(),
          },
          run: async (...words) => {
            const note = (event: object): void => void said.push(JSON.stringify(event))
            const exit = await verb(words, place, note, new AbortController().signal)
            return exit === 0 ? null : said.join()
          },
        })
        const night = () => job?.work(null)
        await night()
        await night()
        expect(said.join()).toMatch(
          /as publication \d+.*It is not ordered, or its day has not come/,
        )
        const [survey] = await phones.db().query<{ id: number }>('select max(id) as id from survey')
        for (let i = 0; i < 39; i++) {
          const of = {
            survey: survey?.id ?? 0,
            provider: provider.code,
            way: 'link',
            language: 'en',
          } as const
          const answers = { overall: i < 24 ? '4' : '2', dignity: i < 34 ? '5' : '1' }
          await takeAll(phones.db(), standard, { ...of, id: randomUUID(), answers })
        }
        await phones.publishSurvey(steward, title)
      },
      patience,
    )

    it(
      'the figures stand with their intervals on the school’s page and card',
      async () => {
        const after = await counted()
        expect([after.told, after.changed]).toEqual([before.told + 1, before.changed + 1])
        const page = await phone()
        const share = /Stories that changed something: \d+% \(\d+ to \d+\), \d{4}/
        await go(page, `/providers/${provider.code}`)
        const text = await main(page)
        expect(text).toMatch(share)
        // 25 of 40: Wilson's limits.
        expect(text).toMatch(/63% \(47 to 76\)/)
        await go(page, `/providers/${provider.code}/card`)
        expect(await main(page)).toMatch(share)
        expect(await main(page)).toMatch(/63% \(47 to 76\)/)
        await go(page, story)
        await page.getByText('in time (it was due by').waitFor()
        await page.context().close()
        await go(steward, '/stories/counting')
        expect(await main(steward as Page)).toContain('They were counted by this order last on')
      },
      patience,
    )

    it(
      'every step stands on the record, which verifies',
      async () => {
        const acts = await phones
          .db()
          .query<{ act: string }>(
            'select act from record_entry where number > $1 order by number',
            [lastEntry],
          )
        const own = acts.map((a) => a.act).filter((a) => /^(survey|story)-/.test(a))
        expect(own).toEqual([
          ...['survey-opened', 'story-counting-ordered', 'story-told', 'story-published'],
          ...['story-replied', 'story-claim-read', 'story-change-made', 'story-helped'],
          ...['survey-ended', 'survey-counted'],
        ])
        expect(acts.filter((a) => a.act === 'release-published').length).toBeGreaterThan(0)
        expect((await verifyStored(phones.db())).fault).toBeNull()
      },
      patience,
    )
  },
)
