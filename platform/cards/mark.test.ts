import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Card, cardSchema, itemsOf } from './card.ts'
import { gapsOf } from './gap.ts'
import { letters } from './grade.ts'
import { type Circle, type MarkedCards, markCards, markItem } from './mark.ts'
import { type Measured, states } from './score.ts'

/** Two outcomes, a rating, a gap and a cost. */
const card: Card = cardSchema.parse({
  code: 'test',
  service: 'test',
  setBy: 'a test',
  weights: { outcomes: 40, experience: 20, fairness: 20, value: 20 },
  outcomes: {
    indicators: [
      { indicator: 'passed', weight: 2 },
      { indicator: 'absent' },
      { indicator: 'read' },
    ],
  },
  experience: { indicators: [{ indicator: 'rating', levels: [10, 35, 60, 90] }] },
  fairness: { gaps: [{ indicator: 'passed', behind: 'poor', ahead: 'other' }] },
  value: { cost: 'cost' },
})
const items = itemsOf(card)
const polarity = ['high', 'low', 'high', 'high', 'high', 'low'] as const

interface School {
  readonly passed: number | null
  readonly absent: number | null
  readonly read: number | null
  readonly rating: number | null
  readonly poor: number | null
  readonly other: number | null
  readonly cost: number | null
}

const column = (schools: readonly School[], name: keyof School): Float64Array =>
  Float64Array.from(schools, (s) => s[name] ?? Number.NaN)
const around = (value: Float64Array, half: number): Measured => ({
  value,
  lower95: value.map((x) => x - half),
  upper95: value.map((x) => x + half),
})

function cardsOf(
  schools: readonly School[],
  peersOf: (i: number) => readonly number[],
): MarkedCards {
  const n = schools.length
  const circle: Circle = { members: schools.map((_, i) => i), peers: peersOf }
  const figure = (name: keyof School, half: number): Measured => around(column(schools, name), half)
  const measured = [
    figure('passed', 6),
    figure('absent', 3),
    figure('read', Number.NaN),
    figure('rating', Number.NaN),
    gapsOf(figure('poor', 8), figure('other', 5), 'high'),
    figure('cost', Number.NaN),
  ]
  const hidden = new Uint8Array(n)
  const scored = items.map((item, k) => {
    const figures = [{ measured: measured[k] as Measured, hidden }]
    return markItem(item, figures, [circle], polarity[k] ?? 'high', n)
  })
  return markCards(card, items, scored, new Float64Array(n))
}

/** The three next ones round the table. */
const nextThree =
  (n: number) =>
  (i: number): number[] =>
    [1, 2, 3].map((d) => (i + d) % n)

const percent = fc.integer({ min: 0, max: 100 })
const maybe = fc.option(percent, { freq: 5 })
const school: fc.Arbitrary<School> = fc.record({
  passed: maybe,
  absent: maybe,
  read: maybe,
  rating: fc.option(fc.integer({ min: 1, max: 4 })),
  poor: maybe,
  other: maybe,
  cost: fc.option(fc.integer({ min: 1000, max: 9000 })),
})
const schools = fc.array(school, { minLength: 8, maxLength: 14 })

const typical: School = {
  passed: 50,
  absent: 50,
  read: 50,
  rating: 3,
  poor: 40,
  other: 60,
  cost: 5000,
}
const twelve = Array.from(
  { length: 12 },
  (_, i): School => ({
    ...typical,
    passed: 40 + 2 * i,
    absent: 60 - 2 * i,
    poor: 30 + 2 * i,
    cost: 5000 + 10 * i,
  }),
)

