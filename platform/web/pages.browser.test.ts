import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixtureAddresses, fixtureEmbeds } from './addresses.ts'
import { fixtureReader } from './fixture.ts'
import { buildServer } from './server.ts'
import { expectSound, launchBrowser, phoneSized } from './testing-browser.ts'

/** A folder for pictures of every page, where one is wanted. */
const pictures = process.env.PLUMBLINE_PICTURES

let app: Awaited<ReturnType<typeof buildServer>>
let browser: Browser
let context: BrowserContext
let page: Page
let origin: string

beforeAll(async () => {
  app = await buildServer({
    reader: fixtureReader,
    logLevel: 'silent',
    example: 'Inventedshire is invented: nothing here is about a real school.',
    ready: async () => true,
    components: true,
  })
  origin = await app.listen({ port: 0, host: '127.0.0.1' })
  browser = await launchBrowser()
  context = await browser.newContext(phoneSized)
  page = await context.newPage()
  if (pictures) mkdirSync(pictures, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

describe.each([...fixtureAddresses, '/components', '/about/statistics'])('%s', (address) => {
  it('fits 375 px and is clean to axe', async () => {
    await page.setViewportSize({ width: 375, height: 800 })
    await page.goto(origin + address)
    await expectSound(page)
    const name = address.replace(/[^a-z0-9]+/gi, '-')
    if (pictures) {
      await page.screenshot({ path: `${pictures}/375${name}.png`, fullPage: true })
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.screenshot({ path: `${pictures}/1280${name}.png`, fullPage: true })
    }
  })
})

describe.each(fixtureEmbeds)('%s', (address) => {
  it('fits 280 px in a frame of another site, and is clean to axe', async () => {
    await page.setViewportSize({ width: 280, height: 600 })
    await page.goto(origin + address)
    const name = address.replace(/[^a-z0-9]+/gi, '-')
    if (pictures) await page.screenshot({ path: `${pictures}/280${name}.png`, fullPage: true })
    await expectSound(page)
  })
})

describe('a page of somebody else', () => {
  it('shows an embed as a frame and as a picture, and leads to the whole page', async () => {
    const elsewhere = createServer((_, answer) => {
      const embed = `${origin}/embed/providers/X10001/indicators/expected`
      answer.setHeader('content-type', 'text/html')
      answer.end(
        `<iframe src="${embed}" title="embed" width="320" height="900"></iframe><img src="${embed}.svg" alt="">`,
      )
    })
    await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done))
    // By another name: another site, as far as a browser is concerned.
    const { port } = elsewhere.address() as AddressInfo
    const other = await context.newPage()
    await other.goto(`http://localhost:${port}/`, { waitUntil: 'networkidle' })
    const frame = other.frameLocator('iframe')
    expect(await frame.locator('h1').textContent()).toContain('expected standard')
    expect(await other.evaluate('document.querySelector("img").naturalWidth')).toBe(400)
    await frame.getByRole('link').click()
    await other.waitForURL(`${origin}/providers/X10001#expected`)
    await other.close()
    elsewhere.close()
  })
})

describe('without JavaScript', () => {
  it('searches, opens a provider and its history', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const tab = await plain.newPage()
    await tab.goto(origin)
    await tab.getByLabel('Name, street, town or postcode').first().fill('larkrise')
    await tab.getByRole('button', { name: 'Search' }).first().click()
    await tab.getByRole('link', { name: 'Larkrise Invented School' }).click()
    expect(await tab.locator('h1').textContent()).toBe('Larkrise Invented School')
    await tab.getByText('The figures of each period').first().click()
    expect(await tab.getByRole('cell', { name: '63%' }).first().isVisible()).toBe(true)
    await plain.close()
  })
})

describe('face', () => {
  it('sets headings, text and buttons in our own type', async () => {
    await page.goto(origin)
    for (const selector of ['body', 'h1', 'p.govuk-body', 'button']) {
      const family = await page.evaluate(
        `getComputedStyle(document.querySelector('${selector}')).fontFamily`,
      )
      expect(family).toMatch(/^"Source Sans 3"/)
    }
    expect(await page.evaluate('document.fonts.check("19px \\"Source Sans 3\\"")')).toBe(true)
  })
})

describe('weight', () => {
  it('sends a provider page with everything on it in under 150 kB', async () => {
    const fresh = await browser.newContext()
    const tab = await fresh.newPage()
    const sizes: Promise<number>[] = []
    tab.on('requestfinished', (r) => {
      sizes.push(r.sizes().then((s) => s.responseBodySize + s.responseHeadersSize))
    })
    await tab.goto(`${origin}/providers/X10001`, { waitUntil: 'networkidle' })
    const total = (await Promise.all(sizes)).reduce((a, b) => a + b, 0)
    expect(total).toBeGreaterThan(10_000)
    expect(total).toBeLessThan(150_000)
    await fresh.close()
  })
})
