import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { importAndPublish } from '../../platform/publishing/testing.ts'
import { operations } from '../../platform/web/api/operations.ts'
import { buildServer } from '../../platform/web/server.ts'
import { seed } from './about.ts'
import { makeAldermere } from './generate.ts'
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

const partSchema = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  links: z.object({ next: z.string().nullable() }),
})
type Row = Readonly<Record<string, unknown>>

const part = async (url: string) => {
  const answer = await app.inject(url)
  expect([url, answer.statusCode]).toEqual([url, 200])
  return partSchema.parse(answer.json())
}

/** A list from its first part to its last, or as far as `most` parts. */
async function walk(url: string, most = Infinity): Promise<Row[]> {
  const rows: Row[] = []
  let next: string | null = url
  for (let n = 0; next !== null && n < most; n++) {
    const found = await part(next)
    rows.push(...found.data)
    next = found.links.next
  }
  return rows
}

/** What a list is asked so that it has enough rows to be put in order. */
const asked: Readonly<Record<string, string>> = {
  '/search': 'q=surgery',
  '/comparisons': 'subject=ALDG01,ALDG02,ALDG03',
}

/** What a row is sorted by: the member of that name, but for what a card holds deeper. */
const sortedBy = (row: Row, name: string): unknown => {
  const deeper = z.object({ overall: z.object({ score: z.number().nullable() }) }).safeParse(row)
  return name === 'score' && deeper.success ? deeper.data.overall.score : row[name]
}

const compare = (a: unknown, b: unknown): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1

/** Whether values stand in order, those that are null last whichever way. */
function inOrder(values: readonly unknown[], descending: boolean): boolean {
  return values.every((value, i) => {
    const before = values[i - 1]
    if (i === 0 || value === null || before === value) return true
    return before !== null && (descending ? compare(before, value) : compare(value, before)) > 0
  })
}

const sortsOf = (query: z.ZodObject): string[] => {
  const found = query.shape.sort
  return found instanceof z.ZodOptional
    ? z.array(z.string()).parse((found.unwrap() as z.ZodEnum).options)
    : []
}
const lists = operations.filter((o) => o.isList)

it('can put every list in order', () => {
  expect(lists.filter((o) => sortsOf(o.query).length === 0).map((o) => o.path)).toEqual([])
})

const cases = lists.flatMap((o) => sortsOf(o.query).map((sort) => [o.path, sort] as const))

it.each(cases)('puts %s in order by %s, the same in parts as whole', async (path, sort) => {
  const query = path === '/observations' ? await someSeries() : asked[path]
  const url = `/api/v1${path}?${query === undefined ? '' : `${query}&`}sort=${sort}`
  const whole = await part(`${url}&limit=60`)
  const name = sort.replace('-', '')
  const values = whole.data.map((row) => sortedBy(row, name))
  expect(values).not.toContain(undefined)
  expect(inOrder(values, sort.startsWith('-'))).toBe(true)
  expect((await walk(`${url}&limit=20`, 3)).slice(0, 60)).toEqual(whole.data)
})

/** Values of one indicator, period and group, of which some are hidden. */
async function findSeries(): Promise<string> {
  // Parts that were gone through without a hit are empty.
  let next: string | null = '/api/v1/observations?status=suppressed&limit=1'
  let row: Row | undefined
  while (row === undefined && next !== null) {
    const found: z.infer<typeof partSchema> = await part(next)
    row = found.data[0]
    next = found.links.next
  }
  const { indicator, period, group } = z
    .object({ indicator: z.string(), period: z.string(), group: z.string() })
    .parse(row)
  return new URLSearchParams({ indicator, period, group }).toString()
}

let series: Promise<string> | undefined
const someSeries = (): Promise<string> => {
  series ??= findSeries()
  return series
}

describe('sorted observations', () => {
  it('have all whose value is hidden last and by name, whichever way and by whatever number', async () => {
    const url = `/api/v1/observations?${await someSeries()}&limit=1000`
    const unseen = (rows: readonly Row[]) => rows.filter((r) => r.value === null)
    const plain = unseen(await walk(url))
    expect(plain.length).toBeGreaterThan(1)
    for (const sort of ['value', '-value', 'numerator', '-numerator', 'lower95', '-upper95']) {
      const sorted = await walk(`${url}&sort=${sort}`)
      const hidden = sorted.slice(sorted.length - plain.length)
      if (sort.endsWith('value')) expect(hidden).toEqual(plain)
      const suppressed = (rows: readonly Row[]) => rows.filter((r) => r.status === 'suppressed')
      expect(suppressed(sorted)).toEqual(suppressed(plain))
    }
  })

  it('are of one indicator, period and group, or of subjects: else the units are mixed', async () => {
    const answer = await app.inject('/api/v1/observations?sort=value')
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ parameter: 'sort', sent: 'value' })
    expect(answer.json().detail).toMatch(/Name one `indicator`, `period` and `group`/)
    const named = await walk('/api/v1/observations?subject=ALDG01,ALDG02&sort=-value')
    expect(named.length).toBeGreaterThan(10)
    expect(new Set(named.map((r) => r.code)).size).toBe(2)
  })
})

it('goes on in the state in which a sorted list began', async () => {
  const url = `/api/v1/providers?sort=-name&limit=5`
  const first = await part(url)
  const cursor = new URLSearchParams(first.links.next?.split('?')[1]).get('cursor') ?? ''
  const otherSort = await app.inject(`/api/v1/providers?sort=name&limit=5&cursor=${cursor}`)
  expect(otherSort.json()).toMatchObject({ type: '/api#stale-cursor' })
})

it('is neither torn nor mixed by a release that changes its order while it is paged through', async () => {
  const url =
    '/api/v1/observations?indicator=ald-gp-cost&period=2024-25&sort=-value&limit=10&fields=code,value'
  const before = await walk(url)
  const first = await part(url)
  const name = 'aldermere-gp-money-2024-25.csv'
  const text = makeAldermere(seed)
    .flatMap(({ files }) => files)
    .find((f) => f.name === name)?.text
  // Whoever costs least now costs most, and the other way round.
  const turned = text?.replace(/[\d.]+$/gm, (cost) =>
    String(Math.round(30_000 - 100 * Number(cost)) / 100),
  )
  const path = join(mkdtempSync(join(tmpdir(), 'plumbline-')), name)
  writeFileSync(path, turned ?? '')
  await importAndPublish(opened.db, opened.catalogue, [path])
  const rest = await walk(first.links.next ?? '')
  expect([...first.data, ...rest]).toEqual(before)
  const after = (await walk(url)).map((r) => r.code)
  expect(after).toEqual(expect.arrayContaining(before.map((r) => r.code)))
  expect(after.slice(0, 10)).not.toEqual(before.map((r) => r.code).slice(0, 10))
})