describe('a card', () => {
  it('gives more for better figures, a smaller gap and a lower cost', () => {
    const { items: scored, marks } = cardsOf(twelve, nextThree(12))
    const first = (k: number): number => scored[k]?.score[0] as number
    const last = (k: number): number => scored[k]?.score[11] as number
    for (const k of [0, 1, 4]) expect(last(k)).toBeGreaterThan(first(k))
    expect(last(5)).toBeLessThan(first(5))
    expect(marks.fairness.score[11]).toBeGreaterThan(marks.fairness.score[0] as number)
    expect(marks.experience.score[0]).toBe(0.6)
  })

  it('never raises a grade when one figure gets worse and all others stay', () => {
    const worse: Record<keyof School, -1 | 1> = {
      passed: -1,
      absent: 1,
      read: -1,
      rating: -1,
      poor: -1,
      other: 1,
      cost: 1,
    }
    fc.assert(
      fc.property(
        schools,
        fc.constantFrom(...(Object.keys(worse) as (keyof School)[])),
        fc.integer({ min: 1, max: 60 }),
        (all, name, by) => {
          const [first] = all
          const value = first?.[name] ?? null
          fc.pre(first !== undefined && value !== null)
          const step = name === 'rating' ? 1 : name === 'cost' ? 100 * by : by
          const changed = value + worse[name] * step
          fc.pre(name !== 'rating' || changed >= 1)
          const peers = nextThree(all.length)
          const before = cardsOf(all, peers)
          const after = cardsOf([{ ...first, [name]: changed }, ...all.slice(1)], peers)
          for (const part of ['outcomes', 'experience', 'fairness', 'value', 'overall'] as const) {
            const grade = (cards: MarkedCards): number => cards.grades[part].grade[0] as number
            expect(grade(after)).toBeLessThanOrEqual(grade(before))
          }
          expect(after.overall.score[0] ?? 0).toSatisfy(
            (x: number) => Number.isNaN(x) || x <= (before.overall.score[0] as number),
          )
        },
      ),
      { numRuns: 300 },
    )
  })

  it('does not depend on the order in which providers are listed', () => {
    fc.assert(
      fc.property(schools, (all) => {
        const n = all.length
        const peers = nextThree(n)
        const straight = cardsOf(all, peers)
        const turned = cardsOf(all.toReversed(), (i) => peers(n - 1 - i).map((p) => n - 1 - p))
        for (let i = 0; i < n; i++) {
          const [one, other] = [straight.overall.score[i], turned.overall.score[n - 1 - i]]
          if (Number.isNaN(one as number)) expect(other).toBeNaN()
          else expect(other).toBeCloseTo(one as number, 3)
        }
      }),
    )
  })

  it('has probabilities that add up to 1, and no overall grade on fewer than two parts', () => {
    fc.assert(
      fc.property(schools, (all) => {
        const { marks, overall, grades } = cardsOf(all, nextThree(all.length))
        for (let i = 0; i < all.length; i++) {
          const graded = Object.values(marks).filter((m) => !Number.isNaN(m.score[i] as number))
          expect(grades.overall.grade[i] === -1).toBe(graded.length < 2)
          if (Number.isNaN(overall.error[i] as number)) continue
          const sum = grades.overall.likely.reduce((a, c) => a + (c[i] as number), 0)
          expect(sum).toBeCloseTo(1, 12)
          expect(grades.overall.likely).toHaveLength(letters.length)
        }
      }),
    )
  })

  it('says of whom there is nothing to be held against', () => {
    const few = cardsOf(twelve.slice(0, 4), nextThree(4))
    expect([...(few.items[0]?.score ?? [])]).toEqual([-1, -1, -1, -1])
    expect(few.overall.score.every(Number.isNaN)).toBe(true)
  })

  it('is the less sure of a rating the older it is, and of one without a day not at all', () => {
    const ratingItem = items.find((i) => i.levels)
    if (!ratingItem) throw new Error('the card has no rating')
    const doubt = { points: 7, yearly: 5 }
    const value = Float64Array.of(3, 3, 3, Number.NaN)
    const figures = {
      measured: around(value, Number.NaN),
      hidden: new Uint8Array(4),
      age: Float64Array.of(0, 9, Number.NaN, 1),
    }
    const circle = { members: [0, 1, 2, 3], peers: () => [] }
    const found = markItem({ ...ratingItem, doubt }, [figures], [circle], 'high', 4)
    expect([...found.error]).toEqual([700, Math.round(Math.hypot(7, 15) * 100), -1, -1])
    expect([...found.state].map((s) => states[s])).toEqual([
      'aged',
      'aged',
      'as it stands',
      'no figure',
    ])
    expect([...markItem(ratingItem, [figures], [circle], 'high', 4).error]).toEqual([
      -1, -1, -1, -1,
    ])
  })

  it('leaves those whom it does not take out of every horizon, and gives them no score', () => {
    const cost = column(twelve, 'cost')
    const strange = cost.map((x, i) => (i === 11 ? 100 * x : x))
    const circle = (n: number): Circle => ({
      members: Array.from({ length: n }, (_, i) => i),
      peers: (i) => nextThree(11)(i),
    })
    const item = items.at(-1)
    if (!item) throw new Error('the card has no cost')
    const costOf = (value: Float64Array, n: number, leftOut?: Uint8Array) => {
      const figures = { measured: around(value, Number.NaN), hidden: new Uint8Array(n) }
      return markItem(item, [leftOut ? { ...figures, leftOut } : figures], [circle(n)], 'low', n)
    }
    const left = Uint8Array.from(strange, (_, i) => (i === 11 ? 1 : 0))
    const found = costOf(strange, 12, left)
    expect(states[found.state[11] as number]).toBe('left out')
    expect(found.score[11]).toBe(-1)
    expect([...found.score.slice(0, 11)]).toEqual([...costOf(cost.slice(0, 11), 11).score])
    expect([...costOf(strange, 12).score.slice(0, 11)]).not.toEqual([...found.score.slice(0, 11)])
  })

  it('takes the newest period in which there is a figure, and marks what is hidden', () => {
    const circle: Circle = { members: twelve.map((_, i) => i), peers: nextThree(12) }
    const value = column(twelve, 'passed')
    const newest = value.map((x, i) => (i < 2 ? Number.NaN : x))
    const older = value.map((x, i) => (i === 1 ? Number.NaN : x))
    const hidden = Uint8Array.from(value, (_, i) => (i < 2 ? 1 : 0))
    const found = markItem(
      { part: 'outcomes', indicator: 'passed', weight: 1, levels: null, doubt: null, gap: null },
      [
        { measured: around(older, 5), hidden: new Uint8Array(12) },
        { measured: around(newest, 5), hidden },
      ],
      [circle],
      'high',
      12,
    )
    expect([...found.period.slice(0, 3)]).toEqual([0, -1, 1])
    expect([...found.state.slice(0, 3)]).toEqual([0, 4, 0])
    expect(found.score[1]).toBe(-1)
  })
})
