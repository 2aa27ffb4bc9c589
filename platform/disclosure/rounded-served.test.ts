import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { CsvWriter } from '../downloads/csv-writer.ts'
import { JsonLinesWriter } from '../downloads/json-lines-writer.ts'
import { observations } from '../downloads/observations.ts'
import { ParquetBatchWriter } from '../downloads/parquet-writer.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { importFiles } from '../publishing/import.ts'
import { publish } from '../publishing/publish.ts'
import { prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { buildServer } from '../web/server.ts'
import { attackRounded } from './attack-rounded.ts'
import type { Served } from './attack-served.ts'
import { type DisclosureDeclaration, disclosureSchema } from './declaration.ts'
import { csvOf, groupOf, rowsOf, type Visits } from './random-visits.ts'
import { visitsCatalogue } from './testing.ts'

const chains = [
  ['ward', 'district', 'county'],
  ['ward', 'neighbourhood', 'county'],
]
const declaring = (disclosure: z.input<typeof disclosureSchema>): Catalogue => ({
  ...visitsCatalogue,
  descriptors: visitsCatalogue.descriptors.map((d) => ({
    ...d,
    disclosure: disclosureSchema.parse(disclosure) satisfies DisclosureDeclaration,
  })),
})
const rounding = declaring({ round: { base: 5 }, chains })
const hiding = declaring({ rules: { threshold: 5 }, chains })

const ward = (district: number, neighbourhood: number) => ({ district, neighbourhood })
const year: Visits = {
  wards: [ward(0, 0), ward(0, 1), ward(1, 0), ward(1, 1)],
  ages: [],
  counts: [
    [2, 21],
    [3, 33],
    [7, 29],
    [11, 24],
    [41, 8],
    [1, 38],
    [4, 17],
    [6, 52],
  ],
}

const rowSchema = z.object({
  code: z.string(),
  group: z.string(),
  status: z.string(),
  value: z.number().nullable(),
  lower95: z.number().nullable(),
  upper95: z.number().nullable(),
  method: z.string().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  countsRoundedTo: z.int().nullable(),
})

describe.each(testDatabases())('what is served of rounded counts on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db?.close())

  async function clear() {
    await db.query('truncate publication, release, subject, indicator cascade')
    for (const table of ['comparison_series', 'sheet', 'map_level', 'map_series', 'map_points']) {
      await db.query(`truncate ${table} cascade`)
    }
  }

  async function publishOne(catalogue: Catalogue, visits: Visits, name = 'visits-2020.csv') {
    const file = writeFile(name, csvOf(rowsOf(visits)))
    const { drafts } = await importFiles(db, catalogue, [file], { accept: 0, by: 'a test' })
    await publish(db, catalogue, drafts, { by: 'a test', reason: 'to see' })
  }

  async function readRows() {
    const reader = makeReader(db, rounding)
    const options = { logLevel: 'silent', example: null, ready: async () => true }
    const app = await buildServer({ reader, ...options })
    const answer = await app.inject('/api/v1/observations?limit=1000')
    const { data } = z.object({ data: z.array(rowSchema) }).parse(answer.json())
    return { app, rows: data }
  }

  /** Everything that the public can read of the one indicator, but for the moment and the names that follow from it. */
  async function everything(): Promise<Map<string, string>> {
    const { app, rows } = await readRows()
    const codes = [...new Set(rows.map((r) => r.code))]
    const groups = [...new Set(rows.map((r) => r.group))]
    const forms = ['', '.json', '.csv']
    const embedded = ['', '.svg', '.json']
    const addresses = [
      ...codes.flatMap((c) => ['', '.json', '.atom'].map((form) => `/places/${c}${form}`)),
      ...groups.flatMap((group) => {
        const query = new URLSearchParams({ group, sort: '-value' })
        return [
          ...forms.map((form) => `/indicators/seen-in-time${form}?${query}`),
          ...embedded.map((form) => `/embed/indicators/seen-in-time${form}?${query}`),
          ...codes.flatMap((c) =>
            embedded.map((f) => `/embed/places/${c}/indicators/seen-in-time${f}?${query}`),
          ),
        ]
      }),
      '/indicators/seen-in-time.atom',
      '/search?q=Place',
      '/api/v1/observations?limit=1000',
      `/api/v1/observations?subject=${codes}&limit=1000`,
      `/api/v1/comparisons?subject=${codes}&limit=1000`,
    ]
    const pages = new Map<string, string>()
    for (const address of addresses) {
      const page = await app.inject(address)
      expect([address, page.statusCode]).toEqual([address, 200])
      pages.set(address, page.body.replace(/T\d\d:\d\d:\d\d[.\d]*Z|urn:uuid:[-\da-f]+/g, ''))
    }
    await app.close()
    const reading = {
      publication: 1,
      scope: { kind: 'everything' },
      periodKind: () => null,
    } as const
    for (const writer of [new CsvWriter(), new JsonLinesWriter(), new ParquetBatchWriter()]) {
      const parts: Uint8Array[] = []
      for await (const batch of observations(db, reading)) parts.push(writer.write(batch))
      parts.push(writer.end())
      pages.set(writer.constructor.name, Buffer.concat(parts).toString('latin1'))
    }
    return pages
  }

  it('is multiples alone, with what follows from them, and says so', async () => {
    await clear()
    await publishOne(rounding, year)
    const { app, rows } = await readRows()
    expect(rows).toHaveLength(rowsOf(year).length)
    for (const row of rows) {
      const { numerator, denominator, value, lower95, upper95 } = row
      if (numerator === null || denominator === null || value === null) throw new Error('hidden')
      expect([numerator % 5, denominator % 5]).toEqual([0, 0])
      expect(value).toBeCloseTo((100 * numerator) / denominator, 9)
      expect(row).toMatchObject({ countsRoundedTo: 5, method: 'wilson-rounded-counts' })
      const truth = rowsOf(year).find((r) => r.code === row.code && groupOf(r) === row.group)
      const true_ = (100 * (truth?.inTime ?? 0)) / (truth?.all ?? 1)
      expect(lower95).toBeLessThan(true_)
      expect(upper95).toBeGreaterThan(true_)
    }
    const served: Served[] = rows
    expect(await attackRounded([{ truth: rowsOf(year), served }], 5)).toEqual([])
    const page = async (url: string) => (await app.inject(url)).body
    expect(await page('/releases/1')).toContain('All its counts are rounded to multiples of 5')
    expect(await page('/indicators/seen-in-time')).toContain('Counts are rounded to 5')
    expect(await page('/places/W0')).toContain('both rounded')
    expect(await page('/embed/indicators/seen-in-time')).toContain('Counts are rounded to 5')
    await app.close()
    const csv = (await everything()).get('CsvWriter')?.split('\r\n') ?? []
    const at = csv[0]?.split(',').indexOf('counts_rounded_to') ?? -1
    expect(new Set(csv.slice(1, -1).map((line) => line.split(',').at(at)))).toEqual(new Set(['5']))
  })

  it('hangs on the rounded counts alone: a file that holds these and nothing else looks the same', {
    timeout: 60_000,
  }, async () => {
    await clear()
    await publishOne(rounding, year)
    const pages = await everything()
    const { app, rows } = await readRows()
    await app.close()
    const shown = (code: string, sex: string): [number, number] => {
      const row = rows.find((r) => r.code === code && r.group === `sex=${sex}`)
      const part = row?.numerator ?? 0
      return [part, (row?.denominator ?? 0) - part]
    }
    const counts = year.wards.flatMap((_, w) => ['girls', 'boys'].map((sex) => shown(`W${w}`, sex)))
    expect(counts).not.toEqual(year.counts)
    await clear()
    // Multiples stay what they are, and here they add up.
    await publishOne(rounding, { ...year, counts })
    const again = await everything()
    expect([...again.keys()]).toEqual([...pages.keys()])
    for (const [address, body] of pages)
      expect([address, again.get(address)]).toEqual([address, body])
  })

  it('is the same in a correction where nothing changed, and both tell no more than one', async () => {
    await clear()
    await publishOne(rounding, year)
    const first = await readRows()
    await first.app.close()
    const corrected: Visits = { ...year, counts: year.counts.with(0, [9, 21]) }
    await publishOne(rounding, corrected)
    const second = await readRows()
    await second.app.close()
    const same = rowsOf(year).filter((r) => r.code === 'W2' || r.code === 'N1' || r.code === 'D1')
    expect(same.length).toBeGreaterThan(5)
    for (const { code, ...row } of same) {
      const of = ({ rows }: typeof first) =>
        rows.find((r) => r.code === code && r.group === groupOf(row))?.numerator
      expect([code, of(second)]).toEqual([code, of(first)])
    }
    const both = [
      { truth: rowsOf(year), served: first.rows },
      { truth: rowsOf(corrected), served: second.rows },
    ]
    expect(await attackRounded(both, 5)).toEqual([])
  })

  it('is refused where the release before was made safe in another way', async () => {
    await clear()
    await publishOne(hiding, year)
    const corrected: Visits = { ...year, counts: year.counts.with(0, [9, 21]) }
    await expect(publishOne(rounding, corrected)).rejects.toThrow(
      /the release before hides small counts, and this one rounds counts to 5/,
    )
    await clear()
    await publishOne(rounding, year)
    const tens = declaring({ round: { base: 10 }, chains })
    await expect(publishOne(tens, corrected)).rejects.toThrow(/rounds counts to 5.* to 10/)
    await expect(publishOne(hiding, corrected)).rejects.toThrow(/this one hides small counts/)
    // Another period has figures of its own.
    await publishOne(tens, corrected, 'visits-2021.csv')
    expect(await db.query('select 1 from publication')).toHaveLength(2)
  })
})
