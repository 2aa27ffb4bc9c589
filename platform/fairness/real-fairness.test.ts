import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import { importAndPublish, prepare } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'

const data = join(import.meta.dirname, '../../../shared/data')
const payments = join(data, 'general-practice/nhs-payments-2022-23.csv.gz')
const deprivation = join(data, 'general-practice/imd-by-practice-year.csv.gz')
const results = join(data, 'primary-schools/ks2-2018-850.csv')

type Row = Record<string, string>

function rowsOf(path: string): Row[] {
  const bytes = readFileSync(path)
  const text = path.endsWith('.gz') ? gunzipSync(bytes) : bytes
  return parse(text, { columns: true, bom: true, relax_column_count: true })
}

const amount = (text: string | undefined): number =>
  Number((text ?? '').replace(/[£, ]/g, '') || 'NaN')

/** Worked out from the published files in the plainest way, with nothing of the product's. */
describe.skipIf(!existsSync(data)).each(testDatabases())('fairness on $kind', ({ open }) => {
  let db: Database
  const catalogue = loadCatalogue()
  beforeAll(async () => {
    db = await prepare(await open())
    const schools = ['gias-20220420.csv.gz', 'offers-by-la.csv.gz'].map((name) =>
      join(data, 'primary-schools', name),
    )
    const all = [payments, deprivation, ...schools, results]
    const { files } = await importAndPublish(db, catalogue, all)
    expect(files.filter((f) => f.outcome !== 'draft').map((f) => f.path)).toEqual([])
  })
  afterAll(() => db.close())

  const latest = async (code: string) => {
    const reader = makeReader(db, catalogue)
    const of = (await reader.fairness.all(await reader.state())).get(code)
    return of?.periods.at(-1)?.found
  }

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

  it('the gap of disadvantaged pupils at key stage 2 is what the file gives', async () => {
    const percent = (text: string | undefined): number =>
      Number((text ?? '').replace('%', '') || 'NaN')
    const sums = { poor: [0, 0], other: [0, 0] } as Record<'poor' | 'other', [number, number]>
    for (const r of rowsOf(results)) {
      if (r.RECTYPE !== '1') continue
      const both = [
        ['poor', percent(r.PTRWM_EXP_FSM6CLA1A), Number(r.TFSM6CLA1A)],
        ['other', percent(r.PTRWM_EXP_NotFSM6CLA1A), Number(r.TNotFSM6CLA1A)],
      ] as const
      if (!both.every(([, share, pupils]) => Number.isFinite(share) && pupils > 0)) continue
      for (const [group, share, pupils] of both) {
        sums[group][0] += share * pupils
        sums[group][1] += pupils
      }
    }
    const gap = sums.poor[0] / sums.poor[1] - sums.other[0] / sums.other[1]
    const found = (await latest('ks2-rwm-expected'))?.groups.find((g) => g.first.startsWith('dis'))
    expect(found?.gap.value).toBeCloseTo(gap, 0)
    expect(found?.gap.upper).toBeLessThan(0)
  })
})
