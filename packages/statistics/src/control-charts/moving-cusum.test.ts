import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movingCusum } from '../index.ts'

/**
 * OpenPrescribing's own test cases (openprescribing/frontend/tests/fixtures/alert_test_cases.txt, MIT
 * licence, EBM DataLab), with a window of 3 and values divided by 100 as there: u for up, d for down, a
 * dot for neither; `_` is a month without a value. The file leaves a signal at the value 0 blank, and
 * marks the wobbly peak as odd: there the letters are what the class itself answers.
 */
const cases: [name: string, values: string, signals: string][] = [
  ['a flat line', '100 100 100 100 100 100 100', '.......'],
  ['a simple decline', '100 100 100 100 90 80 70 70 70 70', '....ddddd.'],
  ['a short decline that reverses', '100 100 100 100 90 80 100 100 100 100', '....dd....'],
  ['a decline, then an increase alike', '100 90 80 70 60 70 80 90 100', '....d...u'],
  ['an increase, then a decline alike', '10 20 30 40 50 40 30 20 10 0', '....u...dd'],
  ['the same with a longer end', '10 20 30 40 50 40 30 20 10 10', '....u...dd'],
  ['the same that ends with zeros', '10 20 30 40 50 40 30 20 10 0 0', '....u...ddd'],
  ['small changes that last, at an extreme', '1 1 2 3 4 5 5 5 100', '....uuu.u'],
  ['small changes that last, in the middle', '47 47 48 49 50 51 52 52 100', '....uuuuu'],
  ['an increase from 0', '0 20 30 40 50 60 70 80 90', '.....uuuu'],
  ['a noisy start', '100 0 100 0 100 0 20 30 40 50 60 70 80 90', '..............'],
  ['a linear increase', '10 20 30 40 50 60 100 100 100 100', '....uuuuu.'],
  ['a sharp increase, too few points', '20 40 60 80', '....'],
  ['a sharp increase', '0 20 40 60 80 90 100', '....uuu'],
  ['a wobbly peak', '0 30 60 90 80 80 80 30 0 30 60 90 100', '.....u.ddd.uu'],
  ['jagged', '5 50 100 50 5 50 100 50 5 50 100 50 5', '.............'],
  ['less jagged', '5 30 50 30 5 30 50 30 5 30 50 30 5', '.............'],
  ['one large peak', '5 6 7 90 5 6 7 6 5 6 7 6 5', '...u.........'],
  ['a short linear increase', '10 20 30 40 50 60 70', '....uuu'],
  ['an increase to a plateau', '10 20 30 40 50 60 100 100 100', '....uuuuu'],
  ['with a month missing', '10 _ 30 40 50 60 100 100 100', '.....uuuu'],
  ['more missing at the start than the window', '_ _ _ _ _ 30 40 50 60 70 80', '......uuuuu'],
  ['fewer missing at the start', '_ _ 30 40 50', '...uu'],
]

const letters = (signal: Int8Array): string =>
  Array.from(signal, (s) => (s > 0 ? 'u' : s < 0 ? 'd' : '.')).join('')

describe('the moving cumulative sum', () => {
  it.each(cases)('signals as OpenPrescribing does: %s', (_, values, signals) => {
    const data = Float64Array.from(values.split(' '), (x) => (x === '_' ? Number.NaN : +x / 100))
    expect(letters(movingCusum(data, { window: 3 }).signal)).toBe(signals)
  })

  it('says nothing of a flat series, whatever its level', () => {
    const level = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(level, fc.integer({ min: 1, max: 60 }), (x, n) => {
        expect(movingCusum(new Float64Array(n).fill(x)).signal.every((s) => s === 0)).toBe(true)
      }),
    )
  })

  it('mirrors a series that is turned upside down', () => {
    const series = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 60 })
    fc.assert(
      fc.property(series, (values) => {
        const up = movingCusum(Float64Array.from(values)).signal
        const down = movingCusum(Float64Array.from(values, (x) => 100 - x)).signal
        expect(Array.from(down, (s) => -s || 0)).toEqual([...up])
      }),
    )
  })

  it('changes nothing of the past when a month is added', () => {
    const series = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 13, maxLength: 60 })
    fc.assert(
      fc.property(series, (values) => {
        const all = movingCusum(Float64Array.from(values)).signal
        const before = movingCusum(Float64Array.from(values.slice(0, -1))).signal
        expect([...all.slice(0, -1)]).toEqual([...before])
      }),
    )
  })

  it('has neither mean nor threshold where there is no value, and refuses what cannot be', () => {
    const none = movingCusum(new Float64Array(3).fill(Number.NaN))
    expect([...none.mean, ...none.threshold].every(Number.isNaN)).toBe(true)
    expect([...none.signal]).toEqual([0, 0, 0])
    expect(() => movingCusum(new Float64Array(3), { window: 1 })).toThrow(/invalid window/)
    expect(() => movingCusum(new Float64Array(3), { sensitivity: 0 })).toThrow(/sensitivity/)
  })
})
