import { describe, expect, it } from 'vitest'
import { goldenRows, hasGolden, relative } from '../../test/golden.ts'
import {
  type DirectOptions,
  directlyStandardisedRate,
  directlyStandardisedRates,
  type Estimate,
  europeanStandard1976,
  europeanStandard2013,
  eventSquares,
  expectedEvents,
  indirectlyStandardisedRate,
  indirectlyStandardisedRates,
  indirectlyStandardisedRatio,
  indirectlyStandardisedRatios,
  type Reference,
} from '../index.ts'

// Their functions take a missing count for 0, so a missing cell is 0 here.
const column = (rows: Record<string, string>[], key: string): Float64Array =>
  Float64Array.from(rows, (row) => Number(row[key] ?? 0) || 0)
const known = (cell: string | undefined): boolean =>
  cell !== undefined && !['', 'NA'].includes(cell)
const tight = (found: number, wanted: number): void => {
  expect(relative(found, wanted)).toBeLessThan(1e-9)
}
const levels = [
  [0.95, '95_0'],
  [0.998, '99_8'],
] as const

describe.skipIf(!hasGolden)('directly standardised rates of PHEindicatormethods', () => {
  const areas = goldenRows('dsr_isr--testdata_multiarea.csv')
  const oldStandard = goldenRows('dsr_isr--testdata_1976.csv')
  const repeated = goldenRows('dsr_isr--testdata_nonindepe.csv')

  function dataOf(
    row: Record<string, string>,
  ): [Float64Array, Float64Array, Float64Array, DirectOptions] {
    if (row.area === 'testdata_1976') {
      const standard = europeanStandard1976.populations
      return [column(oldStandard, 'count'), column(oldStandard, 'pop'), standard, {}]
    }
    const nonIndependent = row.area?.includes('nonind') === true
    const of = (nonIndependent ? repeated : areas).filter((r) => r.area === row.area)
    const people = ['f1', 'f2', 'f3', 'f4'].map((key) => column(of, key))
    const squares = nonIndependent ? { squares: eventSquares(people) } : {}
    return [column(of, 'count'), column(of, 'pop'), europeanStandard2013.populations, squares]
  }

  it.each(goldenRows('dsr_isr--testresults_DSR.csv'))('$area, $statistic, $method', (row) => {
    const multiplier = row.statistic === 'dsr per 10000' ? 10_000 : 100_000
    const [events, populations, standard, squares] = dataOf(row)
    for (const [confidence, name] of levels) {
      const found = directlyStandardisedRate(events, populations, standard, {
        confidence,
        multiplier,
        ...squares,
      })
      expect(found.events).toBe(Number(row.total_count))
      expect(found.population).toBe(Number(row.total_pop))
      if (!known(row.value)) {
        expect(found).toMatchObject({ kind: 'none', reason: 'too-few-events' })
        continue
      }
      if (found.kind === 'none') throw new Error(found.reason)
      // Their file gives the 99.8% limits of the 1976 rows for ten times the multiplier.
      const off = row.area === 'testdata_1976' && name === '99_8' ? 10 : 1
      tight(found.value, Number(row.value))
      tight(found.lower * off, Number(row[`lower${name}cl`]))
      tight(found.upper * off, Number(row[`upper${name}cl`]))
    }
  })

  it('are the same for many areas at once', () => {
    const found = directlyStandardisedRates(
      column(areas, 'count'),
      column(areas, 'pop'),
      europeanStandard2013.populations,
    )
    expect([...found.reason]).toEqual([0, 0, 1])
    tight(found.value[0] as number, 10430.2479914694)
    tight(found.upper[1] as number, 1367.08822272518)
    expect(found.value[2]).toBeNaN()
  })
})

describe.skipIf(!hasGolden)('indirectly standardised rates of PHEindicatormethods', () => {
  const areas = goldenRows('dsr_isr--testdata_multiarea_isr.csv')
  const data = goldenRows('dsr_isr--testdata_multiarea.csv')
  const reference: Reference = {
    events: column(goldenRows('dsr_isr--refdata.csv'), 'refcount'),
    populations: column(goldenRows('dsr_isr--refdata.csv'), 'refpop'),
  }

  function populationsOf(row: Record<string, string>): Float64Array {
    const area = row.area?.startsWith('Area') ? 'testdata_big' : row.area
    const people = column(
      data.filter((r) => r.area === area),
      'pop',
    )
    // Their test of a zero population: Area1 has nobody aged 5 to 9.
    if (row.area === 'Area1') people[1] = 0
    return people
  }

  it.each(goldenRows('dsr_isr--testresults_ISR.csv'))('$area, $statistic', (row) => {
    const observed = Number(row.observed)
    const populations = populationsOf(row)
    tight(expectedEvents(populations, reference)[0] as number, Number(row.expected))
    const by = Number(/(?:per|x) (\d+)/.exec(row.statistic as string)?.[1])
    for (const [confidence, name] of levels) {
      if (!known(row[`lower${name}cl`])) continue
      let found: Estimate
      if (row.statistic?.includes('ratio')) {
        const ratio = indirectlyStandardisedRatio(observed, populations, reference, { confidence })
        found = { value: ratio.value * by, lower: ratio.lower * by, upper: ratio.upper * by }
      } else {
        const options = { confidence, multiplier: by }
        found = indirectlyStandardisedRate(observed, populations, reference, options)
      }
      tight(found.value, Number(row.value))
      tight(found.lower, Number(row[`lower${name}cl`]))
      tight(found.upper, Number(row[`upper${name}cl`]))
    }
  })

  it('are the same for many areas at once, observed totals given', () => {
    const totals = column(goldenRows('dsr_isr--testdata_multiarea_lookup.csv'), 'total_count')
    const rates = indirectlyStandardisedRates(totals, column(areas, 'pop'), reference)
    tight(rates.value[0] as number, 10011.1376220911)
    tight(rates.upper[2] as number, 191.10426659054)
    const ratios = indirectlyStandardisedRatios(totals, column(areas, 'pop'), reference)
    tight(ratios.lower[1] as number, 0.087650401018294)
  })
})
