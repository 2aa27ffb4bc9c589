import { type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkFiles } from '../publishing/import.ts'
import { clinicRows, clinics, writeFile } from '../publishing/testing.ts'
import { expectSound, launchBrowser } from '../web/testing-browser.ts'
import { noDatabase } from './no-database.ts'
import { reportText } from './report.ts'

let browser: Browser
let page: Page
const ran: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 375, height: 800 } })
  page = await context.newPage()
  page.on('dialog', (dialog) => {
    ran.push(dialog.message())
    void dialog.dismiss()
  })
})
afterAll(() => browser?.close())

it('the page of a report runs nothing that a bad cell holds, fits a phone and is clean to axe', async () => {
  const bad = ['<script>alert(1)</script>', '<img src=x onerror=alert(2)>', "' onload='alert(3)"]
  const rows = clinicRows((i, line) =>
    bad[i] ? `C${100 + i},Clinic ${i},town,${bad[i]},1,200` : line,
  )
  const path = writeFile('clinics-2024.csv', rows)
  const { files } = await checkFiles(noDatabase, clinics, [path], { accept: 0, by: 'a test' })
  await page.setContent(reportText(files, 'html'))
  expect(ran).toEqual([])
  expect(await page.locator('tbody code').allTextContents()).toEqual(bad)
  // axe runs as a script, which the page's own policy would forbid: it is looked at without it.
  await page.setContent(reportText(files, 'html').replace(/<meta http-equiv[^>]*>/, ''))
  await expectSound(page)
})
