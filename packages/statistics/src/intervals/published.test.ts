import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  byarInterval,
  differenceOfIntervals,
  exactPoissonInterval,
  poissonInterval,
  poissonIntervals,
  rescaleInterval,
  StatisticsError,
  wilsonInterval,
  wilsonIntervals,
} from '../index.ts'

const golden = join(import.meta.dirname, '../../../../../shared/golden')

function rows(name: string): Record<string, string>[] {
  if (!existsSync(golden)) return [{}]
  const [head, ...lines] = readFileSync(join(golden, name), 'utf8').trim().split(/\r?\n/)
  const clean = (text: string): string => text.replace(/^"|"$/g, '')
  const header = (head as string)
    .replace(/^\uFEFF/, '')
    .split(',')
    .map(clean)
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [header[i] as string, clean(cell)])),
  )
}

const relative = (found: number, wanted: number): number =>
  Math.abs(found - wanted) / Math.max(1e-300, Math.abs(wanted))

describe.skipIf(!existsSync(golden))('published cases of UKHSA (PHEindicatormethods)', () => {
  it.each(rows('byars_wilson--testdata_B_W.csv'))('$method: $x of $n at $confidence', (c) => {
    const confidence = Number(c.confidence?.replace('%', '')) / 100
    const x = Number(c.x)
    const found =
      c.method === 'Wilson'
        ? wilsonInterval(x, Number(c.n), confidence)
        : byarInterval(x, confidence)
    expect(relative(found.lower, Number(c.lowercl))).toBeLessThan(1e-9)
    expect(relative(found.upper, Number(c.uppercl))).toBeLessThan(1e-9)
  })

  const single = (name: string) => rows(name).filter((c) => c.lower95_0cl && c.lower95_0cl !== 'NA')

  it.each(single('proportion--testdata_Prop.csv'))(
    'proportion $Area: $Numerator of $Denominator',
    (c) => {
      const scale = Number(c.multiplier)
      for (const [confidence, of] of [
        [0.95, '95_0'],
        [0.998, '99_8'],
      ] as const) {
        const found = wilsonInterval(Number(c.Numerator), Number(c.Denominator), confidence)
        expect(relative(found.lower * scale, Number(c[`lower${of}cl`]))).toBeLessThan(1e-9)
        expect(relative(found.upper * scale, Number(c[`upper${of}cl`]))).toBeLessThan(1e-9)
      }
    },
  )

  it.each(single('rate--testdata_Rate.csv'))('rate $Area: $Numerator in $Denominator', (c) => {
    const scale = Number(c.multiplier) / Number(c.Denominator)
    for (const [confidence, of] of [
      [0.95, '95_0'],
      [0.998, '99_8'],
    ] as const) {
      const found = poissonInterval(Number(c.Numerator), confidence)
      expect(relative(found.lower * scale, Number(c[`lower${of}cl`]))).toBeLessThan(1e-9)
      expect(relative(found.upper * scale, Number(c[`upper${of}cl`]))).toBeLessThan(1e-9)
    }
  })
})

