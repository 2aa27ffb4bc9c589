import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyseYear, changeBetween } from './analyse.ts'
import type { Taken } from './columns.ts'
import { type Study, studySchema } from './study.ts'

const column = (name: string, unit: string) => ({
  name,
  unit,
  why: 'For a test of the rules.',
  add: [{ indicator: name }],
})

const study: Study = studySchema.parse({
  code: 'test',
  service: 'clinic',
  name: 'A study for tests',
  about: 'Money against patients who got well.',
  inputs: [column('money', '£')],
  outputs: [column('well', 'patients'), column('seen', 'patients')],
  fixed: [{ ...column('hardship', 'points'), makes: 'harder' }],
  years: { from: 'money', within: 0, why: 'All of the same year.' },
  picture: { outcome: 'well', people: 'seen', cost: 'Money for each' },
  limits: ['Nothing is real here.'],
  seed: 1,
})

type Row = readonly [money: number, well: number, seen: number, hardship: number]

const rows = fc.array(
  fc.tuple(
    fc.integer({ min: 50, max: 500 }),
    fc.integer({ min: 1, max: 100 }),
    fc.integer({ min: 1, max: 100 }),
    fc.integer({ min: 0, max: 40 }),
  ),
  { minLength: 14, maxLength: 30 },
)

const takenOf = (all: readonly Row[]): Taken => ({
  subjects: all.map((_, at) => at),
  columns: [0, 1, 2, 3].map((c) => Float64Array.from(all, (row) => row[c] as number)),
  leftOut: new Map(),
})

const scoresOf = (all: readonly Row[]): (number | undefined)[] =>
  analyseYear(study, takenOf(all)).units.map((u) => u?.score)

const near = (a: number | undefined, b: number | undefined): void => {
  expect(a).toBeDefined()
  expect(a).toBeCloseTo(b ?? Number.NaN, 6)
}

const runs = { numRuns: 12 }

describe('a year of a study', () => {
  it('does not change when providers change their numbers', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const turned = scoresOf(all.toReversed()).reverse()
        scoresOf(all).forEach((score, at) => {
          near(turned[at], score)
        })
      }),
      runs,
    )
  })

  it('never rates a provider higher for achieving less', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (all, which) => {
        const at = which % all.length
        const worse = all.map(
          (row, i): Row => (i === at ? [row[0], row[1] / 2, row[2] / 2, row[3]] : row),
        )
        const [before, after] = [scoresOf(all)[at], scoresOf(worse)[at]]
        expect(after ?? 2).toBeLessThanOrEqual((before ?? 0) + 1e-6)
      }),
      runs,
    )
  })

  it('does not change with the unit of money', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const pence = scoresOf(all.map(([money, ...rest]): Row => [100 * money, ...rest]))
        scoresOf(all).forEach((score, at) => {
          near(pence[at], score)
        })
      }),
      runs,
    )
  })

  it('holds nobody against others with easier work', () => {
    const easy: Row[] = Array.from({ length: 12 }, (_, i) => [100 + i, 50, 50, 10])
    const hard: Row[] = Array.from({ length: 6 }, (_, i) => [200 + 10 * i, 50, 50, 30])
    const { units } = analyseYear(study, takenOf([...easy, ...hard]))
    near(units[12]?.score, 1)
    near(units[17]?.score, 200 / 250)
    expect(units[17]?.peers.every((p) => p.unit >= 12)).toBe(true)
  })

  it('gives targets in natural units, and leaves what is fixed as it is', () => {
    const all: Row[] = Array.from({ length: 12 }, (_, i) => [100 + 10 * i, 50, 50, 10])
    const { units } = analyseYear(study, takenOf(all))
    expect(units[11]?.targets[0]).toBeCloseTo(100, 6)
    expect(units[11]?.targets.slice(1)).toEqual([50, 50, 10])
    expect(units[11]?.efficient).toBe('no')
  })

  it('refuses fewer than three providers for each column, in one sentence', () => {
    const few: Row[] = Array.from({ length: 11 }, (_, i) => [100 + i, 50, 50, 10])
    const found = analyseYear(study, takenOf(few))
    expect(found.refused).toMatch(/^Only 11 .* 12 are needed .*\.$/)
    expect(found.units).toEqual([])
  })
})

describe('the change between two years', () => {
  const before: Row[] = Array.from({ length: 15 }, (_, i) => [100 + 10 * i, 50 + i, 50, 10])

  it('is that of those in both years alone', () => {
    const found = changeBetween(study, takenOf(before), takenOf(before.slice(0, 13)))
    expect([...found.keys()]).toEqual(Array.from({ length: 13 }, (_, i) => i))
    for (const { caughtUp, bestMoved } of found.values()) {
      expect(caughtUp * bestMoved).toBeCloseTo(1, 6)
    }
  })

  it('tells who came nearer to the best from how the best moved', () => {
    const after = before.map(
      (row, at): Row => (at === 14 ? [row[0] / 2, row[1], row[2], row[3]] : row),
    )
    const found = changeBetween(study, takenOf(before), takenOf(after))
    expect(found.get(14)?.caughtUp).toBeGreaterThan(1.2)
  })

  it('is nothing where too few are in both', () => {
    expect(changeBetween(study, takenOf(before.slice(0, 5)), takenOf(before)).size).toBe(0)
  })
})
