import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OwnCard } from './cards/store.ts'
import type { Database } from './database/database.ts'
import { testKinds } from './database/testing.ts'
import { loadCatalogue } from './evidence/catalogue.ts'
import { makeReader } from './reader.ts'
import { hasRealData, openReal } from './testing-real.ts'

const catalogue = loadCatalogue()

/** Published files of practices and schools; see ../shared/data/README.md. */
describe.skipIf(!hasRealData).each(testKinds)(
  'report cards of the published files on %s',
  (kind) => {
    let db: Database
    let reader: ReturnType<typeof makeReader>
    let state: Awaited<ReturnType<typeof reader.state>>
    beforeAll(async () => {
      db = await openReal(kind)
      reader = makeReader(db, catalogue)
      state = await reader.state()
    })
    afterAll(() => db.close())

    const cardsOf = async (service: string): Promise<Map<string, OwnCard>> => {
      const all = await reader.cards.all(state, service)
      return new Map(
        all?.codes.flatMap((code): [string, OwnCard][] => {
          const own = all.of(code)
          return own ? [[code, own]] : []
        }),
      )
    }
    /** Everyone with a value of an indicator in any period. */
    const having = async (indicator: string, kind: string): Promise<string[]> => {
      const rows = await db.query<{ code: string }>(
        `select distinct s.code from comparison_series c,
           unnest(c.subjects, c.value) as u(id, value) join subject s on s.id = u.id
         where c.indicator = $1 and c.breakdown = '' and u.value is not null and s.kind = $2`,
        [indicator, kind],
      )
      return rows.map((r) => r.code)
    }

    it('every practice with payments, care, vaccination, a rating or smoking has one', async () => {
      const cards = await cardsOf('general-practice')
      for (const indicator of [
        'nhs-payments-per-weighted-patient',
        'qof-achievement-chd',
        'qof-vaccination',
        'cqc-rating',
        'fingertips-91547',
      ]) {
        const practices = await having(indicator, 'provider')
        expect(practices.length).toBeGreaterThan(6000)
        expect(practices.filter((code) => !cards.has(code))).toEqual([])
      }
      const graded = [...cards.values()].filter((c) => c.overall.grade !== null)
      expect(graded.length).toBeGreaterThan(6000)
      const few = graded.filter(
        (c) => Object.values(c.parts).filter((p) => p.grade !== null).length < 2,
      )
      expect(few).toEqual([])
    })

    it('tells costs apart, and leaves out those that the value study leaves out', async () => {
      const cards = [...(await cardsOf('general-practice')).values()]
      const items = cards.flatMap((c) => c.items.filter((i) => i.item.part === 'value'))
      const scores = items.flatMap((i) => (i.score === null ? [] : [i.score])).sort((a, b) => a - b)
      expect(scores.length).toBeGreaterThan(5500)
      const at = (share: number): number => scores[Math.floor(share * scores.length)] ?? Number.NaN
      expect(at(0.9) - at(0.1)).toBeGreaterThan(0.5)
      const left = items.filter((i) => i.state === 'left out')
      expect(left.length).toBeGreaterThan(50)
      expect(left.every((i) => i.score === null)).toBe(true)
      const study = catalogue.studies.get('general-practice-money')
      expect(catalogue.cards.get('general-practice')?.value.takes).toEqual(study?.takes)
    })

    it('every school with results has one, with a doubt that adds up', async () => {
      const cards = await cardsOf('primary-school')
      const schools = await having('ks2-rwm-expected', 'provider')
      expect(schools.length).toBeGreaterThan(250)
      expect(schools.filter((code) => !cards.has(code))).toEqual([])
      const anstey = cards.get('115851')
      expect(anstey?.parts.outcomes.grade).not.toBeNull()
      expect(anstey?.parts.value.grade).toBeNull()
      expect(anstey?.parts.fairness.likely?.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3)
    })
  },
)
