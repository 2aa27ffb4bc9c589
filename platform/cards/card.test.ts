import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Card, cardSchema, problemOf } from './card.ts'
import { creditOf, gapOf } from './gap.ts'
import { gradeMarks, markOverall, type PartMarks, type Weights } from './grade.ts'
import { fillDoubt, type Scored, states } from './score.ts'

const base = {
  code: 'test',
  service: 'test',
  setBy: 'a test',
  weights: { outcomes: 1, experience: 1, fairness: 1, value: 1 },
  outcomes: { indicators: [{ indicator: 'passed' }] },
  experience: { indicators: [] },
  fairness: { gaps: [] },
  value: { cost: null },
}
const known = new Map([
  ['passed', { polarity: 'higher' }],
  ['size', { polarity: 'neither' }],
  ['came', { polarity: 'higher', selected: 'self' as const }],
  ['rating', { polarity: 'higher', labels: ['Poor', 'Good'] }],
])
const outcomesOf = (...indicators: object[]): Card =>
  cardSchema.parse({ ...base, outcomes: { indicators } })

describe('a card as written', () => {
  it('names what is wrong beside the indicators', () => {
    expect(problemOf(cardSchema.parse(base), known)).toBeNull()
    expect(problemOf(outcomesOf({ indicator: 'none' }), known)).toMatch(/nobody describes/)
    expect(problemOf(outcomesOf({ indicator: 'size' }), known)).toMatch(/neither high nor low/)
    expect(problemOf(outcomesOf({ indicator: 'came' }), known)).toMatch(/who chose to answer/)
    expect(problemOf(outcomesOf({ indicator: 'rating' }), known)).toMatch(/a score for each word/)
    const levels = [10, 90]
    expect(problemOf(outcomesOf({ indicator: 'rating', levels }), known)).toBeNull()
    expect(problemOf(outcomesOf({ indicator: 'passed', levels }), known)).not.toBeNull()
  })

  it('may weigh what it pays by an indicator that is neither good nor bad', () => {
    expect(problemOf(cardSchema.parse({ ...base, value: { cost: 'size' } }), known)).toBeNull()
  })
})

describe('a gap', () => {
  it('has the interval of the difference, and none where the group behind does better', () => {
    const behind = { value: 50, lower: 40, upper: 60 }
    const ahead = { value: 70, lower: 65, upper: 75 }
    const gap = gapOf(behind, ahead, 'high')
    expect(gap.value).toBe(20)
    expect(gap.lower).toBeCloseTo(20 - Math.hypot(5, 10), 12)
    expect(gap.upper).toBeCloseTo(20 + Math.hypot(5, 10), 12)
    expect(gapOf(behind, ahead, 'low')).toEqual({ value: 0, lower: 0, upper: 0 })
  })

  it('earns points where it closed most, among those with enough people', () => {
    const before = Float64Array.of(20, 20, 20, 20, 20, 20)
    const now = Float64Array.of(19, 18, 17, 16, 10, 0)
    const people = Float64Array.of(30, 30, 30, 30, 30, 3)
    const points = creditOf(now, before, people, { points: 5, least: 15 })
    expect([...points]).toEqual([0, 0, 0, 0.025, 0.05, 0])
  })
})

const share = fc.double({ min: 0, max: 1, noNaN: true })
const mark = fc.record({ score: fc.option(share), error: fc.option(share) })
const marksOf = (all: Record<keyof PartMarks, { score: number | null; error: number | null }>) => {
  const one = (m: { score: number | null; error: number | null }) => ({
    score: Float64Array.of(m.score ?? Number.NaN),
    error: Float64Array.of(m.score === null ? Number.NaN : (m.error ?? Number.NaN)),
  })
  return {
    outcomes: one(all.outcomes),
    experience: one(all.experience),
    fairness: one(all.fairness),
    value: one(all.value),
  }
}
const fourMarks = fc.record({ outcomes: mark, experience: mark, fairness: mark, value: mark })
const weight = fc.integer({ min: 0, max: 100 })
const weights: fc.Arbitrary<Weights> = fc.record({
  outcomes: weight,
  experience: weight,
  fairness: weight,
  value: weight,
})

describe('the overall grade', () => {
  it('does not depend on the scale of the weights', () => {
    fc.assert(
      fc.property(fourMarks, weights, fc.integer({ min: 2, max: 9 }), (all, w, times) => {
        const marks = marksOf(all)
        const more = {
          outcomes: w.outcomes * times,
          experience: w.experience * times,
          fairness: w.fairness * times,
          value: w.value * times,
        }
        const [one, other] = [markOverall(marks, w), markOverall(marks, more)]
        if (Number.isNaN(one.score[0])) expect(other.score[0]).toBeNaN()
        else expect(other.score[0]).toBeCloseTo(one.score[0] as number, 12)
        if (Number.isNaN(one.error[0])) expect(other.error[0]).toBeNaN()
        else expect(other.error[0]).toBeCloseTo(one.error[0] as number, 12)
      }),
    )
  })

  it('needs two parts with a weight, and lies between them', () => {
    fc.assert(
      fc.property(fourMarks, weights, (all, w) => {
        const marks = marksOf(all)
        const parts = Object.keys(all) as (keyof PartMarks)[]
        const used = parts.filter((p) => w[p] > 0 && all[p].score !== null)
        const overall = markOverall(marks, w)
        const { grade } = gradeMarks(overall)
        if (used.length < 2) {
          expect(overall.score[0]).toBeNaN()
          expect(grade[0]).toBe(-1)
          return
        }
        const scores = used.map((p) => all[p].score as number)
        expect(overall.score[0]).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-12)
        expect(overall.score[0]).toBeLessThanOrEqual(Math.max(...scores) + 1e-12)
      }),
    )
  })

  it('has no odds where the doubt of a part of it is not known', () => {
    fc.assert(
      fc.property(fourMarks, weights, (all, w) => {
        const marks = marksOf(all)
        const parts = Object.keys(all) as (keyof PartMarks)[]
        const used = parts.filter((p) => w[p] > 0 && all[p].score !== null)
        fc.pre(used.length >= 2)
        const known = used.every((p) => all[p].error !== null)
        expect(Number.isNaN(markOverall(marks, w).error[0])).toBe(!known)
      }),
    )
  })
})

describe('the doubt of figures without an interval', () => {
  const scored = (score: number, state: (typeof states)[number], error = -1): Scored => ({
    score: Int16Array.of(score),
    error: Int16Array.of(error),
    state: Int8Array.of(states.indexOf(state)),
  })

  it('is how far the scores of a part lie apart', () => {
    const items = [
      scored(4000, 'as it stands'),
      scored(5000, 'as it stands'),
      scored(6000, 'interval', 300),
    ]
    fillDoubt(items)
    expect(items.map((i) => i.error[0])).toEqual([1000, 1000, 300])
    expect(items[0]?.state[0]).toBe(states.indexOf('spread'))
  })

  it('stays unknown with fewer than three', () => {
    const items = [scored(4000, 'as it stands'), scored(6000, 'as it stands')]
    fillDoubt(items)
    expect(items.map((i) => i.error[0])).toEqual([-1, -1])
  })
})
