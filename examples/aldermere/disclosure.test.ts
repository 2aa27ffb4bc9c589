import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { hiddenFigures } from '../../platform/disclosure/hidden-figures.ts'
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

const rowsSchema = z.object({
  data: z.array(
    z.object({
      code: z.string(),
      group: z.string(),
      status: z.string(),
      value: z.number().nullable(),
      numerator: z.number().nullable(),
    }),
  ),
})
const address = '/api/v1/observations?indicator=ald-child-injuries&period=2024-25&limit=1000'

it('shows no count of fewer than five children, and every row', async () => {
  const { data } = rowsSchema.parse((await app.inject(address)).json())
  expect(data).toHaveLength(3 * 69)
  for (const { numerator } of data) {
    if (numerator !== null && numerator > 0) expect(numerator).toBeGreaterThanOrEqual(5)
  }
  const hidden = data.filter((r) => r.status === 'suppressed')
  expect(hidden.length).toBeGreaterThan(10)
  expect(hidden.length).toBeLessThan(data.length / 2)
  expect(hidden.every((r) => r.value === null && r.numerator === null)).toBe(true)
})

it('says on the release how much is hidden, and to its steward alone what', async () => {
  const all = await opened.reader.releases(await opened.reader.state(), {
    dataset: 'aldermere-child-injuries',
  })
  const release = all.find((r) => r.period === '2024-25')?.id ?? 0
  const found = await hiddenFigures(opened.db, release)
  const { body } = await app.inject(`/releases/${release}`)
  expect(body).toContain(`${found?.hidden.length} of its 207 figures are hidden`)
  const small = found?.hidden.filter((h) => h.verdict === 'small') ?? []
  expect(small.length).toBeGreaterThan(5)
  expect(small.every((h) => h.part >= 1 && h.part < 5)).toBe(true)
})

it('says of a hidden figure that it is, on the place’s own page', async () => {
  const { data } = rowsSchema.parse((await app.inject(address)).json())
  const code = data.find((r) => r.status === 'suppressed' && r.group === '')?.code
  const { body } = await app.inject(`/places/${code}`)
  expect(body).toContain('Children admitted to hospital for injuries')
  expect(body).toMatch(/too few people to show|suppressed/)
})
