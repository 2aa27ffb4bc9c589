import type { FastifyInstance } from 'fastify'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { unsentLetters } from '../mail/store.ts'
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

async function mailedLink(): Promise<string> {
  const [letter] = (await unsentLetters(db)).filter((l) => l.address === email)
  return /^http:\/\/localhost\S+$/m.exec(letter?.body ?? '')?.[0] ?? ''
}

describe('without JavaScript, at 375 px', () => {
  it('somebody follows a school, sees what they follow, and stops it', async () => {
    const context = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${origin}/providers/X10001`)
    await page.getByRole('link', { name: 'Get an email when this changes' }).click()
    await page.getByLabel('Your email address').fill(email)
    await page.getByLabel('Once a day').check()
    await page.getByRole('button', { name: 'Ask for these emails' }).click()
    expect(await page.locator('h1').textContent()).toBe('Look at your email')
    await page.goto(await mailedLink())
    await page.getByRole('button', { name: 'Yes, write to me' }).dblclick()
    await page.getByRole('heading', { name: 'You get these emails from now on' }).waitFor()
    await page.getByRole('link', { name: 'See and change what you follow' }).click()
    await page.getByLabel('Your email address').fill(email)
    await page.getByRole('button', { name: 'Send me the link' }).click()
    await page.goto(await mailedLink())
    await page.getByText('Change or stop').click()
    await page.getByRole('button', { name: 'Stop following it' }).click()
    await page.getByText('You follow nothing').waitFor()
    expect(await db.query('select id from subscriber')).toEqual([])
    await context.close()
  })
})

describe('the pages of subscriptions and roles', () => {
  it('are sound on a phone', async () => {
    const context = await browser.newContext(phoneSized)
    const page = await context.newPage()
    await page.goto(`${origin}/example/walk-in`)
    await page.getByRole('button', { name: 'Walk in as a steward' }).click()
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    await page.goto(`${origin}/subscribe/indicators/expected`)
    await expectSound(page)
    await page.getByRole('button', { name: 'Get these emails' }).click()
    await page.getByText('Change or stop').click()
    await expectSound(page)
    for (const path of ['/roles', '/roles/new', '/account/why', '/subscriptions', '/unsubscribe']) {
      await page.goto(origin + path)
      await expectSound(page)
    }
    // A name that several bear brings a list to choose from.
    await page.goto(`${origin}/roles/new`)
    await page.getByLabel('Email address of the person').fill(email)
    await page.getByLabel('Role').selectOption('lead')
    await page.getByLabel('In one provider, place or service').check()
    await page.getByLabel('Which provider, place or service?').fill('school')
    await page.getByLabel('Why').fill('Appointed')
    await page.getByRole('button', { name: 'Grant it' }).click()
    await page.getByText('Which one do you mean?').waitFor()
    await expectSound(page)
    await page.getByLabel('Larkrise Invented School').check()
    await page.getByRole('button', { name: 'Grant it' }).click()
    await page.getByRole('heading', { name: 'Who holds which role' }).waitFor()
    await page.getByRole('link', { name: 'Take it back' }).first().click()
    await expectSound(page)
    await context.close()
  })

  it('are sound where somebody has just replied, and where they are asked to sign in again', async () => {
    const context = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${origin}/example/walk-in`)
    await page.getByRole('button', { name: 'Walk in as the head of' }).click()
    await page.goto(`${origin}/providers/X10001/reply/figure/expected`)
    await page.getByLabel('Your reply').fill('It is so.')
    await page.getByRole('button', { name: /in public/ }).click()
    await page.getByRole('heading', { name: 'Your reply is public' }).waitFor()
    await context.close()
    const scripted = await browser.newContext(phoneSized)
    const head = await scripted.newPage()
    await head.goto(`${origin}/example/walk-in`)
    await head.getByRole('button', { name: 'Walk in as the head of' }).click()
    await head.goto(`${origin}/providers/X10001/reply/figure/expected/given`)
    await expectSound(head)
    await db.query(`update person_session set created_at = now() - interval '11 minutes'`)
    await head.goto(`${origin}/account/delete`)
    await head.getByRole('link', { name: 'Sign in again' }).click()
    await head.getByText('Sign in again below').waitFor()
    await expectSound(head)
    await scripted.close()
  })
})
