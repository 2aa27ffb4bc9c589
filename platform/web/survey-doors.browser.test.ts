import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectSound, launchBrowser, phoneSized } from './testing-browser.ts'
import { withPeopleServer } from './testing-people.ts'

let browser: Browser
let origin = ''

withPeopleServer(async (place) => {
  const at = await place.app.listen({ port: 0, host: '127.0.0.1' })
  origin = at.replace('127.0.0.1', 'localhost')
})
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

it('the doors of surveys are sound in Welsh at 375 px, also where they refuse', async () => {
  const page = await (await browser.newContext(phoneSized)).newPage()
  await page.goto(`${origin}/surveys/stop`)
  await page.getByRole('link', { name: 'Cymraeg' }).click()
  await page.getByRole('heading', { name: 'Peidiwch â gofyn i mi eto' }).waitFor()
  await expectSound(page)
  await page.getByLabel('Y cod er mwyn').fill('BCDFG-HJKMN-PQRTV')
  await page.getByRole('button', { name: 'Peidiwch â gofyn i mi eto' }).click()
  await page.getByRole('heading', { name: 'Nid ydym yn adnabod y cod hwn' }).waitFor()
  await expectSound(page)
  await page.getByRole('link', { name: 'Teipiwch y cod eto' }).click()
  expect(page.url()).toBe(`${origin}/surveys/stop?lang=cy`)
  await page.goto(`${origin}/surveys?lang=cy`)
  await expectSound(page)
  await page.getByRole('link', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Answer a survey' }).waitFor()
  await expectSound(page)
})
