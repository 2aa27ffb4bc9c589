import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Database } from '../database/database.ts'
import { unsentLetters } from '../mail/store.ts'
import { testPeople } from '../people/testing.ts'
import { testUploads } from '../uploads/testing.ts'
import { buildServer } from './server.ts'
import { launchBrowser, phoneSized } from './testing-browser.ts'

/** How long a step over the whole county may take before a test gives up. */
export const patience = 240_000

/**
 * An area with a server, and phones without JavaScript that visit it: for all the tests of a file.
 * @param open makes a database with all of the area.
 * @param folders of its catalogue.
 * @param example what every page says of it.
 */
export function withPhones(
  open: () => Promise<{ readonly db: Database }>,
  folders: readonly string[],
  example: string,
) {
  let db: Database
  let app: Awaited<ReturnType<typeof buildServer>>
  let files: ReturnType<typeof testUploads>
  let browser: Browser
  let origin = ''
  beforeAll(async () => {
    db = (await open()).db
    files = testUploads(db, folders, { invented: async () => true })
    const usual = { address: null, posted: () => {}, canPost: true }
    const doors = { letters: 'this-machine', walkIn: 'this-machine' } as const
    app = await buildServer({
      ...{ reader: files.reader, logLevel: 'silent', example },
      ready: async () => true,
      uploads: files.uploads,
      people: { people: testPeople(db), ...usual, ...doors },
    })
    origin = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost')
    browser = await launchBrowser()
  }, patience)
  afterAll(async () => {
    await browser?.close()
    await app?.close()
    await db?.close()
  })

  /** A phone without JavaScript; of somebody of the example, where it is said of whom. */
  async function phone(who: string | null = null): Promise<Page> {
    const context = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const page = await context.newPage()
    if (who === null) return page
    await page.goto(`${origin}/example/walk-in`)
    await page.getByRole('button', { name: new RegExp(`Walk in as ${who}`) }).click()
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    return page
  }

  /** The address in the latest letter to somebody. */
  async function mailedTo(email: string): Promise<string> {
    const [letter] = (await unsentLetters(db)).filter((l) => l.address === email)
    return /^http:\/\/localhost\S+$/m.exec(letter?.body ?? '')?.[0] ?? ''
  }

  /** Opens a survey of one provider by the steward's form, and gives the address of its poster. */
  async function openSurvey(
    steward: Page,
    { title, service, provider }: Readonly<Record<'title' | 'service' | 'provider', string>>,
  ): Promise<string> {
    await steward.goto(`${origin}/surveys/run/new`)
    await steward.locator('#title').fill(title)
    await steward.locator('#service').selectOption(service)
    await steward.locator('#providers').fill(provider)
    await press(steward, 'Open it')
    await steward.getByRole('link', { name: /Posters to print/ }).click()
    return (await steward.locator('.pl-poster a').first().getAttribute('href')) ?? ''
  }

  /** Answers a survey from its poster: very good overall, and the rest left out. */
  async function answerSurvey(page: Page, poster: string): Promise<void> {
    await page.goto(poster)
    await press(page, 'Start')
    await page.getByLabel('Very good', { exact: true }).check()
    for (let i = 0; i < 7; i++) await press(page, 'Continue')
    await press(page, 'Send my answers')
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  }

  /** Ends a survey, counts it and publishes what it came to, by the steward's forms. */
  async function publishSurvey(steward: Page, title: string): Promise<void> {
    await steward.goto(`${origin}/surveys/run`)
    await steward.getByRole('link', { name: title }).click()
    await steward.locator('#why').fill('Enough have answered.')
    await press(steward, 'End the survey')
    await steward.getByRole('button', { name: 'Count the answers' }).dblclick()
    const looksAgain = steward.getByText('This page looks again every')
    await looksAgain.waitFor({ state: 'detached', timeout: patience })
    expect(files.problems).toEqual([])
    expect(await main(steward)).toContain('Nothing stands in its way')
    await steward.getByLabel('Why do you publish it?').fill('Answers of the autumn')
    await press(steward, 'Publish')
    await looksAgain.waitFor({ state: 'detached', timeout: patience })
    expect(await main(steward)).toContain('It is published')
  }

  return {
    ...{ phone, mailedTo, openSurvey, answerSurvey, publishSurvey },
    db: () => db,
    files: () => files,
    origin: () => origin,
  }
}

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()

/** The words of a page. */
export const main = async (page: Page): Promise<string> =>
  ((await page.textContent('main')) ?? '').replace(/\s+/g, ' ')
