import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fairnessSchema } from './declaration.ts'
import { byWidth, type FoundGap, gapsAt, newestGaps } from './gaps.ts'
import { nobody } from './left-behind.ts'
import type { Fairness } from './measure.ts'
import type { FairnessOf } from './store.ts'

const around = (value: number, half: number) => ({
  value,
  lower: value - half,
  upper: value + half,
})
const mean = (value: number) => ({ ...around(value, 1), providers: 20, standardError: 0.5 })

const lottery = { units: 100, tenth: 40, ninetieth: 60, share: null, between: null, ratio: null }

const found = (gap: number, half: number, rest: Partial<Fairness> = {}): Fairness => ({
  fifths: null,
  halves: nobody,
  groups: [
    {
      first: 'sex=boys',
      second: 'sex=girls',
      firstMean: mean(50 + gap),
      secondMean: mean(50),
      gap: { ...around(gap, half), p: 0.5 },
      ratio: null,
      providers: nobody,
      places: nobody,
    },
  ],
  tenths: [],
  lottery,
  placeLottery: null,
  ...rest,
})

const of = (...periods: readonly (readonly [string, Fairness])[]): FairnessOf => ({
  indicator: 'read',
  declared: fairnessSchema.parse({
    service: 'school',
    areas: 'district',
    groups: [{ first: 'sex=boys', second: 'sex=girls', firstName: 'boys', secondName: 'girls' }],
    indicators: ['read'],
  }),
  periods: periods.map(([period, f]) => ({ period, found: f })),
  trends: {
    'sex=boys less sex=girls': {
      from: '2016',
      to: '2018',
      first: around(-8, 1),
      last: around(-5, 1),
      change: around(3, 1),
      way: 'narrowed',
    },
  },
})

it('names whom a gap is between, and measures it against how far providers lie apart', () => {
  const [gap] = newestGaps(of(['2016', found(-8, 1)], ['2018', found(-5, 1)]))
  expect(gap).toMatchObject({ first: 'boys', second: 'girls', period: '2018', certain: true })
  expect(gap?.width?.value).toBeCloseTo(-0.25, 12)
  expect(gap?.trend?.way).toBe('narrowed')
})

it('puts no change beside the gap of another period', () => {
  const all = of(['2016', found(-8, 1)], ['2018', found(-5, 1)])
  const [first] = all.periods
  expect(first && gapsAt(all, first)[0]?.trend).toBeNull()
})

it('keeps a gap that was last known in an earlier period', () => {
  const gone = found(0, 1, { groups: [] })
  expect(newestGaps(of(['2016', found(-8, 1)], ['2018', gone]))[0]?.period).toBe('2016')
})

it('puts what is certain first, then the widest, then what nobody can compare', () => {
  const gap = fc.record({
    value: fc.integer({ min: -30, max: 30 }),
    half: fc.integer({ min: 1, max: 20 }),
    compared: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(gap, { minLength: 2, maxLength: 12 }), (some) => {
      const gaps = some.flatMap(({ value, half, compared }): FoundGap[] =>
        newestGaps(of(['2018', found(value, half, compared ? {} : { lottery: null })])),
      )
      const sorted = gaps.toSorted(byWidth)
      sorted.slice(1).forEach((after, i) => {
        const before = sorted[i] as FoundGap
        expect(Number(before.certain)).toBeGreaterThanOrEqual(Number(after.certain))
        if (before.certain !== after.certain) return
        const width = (g: FoundGap) => (g.width ? Math.abs(g.width.value) : -1)
        expect(width(before)).toBeGreaterThanOrEqual(width(after))
      })
    }),
  )
})
