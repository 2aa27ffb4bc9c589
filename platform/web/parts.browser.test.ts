import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type CDPSession, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { killPlace, plumbline, serving } from '../killed-rounds.ts'
import {
  expectSound,
  faultsOf,
  launchBrowser,
  phoneSized,
  signInByMail,
} from './testing-browser.ts'

/** A server is started and killed several times: on a busy machine that takes its time. */
const timeout = 300_000
/** Milliseconds that a page is waited for. */
const patience = 90_000
const email = 'analyst@example.org'

/** About 21 MB: five parts. */
const folder = mkdtempSync(join(tmpdir(), 'plumbline-sent-'))
const path = join(folder, 'waits-2024.csv')
const rows = Array.from({ length: 600_000 }, (_, i) => `Q${100_000 + i},Surgery number ${i},50.5`)
writeFileSync(path, ['practice,practice name,waited less', ...rows].join('\n'))

describe('a large file over a line that breaks', () => {
  let at: Awaited<ReturnType<typeof killPlace>>
  let server: Awaited<ReturnType<typeof serving>>
  let browser: Browser
  let page: Page
  let line: CDPSession
  let origin = ''
  let faults: string[]

  const start = async (): Promise<void> => {
    server = await serving(at)
    origin = server.address.replace('127.0.0.1', 'localhost')
    at.env.PORT = new URL(origin).port
  }
  const kill = async (): Promise<void> => {
    server.child.kill('SIGKILL')
    await server.ended
  }

  beforeAll(async () => {
    at = await killPlace('pglite')
    Object.assign(at.env, { PLUMBLINE_EXAMPLE: 'off', PLUMBLINE_DEV_MAIL: 'on' })
    const granted = plumbline(at, [
      'people',
      'grant',
      email,
      '--role=analyst',
      '--everywhere',
      '--why=a test',
    ])
    expect(await granted.ended, granted.said()).toBe(0)
    await start()
    browser = await launchBrowser()
    const context = await browser.newContext(phoneSized)
    page = await context.newPage()
    page.setDefaultTimeout(patience)
    faults = faultsOf(page)
    line = await context.newCDPSession(page)
  }, timeout)
  afterAll(async () => {
    await browser?.close()
    server?.child.kill('SIGTERM')
    await server?.ended
    await at?.remove()
    rmSync(folder, { recursive: true })
  })

  const slowly = (bytesPerSecond: number) =>
    line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytesPerSecond,
    })
  const said = (words: string | RegExp) =>
    page.getByRole('status').filter({ hasText: words }).waitFor()
  const megabytes = async (): Promise<number> => {
    const text = (await page.locator('[data-parts-count]').textContent()) ?? ''
    const [, n = '', unit] = /^([\d.]+) ([KM]B)/.exec(text) ?? []
    return Number(n) / (unit === 'KB' ? 1000 : 1)
  }
  const sentMore = (than: number) =>
    vi.waitFor(async () => expect(await megabytes()).toBeGreaterThan(than), {
      timeout: patience,
      interval: 50,
    })
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const handIn = async (): Promise<void> => {
    await page.locator('#file').setInputFiles(path)
    await press('Hand in')
  }

  it('goes on by itself when the server comes back after a kill', { timeout }, async () => {
    await signInByMail(page, origin, email)
    await page.goto(`${origin}/publish`)
    await line.send('Network.enable')
    await slowly(3_000_000)
    await handIn()
    await sentMore(5)
    await kill()
    await said('The connection is gone.')
    await expectSound(page)
    await start()
    await said('The connection is back.')
    await sentMore(8.5)
  })

  it('waits while it is paused, and goes on', { timeout }, async () => {
    await press('Pause')
    await said(/^Paused\. [\d.]+ MB of \d+ MB\..* You can go on/)
    await expectSound(page)
    // It says what the server has, and not what is on its way.
    const paused = (await page.getByRole('status').textContent()) ?? ''
    const { halfSent } = await (await page.request.get(`${origin}/publish.json`)).json()
    const told = Number(/^Paused\. ([\d.]+) MB/.exec(paused)?.[1])
    expect(Math.abs(told - halfSent[0].received / 1e6)).toBeLessThanOrEqual(0.5)
    const before = await megabytes()
    await page.waitForTimeout(500)
    expect(await megabytes()).toBe(before)
    await press('Go on')
    await sentMore(before)
  })

  it('goes on after a kill and a reload, where it broke off, to the end', { timeout }, async () => {
    await kill()
    await said('The connection is gone.')
    await start()
    await page.goto(`${origin}/publish`)
    const half = page.getByText(/waits-2024\.csv: [\d.]+ MB of /)
    const kept = Number.parseFloat(
      /: ([\d.]+) MB/.exec((await half.textContent()) ?? '')?.[1] ?? '',
    )
    expect(kept).toBeGreaterThanOrEqual(8)
    await slowly(1_000_000)
    await handIn()
    await said(`Going on with waits-2024.csv from ${Math.round(kept)} MB.`)
    await sentMore(0)
    expect(await megabytes()).toBeGreaterThanOrEqual(kept)
    await expectSound(page)
    await slowly(-1)
    await page.waitForURL(/\/publish\/[0-9a-f-]{36}$/)
    await page.getByText('No file of this kind has come before').waitFor()
    expect(faults).toEqual([])
    const shown = page.url()
    await page.goto(`${origin}/publish`)
    expect(await page.getByText('Half sent').count()).toBe(0)
    server.child.kill('SIGTERM')
    await server.ended
    await at.opened(async (db) => {
      const [row] = await db.query<{ sha256: string }>('select sha256 from upload where id = $1', [
        shown.split('/').at(-1),
      ])
      expect(row?.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'))
    })
    await start()
  })

  it('is cancelled, and nothing of it stays', { timeout }, async () => {
    await page.goto(`${origin}/publish`)
    await slowly(1_000_000)
    await handIn()
    await sentMore(1)
    await press('Cancel')
    await said('Cancelled. What was sent is removed.')
    await page.goto(`${origin}/publish`)
    expect(await page.getByText('Half sent').count()).toBe(0)
    expect(faults).toEqual([])
  })

  it('keeps what was sent when the session ends, and goes on after signing in', {
    timeout,
  }, async () => {
    await page.goto(`${origin}/publish`)
    await slowly(2_000_000)
    await handIn()
    await sentMore(5)
    const [context] = browser.contexts()
    const cookies = (await context?.cookies()) ?? []
    await context?.clearCookies({ name: /session/ })
    await said('You are no longer signed in.')
    await expectSound(page)
    await context?.addCookies(cookies)
    await page.goto(`${origin}/publish`)
    await handIn()
    await said(/^Going on with waits-2024\.csv from \d+ MB\.$/)
    await press('Cancel')
    await said('Cancelled.')
  })

  it('says at once what is no file of rows', { timeout }, async () => {
    await slowly(-1)
    const sheet = { name: 'waits.xlsx', mimeType: '', buffer: Buffer.from('PK\u0003\u0004zip') }
    await page.locator('#file').setInputFiles(sheet)
    await press('Hand in')
    await said('This is a spreadsheet')
    await expectSound(page)
    await handIn()
    await page.waitForURL(/\/publish\/[0-9a-f-]{36}$/)
  })
})
