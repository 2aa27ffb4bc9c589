import { existsSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testPeople } from '../../platform/people/testing.ts'
import { verifyStored } from '../../platform/record/verify.ts'
import { buildServer } from '../../platform/web/server.ts'
import { axeFindings, launchBrowser } from '../../platform/web/testing-browser.ts'
import { sentence } from './about.ts'
import { openAldermere } from './testing.ts'

const executablePath = '/usr/bin/chromium'
const viewport = { width: 375, height: 800 }

/** The right of reply as its users would click through it: on a phone, without JavaScript. */
describe.skipIf(!existsSync(executablePath) && process.env.CI !== 'true')('in Aldermere', () => {
  let opened: Awaited<ReturnType<typeof openAldermere>>
  let app: Awaited<ReturnType<typeof buildServer>>
  let browser: Browser
  let origin: string

  beforeAll(async () => {
    opened = await openAldermere()
    app = await buildServer({
      reader: opened.reader,
      logLevel: 'silent',
      example: sentence,
      ready: async () => true,
      people: {
        people: testPeople(opened.db),
        ...{
          address: null,
          posted: () => {},
          canPost: true,
          letters: 'this-machine',
          walkIn: 'this-machine',
        },
      },
    })
    origin = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost')
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await app?.close()
    await opened?.db.close()
  })

  const phone = (): Promise<BrowserContext> =>
    browser.newContext({ viewport, javaScriptEnabled: false })
  const main = async (page: Page): Promise<string> =>
    ((await page.textContent('main')) ?? '').replace(/\s+/g, ' ')

  /** Walks in as one of the example, and says whose head they are, if anyone's. */
  async function walkIn(page: Page, who: RegExp): Promise<string> {
    await page.goto(`${origin}/example/walk-in`)
    await page.getByRole('button', { name: who }).click()
    return /provider (\w+)/.exec(await main(page))?.[1] ?? ''
  }

  it('a head replies to a judgement, a visitor reads it, and the record verifies', async () => {
    const head = await (await phone()).newPage()
    const code = await walkIn(head, /head of/)
    await head.goto(`${origin}/providers/${code}`)
    await head
      .getByRole('link', { name: /^Reply to the judgement by/ })
      .first()
      .click()
    await head.getByLabel('Your reply').fill('word '.repeat(301))
    await head.getByRole('button', { name: 'Reply in public' }).click()
    expect(await main(head)).toContain('The reply has 301 words')
    expect((await head.getByLabel('Your reply').inputValue()).length).toBeGreaterThan(1000)
    const words = 'We read with every child, every morning.'
    await head.getByLabel('Your reply').fill(words)
    await head.getByRole('button', { name: 'Reply in public' }).dblclick()
    await head.getByRole('heading', { name: 'Your reply is public' }).waitFor()
    await head.getByRole('link', { name: 'See it there' }).click()
    await head.waitForURL(/#standards$/)
    const visitor = await (await phone()).newPage()
    await visitor.goto(`${origin}/providers/${code}`)
    expect(await main(visitor)).toContain(words)
    expect((await main(visitor)).split(words)).toHaveLength(2)
    await visitor.getByRole('link', { name: /^On the public record\s*: the reply to/ }).click()
    expect(await main(visitor)).toContain('Replied in public to the judgement of')
    expect((await verifyStored(opened.db)).fault).toBeNull()
    await head
      .getByRole('link', { name: /^Reply to the judgement by/ })
      .first()
      .click()
    await head.getByRole('link', { name: 'Withdraw this reply' }).click()
    await head.getByLabel('Why do you withdraw it?').fill('It is settled.')
    await head.getByRole('button', { name: 'Withdraw the reply' }).click()
    await visitor.goto(`${origin}/providers/${code}`)
    expect(await main(visitor)).toContain('withdrew it on')
    expect(await main(visitor)).not.toContain(words)
    expect((await verifyStored(opened.db)).fault).toBeNull()
  })

  it('a head asks for a correction, and a steward refuses it with a reason', async () => {
    const head = await (await phone()).newPage()
    const code = await walkIn(head, /head of/)
    await head.goto(`${origin}/providers/${code}`)
    await head
      .getByRole('link', { name: /^ask for a correction of/ })
      .nth(2)
      .click()
    await head.getByLabel('What is wrong?').fill('It counts leavers.')
    await head.getByLabel('What should it be?').fill('61%')
    await head.getByLabel('How can we see that?').fill('In the register of May.')
    await head.getByRole('button', { name: 'Ask for it' }).click()
    await head.waitForURL(/\/corrections\/\d+$/)
    expect(await main(head)).toContain('it is to be answered by')
    const steward = await (await phone()).newPage()
    await walkIn(steward, /steward/)
    await steward.goto(head.url())
    await steward.getByRole('link', { name: 'Answer it' }).click()
    await steward.getByLabel('It is not corrected').check()
    await steward.getByLabel('Why?').fill('The register has them in June too.')
    await steward.getByRole('button', { name: 'Answer in public' }).click()
    await head.reload()
    expect(await main(head)).toContain('The register has them in June too.')
  })

  it('a steward takes a signal, answers it and closes it', async () => {
    const page = await (await phone()).newPage()
    await walkIn(page, /steward/)
    await page.goto(`${origin}/desk?q=ALDG39`)
    await page
      .getByRole('link', { name: /^Answer, take or close/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Take it' }).click()
    await page.getByLabel('It has this reason').check()
    await page.getByLabel('Your answer').fill('Two doctors left.\nOne has come.')
    await page.getByRole('button', { name: 'Answer in public' }).click()
    await page.getByLabel('Why is it closed?').fill('It is understood.')
    await page.getByRole('button', { name: 'Close it' }).click()
    const done = await main(page)
    for (const words of ['Two doctors left.', 'Taken by the steward', 'Closed by the steward']) {
      expect(done).toContain(words)
    }
    await page.goto(`${origin}/desk?q=ALDG39`)
    expect(await page.getByRole('link', { name: /^Answer, take or close/ }).count()).toBe(0)
  })

  it('every page of it fits 375 px and is clean to axe', async () => {
    const context = await browser.newContext({ viewport })
    const page = await context.newPage()
    const code = await walkIn(page, /head of/)
    const wrong: string[] = []
    const look = async (paths: readonly string[]): Promise<void> => {
      for (const path of paths) {
        await page.goto(`${origin}${path}`)
        wrong.push(...(await axeFindings(page)).map((finding) => `${path}: ${finding}`))
        const width = await page.evaluate('document.documentElement.scrollWidth')
        if (Number(width) > viewport.width) wrong.push(`${path} is ${width} px wide`)
      }
    }
    await look([
      `/providers/${code}/reply/judgement/ald-floor-primary`,
      `/providers/${code}/correct/judgement/ald-floor-primary`,
      ...['/providers/ALDP03', '/providers/ALDP05', '/providers/ALDP04/card'],
      ...['/corrections', '/corrections/1', '/corrections/2', '/desk', '/desk?standing=closed'],
      '/standards/ald-floor-primary?outcome=not+met',
    ])
    await walkIn(page, /steward/)
    const signal = 'below-floor:ALDP63:ald-floor-primary:2024-25'
    await look([`/desk/signals/${signal}`, '/desk/mine', '/corrections/2/answer'])
    expect(wrong).toEqual([])
  })
})
