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
