import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { State } from './comparison/reader.ts'
import type { Database } from './database/database.ts'
import { testKinds } from './database/testing.ts'
import { loadCatalogue } from './evidence/catalogue.ts'
import { makeReader } from './reader.ts'
import { hasRealData, openReal } from './testing-real.ts'
import { buildServer } from './web/server.ts'

const catalogue = loadCatalogue()

/** Registers name the places that their providers lie in by name or by codes of their own. */
describe.skipIf(!hasRealData).each(testKinds)('where published providers lie, on %s', (kind) => {
  let db: Database
  let reader: ReturnType<typeof makeReader>
  let state: State
  beforeAll(async () => {
    db = await openReal(kind)
    reader = makeReader(db, catalogue)
    state = await reader.state()
  })
  afterAll(() => db.close())

  const parents = async (code: string): Promise<string[]> =>
    (await reader.subject(state, code))?.parents.map((p) => `${p.level} ${p.code}`) ?? []

  it('East Hampshire lists its 47 schools, Anstey Junior School among them', async () => {
    const place = await reader.place(state, 'E07000085')
    expect(place?.providerCount).toBe(47)
    const second = await reader.place(state, 'E07000085', 1)
    const names = second?.providers.map((p) => p.name) ?? []
    expect(names).toContain('Anstey Junior School')
  })

  it('the map of a place offers what has figures there, and nothing else', async () => {
    const options = { reader, logLevel: 'silent', example: null, ready: async () => true }
    const app = await buildServer(options)
    try {
      const { body } = await app.inject('/places/E07000085')
      const offered = [...body.matchAll(/<option value="([^"]+)"/g)].map((m) => m[1])
      expect(offered).toContain('ks2-rwm-expected')
      const known = (await reader.summaries(state, 'primary-school')).map((s) => s.indicator)
      expect(offered.filter((code) => !known.includes(code ?? ''))).toEqual([])
    } finally {
      await app.close()
    }
  })

  it('a school lies in its small area, district, county, region and country', async () => {
    expect(await parents('115851')).toEqual([
      'lsoa E01022574',
      'district E07000085',
      'county E10000014',
      'region E12000008',
      'country E92000001',
    ])
  })

  it('codes that stand for no place become none', async () => {
    for (const code of ['999999999', 'X999999']) {
      expect(await reader.subject(state, code)).toBeNull()
    }
  })

  it('a practice lies in its network, sub-ICB, ICB and region of today alone', async () => {
    expect(await parents('A81001')).toEqual([
      'pcn U89141',
      'sub-icb E38000247',
      'icb E54000050',
      'nhs-region E40000012',
      'country E92000001',
    ])
  })

  it('a practice without patients has no payment per patient, and keeps its total', async () => {
    const page = await reader.indicatorPage(state, 'nhs-payments-per-registered-patient', {
      period: '2022-23',
    })
    expect(page?.summary.counts).toMatchObject({ value: 6463, 'not-applicable': 206 })
    const total = await reader.indicatorPage(state, 'nhs-payments-total-to-general-practice', {
      period: '2022-23',
    })
    expect(total?.summary.counts).toMatchObject({ value: 6669, 'not-applicable': 0 })
  })
})
