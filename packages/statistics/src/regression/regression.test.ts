import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cars, warpBreaks } from '../../test/published.ts'
import {
  calibration,
  caseMixRatios,
  cStatistic,
  hosmerLemeshow,
  logisticRegression,
  poissonRegression,
} from '../index.ts'

const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers)
const close = (found: ArrayLike<number>, wanted: readonly number[], digits: number): void => {
  expect(found.length).toBe(wanted.length)
  wanted.forEach((w, i) => {
    expect(found[i]).toBeCloseTo(w, digits)
  })
}

describe('logistic regression', () => {
  it('gives R’s figures for mtcars: glm(am ~ wt) and glm(am ~ hp + wt)', () => {
    const one = logisticRegression({ outcomes: cars.manual, predictors: [cars.weight] })
    close(one.coefficients, [12.04, -4.024], 3)
    // R takes the weights of the step before the last: its third decimal is a little lower.
    close(one.standardErrors, [4.51, 1.436], 2)
    expect(one.nullDeviance).toBeCloseTo(43.23, 2)
    expect(one.deviance).toBeCloseTo(19.176, 3)
    expect(one.residualDegrees).toBe(30)
    expect(one.converged).toBe(true)
    const two = logisticRegression({ outcomes: cars.manual, predictors: [cars.power, cars.weight] })
    close(two.coefficients, [18.8663, 0.03626, -8.08348], 4)
    close(two.standardErrors, [7.44356, 0.01773, 3.06868], 4)
    expect(two.deviance).toBeCloseTo(10.059, 3)
  })

  it('is the same from rows and from counts, and with an offset moves only the intercept', () => {
    const rows = logisticRegression({
      outcomes: of(0, 0, 1, 0, 1, 1, 1),
      predictors: [of(0, 0, 0, 1, 1, 1, 1)],
    })
    const counts = logisticRegression({
      outcomes: of(1, 3),
      trials: of(3, 4),
      predictors: [of(0, 1)],
    })
    close(counts.coefficients, [...rows.coefficients], 8)
    close(counts.standardErrors, [...rows.standardErrors], 6)
    expect(counts.deviance).toBeCloseTo(0, 10)
    const shifted = logisticRegression({
      outcomes: of(1, 3),
      trials: of(3, 4),
      predictors: [of(0, 1)],
      offset: of(2, 2),
    })
    close(
      shifted.coefficients,
      [(rows.coefficients[0] as number) - 2, rows.coefficients[1] as number],
      6,
    )
    expect(shifted.nullDeviance).toBeCloseTo(counts.nullDeviance, 8)
  })

  it('says that outcomes are separated, wholly or in part, or all alike', () => {
    const whole = logisticRegression({
      outcomes: of(0, 0, 0, 1, 1, 1),
      predictors: [of(1, 2, 3, 4, 5, 6)],
    })
    const part = logisticRegression({
      outcomes: of(0, 1, 0, 1, 1, 1),
      predictors: [of(0, 0, 0, 1, 1, 1)],
    })
    const alike = logisticRegression({ outcomes: of(0, 0, 0), predictors: [of(1, 2, 5)] })
    for (const fit of [whole, part, alike]) {
      expect(fit.separated).toBe(true)
      expect(fit.converged).toBe(false)
      expect([...fit.fitted].every(Number.isFinite)).toBe(true)
    }
  })

  it('has fitted values that add up to the outcomes, whatever the unit of a predictor', () => {
    const row = fc.record({
      y: fc.integer({ min: 0, max: 1 }),
      a: fc.double({ min: -3, max: 3, noNaN: true }),
      b: fc.integer({ min: 0, max: 1 }),
    })
    fc.assert(
      fc.property(fc.array(row, { minLength: 40, maxLength: 80 }), (list) => {
        const outcomes = Float64Array.from(list, (r) => r.y)
        // A little of its own in each row, so that no column is a sum of others.
        const a = Float64Array.from(list, (r, i) => r.a + Math.sin(i))
        const b = Float64Array.from(list, (r, i) => r.b + Math.cos(i))
        const fit = logisticRegression({ outcomes, predictors: [a, b] })
        fc.pre(fit.converged)
        const total = (column: Float64Array): number => column.reduce((x, y) => x + y, 0)
        expect(total(fit.fitted)).toBeCloseTo(total(outcomes), 5)
        const scaled = logisticRegression({ outcomes, predictors: [a.map((x) => x * 1000), b] })
        expect((scaled.coefficients[1] as number) * 1000).toBeCloseTo(
          fit.coefficients[1] as number,
          5,
        )
        expect(calibration(outcomes, fit.fitted).slope.value).toBeCloseTo(1, 4)
      }),
      { numRuns: 40 },
    )
  })

  it('names what cannot be', () => {
    const predictors = [of(1, 2, 3)]
    expect(() => logisticRegression({ outcomes: of(0, 1, 2), predictors })).toThrow(
      /invalid outcomes/,
    )
    expect(() => logisticRegression({ outcomes: of(), predictors: [] })).toThrow(/invalid outcomes/)
    expect(() => logisticRegression({ outcomes: of(0, 1), predictors })).toThrow(
      /invalid predictors/,
    )
    const twice = [of(1, 2, 3), of(2, 4, 6)]
    expect(() => logisticRegression({ outcomes: of(0, 1, 0), predictors: twice })).toThrow(
      /sum of others/,
    )
    const hole = [of(1, Number.NaN, 3)]
    expect(() => logisticRegression({ outcomes: of(0, 1, 0), predictors: hole })).toThrow(/row 1/)
  })
})

