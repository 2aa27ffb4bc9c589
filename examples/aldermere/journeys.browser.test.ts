import { existsSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '../../platform/web/server.ts'
import { axeFindings, launchBrowser } from '../../platform/web/testing-browser.ts'
import { publishPaper } from '../../platform/yardstick/paper.ts'
import { sentence } from './about.ts'
import { readingGrade } from './reading-grade.ts'
import { openAldermere } from './testing.ts'

const executablePath = '/usr/bin/chromium'

/** The example area as its users would click through it: on a phone, without JavaScript. */
describe.skipIf(!existsSync(executablePath) && process.env.CI !== 'true')('Aldermere', () => {
  let opened: Awaited<ReturnType<typeof openAldermere>>
  let app: Awaited<ReturnType<typeof buildServer>>
  let browser: Browser
  let origin: string
  let page: Page

  beforeAll(async () => {
    opened = await openAldermere()
    await publishPaper(opened.db, opened.catalogue, { by: 'a test' })
    const ready = async () => true
    app = await buildServer({
      reader: opened.reader,
      logLevel: 'silent',
      example: sentence,
      ready,
    })
    origin = await app.listen({ port: 0, host: '127.0.0.1' })
    browser = await launchBrowser()
    const context = await browser.newContext({
      viewport: { width: 375, height: 800 },
      javaScriptEnabled: false,
    })
    page = await context.newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await app?.close()
    await opened?.db.close()
  })

  const heading = (): Promise<string | null> => page.textContent('h1')
  const main = async (): Promise<string> =>
    ((await page.textContent('main')) ?? '').replace(/\s+/g, ' ')

  it('a visitor follows a release to the public record, and a judgement to its proof', async () => {
    await page.goto(`${origin}/releases/1`)
    await page.getByRole('link', { name: /^\d+\. Release published$/ }).click()
    expect(await main()).toContain('It is under the signed checkpoint of')
    await page.getByText('The proof, to keep').click()
    expect(await main()).toContain('c2sp.org/tlog-proof@v1')
    await page.getByRole('link', { name: 'The public record' }).first().click()
    await page.getByText('Search or narrow the record').click()
    await page.getByLabel('What was done').selectOption('Judgements changed')
    await page.getByRole('button', { name: 'Show' }).click()
    await page
      .getByRole('link', { name: /Judgements changed$/ })
      .first()
      .click()
    await page.getByRole('link', { name: 'Who is judged otherwise' }).click()
    expect(await main()).toContain('This list fits the record')
    await page.getByRole('link', { name: /^ALD/ }).first().click()
    expect(await main()).toContain('How to check this one')
  })

  it('a citizen finds their practice, reads how it does, and follows a figure to its file', async () => {
    await page.goto(origin)
    expect(await page.textContent('body')).toContain(sentence)
    await page.getByLabel('Name, street, town or postcode').fill('wetherly family')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('link', { name: 'Wetherley Family Doctors' }).click()
    expect(await heading()).toBe('Wetherley Family Doctors')
    expect(await main()).toMatch(/\d+ things? better than practices like it/)
    await page.getByRole('link', { name: 'Patients with a good experience' }).first().click()
    expect(page.url()).toContain('#ald-gp-experience')
    const section = page.locator('#ald-gp-experience')
    await section.locator('summary', { hasText: 'Compared with' }).click()
    expect(await section.getByRole('cell', { name: 'much better' }).first().isVisible()).toBe(true)
    await section.getByRole('link', { name: /^Release \d+$/ }).click()
    expect(await main()).toContain('SHA-256')
  })

  it('a patient chooses what to compare with: others by name, a group of their own, a day', async () => {
    await page.goto(`${origin}/providers/ALDG01`)
    await page.getByRole('link', { name: 'Compare it with others' }).click()
    expect(await main()).toContain('Add at least one more')
    await page.getByLabel('Add by name').fill('surgery')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.locator('.pl-hits a').first().click()
    expect(await page.locator('.pl-chosen li').count()).toBe(2)
    expect(await page.locator('.pl-rows tbody tr').count()).toBeGreaterThan(6)
    await page.getByLabel('A day on which something changed').fill('2023-04-01')
    await page.getByRole('button', { name: 'Show the difference' }).click()
    expect(await main()).toContain('Before and after 1 April 2023')

    await page.goto(`${origin}/providers/ALDG01/peers`)
    await page.getByLabel('Codes, with commas between').fill('ALDG02,ALDG03, ALDG01')
    await page.getByLabel('Name of the group').fill('Our <cluster>')
    await page.getByRole('button', { name: 'Compare with this group' }).click()
    expect(await main()).toContain('Beside Our <cluster>')
  })

  it('a citizen sees how the country stands in the world, and follows a figure to its file', async () => {
    await page.goto(origin)
    await page.getByRole('link', { name: 'Against the best in the world' }).click()
    expect(await main()).toContain('The figures on this page are real.')
    expect(await main()).toContain('“13th out of 30 OECD countries” (2006)')
    await page.locator('summary', { hasText: 'All 19 measures' }).click()
    const reading = page.locator('#paper-reading-rank-at-15')
    await reading.locator('summary').click()
    expect(await reading.textContent()).toContain('ranked the UK as 13th out of 30 OECD countries')
    await reading.getByRole('link', { name: 'United Kingdom' }).click()
    expect(await heading()).toBe('United Kingdom')
    expect(await main()).toContain('figures of this place in 4 of the 4 parts')
    await page.goto(`${origin}/places/CAN`)
    expect(await main()).toContain('The paper gives nothing here of this place.')
    await page.getByRole('link', { name: 'All figures of the paper' }).click()
    await page
      .getByRole('link', { name: /^Release \d+$/ })
      .first()
      .click()
    expect(await main()).toContain('SHA-256')
  })

  it('a head teacher sees the schools of a place on one chart', async () => {
    await page.goto(`${origin}/places/ALD`)
    await page.getByRole('link', { name: 'All 90 schools on one chart' }).click()
    expect(await heading()).toBe('Schools of Aldermere')
    expect(await page.locator('.pl-rows tbody tr').count()).toBe(50)
    await page.getByRole('link', { name: 'Next' }).click()
    expect(await page.locator('.pl-rows tbody tr').count()).toBe(40)
  })

  it('an analyst filters by area, sorts, and takes the table away as CSV', async () => {
    await page.goto(`${origin}/indicators/ald-gp-experience`)
    const all = await page.locator('#all ~ .pl-rows tbody tr').count()
    const area = page.getByLabel('Area', { exact: true })
    const [district] = await area
      .locator('option')
      .evaluateAll((options) =>
        options
          .filter((o) => /district/.test(o.textContent ?? ''))
          .map((o) => o.getAttribute('value')),
      )
    await area.selectOption(district as string)
    await page.getByLabel('In order of').selectOption('-value')
    await page.getByRole('button', { name: 'Show' }).click()
    const some = await page.locator('#all ~ .pl-rows tbody tr').count()
    expect(some).toBeGreaterThan(0)
    expect(some).toBeLessThan(all)
    const href = await page.getByRole('link', { name: /table as CSV/ }).getAttribute('href')
    const csv = await (await fetch(origin + href)).text()
    expect(csv.trim().split('\r\n')).toHaveLength(some + 1)
    const first = await page.locator('#all ~ .pl-rows tbody tr th a').first().textContent()
    expect(csv.split('\r\n')[1]).toContain(first)
  })

  it('a steward reads what a correction changed, on both releases, and goes back in time', async () => {
    await page.goto(`${origin}/releases`)
    await page.locator('tr', { hasText: 'a correction' }).getByRole('link').first().click()
    expect(await main()).toContain('What it changed')
    const changed = await page.locator('#changes ~ .pl-scroll tbody tr').allTextContents()
    expect(changed.length).toBeGreaterThan(0)
    await page.getByRole('link', { name: /^Release \d+$/ }).click()
    await page.getByRole('link', { name: /^What release \d+ changed$/ }).click()
    expect(await main()).toContain(`${changed.length} figures read otherwise`)
    await page.goBack()
    await page.getByRole('link', { name: 'as it was when this was published' }).click()
    expect(await page.textContent('body')).toContain('As it was on')
    await page.getByRole('link', { name: 'Releases' }).first().click()
    expect(page.url()).toContain('as-of=')
    expect(await main()).not.toContain('a correction')
    await page.getByRole('link', { name: 'See it as it is now' }).click()
    expect(page.url()).not.toContain('as-of')
    expect(await main()).toContain('a correction')
  })

  it('a steward finds the gravest first, narrows the list, and sees what a plan came to', async () => {
    await page.goto(origin)
    await page.getByRole('link', { name: 'Desk', exact: true }).click()
    expect(await main()).toMatch(
      /\d+ things need attention: 2 floors missed, 1 entitlement missed, 1 sudden change/,
    )
    expect(await page.locator('.pl-signals > li').first().textContent()).toContain('Below a floor')
    await page.locator('summary', { hasText: 'Narrow or sort the list' }).click()
    await page.getByLabel('Kind').selectOption('worsening')
    await page.getByRole('button', { name: 'Show' }).click()
    expect(page.url()).toContain('what=worsening')
    expect(await page.locator('.pl-signals > li').count()).toBe(1)
    expect(await main()).toMatch(/Before the plan: .+ After it: .+ change is shown/)
    await page.getByRole('link', { name: /^Why/ }).click()
    expect(page.url()).toContain('/providers/ALDH02#ald-hospital-four-hours')
    expect(await main()).toContain('On the steward’s desk')
  })

  it('a citizen types a postcode and finds the services around it', async () => {
    await page.goto(origin)
    await page.getByRole('link', { name: 'See what is near your postcode' }).click()
    await page.getByLabel('Postcode').fill('zz12hr')
    await page.getByRole('button', { name: 'Show what is near' }).click()
    expect(await heading()).toBe('Services near ZZ1 2HR')
    await page.getByRole('link', { name: 'Kettlemere Family Doctors' }).click()
    expect(await heading()).toBe('Kettlemere Family Doctors')
  })

  it('a patient reads a report card, weighs it anew, and sees it beside all others', async () => {
    await page.goto(`${origin}/providers/ALDG01`)
    await page.getByRole('link', { name: /^Report card: [A-F]$/ }).click()
    expect(await heading()).toBe('Wetherley Family Doctors')
    expect(await main()).toMatch(/Overall grade [A-F]: .*How sure we are.*of 40 practices/)
    const letters = await page.locator('.pl-card .pl-grade__letter').allTextContents()
    expect(letters).toHaveLength(5)
    await page.getByLabel('How people are treated').fill('90')
    await page.getByLabel('Value for money').fill('0')
    await page.getByRole('button', { name: 'Grade it my way' }).click()
    expect(await main()).toContain('With your weights')
    await page.getByRole('link', { name: 'The address of this card with your weights' }).click()
    expect(page.url()).toContain('weights=outcomes:40,experience:90,fairness:20,value:0')
    expect(await main()).toContain('With your weights')
    await page.getByRole('link', { name: 'The cards of all practices' }).click()
    await page.getByLabel('Overall grade').selectOption('B')
    await page.getByRole('button', { name: 'Show' }).click()
    for (const grade of await page.locator('tbody tr td:nth-child(2)').allTextContents()) {
      expect(grade).toMatch(/^B, .*% likely$/)
    }
  })

  it('a report card fits one printed page', async () => {
    for (const code of ['ALDG01', 'ALDP07', 'ALDS03', 'ALDN02']) {
      await page.goto(`${origin}/providers/${code}/card`)
      const printed = (await page.pdf({ format: 'A4' })).toString('latin1')
      expect(printed.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1)
    }
  })

  it('a map is read and followed without scripts, and zoomed with them', async () => {
    await page.goto(`${origin}/places/ALD?map=ald-child-poverty&level=district`)
    const title = await page.locator('.pl-chart--map a title').first().textContent()
    expect(title).toMatch(/^[A-Z].+: \d+\.\d% \(\d+\.\d to \d+\.\d\), /)
    await page.locator('.pl-chart--map a').first().click()
    expect(await heading()).toBe(title?.split(':')[0])

    const context = await browser.newContext({ viewport: { width: 375, height: 800 } })
    const tab = await context.newPage()
    const errors: string[] = []
    tab.on('pageerror', (e) => errors.push(e.message))
    tab.on('console', (m) => m.type() === 'error' && errors.push(m.text()))
    await tab.goto(`${origin}/places/ALD?map=ald-child-poverty&level=district`)
    const picture = tab.locator('.pl-chart--map')
    const width = async (): Promise<number> => (await picture.boundingBox())?.width ?? 0
    const before = await width()
    await tab.getByRole('button', { name: 'Zoom in' }).click()
    await expect.poll(width).toBeGreaterThan(1.4 * before)
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375)
    await tab.getByRole('button', { name: 'Zoom out' }).click()
    await expect.poll(width).toBeLessThan(1.01 * before)
    await picture.locator('a').first().click()
    expect(await tab.textContent('h1')).toBe(title?.split(':')[0])
    expect(errors).toEqual([])
    await context.close()
  })

  it('a professional sees what the best like theirs do with less, and asks one of them', async () => {
    await page.goto(`${origin}/providers/ALDG04`)
    await page.getByRole('link', { name: 'Who they are, and how sure this is' }).click()
    expect(await main()).toMatch(
      /The best practices like this one reach the same with £[\d,]+ less/,
    )
    await page.locator('summary', { hasText: 'The picture as a table' }).click()
    const opened = page.locator('details[open]').getByRole('cell', { name: /£/ })
    expect(await opened.first().isVisible()).toBe(true)
    await page.locator('h2:has-text("Whom to ask") ~ .pl-scroll a').first().click()
    expect(await main()).toContain('it gets as much from each pound as the best like it')
    await page.getByRole('link', { name: 'All practices' }).click()
    await page.getByLabel('Show', { exact: true }).selectOption('all')
    await page.getByLabel('Order').selectOption('value')
    await page.getByRole('button', { name: 'Show' }).first().click()
    expect(page.url()).toMatch(/show=all.*sort=value/)
    expect(await main()).toMatch(/40 here/)
  })

  it('from a service to its widest gap, and whether that has narrowed', async () => {
    await page.goto(`${origin}/services/primary-school`)
    await page.getByRole('link', { name: /^Fairness: who is left behind/ }).click()
    expect(await main()).toContain('The widest gap that is certain is in')
    const gaps = page.getByRole('region', { name: 'All gaps' })
    expect(await gaps.getByRole('cell', { name: /since \d{4}-\d{2}$/ }).count()).toBeGreaterThan(3)
    await gaps.getByRole('rowheader').first().getByRole('link').click()
    expect(page.url()).toMatch(/\/indicators\/ald-primary-[a-z]+\/fairness$/)
    expect(await main()).toMatch(/Since \d{4}-\d{2}(: no certain change| the gap has )/)
  })

  it.each([
    ['/', 6],
    ['/services/general-practice', 6],
    ['/providers/ALDG01', 6],
    ['/providers/ALDS01', 6],
    ['/services/general-practice/value', 6],
    ['/providers/ALDG04/value', 6],
    ['/places/ALD', 6],
    ['/indicators/ald-gp-experience', 6],
    ['/places/ALDD01', 6],
    ['/near?postcode=ZZ1%202HR', 6],
    ['/providers/ALDG01/card', 6],
    ['/providers/ALDS03/card', 6],
    ['/providers/ALDH01/card', 6],
    ['/services/general-practice/cards', 6],
    ['/fairness', 6],
    ['/services/primary-school/fairness', 6],
    ['/about/cards', 9],
    ['/about/words', 6],
    ['/places/K02000001', 6],
    ['/yardstick', 7],
    ['/about/methods', 9],
  ])('%s can be read in school year %i', async (path, grade) => {
    const { body } = await app.inject(path)
    expect(readingGrade(body)).toBeLessThanOrEqual(grade)
    expect(readingGrade(body)).toBeGreaterThan(0)
  })

  it('shows every column of the standards on a phone, none beyond the edge', async () => {
    const context = await browser.newContext({ viewport: { width: 375, height: 800 } })
    const tab = await context.newPage()
    await tab.goto(`${origin}/standards`)
    const cells = await tab.locator('.pl-stack tbody td').all()
    expect(cells.length).toBeGreaterThan(10)
    for (const cell of cells) {
      const box = await cell.boundingBox()
      expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(375)
    }
    const wider = await tab
      .locator('.pl-scroll')
      .evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth).length)
    expect(wider).toBe(0)
    await context.close()
  })

  it.each([
    '/',
    '/services/police',
    '/providers/ALDG01',
    '/providers/ALDS01',
    '/providers/ALDH01',
    '/places/ALD',
    '/places/ALDW01',
    '/places/ALDD01',
    '/near?postcode=ZZ1%202HR',
    '/near?postcode=GU34',
    '/providers/ALDG01/card?weights=outcomes:20,experience:60',
    '/providers/ALDH01/card',
    '/services/primary-school/cards?sort=-value',
    '/about/cards',
    '/indicators/ald-gp-experience',
    '/indicators/ald-gp-experience?level=providers',
    '/services/primary-school/value?show=all',
    '/providers/ALDG04/value',
    '/compare?place=ALD&service=primary-school',
    '/compare?providers=ALDG01,ALDG02&since=2023-04-01',
    '/desk',
    '/fairness',
    '/services/general-practice/fairness',
    '/standards',
    '/standards/ald-floor-primary',
    '/yardstick',
    '/places/K02000001',
    '/places/E92000001',
    '/places/CAN',
    '/indicators/paper-reading-rank-at-15',
    '/indicators/ald-primary-expected/fairness',
    '/providers/ALDH02',
    '/releases',
    '/record',
    '/record/5',
    '/record?act=judgements-changed',
    '/record/checkpoints',
    '/nowhere',
  ])('%s is free of axe’s findings and fits a phone', async (path) => {
    const context = await browser.newContext({ viewport: { width: 375, height: 800 } })
    const tab = await context.newPage()
    await tab.goto(origin + path)
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    expect(await axeFindings(tab, tags)).toEqual([])
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375)
    expect(await tab.textContent('body')).toContain(sentence)
    await context.close()
  })
})
