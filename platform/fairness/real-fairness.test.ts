import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testKinds } from '../database/testing.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { makeReader } from '../reader.ts'
import { realData as data, hasRealData, openReal } from '../testing-real.ts'

const payments = join(data, 'general-practice/nhs-payments-2022-23.csv.gz')
const deprivation = join(data, 'general-practice/imd-by-practice-year.csv.gz')
const smoking = join(data, 'general-practice/fingertips-91547-smoking.csv.gz')
const resultsOf = (year: number): string => join(data, `primary-schools/ks2-${year}-850.csv`)
const results = resultsOf(2018)

type Row = Record<string, string>

function rowsOf(path: string): Row[] {
  const bytes = readFileSync(path)
  const text = path.endsWith('.gz') ? gunzipSync(bytes) : bytes
  return parse(text, { columns: true, bom: true, relax_column_count: true })
}

const amount = (text: string | undefined): number =>
  Number((text ?? '').replace(/[£, ]/g, '') || 'NaN')

/** Worked out from the published files in the plainest way, with nothing of the product's. */
describe.skipIf(!hasRealData).each(testKinds)('fairness on %s', (kind) => {
  let db: Database
  const catalogue = loadCatalogue()
  beforeAll(async () => {
    db = await openReal(kind)
  })
  afterAll(() => db.close())

  const fairnessOf = async (code: string) => {
    const reader = makeReader(db, catalogue)
    const of = (await reader.fairness.all(await reader.state())).get(code)
    if (!of) throw new Error(`${code} was not measured`)
    return of
  }
  const latest = async (code: string) => (await fairnessOf(code)).periods.at(-1)?.found

  it('money per weighted patient in each fifth of deprivation is what the files give', async () => {
    const imd = new Map<string, [year: number, score: number]>()
    for (const r of rowsOf(deprivation)) {
      const [code, year, score] = [r['Practice.Code'] ?? '', Number(r.Year), amount(r.IMD)]
      if (Number.isFinite(score) && year >= (imd.get(code)?.[0] ?? 0)) imd.set(code, [year, score])
    }
    const practices = rowsOf(payments).flatMap((r) => {
      const score = imd.get(r['Practice Code'] ?? '')?.[1]
      const paid = amount(r['Average payments per weighted patient'])
      const people = amount(r['Number of Weighted Patients (Last Known Figure)'])
      return score !== undefined && paid > 0 && people > 0 ? [{ score, paid, people }] : []
    })
    const found = await latest('nhs-payments-per-weighted-patient')
    const counted = found?.fifths?.means.reduce((n, m) => n + m.providers, 0) ?? 0
    // A handful of practices more or fewer: those without patients or with a payment of 0.
    expect(Math.abs(counted - practices.length)).toBeLessThan(30)
    practices.sort((a, b) => b.score - a.score)
    const all = practices.reduce((n, p) => n + p.people, 0)
    const sums = Array.from({ length: 5 }, () => ({ paid: 0, people: 0 }))
    let before = 0
    for (const { paid, people } of practices) {
      const fifth = sums[Math.min(4, Math.floor((5 * (before + people / 2)) / all))]
      before += people
      if (!fifth) continue
      fifth.paid += paid * people
      fifth.people += people
    }
    sums.forEach(({ paid, people }, i) => {
      expect(found?.fifths?.means[i]?.value).toBeCloseTo(paid / people, 0)
    })
    const [most, least] = [sums[0], sums[4]]
    const gap = (most?.paid ?? 0) / (most?.people ?? 1) - (least?.paid ?? 0) / (least?.people ?? 1)
    expect(found?.fifths?.gap.value).toBeCloseTo(gap, 0)
  })

  /** The difference of the two groups' shares over schools with figures of both. */
  function groupGapIn(path: string, one: string, other: string): number {
    const percent = (text: string | undefined): number =>
      Number((text ?? '').replace('%', '') || 'NaN')
    const pupils: Record<string, string> = { B: 'BELIG', G: 'GELIG' }
    const sums = new Map([one, other].map((group) => [group, { reached: 0, pupils: 0 }]))
    for (const r of rowsOf(path)) {
      const both = [...sums].map(([group, sum]) => ({
        sum,
        share: percent(r[`PTRWM_EXP_${group}`]),
        count: Number(r[pupils[group] ?? `T${group}`]),
      }))
      const known = both.every(({ share, count }) => Number.isFinite(share) && count > 0)
      if (r.RECTYPE !== '1' || !known) continue
      for (const { sum, share, count } of both) {
        sum.reached += share * count
        sum.pupils += count
      }
    }
    const [a, b] = [...sums.values()].map((sum) => sum.reached / sum.pupils)
    return (a ?? Number.NaN) - (b ?? Number.NaN)
  }

  it('the gap of disadvantaged pupils at key stage 2 is what the file gives', async () => {
    const found = (await latest('ks2-rwm-expected'))?.groups.find((g) => g.first.startsWith('dis'))
    expect(found?.gap.value).toBeCloseTo(groupGapIn(results, 'FSM6CLA1A', 'NotFSM6CLA1A'), 0)
    expect(found?.gap.upper).toBeLessThan(0)
  })

  it('the gap of disadvantaged pupils changed by what the two files give', async () => {
    const before = groupGapIn(resultsOf(2016), 'FSM6CLA1A', 'NotFSM6CLA1A')
    const after = groupGapIn(results, 'FSM6CLA1A', 'NotFSM6CLA1A')
    const { trends } = await fairnessOf('ks2-rwm-expected')
    const trend = trends['disadvantage=disadvantaged less disadvantage=other']
    expect(trend).toMatchObject({ from: '2016-17', to: '2018-19' })
    expect(trend?.first.value).toBeCloseTo(before, 0)
    expect(trend?.change.value).toBeCloseTo(after - before, 0)
    const boys = trends['sex=boys less sex=girls']
    const sexes = groupGapIn(results, 'B', 'G') - groupGapIn(resultsOf(2016), 'B', 'G')
    expect(boys?.change.value).toBeCloseTo(sexes, 0)
  })

  it('how much of smoking is more than chance is what Pearson’s chi-squared gives', async () => {
    const newest = rowsOf(smoking).filter(
      (r) =>
        r['Area Type'] === 'GPs' && r['Time period'] === '2023/24' && r['Category Type'] === '',
    )
    const counts = newest.flatMap((r) => {
      const [events, people] = [amount(r.Count), amount(r.Denominator)]
      return Number.isFinite(events) && people > 0 ? [{ events, people }] : []
    })
    const total = counts.reduce((n, c) => n + c.people, 0)
    const p = counts.reduce((n, c) => n + c.events, 0) / total
    const q = counts.reduce(
      (n, { events, people }) => n + (events - people * p) ** 2 / (people * p * (1 - p)),
      0,
    )
    const found = await latest('fingertips-91547')
    expect(found?.lottery?.units).toBe(counts.length)
    expect(found?.lottery?.share?.value).toBeCloseTo(1 - (counts.length - 1) / q, 3)
  })

  it('published tenths are what the file gives, and their change is within one set of boundaries', async () => {
    const of = await fairnessOf('fingertips-91547')
    const tenth = (period: string, name: string): number =>
      amount(
        rowsOf(smoking).find(
          (r) =>
            r['Area Code'] === 'E92000001' &&
            r['Time period'] === period &&
            (r['Category Type'] ?? '').startsWith('County') &&
            r.Category === `${name} deprived decile (IMD2019)`,
        )?.Value,
      )
    const gap = (period: string): number => tenth(period, 'Most') - tenth(period, 'Least')
    const found = of.periods.find((p) => p.period === '2021-22')?.found.tenths[0]
    expect(found?.gap.value).toBeCloseTo(gap('2021/22'), 6)
    expect(found?.ratio?.value).toBeCloseTo(tenth('2021/22', 'Most') / tenth('2021/22', 'Least'), 6)
    const changes = Object.entries(of.trends).filter(([name]) => name.includes('county'))
    expect(changes.map(([, { from, to }]) => `${from} ${to}`)).toEqual([
      '2018-19 2019-20',
      '2020-21 2021-22',
    ])
    expect(changes.at(-1)?.[1].change.value).toBeCloseTo(gap('2021/22') - gap('2020/21'), 6)
    const children = (await fairnessOf('ncmp-overweight')).periods.at(-1)?.found.tenths
    expect(children).toHaveLength(2)
    for (const { gap: excess } of children ?? []) expect(excess.lower).toBeGreaterThan(0)
  })

  it('the most deprived fifth has as many times the least as their means say', async () => {
    for (const code of ['nhs-payments-per-weighted-patient', 'ks2-rwm-expected']) {
      const fifths = (await latest(code))?.fifths
      const [most, least] = [fifths?.means[0], fifths?.means[4]]
      const times = (most?.value ?? 0) / (least?.value ?? 1)
      expect(fifths?.ratio?.value).toBeCloseTo(times, 10)
    }
  })

  it('the same schools in two years leave less doubt than two sets drawn apart', async () => {
    const { trends } = await fairnessOf('ks2-rwm-expected')
    const { first, last, change } = trends.fifths ?? {}
    const width = (x: { lower: number; upper: number } | undefined): number =>
      x ? x.upper - x.lower : Number.NaN
    expect(change?.value).toBeCloseTo((last?.value ?? 0) - (first?.value ?? 0), 8)
    expect(width(change)).toBeLessThan(Math.hypot(width(first), width(last)))
  })
})
