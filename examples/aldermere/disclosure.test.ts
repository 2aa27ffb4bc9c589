import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { hiddenFigures } from '../../platform/disclosure/hidden-figures.ts'
import { checkFiles } from '../../platform/publishing/import.ts'
import { buildServer } from '../../platform/web/server.ts'
import { seed } from './about.ts'
import { storedDigests } from './digests.ts'
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

it('hides broken bones and all injuries together: their difference tells of no fewer than five either', async () => {
  const of = async (indicator: string, period: string) => {
    const url = `/api/v1/observations?indicator=${indicator}&period=${period}&limit=1000`
    const { data } = rowsSchema.parse((await app.inject(url)).json())
    return new Map(data.map((r) => [`${r.code} ${r.group}`, r]))
  }
  let [shown, hidden] = [0, 0]
  for (const period of ['2020-21', '2021-22', '2022-23', '2023-24', '2024-25']) {
    const all = await of('ald-child-injuries', period)
    const bones = await of('ald-child-fractures', period)
    expect([...bones.keys()].every((k) => /^ALD(D\d+)? /.test(k))).toBe(true)
    for (const [key, { numerator, status }] of bones) {
      if (status === 'suppressed') hidden += 1
      const others = all.get(key)?.numerator
      if (numerator === null || others === undefined || others === null) continue
      shown += 1
      for (const n of [numerator, others - numerator]) expect(n === 0 || n >= 5).toBe(true)
    }
  }
  expect(hidden).toBeGreaterThan(0)
  expect(shown).toBeGreaterThan(20)
})

it('says on the release how much is hidden, and to its steward alone what', async () => {
  const all = await opened.reader.releases(await opened.reader.state(), {
    dataset: 'aldermere-child-injuries',
  })
  const release = all.find((r) => r.period === '2024-25')?.id ?? 0
  const found = await hiddenFigures(opened.db, release)
  const { body } = await app.inject(`/releases/${release}`)
  expect(body).toContain(`${found?.hidden.length} of its ${3 * (69 + 9)} figures are hidden`)
  const small = found?.hidden.filter((h) => h.verdict === 'small') ?? []
  expect(small.length).toBeGreaterThan(5)
  expect(small.every((h) => h.part >= 1 && h.part < 5)).toBe(true)
})

it('keeps the digest and the exact size of the file to itself: who guesses a count could compare', async () => {
  const digests = storedDigests().flatMap((batch) => Object.entries(batch))
  const own = digests.filter(([name]) => name.startsWith('aldermere-child-injuries'))
  expect(own).toHaveLength(5)
  const all = z
    .object({ data: z.array(z.object({ id: z.int(), fileName: z.string(), bytes: z.int() })) })
    .parse((await app.inject('/api/v1/releases?dataset=aldermere-child-injuries')).json()).data
  expect(all).toHaveLength(5)
  const served = await Promise.all(
    [
      '/api/v1/releases?limit=1000',
      '/record/export.ndjson',
      ...all.flatMap(({ id }) => [
        `/releases/${id}`,
        `/releases/${id}.json`,
        `/api/v1/releases/${id}`,
      ]),
    ].map(async (url) => (await app.inject(url)).body),
  )
  for (const [name, digest] of own) {
    expect(served.filter((body) => body.includes(digest))).toEqual([])
    expect(all.find((r) => r.fileName === name)?.bytes).toSatisfy((n: number) => n % 10_000 === 0)
  }
  expect(served.join()).toContain(digests[0]?.[1])
})

it('says of a hidden figure that it is, on the place’s own page', async () => {
  const { data } = rowsSchema.parse((await app.inject(address)).json())
  const code = data.find((r) => r.status === 'suppressed' && r.group === '')?.code
  const { body } = await app.inject(`/places/${code}`)
  expect(body).toContain('Children admitted to hospital for injuries')
  expect(body).toMatch(/too few people to show|suppressed/)
})

