import { existsSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

/** The smallest phone that pages must fit. */
export const phoneSized = { viewport: { width: 375, height: 800 } } as const

/** Debian's Chromium: the one without windows, which takes half the time, where it is installed. */
const chromiums = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'] as const
const executablePath = chromiums.find((path) => existsSync(path)) ?? chromiums[1]

/** Launches Debian's Chromium, which asks nobody on the network for anything of its own. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })

/** Nothing on the page is wider than its screen, and axe finds nothing wrong. */
export async function expectSound(page: Page): Promise<void> {
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
  const screen = page.viewportSize()?.width ?? 0
  expect([page.url(), Math.max(wide, screen)]).toEqual([page.url(), screen])
  expect([page.url(), await axeFindings(page)]).toEqual([page.url(), []])
}

/**
 * What axe finds wrong, by all its rules or by those with one of the tags. In a page without frames the
 * rules run at once, and only what is wrong is told at length: axe's usual way, which frames need, opens a
 * second page and hands every element that is right to it. That takes three times as long and finds the same.
 */
export async function axeFindings(page: Page, tags: readonly string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode(page.frames().length === 1)
  if (tags.length > 0) axe.withTags([...tags])
  const { violations, passes } = await axe.analyze()
  expect(passes.length).toBeGreaterThan(5)
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)
}

/** What the policies of a page forbid, and what its scripts throw, from now on. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) faults.push(message.text())
  })
  return faults
}

/** Signs in as a person does where letters lie on a page of this machine: by the link that was mailed. */
export async function signInByMail(page: Page, origin: string, email: string): Promise<void> {
  await page.goto(`${origin}/account`)
  await page.getByLabel('Email address').fill(email)
  await page.getByRole('button', { name: 'Send me a code', exact: true }).click()
  await page.goto(`${origin}/dev/mail`)
  await page.locator('.pl-letter a').first().click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
