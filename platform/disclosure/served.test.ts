import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { importFiles } from '../publishing/import.ts'
import { publish, withdraw } from '../publishing/publish.ts'
import { prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { buildServer } from '../web/server.ts'
import { attackServed, type Served } from './attack-served.ts'
import { primaryOnly } from './broken-suppressors.ts'
import type { Suppress } from './hide.ts'
import { csvOf, rowsOf, type Visits, years } from './random-visits.ts'
import { asCountry, visitsOfACountry } from './testing.ts'

/** A year's file in which the county is a country. */
const fileOf = (year: Visits): string =>
  csvOf(rowsOf(year).map((r) => ({ ...r, level: asCountry(r.level) })))

const funnelSchema = z.object({
  points: z.array(z.object({ code: z.string(), value: z.number(), denominator: z.number() })),
})

const rowSchema = z.object({
  code: z.string(),
  period: z.string(),
  group: z.string(),
  status: z.string(),
  value: z.number().nullable(),
  lower95: z.number().nullable(),
  upper95: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
})

describe.each(testDatabases())('what is served of small counts on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db?.close())

  /** Publishes some years, and opens a server on them. */
  async function publishYears(all: readonly Visits[], suppress?: Suppress) {
    await db.query('truncate publication, release, subject, indicator cascade')
    for (const table of ['comparison_series', 'sheet', 'map_level', 'map_series', 'map_points']) {
      await db.query(`truncate ${table} cascade`)
    }
    const files = all.map((year, at) => writeFile(`visits-${2020 + at}.csv`, fileOf(year)))
    const { drafts } = await importFiles(db, visitsOfACountry, files, { accept: 0, by: 'a test' })
    await publish(db, visitsOfACountry, drafts, {
      by: 'a test',
      reason: 'to see',
      ...(suppress ? { suppress } : {}),
    })
    const reader = makeReader(db, visitsOfACountry)
    const app = await buildServer({
      reader,
      logLevel: 'silent',
      example: null,
      ready: async () => true,
    })
    const answer = await app.inject('/api/v1/observations?limit=1000')
    return { app, rows: z.object({ data: z.array(rowSchema) }).parse(answer.json()).data }
  }

  /** The API's rows and every page about some years. */
  async function serve(years: readonly Visits[]) {
    const { app, rows } = await publishYears(years)
    const codes = [...new Set(rows.map((r) => r.code))].sort()
    const periods = [...new Set(rows.map((r) => r.period))]
    const groups = [...new Set(rows.map((r) => r.group))]
    const addresses = [
      ...codes.flatMap((c) => [`/places/${c}`, `/places/${c}.json`]),
      ...periods.flatMap((p) =>
        groups.flatMap((g) =>
          ['', '.json', '.csv'].map((ending) => {
            const query = new URLSearchParams({ period: p, group: g, sort: '-value' })
            return `/indicators/seen-in-time${ending}?${query}`
          }),
        ),
      ),
      ...codes.flatMap((code) => groups.flatMap((group) => embeds({ code, group }))),
      ...periods.flatMap((p) =>
        groups.flatMap((g) =>
          ['', '.svg', '.json'].map(
            (ending) =>
              `/embed/indicators/seen-in-time${ending}?${new URLSearchParams({ period: p, group: g })}`,
          ),
        ),
      ),
      ...['', '.svg', '.json'].map((ending) => `/embed/compare${ending}?providers=${codes}`),
      ...groups.flatMap((g) => ['', '.svg', '.json'].map((form) => funnel(g, form))),
      '/search?q=Place',
      '/releases/1.json',
      `/api/v1/comparisons?subject=${codes.join(',')}&limit=1000`,
      ...periods.flatMap((period) =>
        groups.flatMap((group) =>
          ['value', '-value', '-numerator', 'upper95'].map((sort) => {
            const asked = { indicator: 'seen-in-time', period, group, sort, limit: '1000' }
            return `/api/v1/observations?${new URLSearchParams(asked)}`
          }),
        ),
      ),
    ]
    const pages = new Map<string, string>()
    for (const address of addresses) {
      const page = await app.inject(address)
      expect([address, page.statusCode]).toEqual([address, 200])
      pages.set(address, page.body)
    }
    await app.close()
    return { rows, pages }
  }

  /** A figure's embed in each of its forms. */
  const embeds = ({ code, group }: Pick<Served, 'code' | 'group'>): string[] =>
    ['', '.svg', '.json'].map(
      (form) =>
        `/embed/places/${code}/indicators/seen-in-time${form}?${new URLSearchParams({ group })}`,
    )

  /** A group's funnel plot in one of its forms. */
  const funnel = (group: string, form: string): string =>
    `/embed/indicators/seen-in-time/funnel${form}?${new URLSearchParams({ group })}`

  /** What embeds say of the counts of the latest year, where they say anything. */
  const readEmbeds = async (app: FastifyInstance, latest: readonly Served[]) =>
    Promise.all(
      latest.map(async ({ code, group }): Promise<Served> => {
        const bodies = await Promise.all(embeds({ code, group }).map((a) => app.inject(a)))
        const text = bodies.map((b) => b.body.replaceAll(',', '')).join(' ')
        const [, numerator, denominator] =
          /from (\d+) of (\d+)|"numerator":(\d+)"denominator":(\d+)/
            .exec(text)
            ?.filter((x) => x !== undefined) ?? []
        const read = (x: string | undefined) => (x === undefined ? null : Number(x))
        return { code, group, numerator: read(numerator), denominator: read(denominator) }
      }),
    )

  /** The counts that the latest year's funnel plots give away by their dots, by place and group. */
  const readFunnels = async (app: FastifyInstance, latest: readonly Served[]) => {
    const read = new Map<string, { numerator: number; denominator: number }>()
    for (const group of new Set(latest.map((r) => r.group))) {
      const answer = await app.inject(funnel(group, '.json'))
      // There is none where the whole is hidden, or nobody or everybody: then nothing is read.
      if (answer.statusCode === 404) continue
      for (const { code, value, denominator } of funnelSchema.parse(answer.json()).points)
        read.set(`${code}|${group}`, {
          numerator: Math.round((value * denominator) / 100),
          denominator,
        })
    }
    return read
  }

  /** Everything that an attacker can read, year by year; of the latest year from its embeds too. */
  const attack = async (published: readonly Visits[]) => {
    const { app, rows } = await publishYears(published)
    const last = rows.filter((r) => r.period === String(2020 + published.length - 1))
    const embedded = await readEmbeds(app, last)
    // The attack reads embeds as they are meant to be read: what is shown is found in them.
    for (const [i, { numerator, denominator }] of last.entries())
      expect(embedded[i]).toMatchObject({ numerator, denominator })
    const drawn = await readFunnels(app, last)
    await app.close()
    // A dot is read in place of what the other embeds say: of what is hidden there must be none.
    const seen = last.map((r, i) => ({
      ...(embedded[i] as Served),
      ...drawn.get(`${r.code}|${r.group}`),
    }))
    const leaks: string[] = []
    for (const [at, year] of published.entries()) {
      const served: Served[] =
        at === published.length - 1 ? seen : rows.filter((r) => r.period === String(2020 + at))
      leaks.push(...(await attackServed(rowsOf(year), served, 5)))
    }
    return { rows, leaks }
  }

  it('gives nobody’s count away, not even to within the protection interval', {
    timeout: 240_000,
  }, async () => {
    let hidden = 0
    await fc.assert(
      fc.asyncProperty(years, async (published) => {
        const { rows, leaks } = await attack(published)
        expect(leaks).toEqual([])
        for (const row of rows.filter((r) => r.status === 'suppressed')) {
          hidden += 1
          const { value, lower95, upper95, numerator, denominator } = row
          expect([value, lower95, upper95, numerator, denominator]).toEqual(Array(5).fill(null))
        }
        // Every row is there, hidden or not.
        expect(rows.length).toBe(published.flatMap(rowsOf).length)
      }),
      { numRuns: 3 },
    )
    expect(hidden).toBeGreaterThan(20)
  })

  it('publishes nothing that a broken suppressor chose, and names the figure', async () => {
    const ward = { district: 0, neighbourhood: 0 }
    const counts: Visits['counts'] = [
      [2, 20],
      ...Array.from({ length: 5 }, (): readonly [number, number] => [40, 30]),
    ]
    const year: Visits = { wards: [ward, ward, ward], ages: [], counts }
    const publishing = publishYears([year], primaryOnly)
    await expect(publishing).rejects.toThrow(/Place [WDNC]\d .* could be worked out/)
    const kept = await db.query('select 1 from publication')
    expect(kept).toEqual([])
  })

  it('hides again what a withdrawn release hid, since its state can still be seen', async () => {
    const ward = { district: 0, neighbourhood: 0 }
    const large: readonly [number, number] = [40, 30]
    const counts: Visits['counts'] = [[3, 20], ...Array.from({ length: 5 }, () => large)]
    const year: Visits = { wards: [ward, ward, ward], ages: [], counts }
    const { app, rows } = await publishYears([year])
    await app.close()
    await withdraw(db, visitsOfACountry, 1, { by: 'a test', reason: 'to see' })
    const again: Visits = { ...year, counts: counts.with(0, [8, 20]) }
    const file = writeFile('visits-2020.csv', fileOf(again))
    const { drafts } = await importFiles(db, visitsOfACountry, [file], { accept: 0, by: 'a test' })
    await publish(db, visitsOfACountry, drafts, { by: 'a test', reason: 'anew' })
    const reader = makeReader(db, visitsOfACountry)
    const state = await reader.state()
    const now = await reader.tableRows(
      state,
      { indicator: 'seen-in-time', period: '2020', breakdown: 'sex=boys' },
      null,
    )
    // Nothing is small any more; what hid the 3 before and has not changed stays hidden.
    const hidden = rows.filter((r) => r.status === 'suppressed' && r.group === 'sex=boys')
    expect(hidden.map((r) => r.code)).toContain('W0')
    expect(now.find((r) => r.code === 'W0')?.status).toBe('suppressed')
  })

  it('says the same in every page of two hidden figures that differ', async () => {
    // Two wards' small counts, and what hides them, either way round: nothing served may tell which.
    const ward = { district: 0, neighbourhood: 0 }
    const large: readonly [number, number] = [40, 30]
    const counts = (a: number, b: number): Visits['counts'] => [
      [a, 20],
      [42 - a, 30],
      [b, 20],
      [44 - b, 30],
      ...Array.from({ length: 4 }, () => large),
    ]
    const one: Visits = { wards: [ward, ward, ward, ward], ages: [], counts: counts(2, 4) }
    const other: Visits = { ...one, counts: counts(3, 3) }
    const first = await serve([one])
    const second = await serve([other])
    const hidden = (r: typeof first.rows) =>
      r.filter((x) => x.status === 'suppressed').map((x) => `${x.code} ${x.group}`)
    expect(hidden(first.rows)).toEqual(hidden(second.rows))
    expect(hidden(first.rows).length).toBeGreaterThan(3)
    // The attacker above reads funnel plots as they are meant to be read: a dot gives the counts that its row shows.
    const { points } = funnelSchema.parse(JSON.parse(first.pages.get(funnel('', '.json')) ?? ''))
    expect(points.length).toBeGreaterThan(3)
    for (const { code, value, denominator } of points) {
      const row = first.rows.find((r) => r.code === code && r.group === '')
      expect(row).toMatchObject({ status: 'value', value, denominator })
      expect(Math.round((value * denominator) / 100)).toBe(row?.numerator)
    }
    // But for their names, the embeds of two hidden figures of a group are the same.
    const unseen = first.rows.filter((r) => r.status === 'suppressed')
    for (const some of Map.groupBy(unseen, (r) => r.group).values()) {
      const bodies = some.map((r) =>
        embeds(r).map((a) =>
          first.pages.get(a)?.replaceAll(new RegExp(`\\b${r.code}\\b`, 'g'), 'X'),
        ),
      )
      for (const body of bodies) expect(body).toEqual(bodies[0])
    }
    for (const [address, body] of first.pages) {
      if (address.startsWith('/releases')) continue
      const plain = (text: string | undefined) => text?.replace(/T\d\d:\d\d:\d\d[.\d]*Z/g, '')
      expect([address, plain(second.pages.get(address))]).toEqual([address, plain(body)])
    }
  })
})
