import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testKinds } from '../database/testing.ts'
import { killPlace, plumbline, serving } from '../killed-rounds.ts'
import { verifyStored } from '../record/verify.ts'
import { expectSound, launchBrowser, phoneSized, signInByMail } from './testing-browser.ts'

/** A server is started and killed several times: on a busy machine that takes its time. */
const timeout = 300_000
const email = 'analyst@example.org'

/** How many of each practice's patients waited less than two weeks. */
const rows = [
  'practice,practice name,waited less,within two weeks,asked',
  ...Array.from({ length: 30 }, (_, i) => {
    const [part, whole] = [60 + i, 120 + i]
    return `Q${10_100 + i},Surgery ${i},${((100 * part) / whole).toFixed(1)},${part},${whole}`
  }),
].join('\n')

describe.each(testKinds)(
  'an analyst with a file and a phone, without JavaScript, on %s',
  (kind) => {
    let at: Awaited<ReturnType<typeof killPlace>>
    let server: Awaited<ReturnType<typeof serving>>
    let browser: Browser
    let phone: BrowserContext
    let page: Page
    let origin = ''

    const start = async (): Promise<void> => {
      server = await serving(at)
      origin = server.address.replace('127.0.0.1', 'localhost')
    }
    const killAndStart = async (): Promise<void> => {
      // A page that asks again by itself would break off the next one that is opened.
      await page.goto('about:blank')
      server.child.kill('SIGKILL')
      await server.ended
      await start()
    }

    beforeAll(async () => {
      const place = await killPlace(kind)
      const more = { PLUMBLINE_EXAMPLE: 'off', PLUMBLINE_DEV_MAIL: 'on' }
      at = { ...place, env: { ...place.env, ...more } }
      const granted = plumbline(at, [
        'people',
        'grant',
        email,
        '--role=analyst',
        '--everywhere',
        '--why=a test',
      ])
      expect(await granted.ended, granted.said()).toBe(0)
      await start()
      browser = await launchBrowser()
      phone = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
      page = await phone.newPage()
    }, timeout)
    afterAll(async () => {
      await browser?.close()
      server?.child.kill('SIGTERM')
      await server?.ended
      await at?.remove()
    })

    const heading = (): Promise<string | null> => page.locator('h1').textContent()
    const press = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).click()

    /** Waits as a person does: the page loads itself anew until its work is done. */
    async function worked(): Promise<void> {
      await page.getByText('This page looks again every').waitFor({ state: 'detached', timeout })
    }

    /** What the page holds fits the screen and is clean to axe, which needs its own script. */
    async function look(): Promise<void> {
      const context = await browser.newContext({
        ...phoneSized,
        storageState: await phone.storageState(),
      })
      const seen = await context.newPage()
      await seen.goto(page.url())
      await expectSound(seen)
      await context.close()
    }

    it('signs in by a mailed link, and hands a file in that outlives a kill', {
      timeout,
    }, async () => {
      await signInByMail(page, origin, email)
      await page.goto(`${origin}/publish`)
      expect(await heading()).toBe('Publish figures')
      await look()
      const buffer = Buffer.from(rows)
      await page
        .locator('#file')
        .setInputFiles({ name: 'waits-2024.csv', mimeType: 'text/csv', buffer })
      await press('Hand in')
      expect(page.url()).toMatch(/\/publish\/[0-9a-f-]{36}$/)
      const path = new URL(page.url()).pathname
      await killAndStart()
      await page.goto(origin + path)
      await worked()
      expect(await heading()).toBe('waits-2024.csv')
      expect(await page.getByText('No file of this kind has come before').count()).toBe(1)
      await look()
    })

    it('finishes what it is by choosing from lists, with errors beside their questions', {
      timeout,
    }, async () => {
      await press('Check the file')
      const problem = page.getByRole('link', { name: 'Say who publishes it' })
      await problem.click()
      await page.locator('#title').fill('Waits at practices')
      await page.getByLabel('Who publishes it?').fill('The county')
      await page.getByLabel('Where is it published?').fill('https://example.org/waits')
      await page.getByLabel('Licence').selectOption('CC0 1.0')
      await page.getByLabel('Which service is it about?').selectOption('general-practice')
      await page.getByLabel('What does it count?').first().fill('Patients seen within two weeks.')
      await page.getByLabel('Why does it matter?').first().fill('Nobody likes to wait.')
      await page.getByLabel('Yes, higher is better').first().check()
      await page.getByLabel('No, it can be published as it is').check()
      await press('Check the file')
      await worked()
      const main = await page.locator('main').textContent()
      expect(main).toContain('Nothing stands in its way')
      expect(main).toContain('30 figures are new')
      expect(main).toContain('Rows read')
      await look()
    })

    it('publishes, over a kill, and the record shows it and verifies', { timeout }, async () => {
      const before = new URL(page.url()).pathname
      await killAndStart()
      await page.goto(origin + before)
      await page.getByLabel('Why do you publish it?').fill('Figures for 2024')
      await page.getByRole('button', { name: 'Publish', exact: true }).dblclick()
      // Told that it was taken on: from here on nothing may be lost.
      await page.getByText(/We are publishing|It is published/).waitFor({ timeout })
      const path = new URL(page.url()).pathname
      await killAndStart()
      await page.goto(origin + path)
      await worked()
      expect(await page.locator('main').textContent()).toContain('It is published')
      await look()
      await page.getByRole('link', { name: 'Waited less' }).click()
      expect(await heading()).toContain('Waited less')
      const visitor = await fetch(page.url())
      expect(visitor.status).toBe(200)
      const record = await (await fetch(`${origin}/record`)).text()
      expect(record).toContain('Figures for 2024')
      server.child.kill('SIGTERM')
      await server.ended
      await at.opened(async (db) => {
        expect((await verifyStored(db)).fault).toBeNull()
        const acts = await db.query<{ entry: string }>(
          `select entry from record_entry where act = 'release-published' and entry like '%waits-2024%'`,
        )
        expect(acts.map((a) => JSON.parse(a.entry).by.role)).toEqual(['analyst'])
      })
      await start()
    })
  },
)
