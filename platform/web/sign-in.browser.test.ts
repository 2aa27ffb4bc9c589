import type { FastifyInstance } from 'fastify'
import { type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { latestProof } from '../people/testing.ts'
import { expectSound, launchBrowser, phoneSized } from './testing-browser.ts'
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
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await db?.close()
})

async function asksForLetter(page: Page): Promise<void> {
  await page.goto(origin)
  await page.getByRole('link', { name: 'Your account' }).click()
  await page.getByLabel('Email address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  expect(await page.locator('h1').textContent()).toBe('Type the code from your email')
}

describe('without JavaScript, at 375 px', () => {
  it('signs in by the mailed link, after a scanner, in the middle of something, and out', async () => {
    const phone = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
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
    const phone = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
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
    const phone = await browser.newContext(phoneSized)
    const page = await phone.newPage()
    await asksForLetter(page)
    await expectSound(page)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expectSound(page)
    const { link } = await latestProof(db, email)
    for (const url of [link, `${origin}/sign-in`, `${origin}/dev/mail`]) {
      await page.goto(url)
      await expectSound(page)
    }
    await page.goto(`${origin}/example/walk-in`)
    await expectSound(page)
    await page.getByRole('button', { name: /head of/ }).click()
    await expectSound(page)
    for (const path of ['/account/why', '/account/why?act=reply&about=X10002', '/sign-in/out']) {
      await page.goto(origin + path)
      await expectSound(page)
    }
    await phone.close()
  })
})
