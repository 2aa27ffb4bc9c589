import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from './database/database.ts'
import { testKinds } from './database/testing.ts'
import { loadCatalogue } from './evidence/catalogue.ts'
import { makeReader } from './reader.ts'
import { hasRealData, openReal } from './testing-real.ts'
import type { StudyAt } from './value/store.ts'

const catalogue = loadCatalogue()

describe.skipIf(!hasRealData).each(testKinds)(
  'value for money of general practices on %s',
  (kind) => {
    let db: Database
    let found: StudyAt | undefined
    beforeAll(async () => {
      db = await openReal(kind)
      const reader = makeReader(db, catalogue)
      ;[found] = await reader.value.of(await reader.state(), 'general-practice')
    })
    afterAll(async () => {
      await db.close()
    })

    it('takes 6,000 practices, and says why it leaves others out', () => {
      const year = found?.years[0]
      expect(found?.years.map((y) => y.period)).toEqual(['2022-23'])
      expect(year?.refused).toBeNull()
      expect(year?.providers.size).toBe(6002)
      expect(year?.periods['qof-vaccination']).toBe('2023-24')
      expect(year?.leftOut.length).toBeGreaterThan(1)
    })

    it('gives nearly all an interval, and targets that the best attain', () => {
      const all = [...(found?.years[0]?.providers.values() ?? [])]
      const bounded = all.filter((p) => p.limits !== null)
      expect(bounded.length / all.length).toBeGreaterThan(0.97)
      for (const p of all) {
        expect(p.score).toBeGreaterThan(0)
        expect(p.score).toBeLessThanOrEqual(1)
        expect(p.peers.length).toBeGreaterThan(0)
      }
      const frontier = all.filter((p) => p.efficient === 'strong')
      expect(frontier.length).toBeGreaterThan(20)
      expect(frontier.length).toBeLessThan(100)
    })

    it('saves by its targets what its score says, and what is further never costs more', () => {
      const all = [...(found?.years[0]?.providers.values() ?? [])]
      expect(all.length).toBe(6002)
      let further = 0
      for (const { values, targets, score } of all) {
        const [own, best] = [values, targets].map((c) => (c[0] ?? 0) + (c[1] ?? 0))
        const left = (own ?? 0) * score - (best ?? 0)
        expect(left).toBeGreaterThan(-1)
        if (left > 0.05 * (own ?? 0)) further += 1
      }
      // So many that a page may not leave it out.
      expect(further).toBeGreaterThan(500)
    })

    it('holds each against a mix of practices whose patients are at least as deprived together', () => {
      const providers = found?.years[0]?.providers
      const lessDeprived = [...(providers?.values() ?? [])].filter((p) =>
        p.peers.some((peer) => (providers?.get(peer.code)?.values[5] ?? 0) < (p.values[5] ?? 0)),
      )
      // A mix, not each in it: what the study's own words say.
      expect(lessDeprived.length).toBeGreaterThan(1000)
      expect(found?.study.about).toContain('those of one in the mix can be less so')
      for (const p of providers?.values() ?? []) {
        const mixed = p.peers.reduce(
          (sum, peer) => sum + peer.weight * (providers?.get(peer.code)?.values[5] ?? 0),
          0,
        )
        expect(mixed).toBeGreaterThanOrEqual((p.values[5] ?? 0) - 1e-4)
      }
    })
  },
)
