import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { importAndPublish } from '../../platform/publishing/testing.ts'
import { requests } from '../../platform/web/api/mutations.ts'
import { operations } from '../../platform/web/api/operations.ts'
import { sampleOf } from '../../platform/web/api/sample.ts'
import { buildServer } from '../../platform/web/server.ts'
import { publishPaper } from '../../platform/yardstick/paper.ts'
import { seed } from './about.ts'
import { makeAldermere } from './generate.ts'
import { openAldermere } from './testing.ts'

let opened: Awaited<ReturnType<typeof openAldermere>>
let app: Awaited<ReturnType<typeof buildServer>>
beforeAll(async () => {
  opened = await openAldermere()
  // A server brings it along with the first publication.
  await publishPaper(opened.db, opened.catalogue, { by: 'a test' })
  const options = { logLevel: 'silent', example: null, ready: async () => true }
  app = await buildServer({ reader: opened.reader, ...options })
})
afterAll(async () => {
  await app?.close()
  await opened?.db.close()
})

const rowSchema = z.looseObject({
  code: z.string(),
  status: z.string(),
  value: z.number().nullable(),
})
const listSchema = z.object({
  data: z.array(rowSchema),
  meta: z.object({ total: z.number().nullable(), state: z.object({ publication: z.number() }) }),
  links: z.object({ next: z.string().nullable() }),
})
const list = async (url: string) => listSchema.parse((await app.inject(url)).json())

async function whole(url: string) {
  const rows: z.infer<typeof rowSchema>[] = []
  for (let next: string | null = url; next !== null; ) {
    const part: Awaited<ReturnType<typeof list>> = await list(next)
    rows.push(...part.data)
    next = part.links.next
  }
  return rows
}

it('answers every example with something that is as the document says', async () => {
  const state = await opened.reader.state()
  const sample = await sampleOf(opened.reader, state)
  for (const operation of operations) {
    const answer = await app.inject(`/api/v1${operation.example(sample)}`)
    expect([operation.id, answer.statusCode]).toEqual([operation.id, 200])
    const found = operation.answer.safeParse(answer.json())
    expect([operation.id, found.error]).toEqual([operation.id, undefined])
    const { data } = z.object({ data: z.unknown() }).parse(answer.json())
    if (operation.isList) expect([operation.id, data]).not.toEqual([operation.id, []])
  }
  const document = (await app.inject('/api/v1/openapi.json')).json()
  expect(await new Validator().validate(document)).toEqual({ valid: true })
})

it('gives a whole list as the document says, in every row', async () => {
  for (const operation of operations.filter((o) => o.isList && o.id !== 'search')) {
    const filter = operation.id === 'listComparisons' ? '&subject=ALDG01,ALDG02' : ''
    let next: string | null = `/api/v1${operation.path}?limit=1000${filter}`
    for (let parts = 0; next !== null && parts < 8; parts++) {
      const answer: unknown = (await app.inject(next)).json()
      const found = operation.answer.safeParse(answer)
      expect([operation.id, found.error]).toEqual([operation.id, undefined])
      next = z.object({ links: listSchema.shape.links }).parse(answer).links.next
    }
  }
})

it('gives the same table as the indicator’s page', async () => {
  const sample = await sampleOf(opened.reader, await opened.reader.state())
  const { indicator, period } = sample
  const rows = await whole(
    `/api/v1/observations?indicator=${indicator}&period=${period}&group=&kind=provider&limit=7`,
  )
  const page = await opened.reader.indicatorPage(await opened.reader.state(), indicator, {
    period,
    size: 500,
  })
  expect(rows.map((r) => [r.code, r.value, r.status])).toEqual(
    page?.rows.map((r) => [r.code, r.value, r.status]),
  )
})

it('gives of a provider the same by its code as by its indicators', async () => {
  const own = await whole('/api/v1/observations?subject=ALDG01&limit=50')
  const some = own.filter((_, at) => at % 9 === 0)
  for (const row of some) {
    const asked = new URLSearchParams({
      indicator: String(row.indicator),
      period: String(row.period),
      group: String(row.group),
      limit: '1000',
    })
    const same = (await whole(`/api/v1/observations?${asked}`)).find((r) => r.code === 'ALDG01')
    expect(same).toEqual(row)
  }
  expect(some.length).toBeGreaterThan(5)
})

it('never gives a hidden value away: no value, limits, counts or comparison', async () => {
  const hidden = await whole('/api/v1/observations?status=suppressed&limit=1000')
  expect(hidden.length).toBeGreaterThan(10)
  for (const row of hidden) {
    expect(row).toMatchObject({
      value: null,
      lower95: null,
      upper95: null,
      lower998: null,
      upper998: null,
      comparedWithWhole: null,
    })
  }
})

const idsSchema = z.object({
  data: z.array(z.object({ id: z.int() })),
  links: z.object({ next: z.string().nullable() }),
})

/** Publishes a correction that changes no figure. */
async function correctOneFile(): Promise<void> {
  const file = makeAldermere(seed)[0]?.files.find(
    (f) => f.name === 'aldermere-register-councils.csv',
  )
  const path = join(mkdtempSync(join(tmpdir(), 'plumbline-')), file?.name ?? '')
  writeFileSync(path, `${file?.text}\n`)
  await importAndPublish(opened.db, opened.catalogue, [path])
}

it('tells scores of cards without the noise of their computing', async () => {
  const { body } = await app.inject('/api/v1/cards?limit=200')
  expect(body).toMatch(/"score":\d+\.\d/)
  expect(body.match(/"(score|standardError)":\d+\.\d{7,}/g)).toBeNull()
})

it('keeps a list as it was when it began, while a release is published', async () => {
  const url = '/api/v1/releases?limit=2&fields=id'
  const ids = async (from: string) => {
    const found: number[] = []
    for (let next: string | null = from; next !== null; ) {
      const answer: z.infer<typeof idsSchema> = idsSchema.parse((await app.inject(next)).json())
      found.push(...answer.data.map((r) => r.id))
      next = answer.links.next
    }
    return found
  }
  const before = await ids(url)
  const first = idsSchema.parse((await app.inject(url)).json())
  await correctOneFile()
  const rest = await ids(first.links.next ?? '')
  expect([...first.data.map((r) => r.id), ...rest]).toEqual(before)
  expect((await ids(url)).length).toBe(before.length + 1)
})

it('answers whatever is made from its document, over real answers too, without a failure', async () => {
  const { paths } = z
    .object({
      paths: z.record(
        z.string(),
        z.object({
          get: z
            .object({
              parameters: z.array(
                z.looseObject({
                  name: z.string(),
                  in: z.string(),
                  schema: z.looseObject({ enum: z.array(z.string()).optional() }).optional(),
                }),
              ),
            })
            .optional(),
        }),
      ),
    })
    .parse((await app.inject('/api/v1/openapi.json')).json())
  const described = Object.entries(paths).flatMap(([path, { get }]) =>
    // One that is only sent to is tried by the tests of what is sent.
    get ? [{ path, ...get }] : [],
  )
  let at = 0
  await fc.assert(
    fc.asyncProperty(requests(described), async (url) => {
      at += 1
      const answer = await app.inject({ url, remoteAddress: `10.0.${at >> 8}.${at & 255}` })
      expect(answer.statusCode).toBeLessThan(500)
    }),
    { numRuns: Number(process.env.PLUMBLINE_REQUESTS ?? 1500) },
  )
})
