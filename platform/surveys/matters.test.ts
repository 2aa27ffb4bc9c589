import { describe, expect, it } from 'vitest'
import { drivers, fewestForDrivers, whatMatters } from './matters.ts'

/** Scores that look drawn, the same each time. */
function people(n: number, overallBy: (of: Record<string, number>) => number) {
  let state = 7
  const next = (): number => {
    state = (state * 1103515245 + 12345) % 2147483648
    return 1 + (Math.floor(state / 65536) % 5)
  }
  return Array.from({ length: n }, () => {
    const of = Object.fromEntries(drivers.map((d) => [d, next()])) as Record<
      (typeof drivers)[number],
      number
    >
    return { ...of, expected: 5, overall: overallBy(of) }
  })
}
const round = (x: number): number => Math.min(5, Math.max(1, Math.round(x)))

describe('what matters most to people', () => {
  it('is what goes with the whole: done badly to be improved first, done well to be kept up', () => {
    const all = people(400, (of) => round((Number(of.timeliness) + Number(of.dignity)) / 2)).map(
      // Dignity is done better by all, timeliness worse; both keep their order.
      (s) => ({
        ...s,
        dignity: Math.ceil((s.dignity + 5) / 2),
        timeliness: Math.ceil(s.timeliness / 2),
      }),
    )
    const { analysis, rows, gap } = whatMatters('open', all)
    if (typeof analysis === 'string') throw new Error(analysis)
    expect(rows).toBe(400)
    const of = (name: string) => analysis.drivers.find((d) => d.name === name)
    expect(of('timeliness')).toMatchObject({ priority: 'improve first', certainty: 1 })
    expect(of('dignity')).toMatchObject({ priority: 'keep up', certainty: 1 })
    for (const d of analysis.drivers) {
      expect(d.importance.lower).toBeLessThanOrEqual(d.importance.value)
      if (d.name !== 'timeliness' && d.name !== 'dignity')
        expect(d.importance.value).toBeLessThan(0.1)
    }
    expect(gap?.value).toBeLessThan(0)
    expect(gap?.lower).toBeLessThan(gap?.value ?? -9)
  })

  it('is not told of few people, nor where all say the same', () => {
    const few = whatMatters(
      'sample',
      people(fewestForDrivers - 1, () => 3),
    )
    expect(few.analysis).toContain('fewer than the 30')
    expect(few.gap).toBeNull()
    const same = whatMatters(
      'sample',
      people(200, () => 3),
    )
    expect(same.analysis).toContain('Everybody scores the outcome the same')
  })

  it('leaves out whoever left a question out', () => {
    const all = people(100, (of) => round(Number(of.ease)))
    const some = all.map((s, i) => (i < 10 ? { ...s, staff: Number.NaN } : s))
    const { analysis, rows } = whatMatters('open', some)
    expect(rows).toBe(90)
    expect(analysis).toMatchObject({ rows: 90, missing: 10 })
  })
})
