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

it('judges every primary school by the floor, and says so on its page', async () => {
  const { counts, judgements, total } = (
    await app.inject('/standards/ald-floor-primary.json')
  ).json()
  expect(Object.values<number>(counts).reduce((a, b) => a + b, 0)).toBe(90)
  expect(total).toBe(90)
  expect(counts.met).toBeGreaterThan(0)
  const { code, outcome } = judgements[0]
  const page = (await app.inject(`/providers/${code}`)).body.replace(/<[^>]*>|\s+/g, ' ')
  expect(page).toContain('Measured against standards')
  expect(page.toLowerCase()).toContain(outcome)
})

it('gives everyone as CSV, and says on the indicator’s page what was found', async () => {
  const { counts, standard } = (await app.inject('/standards/ald-floor-primary.json')).json()
  const csv = (await app.inject('/standards/ald-floor-primary.csv?outcome=met')).body
    .trim()
    .split('\r\n')
  expect(csv).toHaveLength(counts.met + 1)
  expect(csv.slice(1).every((line) => line.includes(',met,'))).toBe(true)
  const page = (await app.inject(`/indicators/${standard.indicator}`)).body
  expect(page).toContain(`${counts.met} met it`)
})

it('narrows the table by judgement, and the judgement agrees with the interval', async () => {
  const { judgements, threshold } = (
    await app.inject('/standards/ald-entitlement-gp.json?outcome=met')
  ).json()
  expect(judgements.length).toBeGreaterThan(0)
  for (const j of judgements) {
    expect(j.outcome).toBe('met')
    expect(j.limits.lower95).toBeGreaterThanOrEqual(threshold)
  }
})

it('holds schools to what nine in ten did not reach in the base year', async () => {
  const at = async (period: string) =>
    (await app.inject(`/standards/ald-excellence-primary.json?period=${period}`)).json().threshold
  expect(await at('2020-21')).toBe(await at('2024-25'))
})

it('gives the list as CSV, narrowed as the page is', async () => {
  const { headers, body } = await app.inject('/standards.csv?kind=floor')
  expect(headers['content-type']).toBe('text/csv; charset=utf-8')
  const [head, ...rows] = body.trim().split('\r\n')
  expect(head).toMatch(/^code,name,kind,service,set_by,state,/)
  const list: { counts: Record<string, number> }[] = (
    await app.inject('/standards.json?kind=floor')
  ).json()
  expect(rows).toHaveLength(list.length)
  expect(rows[0]).toContain(`,${Object.values(list[0]?.counts ?? {}).join(',')},`)
  expect((await app.inject('/standards?kind=floor')).body).toContain('/standards.csv?kind=floor')
})

it('lists standards by kind, and answers what is not there', async () => {
  const floors = (await app.inject('/standards.json?kind=floor')).json()
  expect(floors.map((s: { standard: { code: string } }) => s.standard.code)).toEqual([
    'ald-floor-primary',
  ])
  expect((await app.inject('/standards/none')).statusCode).toBe(404)
  expect((await app.inject('/standards?kind=ceiling')).statusCode).toBe(400)
})
