import { existsSync } from 'node:fs'
import { type Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { buildServer } from './server.ts'
import { expectSound, launchBrowser } from './testing-browser.ts'

const executablePath = '/usr/bin/chromium'
const [first] = testDatabases()

/** Without JavaScript, on a phone: as the citizen with two minutes sees it. */
describe.skipIf(!existsSync(executablePath) && process.env.CI !== 'true')(
  'pages in a browser',
  () => {
    let db: Database
    let app: Awaited<ReturnType<typeof buildServer>>
    let browser: Browser
    let address: string
    beforeAll(async () => {
      const invented = {
        ...clinics,
        descriptors: clinics.descriptors.map((d) => ({ ...d, invented: true })),
      }
      db = await prepare(await (first as NonNullable<typeof first>).open())
      await importAndPublish(db, invented, [writeFile('clinics-2023.csv', clinicRows())])
      const later = clinicRows((i, l) => (i === 3 ? 'C103,Clinic 3,town,SUPP,,' : l))
      await importAndPublish(db, invented, [writeFile('clinics-2024.csv', later)])
      app = await buildServer({
        reader: makeReader(db, invented),
        logLevel: 'silent',
        example: 'No clinic here is real.',
        ready: async () => true,
      })
      address = await app.listen({ port: 0, host: '127.0.0.1' })
      browser = await launchBrowser()
    })
    afterAll(async () => {
      await browser?.close()
      await app?.close()
      await db?.close()
    })

    const open = async (path: string, width: number, javaScriptEnabled: boolean) => {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        javaScriptEnabled,
      })
      const page = await context.newPage()
      const answer = await page.goto(`${address}${path}`)
      return { page, answer, close: () => context.close() }
    }

    it.each([
      '/',
      '/search?q=clinic',
      '/services/clinic',
      '/indicators/seen-in-time',
      '/providers/C101',
      '/providers/C103',
      '/providers/C101/peers',
      '/releases',
      '/releases/1',
      '/compare?providers=C101,C102,C103',
      '/about/words',
      '/about/methods',
      '/nowhere',
    ])('%s is free of axe’s findings and does not scroll sideways at 375 px', async (path) => {
      const { page, close } = await open(path, 375, true)
      await expectSound(page)
      expect(await page.title()).toMatch(/.+ – Plumbline$/)
      expect(await page.textContent('body')).toContain('No clinic here is real.')
      await close()
    })

    it('a citizen finds a clinic, reads how it does, and follows the figure to its file', async () => {
      const { page, close } = await open('/', 375, false)
      await page.getByLabel('Name, street, town or postcode').fill('clinic 17')
      await page.getByRole('button', { name: 'Search' }).click()
      await page.getByRole('link', { name: 'Clinic 17', exact: true }).click()
      expect(await page.textContent('h1')).toBe('Clinic 17')
      expect(await page.textContent('.pl-figure__value')).toContain('67.0% (60.2 to 73.1)')
      await page.locator('.pl-provenance a').first().click()
      expect(await page.textContent('main')).toContain('SHA-256')
      expect(await page.textContent('main')).toContain('40 rows read, 40 accepted, 0 refused.')
      await close()
    })

    it('a suppressed figure reads as suppressed, never as 0', async () => {
      const { page, close } = await open('/providers/C103', 375, false)
      expect(await page.textContent('.pl-figure__value')).toBe('suppressed: too few people to show')
      await close()
    })

    it('an analyst sorts and filters the table by its address', async () => {
      const { page, close } = await open('/indicators/seen-in-time', 1280, false)
      await page.getByLabel('In order of').selectOption('-value')
      await page.getByRole('button', { name: 'Show' }).click()
      expect(page.url()).toContain('sort=-value')
      expect(await page.textContent('tbody tr:first-child a')).toBeTruthy()
      const rows = await page.locator('#all ~ .pl-rows tbody tr').allTextContents()
      expect(rows[0]).toContain('Clinic 39')
      expect(rows.at(-1)).toContain('suppressed')
      await close()
    })
  },
)