describe('Wilson', () => {
  it('gives the textbook figures (Newcombe 1998, table I: 81 of 263)', () => {
    const { lower, upper } = wilsonInterval(81, 263)
    expect(lower).toBeCloseTo(0.2553, 4)
    expect(upper).toBeCloseTo(0.3662, 4)
  })

  it('has an answer for 0 of n and n of n, within 0 to 1', () => {
    expect(wilsonInterval(0, 20).lower).toBe(0)
    expect(wilsonInterval(0, 20).upper).toBeCloseTo(0.1611, 4)
    expect(wilsonInterval(20, 20).upper).toBe(1)
  })

  it('names the argument that cannot be', () => {
    expect(() => wilsonInterval(3, 0)).toThrow(StatisticsError)
    expect(() => wilsonInterval(3, 2)).toThrow(/invalid count/)
    expect(() => wilsonInterval(Number.NaN, 2)).toThrow(/invalid count/)
    expect(() => wilsonInterval(1, 2, 1)).toThrow(/invalid confidence/)
  })

  const cases = fc
    .integer({ min: 1, max: 100_000 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

  it('holds the proportion, is symmetric, and widens with confidence', () => {
    fc.assert(
      fc.property(cases, ([k, n]) => {
        const at95 = wilsonInterval(k, n)
        const at998 = wilsonInterval(k, n, 0.998)
        const other = wilsonInterval(n - k, n)
        expect(at95.lower).toBeLessThanOrEqual(k / n + 1e-12)
        expect(at95.upper).toBeGreaterThanOrEqual(k / n - 1e-12)
        expect(at998.lower).toBeLessThanOrEqual(at95.lower)
        expect(at998.upper).toBeGreaterThanOrEqual(at95.upper)
        expect(other.lower).toBeCloseTo(1 - at95.upper, 10)
      }),
    )
  })

  it('is the same in bulk, with NaN where there is no answer', () => {
    fc.assert(
      fc.property(cases, ([k, n]) => {
        const { lower, upper } = wilsonIntervals(Float64Array.of(k), Float64Array.of(n))
        expect({ lower: lower[0], upper: upper[0] }).toEqual(wilsonInterval(k, n))
      }),
    )
    const none = wilsonIntervals(Float64Array.of(1, 3, Number.NaN), Float64Array.of(0, 2, 5))
    expect([...none.lower, ...none.upper].every(Number.isNaN)).toBe(true)
  })
})

describe('counts of events', () => {
  it('gives the exact limits of small counts (Garwood 1936)', () => {
    expect(exactPoissonInterval(0).upper).toBeCloseTo(3.68888, 4)
    expect(exactPoissonInterval(5).lower).toBeCloseTo(1.62349, 4)
    expect(exactPoissonInterval(5).upper).toBeCloseTo(11.66833, 4)
  })

  it('is Byar from 10 up and exact below', () => {
    expect(poissonInterval(10)).toEqual(byarInterval(10))
    expect(poissonInterval(9)).toEqual(exactPoissonInterval(9))
  })

  it('holds the count, and agrees with the exact limits within a hundredth from 10 up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 5000 }), (k) => {
        const byar = byarInterval(k)
        const exact = exactPoissonInterval(k)
        expect(byar.lower).toBeLessThan(k)
        expect(byar.upper).toBeGreaterThan(k)
        expect(relative(byar.lower, exact.lower)).toBeLessThan(0.01)
        expect(relative(byar.upper, exact.upper)).toBeLessThan(0.01)
      }),
    )
  })

  it('is the same in bulk', () => {
    const counts = Float64Array.of(0, 3, 9, 10, 250)
    const { lower, upper } = poissonIntervals(counts, { confidence: 0.998 })
    counts.forEach((k, i) => {
      expect({ lower: lower[i], upper: upper[i] }).toEqual(poissonInterval(k, 0.998))
    })
  })
})

describe('differences', () => {
  it('is Newcombe’s hybrid interval from Wilson limits (1998, example 56/70 and 48/80)', () => {
    const of = (k: number, n: number) => ({ value: k / n, ...wilsonInterval(k, n) })
    const { lower, upper } = differenceOfIntervals(of(56, 70), of(48, 80))
    expect(lower).toBeCloseTo(0.0524, 4)
    expect(upper).toBeCloseTo(0.3339, 4)
  })

  it('changes sign when the two are changed over', () => {
    const a = { value: 5, lower: 4, upper: 7 }
    const b = { value: 3, lower: 2.5, upper: 3.2 }
    const one = differenceOfIntervals(a, b)
    const other = differenceOfIntervals(b, a)
    expect(other.lower).toBeCloseTo(-one.upper, 12)
    expect(other.upper).toBeCloseTo(-one.lower, 12)
  })

  it('scales 95% limits to 99.8% by 3.0902 / 1.9600', () => {
    const wide = rescaleInterval({ value: 1, lower: 0, upper: 2 }, 0.95, 0.998)
    expect(wide.upper - 1).toBeCloseTo(3.090232 / 1.959964, 5)
  })
})