describe('Poisson regression', () => {
  it('gives R’s figures for glm’s own example (Dobson 1990)', () => {
    const outcome = [of(0, 1, 0, 0, 1, 0, 0, 1, 0), of(0, 0, 1, 0, 0, 1, 0, 0, 1)]
    const treatment = [of(0, 0, 0, 1, 1, 1, 0, 0, 0), of(0, 0, 0, 0, 0, 0, 1, 1, 1)]
    const fit = poissonRegression({
      counts: of(18, 17, 15, 20, 10, 20, 25, 13, 12),
      predictors: [...outcome, ...treatment],
    })
    close(fit.coefficients, [3.0445, -0.4543, -0.293, 0, 0], 4)
    close(fit.standardErrors, [0.1709, 0.2022, 0.1927, 0.2, 0.2], 4)
    expect(fit.nullDeviance).toBeCloseTo(10.5814, 4)
    expect(fit.deviance).toBeCloseTo(5.1291, 4)
  })

  it('gives R’s figures for warpbreaks: glm(breaks ~ wool + tension)', () => {
    const fit = poissonRegression({ counts: warpBreaks.breaks, predictors: warpBreaks.predictors })
    close(fit.coefficients, [3.69196, -0.20599, -0.32132, -0.51849], 5)
    close(fit.standardErrors, [0.04541, 0.05157, 0.06027, 0.06396], 5)
    expect(fit.nullDeviance).toBeCloseTo(297.37, 2)
    expect(fit.deviance).toBeCloseTo(210.39, 2)
  })

  it('takes exposures, and answers no events', () => {
    const one = poissonRegression({
      counts: of(2, 4, 8),
      exposures: of(10, 10, 10),
      predictors: [of(0, 1, 2)],
    })
    close(one.coefficients, [Math.log(0.2), Math.LN2], 8)
    expect(poissonRegression({ counts: of(0, 0, 0), predictors: [of(0, 1, 3)] }).separated).toBe(
      true,
    )
    expect(() => poissonRegression({ counts: of(1), exposures: of(0), predictors: [] })).toThrow(
      /exposures/,
    )
  })
})

