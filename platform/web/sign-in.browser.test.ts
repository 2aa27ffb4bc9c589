import AxeBuilder from '@axe-core/playwright'
import type { FastifyInstance } from 'fastify'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { latestProof } from '../people/testing.ts'
import { peopleServer } from './testing-people.ts'

const email = 'ada@example.org'
let db: Database
let app: FastifyInstance
let browser: Browser
let origin: string

beforeAll(async () => {
  db = await openDatabase(testPGlite(null))
  app = await peopleServer(db)
  origin = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost')
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
  })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await db?.close()
})

const viewport = { width: 375, height: 800 }

async function asksForLetter(page: Page): Promise<void> {
  await page.goto(origin)
  await page.getByRole('link', { name: 'Your account' }).click()
  await page.getByLabel('Email address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  expect(await page.locator('h1').textContent()).toBe('Type the code from your letter')
}

describe('without JavaScript, at 375 px', () => {
  it('signs in by the mailed link, after a scanner, in the middle of something, and out', async () => {
    const phone = await browser.newContext({ viewport, javaScriptEnabled: false })
    const page = await phone.newPage()
    await page.goto(`${origin}/account/why`)
    await asksForLetter(page)
    const { link } = await latestProof(db, email)
    const scanner = await browser.newContext()
    await (await scanner.newPage()).goto(link)
    await scanner.close()
    await page.goto(link)
    const button = page.getByRole('button', { name: 'Sign in' })
    await button.dblclick()
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    await page.goto(`${origin}/account`)
    expect(await page.getByRole('definition').filter({ hasText: email }).count()).toBe(1)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    expect(await page.locator('h1').textContent()).toBe('You are signed out')
    await page.goto(`${origin}/account`)
    expect(await page.locator('h1').textContent()).toBe('Sign in')
    await phone.close()
  })

  it('signs in by the code, by the keyboard alone', async () => {
    const phone = await browser.newContext({ viewport, javaScriptEnabled: false })
    const page = await phone.newPage()
    await asksForLetter(page)
    const { code } = await latestProof(db, email)
    await page.getByLabel('Code').focus()
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    await phone.close()
  })
})

describe('every page of people', () => {
  it('fits 375 px and is clean to axe', async () => {
    const phone = await browser.newContext({ viewport })
    const page = await phone.newPage()
    const look = async (): Promise<void> => {
      const wide = await page.evaluate('document.documentElement.scrollWidth')
      expect([page.url(), wide]).toEqual([page.url(), 375])
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map((v) => `${page.url()} ${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
    }
    await asksForLetter(page)
    await look()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await look()
    const { link } = await latestProof(db, email)
    for (const url of [link, `${origin}/sign-in`, `${origin}/dev/mail`]) {
      await page.goto(url)
      await look()
    }
    await page.goto(`${origin}/example/walk-in`)
    await look()
    await page.getByRole('button', { name: /head of/ }).click()
    await look()
    for (const path of ['/account/why', '/account/why?act=reply&about=X10002', '/sign-in/out']) {
      await page.goto(origin + path)
      await look()
    }
    await phone.close()
  })
})
