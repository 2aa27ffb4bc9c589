import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Figure } from '../../platform/comparison/figures.ts'
import { checkFiles } from '../../platform/publishing/import.ts'
import { seed } from './about.ts'
import { writeFiles } from './files.ts'
import { correctedFile, makeAldermere } from './generate.ts'
import { shiftMonth } from './monthly.ts'
import { openAldermere } from './testing.ts'

let opened: Awaited<ReturnType<typeof openAldermere>>
beforeAll(async () => {
  opened = await openAldermere()
})
afterAll(() => opened.db.close())

const series = async (
  code: string,
  indicator: string,
  breakdown = '',
): Promise<readonly Figure[]> => {
  const { reader } = opened
  const page = await reader.subject(await reader.state(), code)
  const found = page?.series.find((s) => s.indicator === indicator && s.breakdown === breakdown)
  return found?.figures ?? []
}

describe('Aldermere, published', () => {
  it('passes the check with no row refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aldermere-'))
    const [first] = makeAldermere(seed)
    writeFiles(folder, first.files)
    const options = { accept: 0, by: 'a test' }
    const { files, accepted } = await checkFiles(opened.db, opened.catalogue, [folder], options)
    expect(accepted).toBe(true)
    expect(files).toHaveLength(first.files.length)
    expect(files.map((f) => f.report?.rowsRefused)).toEqual(files.map(() => 0))
    expect(
      files.filter((f) => !f.report?.observations && !/register|boundaries/.test(f.path)),
    ).toEqual([])
  })

  it('marks every release, and its state, as invented', async () => {
    expect(await opened.reader.state()).toMatchObject({ publication: 4, invented: true })
    expect(await opened.db.query('select id from release where not invented')).toEqual([])
  })

  it.each([
    'general-practice',
    'primary-school',
    'secondary-school',
    'hospital',
    'police',
    'council',
  ])(
    'tells how %s does: results, experience, fairness, money, and what matters most',
    async (service) => {
      const { reader } = opened
      const state = await reader.state()
      const own = [...(await reader.indicators(state)).values()].filter(
        (i) => i.service === service && i.code.startsWith('ald-'),
      )
      const shown = new Set((await reader.summaries(state, service)).map((s) => s.indicator))
      expect(own.filter((i) => !shown.has(i.code)).map((i) => i.code)).toEqual([])
      expect(own.length).toBeGreaterThanOrEqual(6)
      expect(own.filter((i) => i.headline).length).toBeGreaterThanOrEqual(3)
      expect(own.filter((i) => i.kind === 'money')).not.toEqual([])
      expect(own.filter((i) => /experience/.test(i.topic) || /recommend/.test(i.name))).not.toEqual(
        [],
      )
      const pages = await Promise.all(own.map((i) => reader.indicatorPage(state, i.code, {})))
      expect(pages.filter((p) => (p?.summary.breakdowns.length ?? 0) > 1)).not.toEqual([])
    },
  )

  it('has five years, and no survey of patients in 2021-22', async () => {
    const care = await series('ALDG01', 'ald-gp-diabetes')
    expect(care.map((f) => f.period)).toEqual([
      '2020-21',
      '2021-22',
      '2022-23',
      '2023-24',
      '2024-25',
    ])
    const survey = await series('ALDG01', 'ald-gp-experience')
    expect(survey.map((f) => f.period)).toEqual(['2020-21', '2022-23', '2023-24', '2024-25'])
  })

  it('shows what is suppressed and what does not apply as such', async () => {
    const { reader } = opened
    const state = await reader.state()
    const poor = await reader.indicatorPage(state, 'ald-primary-expected', {
      breakdown: 'disadvantage=disadvantaged',
    })
    expect(poor?.summary.counts.suppressed).toBeGreaterThan(10)
    expect(poor?.summary.counts.value).toBeGreaterThan(30)
    const sixth = await reader.indicatorPage(state, 'ald-secondary-a-level', {})
    expect(sixth?.summary.counts['not-applicable']).toBeGreaterThan(2)
    expect(sixth?.summary.counts.value).toBeGreaterThan(2)
  })

  it('tells what the corrected release changed, and that the check had seen the mistake', async () => {
    const { reader } = opened
    const state = await reader.state()
    const releases = await reader.releases(state, { limit: 200 })
    const [right, wrong] = releases.filter((r) => r.fileName === correctedFile)
    expect(wrong).toMatchObject({ status: 'superseded', supersededBy: right?.id })
    const page = await reader.release(state, right?.id ?? 0)
    expect(page?.changeCount).toBeGreaterThan(5)
    for (const change of page?.changes ?? []) {
      expect(change).toMatchObject({ indicator: 'ald-primary-expected', breakdown: '' })
      expect(change.after).toBeGreaterThan(change.before ?? 100)
    }
    const warned = (await reader.release(state, wrong?.id ?? 0))?.checks.map((c) => c.rule)
    expect(warned).toEqual(['total'])
    expect(page?.checks).toEqual([])
  })

  it('has outliers at both ends, and most practices like the whole', async () => {
    const { reader } = opened
    const page = await reader.indicatorPage(await reader.state(), 'ald-gp-experience', {
      size: 100,
    })
    const directions = page?.rows.map((r) => r.direction) ?? []
    const share = (of: (d: number) => boolean): number =>
      directions.filter((d) => d !== null && of(d)).length
    expect(share((d) => d === 2)).toBeGreaterThanOrEqual(2)
    expect(share((d) => d === -2)).toBeGreaterThanOrEqual(2)
    expect(share((d) => d === 0)).toBeGreaterThan(12)
    expect(page?.summary.whole).toMatchObject({ name: 'Aldermere', origin: 'published' })
  })

  it('has a gap between rich and poor', async () => {
    const gap = async (code: string, indicator: string): Promise<number> => {
      const [of, other] = await Promise.all(
        ['disadvantaged', 'other'].map((g) => series(code, indicator, `disadvantage=${g}`)),
      )
      return (other?.at(-1)?.value ?? 0) - (of?.at(-1)?.value ?? 0)
    }
    expect(await gap('ALD', 'ald-primary-expected')).toBeGreaterThan(10)
    expect(await gap('ALD', 'ald-gp-blood-pressure')).toBeGreaterThan(3)
    const poorest = (await series('ALDD06', 'ald-child-poverty')).at(-1)?.value ?? 0
    const richest = (await series('ALDD07', 'ald-child-poverty')).at(-1)?.value ?? 0
    expect(poorest).toBeGreaterThan(2 * richest)
  })

  it('has five years of months, in which one hospital changes for the worse', async () => {
    const months = await series('ALDH02', 'ald-hospital-four-hours')
    expect(months).toHaveLength(60)
    const mean = (some: readonly Figure[]): number =>
      some.reduce((sum, f) => sum + (f.value ?? 0), 0) / some.length
    const at = months.findIndex((f) => f.period === shiftMonth)
    expect(mean(months.slice(at - 12, at)) - mean(months.slice(at, at + 12))).toBeGreaterThan(7)
  })

  it('lists providers in their wards and districts, and finds them', async () => {
    const { reader } = opened
    const state = await reader.state()
    const practice = await reader.subject(state, 'ALDG01')
    const [ward, district, county] = practice?.parents ?? []
    expect([ward?.level, district?.level, county?.code]).toEqual(['ward', 'district', 'ALD'])
    for (const place of [ward, district]) {
      const page = await reader.place(state, place?.code ?? '')
      expect(page?.providers.map((p) => p.code)).toContain('ALDG01')
    }
    expect(await reader.place(state, 'ALD')).toMatchObject({ providerCount: 159 })
    const force = await reader.place(state, 'ALDF01')
    expect(force?.providers.map((p) => p.service)).toEqual(Array(12).fill('police'))
    const hits = await reader.search(state, practice?.postcode ?? '')
    expect(hits.map((h) => h.code)).toContain('ALDG01')
    expect(await reader.peers(state, 'ALDG01')).toHaveLength(30)
    expect(await reader.peers(state, 'ALDS01')).toHaveLength(13)
    expect(await opened.db.query('select subject_id from boundary')).toHaveLength(68)
  })
})
