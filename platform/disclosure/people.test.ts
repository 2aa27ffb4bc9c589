import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { buildServer } from '../web/server.ts'
import { attackServed } from './attack-served.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import { csvOf, groupOf, rowsOf, type VisitRow, visits } from './random-visits.ts'
import { visitsCatalogue } from './testing.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const kinds = { minutes: 'mean', pounds: 'money', stars: 'rating', falls: 'rate' } as const
const indicators = new Map([
  ['seen-in-time', seen],
  ...Object.entries(kinds).map(([code, kind]) => [code, { ...seen, code, kind }] as const),
])

/** Places of a county, as a file numbers them. */
function asking(rows: readonly VisitRow[], earlier: ToChoose['earlier'] = async () => []) {
  const codes = [...new Set(rows.map((r) => r.code))]
  const to: ToChoose = {
    what: 'Release 2',
    dataset: 'visits',
    declared: disclosureSchema.parse({
      rules: { threshold: 5 },
      chains: [
        ['ward', 'district', 'county'],
        ['ward', 'neighbourhood', 'county'],
      ],
    }),
    indicators,
    locate(subject) {
      const row = rows.find((r) => r.code === codes[subject]) as VisitRow
      const above = row.level === 'county' ? [] : [...row.parents, 'C1']
      return { level: row.level, parents: above.map((c) => codes.indexOf(c)) }
    },
    name: (subject) => `Place ${codes[subject]}`,
    code: (subject) => codes[subject] ?? '',
    earlier,
    tiedBefore: async () => [],
    secret: async () => 'a secret of the tests',
  }
  return { to, codes }
}

/** A mean of all who were asked: the sum is no number of people, nor whole. */
function meansOf(rows: readonly VisitRow[], indicator: string, each = 4.2): FigurePart[] {
  const { codes } = asking(rows)
  return [...Map.groupBy(rows, groupOf)].map(([breakdown, own]) => ({
    ...{ indicator, breakdown, period: '2024', status: null },
    subjects: own.map((r) => codes.indexOf(r.code)),
    value: own.map(() => each),
    numerator: own.map((r) => each * r.all),
    denominator: own.map((r) => r.all),
  }))
}

/** The share of them who were seen in time. */
function sharesOf(rows: readonly VisitRow[]): FigurePart[] {
  const { codes } = asking(rows)
  return meansOf(rows, 'seen-in-time').map((p) => ({
    ...p,
    numerator: Array.from(p.subjects, (s) => {
      const own = rows.find((r) => r.code === codes[s] && groupOf(r) === p.breakdown)
      return own?.inTime ?? Number.NaN
    }),
  }))
}

/** What an attacker makes of how many people are shown to have been asked, in files that are made safe each for itself. */
async function attackMeans(
  rows: readonly VisitRow[],
  ...files: readonly (readonly FigurePart[])[]
) {
  const { to, codes } = asking(rows)
  const shown = new Set<string>()
  let hidden = 0
  for (const parts of files) {
    const found = await chooseShown(parts, to)
    hidden += found.hidden
    for (const [{ subjects, breakdown }, verdicts] of found.verdicts)
      for (const [at, verdict] of verdicts.entries())
        if (verdict === 'shown') shown.add(`${codes[subjects[at] as number]}|${breakdown}`)
  }
  const served = rows.map((r) => {
    const n = shown.has(`${r.code}|${groupOf(r)}`) ? r.all : null
    return { code: r.code, group: groupOf(r), numerator: n, denominator: n }
  })
  const asked = rows.map((r) => ({ ...r, inTime: r.all }))
  // Of a figure that is hidden to protect another, of how many people it is may be worked out where they are not few.
  const isFew = (leak: string): boolean => / is [1-4]:/.test(leak)
  const told = await attackServed(asked, served, 5)
  return { hidden, told, leaks: told.filter(isFew) }
}

