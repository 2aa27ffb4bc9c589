import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compositeErrors,
  compositeScores,
  gapCredit,
  gradeProbabilities,
  gradesOf,
  horizonScores,
  horizonsOf,
  normalise,
  weightSensitivity,
} from '../index.ts'

const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers)
const none = Number.NaN
const cuts = { names: ['F', 'D', 'C', 'B', 'A'], from: of(0.3, 0.45, 0.6, 0.75) }
const everyone = (n: number) => ({
  starts: Uint32Array.from({ length: n + 1 }, (_, i) => i * n),
  members: Uint32Array.from({ length: n * n }, (_, i) => i % n),
})

describe('normalise', () => {
  it('puts values on each scale', () => {
    const values = of(10, 20, 40, 20)
    expect([...normalise(values, { method: 'min-max' })].map((x) => x * 3)).toEqual([0, 1, 3, 1])
    expect([...normalise(values, { method: 'rank' })]).toEqual([1, 2.5, 4, 2.5])
    expect([...normalise(values, { method: 'percentile' })]).toEqual([0, 0.5, 1, 0.5])
    const z = normalise(values, { method: 'z' })
    // Mean 22.5; squares about it add up to 475.
    expect(z[2]).toBeCloseTo(17.5 / Math.sqrt(475 / 3), 12)
    expect(z[0]).toBeCloseTo(-12.5 / Math.sqrt(475 / 3), 12)
  })

  it('turns about where low is better, and keeps what is missing', () => {
    const values = of(10, none, 40)
    expect([...normalise(values, { method: 'min-max', better: 'low' })]).toEqual([1, none, 0])
    expect([...normalise(values, { method: 'rank', better: 'low' })]).toEqual([2, none, 1])
  })

  it('answers one unit and equal values', () => {
    for (const values of [of(5), of(5, 5, none)]) {
      expect(normalise(values, { method: 'z' })[0]).toBe(0)
      expect(normalise(values, { method: 'min-max' })[0]).toBe(0.5)
      expect(normalise(values, { method: 'percentile' })[0]).toBe(0.5)
    }
    expect(normalise(of(5, 5, none), { method: 'z' })[2]).toBeNaN()
    expect(() => normalise(of(none), { method: 'z' })).toThrow(/invalid values/)
    expect(() => normalise(of(1, Number.POSITIVE_INFINITY), { method: 'z' })).toThrow(
      /invalid values/,
    )
  })

  it('does not depend on the unit of measurement, and follows its unit', () => {
    fc.assert(
      fc.property(
        fc.float64Array({ minLength: 2, maxLength: 30, min: -100, max: 100, noNaN: true }),
        fc.constantFrom('z', 'min-max', 'percentile', 'rank'),
        (raw, method) => {
          const values = raw.map((x) => Math.round(x))
          const one = normalise(values, { method })
          const other = normalise(
            values.map((x) => 8 * x + 32),
            { method },
          )
          const turned = normalise(values.slice().reverse(), { method })
          one.forEach((x, i) => {
            expect(other[i]).toBeCloseTo(x, 9)
            expect(turned[values.length - 1 - i]).toBeCloseTo(x, 9)
          })
        },
      ),
    )
  })
})

