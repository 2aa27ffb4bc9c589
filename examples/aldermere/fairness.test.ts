import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildServer } from '../../platform/web/server.ts'
import { openAldermere } from './testing.ts'

let opened: Awaited<ReturnType<typeof openAldermere>>
let app: Awaited<ReturnType<typeof buildServer>>
beforeAll(async () => {
  opened = await openAldermere()
  const options = { logLevel: 'silent', example: null, ready: async () => true }
  app = await buildServer({ reader: opened.reader, ...options })
})
afterAll(async () => {
  await app?.close()
  await opened?.db.close()
})

const plain = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

it('says in the indicator’s own unit who gets less', async () => {
  const { periods } = (await app.inject('/indicators/ald-primary-expected/fairness.json')).json()
  const { gap, means } = periods.at(-1).found.fifths
  expect(gap.value).toBeCloseTo(means[0].value - means[4].value, 8)
  const page = plain((await app.inject('/indicators/ald-primary-expected/fairness')).body)
  expect(page).toContain(
    `The most deprived fifth: ${Math.abs(gap.value).toFixed(1)} percentage points less`,
  )
  expect(page).toContain('Is it a postcode lottery?')
  expect(page).toContain('Disadvantaged pupils')
})

it('lists every measure of a service, and only those', async () => {
  const all = (await app.inject('/fairness.json?service=general-practice')).json()
  expect(all.length).toBeGreaterThan(5)
  for (const of of all) expect(of.service).toBe('general-practice')
})

it('gives all figures as CSV, and a past period by its name', async () => {
  const csv = (await app.inject('/indicators/ald-gp-cost/fairness.csv')).body.split('\r\n')
  expect(csv[0]).toBe('period,measure,of,value,lower95,upper95,providers')
  expect(csv.filter((l) => l.startsWith('2023-24,mean,fifth'))).toHaveLength(5)
  const page = await app.inject('/indicators/ald-gp-cost/fairness?period=2023-24')
  expect(plain(page.body)).toContain('2023-24 Fairness: Cost for each patient')
  expect((await app.inject('/indicators/ald-gp-cost/fairness?period=1999')).statusCode).toBe(404)
  expect((await app.inject('/indicators/ald-population/fairness')).statusCode).toBe(404)
})

it('puts the widest certain gap of a service first, in words, as data and as CSV', async () => {
  const address = '/services/primary-school/fairness'
  const { indicators } = (await app.inject(`${address}.json`)).json()
  expect(indicators.length).toBe(5)
  const widest = indicators.map(
    (i: { gaps: { certain: boolean; width: { value: number } }[] }) => i.gaps[0],
  )
  const [first] = widest
  expect(first.certain).toBe(true)
  for (const { certain, width } of widest) {
    if (certain) expect(Math.abs(width.value)).toBeLessThanOrEqual(Math.abs(first.width.value))
  }
  const page = plain((await app.inject(address)).body)
  expect(page).toContain(`The widest gap that is certain is in “${indicators[0].name}”`)
  const csv = (await app.inject(`${address}.csv`)).body.trim().split('\r\n')
  expect(csv).toHaveLength(
    1 + indicators.reduce((n: number, i: { gaps: unknown[] }) => n + i.gaps.length, 0),
  )
  expect((await app.inject('/services/primary-school')).body).toContain(`href="${address}"`)
  expect((await app.inject('/services/council/fairness')).statusCode).toBe(404)
  expect((await app.inject('/services/nowhere/fairness.json')).statusCode).toBe(404)
})

it('leads with the widest certain gap of all services', async () => {
  const all = (await app.inject('/fairness.json')).json()
  const page = plain((await app.inject('/fairness')).body)
  expect(page).toContain(`The widest gap that is certain is in “${all[0].name}”`)
})

it('says by a test whether a gap has narrowed or widened', async () => {
  const { gaps, periods } = (await app.inject('/indicators/ald-gp-cost/fairness.json')).json()
  const [{ trend, gap }] = gaps
  expect(trend.last.value).toBeCloseTo(gap.value, 8)
  expect(trend.first.value).toBeCloseTo(periods[0].found.fifths.gap.value, 8)
  expect(trend.change.value).toBeCloseTo(trend.last.value - trend.first.value, 8)
  const certain = trend.change.lower > 0 || trend.change.upper < 0
  expect(trend.way === 'uncertain').toBe(!certain)
  const page = plain((await app.inject('/indicators/ald-gp-cost/fairness')).body)
  expect(page).toMatch(
    certain ? / the gap has (narrowed by|widened by|turned round)/ : /: no certain change/,
  )
})

it('shows how much is more than chance in each period', async () => {
  const { body } = await app.inject('/indicators/ald-primary-expected/fairness')
  expect(body).toContain('Between schools: parts in 100 that are more than chance')
  expect(body).toMatch(/<svg[^>]*aria-label="Parts in 100 of the differences between schools/)
  expect(plain(body)).toMatch(/Period Schools Places \(district\) 20\d\d-\d\d \d+ \(\d+ to \d+\)/)
})

it('names who is left behind by code, name and kind, never by a number of ours', async () => {
  for (const address of [
    '/indicators/ald-primary-absence/fairness.json',
    '/services/primary-school/fairness.json',
    '/fairness.json',
  ]) {
    expect((await app.inject(address)).body).not.toContain('"subject"')
  }
  const { periods } = (await app.inject('/indicators/ald-primary-absence/fairness.json')).json()
  const named = periods.flatMap(
    (p: { found: { groups: { providers: { widest: unknown[] } }[] } }) =>
      p.found.groups.flatMap((g) => g.providers.widest),
  )
  expect(named.length).toBeGreaterThan(0)
  expect(named[0]).toMatchObject({
    code: expect.stringMatching(/^ALD/),
    name: expect.any(String),
    kind: 'provider',
  })
})

it('compares women with men at general practices', async () => {
  const page = plain((await app.inject('/indicators/ald-gp-needs/fairness')).body)
  expect(page).toContain('Women and men')
})