describe('of how few people a mean is', () => {
  it('is not told, nor worked out from other groups and places', { timeout: 240_000 }, async () => {
    let hidden = 0
    await fc.assert(
      fc.asyncProperty(visits, async (year) => {
        const rows = rowsOf(year)
        const found = await attackMeans(rows, meansOf(rows, 'minutes'))
        expect(found.leaks).toEqual([])
        hidden += found.hidden
      }),
      { numRuns: 12 },
    )
    expect(hidden).toBeGreaterThan(20)
  })

  const ward = { district: 0, neighbourhood: 0 }
  const few = rowsOf({
    wards: [ward, ward, ward],
    ages: [],
    counts: [
      [2, 1],
      [20, 30],
      [20, 20],
      [30, 11],
      [25, 14],
      [17, 28],
    ],
  })

  it.each(Object.keys(kinds))('is not told of any kind: %s', async (indicator) => {
    const parts = meansOf(few, indicator, 7)
    const { hidden, leaks } = await attackMeans(few, parts)
    expect(leaks).toEqual([])
    // The three girls of a ward, all of it or its boys, and what tells of neither elsewhere.
    expect(hidden).toBeGreaterThan(3)
    expect(hidden).toBeLessThan(few.length / 2)
  })

  it('is not told by the mean beside the share of the same people', {
    timeout: 240_000,
  }, async () => {
    const files = (rows: readonly VisitRow[]) => [meansOf(rows, 'minutes'), sharesOf(rows)] as const
    await fc.assert(
      fc.asyncProperty(visits, async (year) => {
        const rows = rowsOf(year)
        const found = await attackMeans(rows, files(rows).flat())
        expect(found.leaks).toEqual([])
      }),
      { numRuns: 6 },
    )
    let apart = 0
    for (const rows of fc.sample(visits, { seed: 6, numRuns: 6 }).map(rowsOf))
      apart += (await attackMeans(rows, ...files(rows))).told.length
    expect(apart, 'each for itself some are told').toBeGreaterThan(0)
  })

  it('does not matter where none are few: no rate is hidden for a population that many share', async () => {
    const rows = few.map((r) => ({ ...r, all: r.all * 100 }))
    for (const indicator of Object.keys(kinds)) {
      const { verdicts, hidden } = await chooseShown(meansOf(rows, indicator, 7), asking(rows).to)
      expect([indicator, hidden, verdicts.size]).toEqual([indicator, 0, 3])
    }
  })

  it('is no matter of a rate whose populations do not quite add up', async () => {
    const rows = few.map((r) => ({ ...r, all: r.all * 100 }))
    const roughly = (parts: readonly FigurePart[]): FigurePart[] =>
      parts.map((p) => ({
        ...p,
        denominator: Array.from(p.denominator ?? [], (n) => (n ?? 0) - ((n ?? 0) > 6000 ? 0 : 1)),
      }))
    const { hidden } = await chooseShown(roughly(meansOf(rows, 'falls', 7)), asking(rows).to)
    expect(hidden).toBe(0)
    expect(
      (await chooseShown(roughly(meansOf(rows, 'minutes', 7)), asking(rows).to)).hidden,
      'what is left of those who were asked is somebody',
    ).toBeGreaterThan(0)
  })

  it('cannot be taken back where it was public, and the correction is published all the same', async () => {
    const parts = meansOf(few, 'minutes')
    const { codes } = asking(few)
    const earlier = async () => {
      const figures = few.map((r) => {
        const counts = { part: 4.2 * r.all, base: r.all }
        return { subject: codes.indexOf(r.code), group: groupOf(r), ...counts }
      })
      return [{ release: 1, order: 1, figures, hidden: () => false }]
    }
    const { hidden } = await chooseShown(parts, asking(few, earlier).to)
    expect(hidden).toBe(0)
  })
})

describe.each(testDatabases())('what is served of a mean of three people on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db?.close())

  const means = {
    ...visitsCatalogue,
    indicators: new Map(
      [...visitsCatalogue.indicators].map(([code, i]) => [code, { ...i, kind: 'mean' as const }]),
    ),
  }
  const row = z.object({
    ...{ code: z.string(), status: z.string(), value: z.number().nullable() },
    ...{ numerator: z.number().nullable(), denominator: z.number().nullable() },
  })

  it('is nothing: neither its value nor its people, nor what would tell them', async () => {
    const ward = { district: 0, neighbourhood: 0 }
    const year = { wards: [ward, ward, ward], ages: [], counts: [] }
    const rows = rowsOf({
      ...year,
      counts: [3, 40, 50].flatMap(
        (n) =>
          [
            [n, 0],
            [0, 0],
          ] as const,
      ),
    })
    const asked = rows
      .filter((r) => r.sex === '' && ['ward', 'district'].includes(r.level))
      .map((r) => ({ ...r, inTime: r.all * 14 }))
    await importAndPublish(db, means, [writeFile('visits-2024.csv', csvOf(asked))])
    const reader = makeReader(db, means)
    const options = { logLevel: 'silent', example: null, ready: async () => true }
    const app = await buildServer({ reader, ...options })
    const { data } = z
      .object({ data: z.array(row) })
      .parse((await app.inject('/api/v1/observations?limit=1000')).json())
    await app.close()
    const hidden = data.filter((r) => r.status === 'suppressed')
    expect(hidden.map((r) => r.code)).toContain('W0')
    expect(hidden.length).toBeGreaterThan(1)
    for (const { value, numerator, denominator } of hidden)
      expect([value, numerator, denominator]).toEqual([null, null, null])
    expect(data.filter((r) => r.denominator !== null && r.denominator < 5)).toEqual([])
  })
})