describe('horizon', () => {
  it('is three parts the place among peers and one part that among all, by hand', () => {
    // All: mean 50, sd 12.9099; peers of the first are the first two: mean 40, sd 7.0711.
    const values = of(35, 45, 60, 60)
    const peers = {
      starts: Uint32Array.of(0, 2, 4, 6, 8),
      members: Uint32Array.of(0, 1, 0, 1, 2, 3, 2, 3),
    }
    const sd = Math.sqrt((225 + 25 + 100 + 100) / 3)
    const among = (35 - (50 - 2 * sd)) / (4 * sd)
    const near = (35 - (40 - 2 * Math.SQRT1_2 * 10)) / (4 * Math.SQRT1_2 * 10)
    const found = horizonScores(values, peers)
    expect(found[0]).toBeCloseTo(0.75 * near + 0.25 * among, 12)
    // Equal peers: in the middle of them.
    expect(found[2]).toBeCloseTo(0.75 * 0.5 + (0.25 * (60 - (50 - 2 * sd))) / (4 * sd), 12)
    const low = horizonScores(values, peers, { better: 'low' })
    expect(low[0]).toBeCloseTo(1 - (found[0] as number), 12)
  })

  it('cuts the horizon off where values cannot be, and takes who has no peers among all', () => {
    const values = of(100, 90, 95, none)
    const alone = { starts: new Uint32Array(5), members: new Uint32Array(0) }
    const found = horizonScores(values, alone, { bounds: [0, 100] })
    expect(found[0]).toBe(1)
    expect(found[3]).toBeNaN()
    expect(() => horizonScores(values, { ...alone, starts: new Uint32Array(2) })).toThrow(
      /peers.starts/,
    )
    expect(() => horizonScores(values, { ...alone, members: Uint32Array.of(9) })).toThrow(
      /peers.members/,
    )
    expect(() => horizonScores(values, alone, { peerWeight: 2 })).toThrow(/invalid peerWeight/)
  })

  it('leaves a unit out of all, so that its horizon does not move with it', () => {
    const values = of(35, 45, 60, 60)
    const alone = { starts: new Uint32Array(5), members: new Uint32Array(0) }
    const { low, high } = horizonsOf(values, alone, { leaveOut: true })
    // Without the first: 45, 60, 60, of mean 55 and standard deviation 8.6603.
    expect(low[0]).toBeCloseTo(55 - 2 * Math.sqrt(75), 9)
    expect(high[0]).toBeCloseTo(55 + 2 * Math.sqrt(75), 9)
    // The first among 5 and 7: a mean of 6, a standard deviation of √2.
    const beside = (5 - (6 - 2 * Math.SQRT2)) / (4 * Math.SQRT2)
    const starts = new Uint32Array(4)
    const found = horizonScores(of(5, 5, 7), { ...alone, starts }, { leaveOut: true })
    expect(found[0]).toBeCloseTo(beside, 12)
    expect(found[2]).toBe(1)
    expect(
      horizonScores(of(5), { ...alone, starts: new Uint32Array(2) }, { leaveOut: true })[0],
    ).toBeNaN()
  })

  it('never rises when the value gets worse and all others stay', () => {
    const number = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(fc.array(number, { minLength: 3, maxLength: 12 }), number, (all, less) => {
        const values = Float64Array.from(all)
        const worse = values.slice()
        worse[0] = (values[0] as number) - less
        const others = Uint32Array.from({ length: all.length - 1 }, (_, i) => i + 1)
        const starts = Uint32Array.from({ length: all.length + 1 }, (_, i) =>
          i === 0 ? 0 : others.length,
        )
        const score = (column: Float64Array): number =>
          horizonScores(column, { starts, members: others }, { leaveOut: true })[0] as number
        expect(score(worse)).toBeLessThanOrEqual(score(values))
      }),
    )
  })

  it('stays within 0 to 1', () => {
    const values = fc.float64Array({ minLength: 1, maxLength: 12, min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(values, (column) => {
        for (const score of horizonScores(column, everyone(column.length))) {
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})

describe('composite scores', () => {
  it('is a weighted arithmetic or geometric mean', () => {
    const columns = [of(0.9, 0.2), of(0.4, 0.2)]
    expect(compositeScores(columns, of(1, 1))[0]).toBeCloseTo(0.65, 12)
    expect(compositeScores(columns, of(1, 1), { mean: 'geometric' })[0]).toBeCloseTo(0.6, 12)
    expect(compositeScores(columns, of(3, 0))[0]).toBeCloseTo(0.9, 12)
  })

  it('takes what is missing as it is told', () => {
    const columns = [of(1, 0.2, none), of(none, 0.6, none), of(0.4, 0.2, none)]
    const weights = of(1, 1, 2)
    expect(compositeScores(columns, weights)[0]).toBeCloseTo((1 + 0.8) / 3, 12)
    expect(compositeScores(columns, weights, { atLeast: 0.75 })[0]).toBeCloseTo(0.6, 12)
    expect(compositeScores(columns, weights, { atLeast: 0.8 })[0]).toBeNaN()
    expect(compositeScores(columns, weights, { missing: 'none' })[0]).toBeNaN()
    expect(compositeScores(columns, weights, { missing: 'none' })[1]).toBeCloseTo(0.3, 12)
    for (const missing of ['mean', 'median', 'worst'] as const) {
      const found = compositeScores(columns, weights, { missing })
      expect(found[0]).toBeCloseTo((1 + 0.6 + 0.8) / 4, 12)
      expect(found[2]).toBeNaN()
    }
  })

  it('has errors from those of its indicators', () => {
    expect(compositeErrors([of(3), of(4)], of(1, 1))[0]).toBeCloseTo(2.5, 12)
    expect(compositeErrors([of(3), of(none)], of(1, 1))[0]).toBe(3)
    expect(() => compositeErrors([of(-3)], of(1))).toThrow(/invalid standardErrors/)
  })

  it('names what cannot be', () => {
    expect(() => compositeScores([], of())).toThrow(/invalid indicators/)
    expect(() => compositeScores([of(1)], of(0))).toThrow(/invalid weights/)
    expect(() => compositeScores([of(1)], of(1, 2))).toThrow(/invalid weights/)
    expect(() => compositeScores([of(0)], of(1), { mean: 'geometric' })).toThrow(
      /invalid indicators/,
    )
    expect(() => compositeScores([of(1), of(1, 2)], of(1, 1))).toThrow(/invalid indicators/)
  })
})

describe('extra credit', () => {
  it('goes to the units that gained most, and takes nothing away', () => {
    const people = of(50, 50, 50, 50, 50, 3)
    expect([...gapCredit(of(1, 2, 3, 4, 5, 9), people)]).toEqual([0, 0, 0, 0.5, 1, 0])
    expect([...gapCredit(of(-5, -4, -3, -2, -1, none), people)]).toEqual([0, 0, 0, 0, 0, 0])
    expect([...gapCredit(of(none), of(50))]).toEqual([0])
    expect(() => gapCredit(of(1), of(1, 2))).toThrow(/invalid people/)
    expect(() => gapCredit(of(1), of(1), { steps: [{ from: 2, points: 1 }] })).toThrow(
      /invalid steps/,
    )
  })
})

describe('grades', () => {
  it('begin at their cuts', () => {
    expect([...gradesOf(of(0.29, 0.3, 0.6, 0.99, none), cuts)]).toEqual([0, 1, 3, 4, -1])
    expect(() => gradesOf(of(1), { names: ['A'], from: of(1) })).toThrow(/invalid cuts/)
    expect(() => gradesOf(of(1), { names: ['C', 'B', 'A'], from: of(2, 1) })).toThrow(
      /invalid cuts/,
    )
  })

  it('have probabilities that add up to 1, and are sure without error', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(share, share, (score, error) => {
        const columns = gradeProbabilities(of(score), of(error), cuts)
        const total = columns.reduce((a, column) => a + (column[0] as number), 0)
        expect(total).toBeCloseTo(1, 12)
        for (const column of columns) expect(column[0]).toBeGreaterThanOrEqual(0)
        const sure = gradeProbabilities(of(score), of(0), cuts)
        expect(sure[gradesOf(of(score), cuts)[0] as number]?.[0]).toBe(1)
      }),
    )
    expect(gradeProbabilities(of(0.3), of(0.1), cuts)[0]?.[0]).toBeCloseTo(0.5, 12)
    expect(gradeProbabilities(of(none), of(0.1), cuts)[0]?.[0]).toBeNaN()
    expect(() => gradeProbabilities(of(1), of(-1), cuts)).toThrow(/invalid standardErrors/)
  })

  it('never fall when one indicator rises', () => {
    const table = fc.array(
      fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      {
        minLength: 2,
        maxLength: 8,
      },
    )
    fc.assert(
      fc.property(
        table,
        fc.nat(2),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (rows, which, more) => {
          for (const mean of ['arithmetic', 'geometric'] as const) {
            for (const method of ['min-max', 'percentile', 'horizon'] as const) {
              const gradeWith = (extra: number): number => {
                const columns = [0, 1, 2].map((j) => {
                  const raw = Float64Array.from(
                    rows,
                    (row, i) => (row[j] as number) + (i === 0 && j === which ? extra : 0),
                  )
                  const scaled =
                    method === 'horizon'
                      ? horizonScores(raw, everyone(raw.length))
                      : normalise(raw, { method })
                  // Kept off 0, of which there is no geometric mean.
                  return scaled.map((x) => 0.01 + 0.99 * x)
                })
                return gradesOf(compositeScores(columns, of(1, 2, 3), { mean }), cuts)[0] as number
              }
              expect(gradeWith(more)).toBeGreaterThanOrEqual(gradeWith(0))
            }
          }
        },
      ),
    )
  })
})

describe('sensitivity to weights', () => {
  const columns = [of(0.9, 0.5, 0.1, none), of(0.1, 0.45, 0.9, none)]

  it('is none without noise, and shows who depends on the weights', () => {
    const still = weightSensitivity(columns, of(1, 1), { seed: 1, noise: 0, cuts })
    expect(still.meanShift).toBeLessThan(0.7)
    expect([...still.grades.map((g) => g[1] as number)]).toEqual([0, 0, expect.closeTo(1, 9), 0, 0])
    const moved = weightSensitivity(columns, of(1, 1), { seed: 1, noise: 0.5, cuts })
    expect([moved.lower[0], moved.upper[0]]).toEqual([1, 3])
    expect(moved.lower[3]).toBeNaN()
    const total = moved.grades.reduce((a, column) => a + (column[0] as number), 0)
    expect(total).toBeCloseTo(1, 9)
    expect(weightSensitivity(columns, of(1, 1), { seed: 1, noise: 0.5, cuts })).toEqual(moved)
  })

  it('never moves a unit that is best in everything', () => {
    const found = weightSensitivity([of(3, 2, 1), of(9, 2, 4)], of(1, 5), { seed: 2, noise: 0.9 })
    expect([found.lower[0], found.upper[0]]).toEqual([1, 1])
  })

  it('answers no scores at all, and names what cannot be', () => {
    expect(weightSensitivity([of(none)], of(1), { seed: 1 }).meanShift).toBe(0)
    expect(() => weightSensitivity(columns, of(1, 1), { seed: 1, noise: 1 })).toThrow(
      /invalid noise/,
    )
    expect(() => weightSensitivity(columns, of(1, 1), { seed: -1 })).toThrow(/invalid seed/)
  })
})
