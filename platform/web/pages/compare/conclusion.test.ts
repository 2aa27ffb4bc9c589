import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Direction, Figure } from '../../../comparison/figures.ts'
import { type Indicator, indicatorSchema } from '../../../evidence/indicator.ts'
import { conclusion, inShort, type Named } from './conclusion.ts'

const indicator = (polarity: Indicator['polarity']): Indicator =>
  indicatorSchema.parse({
    code: 'smoking',
    name: 'Smoking',
    service: 'clinic',
    topic: 'Health',
    unit: '%',
    kind: 'proportion',
    polarity,
    decimals: 1,
    why: '',
    definition: '',
    method: '',
  })

/** A provider with a value, half the width of its interval, and how it lies to England. */
const named = (name: string, value: number, half: number | null, to: Direction | null): Named => ({
  name,
  kind: null,
  figure: {
    period: '2024',
    value,
    limits: half && {
      lower95: value - half,
      upper95: value + half,
      lower998: value - 1.6 * half,
      upper998: value + 1.6 * half,
      method: 'published',
    },
    comparisons: [
      { against: 'whole', name: 'England', value: 13.6, origin: 'published', direction: to },
    ],
  } as unknown as Figure,
})

describe('the words under a table of a few providers', () => {
  it('say who differs from the whole, and who from whom', () => {
    const all = [
      named('Ashbrook', 12.1, 2, 0),
      named('Birchwood', 18.4, 2, 1),
      named('Cedar', 13.9, 2, 0),
    ]
    expect(conclusion(indicator('neither'), all)).toBe(
      'Birchwood is higher than England; the others are not clearly different. ' +
        'Birchwood is much higher than Ashbrook; Birchwood is higher than Cedar; no other two are clearly different.',
    )
  })

  it('say better and worse where the indicator does', () => {
    const all = [named('Ashbrook', 12, 1, -1), named('Birchwood', 18, 1, 2)]
    expect(conclusion(indicator('lower'), all)).toBe(
      'Ashbrook is better than England; Birchwood is much worse than England. Ashbrook is much better than Birchwood.',
    )
  })

  it('call nothing different where nothing is', () => {
    const all = [named('Ashbrook', 13, 2, 0), named('Birchwood', 14, 2, 0)]
    expect(conclusion(indicator('lower'), all)).toBe(
      'Neither is clearly different from England. The two are not clearly different from each other.',
    )
    expect(inShort([[indicator('lower'), all]])).toBe(
      'In the one main figure that can be compared, they are not clearly different.',
    )
  })

  it('say that nobody can say without intervals', () => {
    const all = [named('Ashbrook', 13, null, null), named('Birchwood', 40, null, null)]
    expect(conclusion(indicator('lower'), all)).toBe(
      'Without intervals nobody can say whether they differ from each other.',
    )
    expect(inShort([[indicator('lower'), all]])).toBe('')
  })

  it('hold no two kinds against each other, nor one kind against the whole of another', () => {
    const [a, b] = [named('A', 10, 1, 0), named('B', 90, 1, 2)]
    const own = {
      ...(b.figure.comparisons[0] as Figure['comparisons'][0]),
      name: 'all eye clinics',
    }
    const eyes: Named = { ...b, kind: 'eye clinics', figure: { ...b.figure, comparisons: [own] } }
    expect(conclusion(indicator('higher'), [a, eyes])).toBe(
      'A is not clearly different from England.',
    )
    expect(inShort([[indicator('higher'), [a, eyes]]])).toBe('')
  })

  it('do not hold four against each other, nor two periods', () => {
    const four = ['A', 'B', 'C', 'D'].map((name, i) => named(name, 10 * i, 1, 0))
    expect(conclusion(indicator('lower'), four)).toBe(
      'None of them is clearly different from England.',
    )
    const [a, b] = [named('A', 10, 1, 0), named('B', 20, 1, 0)]
    const later = { ...b, figure: { ...b.figure, period: '2025' } }
    expect(conclusion(indicator('lower'), [a, later])).toBe(
      'Neither is clearly different from England.',
    )
  })

  it('say the same of two in whichever order they stand', () => {
    const value = fc.integer({ min: 0, max: 60 })
    fc.assert(
      fc.property(value, value, fc.integer({ min: 1, max: 20 }), (x, y, half) => {
        const [a, b] = [named('A', x, half, 0), named('B', y, half, 0)]
        const told = (pair: Named[]) => conclusion(indicator('higher'), pair)
        expect(told([a, b])).toBe(told([b, a]))
        expect(told([a, b])).not.toContain(x > y ? 'B is' : 'A is')
      }),
    )
  })
})