describe('c statistic', () => {
  it('counts pairs, ties half', () => {
    expect(cStatistic(of(0, 1, 0, 1), of(0.1, 0.4, 0.35, 0.8)).value).toBe(1)
    expect(cStatistic(of(0, 1), of(0.5, 0.5)).value).toBe(0.5)
    expect(cStatistic(of(0, 0, 1, 1), of(0.1, 0.4, 0.35, 0.8)).value).toBe(0.75)
  })

  it('is as many pairs by brute force, and does not change when risks are transformed', () => {
    const rows = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: -9, max: 9 })),
      {
        minLength: 2,
        maxLength: 40,
      },
    )
    fc.assert(
      fc.property(rows, (list) => {
        const outcomes = Float64Array.from(list, ([y]) => y)
        fc.pre(outcomes.includes(0) && outcomes.includes(1))
        const risks = Float64Array.from(list, ([, x]) => x)
        let wins = 0
        let pairs = 0
        for (const [y, x] of list) {
          for (const [z, w] of list) {
            if (y !== 1 || z !== 0) continue
            pairs++
            wins += x > w ? 1 : x === w ? 0.5 : 0
          }
        }
        const found = cStatistic(outcomes, risks)
        expect(found.value).toBeCloseTo(wins / pairs, 12)
        expect(cStatistic(outcomes, risks.map(Math.exp)).value).toBeCloseTo(found.value, 12)
        expect(found.lower).toBeLessThanOrEqual(found.value)
      }),
    )
  })

  it('has DeLong’s standard error, by hand', () => {
    // Of the cases 0.35 and 0.8, half and all of the others lie below; of the others, all and half above.
    const { standardError } = cStatistic(of(0, 0, 1, 1), of(0.1, 0.4, 0.35, 0.8))
    expect(standardError).toBeCloseTo(Math.sqrt(0.125 / 2 + 0.125 / 2), 12)
    expect(() => cStatistic(of(1, 1), of(0.5, 0.6))).toThrow(/invalid outcomes/)
    expect(() => cStatistic(of(1, 2), of(0.5, 0.6))).toThrow(/invalid outcomes/)
  })
})

describe('calibration', () => {
  it('is Hosmer and Lemeshow’s sum over groups, by hand', () => {
    const found = hosmerLemeshow(of(0, 1, 0, 1), of(0.2, 0.4, 0.6, 0.8), { groups: 4 })
    expect(found.statistic).toBeCloseTo(0.25 + 1.5 + 1.5 + 0.25, 10)
    expect(found.degrees).toBe(2)
    expect(found.pValue).toBeCloseTo(Math.exp(-1.75), 10)
    expect([...found.people]).toEqual([1, 1, 1, 1])
  })

  it('keeps equal risks together', () => {
    const outcomes = Float64Array.from({ length: 40 }, (_, i) => i % 2)
    const risks = Float64Array.from(
      { length: 40 },
      (_, i) => [0.2, 0.4, 0.6, 0.8][Math.floor(i / 10)] as number,
    )
    const found = hosmerLemeshow(outcomes, risks, { groups: 10, fitted: false })
    expect(found.people.reduce((a, n) => a + n)).toBe(40)
    expect(found.people.length).toBeLessThan(10)
    expect(() => hosmerLemeshow(of(0, 1), of(0.5, 0.5))).toThrow(/invalid risks/)
  })

  it('finds risks that are too extreme, and too low', () => {
    const fit = logisticRegression({ outcomes: cars.manual, predictors: [cars.weight] })
    const logits = fit.fitted.map((p) => Math.log(p / (1 - p)))
    const extreme = calibration(
      cars.manual,
      logits.map((x) => 1 / (1 + Math.exp(-2 * x))),
    )
    expect(extreme.slope.value).toBeCloseTo(0.5, 5)
    const low = calibration(
      cars.manual,
      logits.map((x) => 1 / (1 + Math.exp(1 - x))),
    )
    expect(low.inTheLarge.value).toBeCloseTo(1, 5)
    expect(low.ratio).toBeGreaterThan(1)
    expect(calibration(cars.manual, fit.fitted).ratio).toBeCloseTo(1, 6)
  })
})

describe('case mix', () => {
  it('is outcomes over the sum of risks, unit by unit', () => {
    const found = caseMixRatios({
      outcomes: of(1, 0, 1, 1),
      fitted: of(0.5, 0.3, 0.5, 0.5),
      unit: Uint32Array.of(0, 0, 1, 1),
      units: 3,
    })
    close(found.observed, [1, 2, 0], 12)
    close(found.expected, [0.8, 1, 0], 12)
    close(found.value.slice(0, 2), [1.25, 2], 12)
    expect(found.value[2]).toBeNaN()
    const outside = { outcomes: of(1), fitted: of(1), unit: Uint32Array.of(3), units: 3 }
    expect(() => caseMixRatios(outside)).toThrow(/invalid unit/)
  })
})
