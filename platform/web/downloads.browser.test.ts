import { mkdtempSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { Downloads } from '../downloads/downloads.ts'
import { makeDownload } from '../downloads/make.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { buildServer } from './server.ts'
import { expectSound, launchBrowser, phoneSized } from './testing-browser.ts'

let db: Database
let app: Awaited<ReturnType<typeof buildServer>>
let browser: Browser
let page: Page
let origin: string
const complaints: string[] = []

beforeAll(async () => {
  db = await prepare(await openDatabase(testPGlite(null)))
  await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-downloads-'))
  const downloads = new Downloads(db, folder, (state, asked, path) =>
    makeDownload({ db, catalogue: clinics, shipped: clinics, state, noted: true }, asked, path),
  )
  const reader = makeReader(db, clinics)
  const ready = async () => true
  app = await buildServer({ reader, downloads, logLevel: 'silent', example: null, ready })
  origin = await app.listen({ port: 0, host: '127.0.0.1' })
  browser = await launchBrowser()
  const context = await browser.newContext(phoneSized)
  page = await context.newPage()
  page.on('console', (message) => complaints.push(message.text()))
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await db?.close()
})

it('the page of downloads fits a phone, is clean to axe, and leads to a whole file', async () => {
  await page.goto(`${origin}/downloads`)
  await page.getByText('Clinics (1)').click()
  await expectSound(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV of Seen in time' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('indicators-seen-in-time.csv')
  const text = await readFile(await download.path(), 'utf8')
  expect(text.trimEnd().split('\r\n')).toHaveLength(41)
  await page.reload()
  await page.getByText('Clinics (1)').click()
  expect(await page.getByText(/CSV of Seen in time \(\d.*kB\)/).count()).toBe(1)
})

it('an indicator carries its data set for search engines, under a policy without inline script', async () => {
  complaints.length = 0
  const answer = await page.goto(`${origin}/indicators/seen-in-time`)
  expect(answer?.headers()['content-security-policy']).not.toContain('unsafe-inline')
  const markup = await page.locator('script[type="application/ld+json"]').textContent()
  const found = JSON.parse(markup ?? '')
  expect(found).toMatchObject({ '@type': 'Dataset', name: 'Seen in time' })
  const first = await fetch(new URL(found.distribution[0].contentUrl, origin))
  expect(first.status).toBe(200)
  await first.arrayBuffer()
  expect(complaints).toEqual([])
})
