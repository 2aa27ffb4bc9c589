import type { FastifyInstance } from 'fastify'
import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { cookieOf, testPeople } from '../people/testing.ts'
import { openTestProvider, type TestProvider } from '../people/testing-open-id.ts'
import { expectSound, faultsOf, launchBrowser, phoneSized } from './testing-browser.ts'
import { peopleServer } from './testing-people.ts'

const email = 'ada@example.org'
const account = { sub: 'number-1', email, email_verified: true }
let db: Database
let app: FastifyInstance
let browser: Browser
let origin: string
let provider: TestProvider

beforeAll(async () => {
  provider = await openTestProvider()
  db = await openDatabase(testPGlite(null))
  app = await peopleServer(db, { people: testPeople(db, false, provider.service()) })
  origin = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost')
  provider.serve(origin)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await db?.close()
  await provider?.close()
})
beforeEach(async () => {
  for (const table of ['person', 'letter', 'sign_in_proof', 'sign_in_use', 'sign_in_count']) {
    await db.query(`delete from ${table}`)
  }
  provider.next = account
})

describe('another service', () => {
  it.each([true, false])('signs in, with JavaScript: %s', async (javaScriptEnabled) => {
    const phone = await browser.newContext({ ...phoneSized, javaScriptEnabled })
    const page = await phone.newPage()
    const faults = faultsOf(page)
    await page.goto(`${origin}/account/why`)
    await page.getByRole('button', { name: 'Sign in with Test Login' }).click()
    await page.waitForURL(`${origin}/account/why`)
    await page.goto(`${origin}/account`)
    expect(await page.getByRole('definition').filter({ hasText: email }).count()).toBe(1)
    await page.getByRole('button', { name: 'Stop signing in with Test Login' }).click()
    expect(await page.getByRole('button', { name: /^Stop signing in/ }).count()).toBe(0)
    expect(faults).toEqual([])
    await phone.close()
  })

  it('leaves no page of ours that leads on again when the visitor goes back', async () => {
    const phone = await browser.newContext(phoneSized)
    const page = await phone.newPage()
    await page.goto(`${origin}/sign-in`)
    provider.next = null
    await page.getByRole('button', { name: 'Sign in with Test Login' }).click()
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor()
    await expectSound(page)
    await page.goBack()
    expect(await page.locator('h1').textContent()).toBe('Sign in')
    await phone.close()
  })
})

describe('a passkey', () => {
  /** A phone with a finger that fits, in Chromium's own make. */
  async function authenticator(page: Page) {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    return {
      count: async () =>
        (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
      setFits: (isUserVerified: boolean) =>
        cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    }
  }
  async function signedIn(): Promise<{ phone: BrowserContext; page: Page }> {
    const phone = await browser.newContext(phoneSized)
    const { signIn } = await testPeople(db).open()
    const [name = '', value = ''] = cookieOf((await signIn.withoutLetter(email)) ?? []).split('=')
    await phone.addCookies([{ name, value, url: origin }])
    const page = await phone.newPage()
    await page.goto(`${origin}/account`)
    return { phone, page }
  }
  const add = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByLabel('Name of the passkey').fill(name)
    await page.getByRole('button', { name: 'Make the passkey' }).click()
  }

  it('is added on the account, signs in, is named and removed', async () => {
    const { phone, page } = await signedIn()
    const faults = faultsOf(page)
    const keys = await authenticator(page)
    await add(page, '')
    expect(await page.getByRole('alert').textContent()).toContain('Enter a name')
    await expectSound(page)
    await page.getByLabel('Name of the passkey').fill('My phone')
    await page.getByRole('button', { name: 'Make the passkey' }).click()
    await page.getByText('My phone', { exact: true }).first().waitFor()
    expect(await keys.count()).toBe(1)
    await expectSound(page)

    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.goto(`${origin}/sign-in`)
    await expectSound(page)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.waitForURL(`${origin}/account`)
    expect(await page.getByRole('definition').filter({ hasText: email }).count()).toBe(1)

    await page.getByText('Change or remove').click()
    await expectSound(page)
    await page.getByLabel('Name', { exact: true }).fill('Old phone')
    await page.getByRole('button', { name: 'Save the name' }).click()
    await page.getByText('Old phone', { exact: true }).first().waitFor()
    await add(page, 'The same again')
    await page.getByText('This device has a passkey of yours already.').waitFor()
    await page.goto(`${origin}/account`)
    await page.getByText('Change or remove').click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.waitForURL(`${origin}/account`)
    expect(await page.getByText('Old phone').count()).toBe(0)

    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.goto(`${origin}/sign-in`)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('heading', { name: 'This passkey does not sign you in' }).waitFor()
    expect(faults).toEqual([])
    await phone.close()
  })

  it('that does not know its person says so, and may be asked again', async () => {
    const { phone, page } = await signedIn()
    const keys = await authenticator(page)
    await add(page, 'My phone')
    await page.getByText('My phone', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await keys.setFits(false)
    await page.goto(`${origin}/sign-in`)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByText('Nothing was done').waitFor()
    await expectSound(page)
    await keys.setFits(true)
    await page.getByRole('button', { name: 'Ask again' }).click()
    await page.waitForURL(`${origin}/account`)
    await phone.close()
  })

  it('is not offered where no script runs: the mailed code stays', async () => {
    const phone = await browser.newContext({ ...phoneSized, javaScriptEnabled: false })
    const page = await phone.newPage()
    await page.goto(`${origin}/sign-in`)
    expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).isVisible()).toBe(
      false,
    )
    expect(await page.getByRole('button', { name: 'Send me a code' }).isVisible()).toBe(true)
    await phone.close()
  })
})
