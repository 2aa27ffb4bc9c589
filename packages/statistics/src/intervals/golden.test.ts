import { describe, expect, it } from 'vitest'
import { goldenRows, hasGolden, relative } from '../../test/golden.ts'
import { meanIntervals, meanOf, rateInterval, rateIntervals, wilsonIntervals } from '../index.ts'

describe.skipIf(!hasGolden)('published cases of PHEindicatormethods', () => {
  const values = goldenRows('mean--testdata_Mean.csv')

  it.each(goldenRows('mean--testdata_Mean_results.csv'))('phe_mean of $area', (row) => {
    const of = values.filter((v) => row.area === 'No grouping' || v.area === row.area)
    for (const [confidence, name] of [
      [0.95, '95_0'],
      [0.998, '99_8'],
    ] as const) {
      const found = meanOf(
        Float64Array.from(of, (v) => Number(v.values)),
        confidence,
      )
      expect(relative(found.value, Number(row.value))).toBeLessThan(1e-9)
      expect(relative(found.lower, Number(row[`lower${name}cl`]))).toBeLessThan(1e-9)
      expect(relative(found.upper, Number(row[`upper${name}cl`]))).toBeLessThan(1e-9)
      const one = (key: string): Float64Array => Float64Array.of(Number(row[key]))
      const bulk = meanIntervals(one('value'), one('stdev'), one('value_count'), { confidence })
      expect(relative(bulk.lower[0] as number, Number(row[`lower${name}cl`]))).toBeLessThan(1e-9)
    }
  })

  const known = (row: Record<string, string>): boolean => !['', 'NA'].includes(row.value ?? '')

  it.each(goldenRows('rate--testdata_Rate.csv').filter(known))('phe_rate of $Area', (row) => {
    for (const [confidence, name] of [
      [0.95, '95_0'],
      [0.998, '99_8'],
    ] as const) {
      const found = rateInterval(Number(row.Numerator), Number(row.Denominator), {
        confidence,
        multiplier: Number(row.multiplier),
      })
      expect(relative(found.value, Number(row.value))).toBeLessThan(1e-9)
      expect(relative(found.lower, Number(row[`lower${name}cl`]))).toBeLessThan(1e-9)
      expect(relative(found.upper, Number(row[`upper${name}cl`]))).toBeLessThan(1e-9)
    }
  })

  it('phe_rate and phe_proportion in groups, in bulk', () => {
    const column = (rows: Record<string, string>[], key: string): Float64Array =>
      Float64Array.from(rows, (row) => Number(row[key]))
    const rates = goldenRows('rate--testdata_Rate_g.csv').filter(known)
    const rate = rateIntervals(column(rates, 'Numerator'), column(rates, 'Denominator'))
    const shares = goldenRows('proportion--testdata_Prop_g.csv').filter(known)
    const share = wilsonIntervals(column(shares, 'Numerator'), column(shares, 'Denominator'))
    expect(rates.length).toBeGreaterThan(8)
    expect(shares.length).toBeGreaterThan(7)
    for (const [rows, found] of [
      [rates, rate],
      [shares, share],
    ] as const) {
      rows.forEach((row, i) => {
        expect(relative(found.lower[i] as number, Number(row.lowercl))).toBeLessThan(1e-9)
        expect(relative(found.upper[i] as number, Number(row.uppercl))).toBeLessThan(1e-9)
      })
    }
  })
})