it('shows no more of one hidden figure than of another in the map that others embed', async () => {
  const { data } = rowsSchema.parse((await app.inject(address)).json())
  const hidden = new Set(
    data.filter((r) => r.status === 'suppressed' && r.group === '').map((r) => r.code),
  )
  const map = '/embed/indicators/ald-child-injuries/map'
  const features = z
    .object({
      map: z.object({
        features: z.array(z.object({ properties: z.record(z.string(), z.unknown()) })),
      }),
    })
    .parse((await app.inject(`${map}.json?level=ward`)).json())
    .map.features.map((f) => f.properties)
  const dark = features.filter((f) => hidden.has(String(f.code)))
  expect(dark.length).toBeGreaterThan(5)
  for (const { code: _, name: __, ...known } of dark)
    expect(known).toEqual({ level: 'ward', indicator: 'ald-child-injuries', period: '2024-25' })
  for (const form of ['', '.svg']) {
    const { body } = await app.inject(`${map}${form}?level=ward`)
    const shapes = dark.map(({ name }) => {
      const [, shape = ''] =
        new RegExp(`(<path[^>]*>)\\s*<title>${name}: no figure</title>`).exec(body) ?? []
      return shape.replace(/ d="[^"]*"/, '')
    })
    expect(shapes[0]).toMatch(/^<path/)
    expect(new Set(shapes).size).toBe(1)
  }
})

it('takes a correction of one ward after another: what was hidden stays hidden, and a safe way is found', async () => {
  const [first] = makeAldermere(seed)
  const name = 'aldermere-child-injuries-2020-21.csv'
  const [head, ...lines] =
    first.files
      .find((f) => f.name === name)
      ?.text.trim()
      .split('\n') ?? []
  const wards = [13, 19, 22].map((at) => lines[3 * at]?.split(',') ?? [])
  for (const [level, code = '', , district = ''] of wards) {
    expect(level).toBe('ward')
    // Four more girls in the ward, and in all that it lies in.
    const up = [code, district, 'ALD']
    const corrected = lines.map((line) => {
      const cells = line.split(',')
      if (!up.includes(cells[1] ?? '') || cells[5] === 'boys') return line
      return cells.with(6, String(Number(cells[6]) + 4)).join(',')
    })
    const path = join(mkdtempSync(join(tmpdir(), 'aldermere-')), name)
    writeFileSync(path, [head, ...corrected].join('\n'))
    const options = { accept: 0, by: 'a test' }
    const { files } = await checkFiles(opened.db, opened.catalogue, [path], options)
    expect([code, files[0]?.sentence]).toEqual([code, null])
    expect(files[0]?.disclosure).toMatchObject({ safe: true, leaks: 0 })
  }
})

it('rounds the counts of poor children to 5 so that wards add up to districts, and says so', async () => {
  const poor = '/api/v1/observations?indicator=ald-child-poverty&period=2024-25&limit=1000'
  const schema = z.object({
    data: z.array(
      z.object({
        code: z.string(),
        value: z.number(),
        numerator: z.number(),
        denominator: z.number(),
        countsRoundedTo: z.int().nullable(),
        method: z.string(),
        release: z.int(),
      }),
    ),
  })
  const { data } = schema.parse((await app.inject(poor)).json())
  expect(data).toHaveLength(69)
  for (const { numerator, denominator, value, ...row } of data) {
    expect([numerator % 5, denominator % 5, row.countsRoundedTo]).toEqual([0, 0, 5])
    expect(value).toBeCloseTo((100 * numerator) / denominator, 6)
    expect(row.method).toBe('wilson-rounded-counts')
  }
  const of = (code: string) => data.find((d) => d.code === code)
  const districts = data.filter((d) => /^ALDD\d+$/.test(d.code))
  expect(of('ALD')?.numerator).toBe(districts.reduce((sum, d) => sum + d.numerator, 0))
  expect(of('ALD')?.denominator).toBe(districts.reduce((sum, d) => sum + d.denominator, 0))
  const page = async (url: string) => (await app.inject(url)).body
  expect(await page('/indicators/ald-child-poverty')).toContain('Counts are rounded to 5')
  expect(await page(`/releases/${data[0]?.release}`)).toContain('rounded to multiples of 5')
  expect(await page('/places/ALDD01')).toContain('both rounded')
})
