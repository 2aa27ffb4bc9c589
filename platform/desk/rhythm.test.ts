import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { missingPeriods, nextRelease, rhythmOf } from './rhythm.ts'

describe('the rhythm of a source', () => {
  it('is the step that its periods mostly make', () => {
    expect(rhythmOf(['2019-20', '2020-21', '2022-23', '2023-24'], 'financial-year')).toBe(12)
    expect(rhythmOf(['2023-01', '2023-02', '2023-03'], 'month')).toBe(1)
    expect(rhythmOf(['2019', '2020'], 'year')).toBeNull()
  })

  it.each([
    [['2019-20', '2020-21', '2022-23'], 'school-year', ['2021-22']],
    [['2018', '2019', '2020', '2023'], 'year', ['2021', '2022']],
    [['2023-10', '2023-11', '2023-12', '2024-03'], 'month', ['2024-01', '2024-02']],
    [['2010', '2015', '2020'], 'year', []],
  ] as const)('tells what is missing: %j', (periods, kind, missing) => {
    expect(missingPeriods(periods, kind)).toEqual(missing)
  })

  it('tells when the next figures are late: as long after as the last came, and half a step', () => {
    expect(nextRelease(['2020', '2021', '2022'], 'year', '2023-03-31')).toEqual({
      period: '2023',
      due: '2024-09-30',
    })
    expect(nextRelease(['2023-10', '2023-11', '2023-12'], 'month', '2024-01-11')).toEqual({
      period: '2024-01',
      due: '2024-03-11',
    })
  })

  it('allows a whole step where nobody knows when the last came', () => {
    const late = nextRelease(['2019-20', '2020-21', '2021-22'], 'financial-year', null)
    expect(late).toEqual({ period: '2022-23', due: '2024-09-30' })
    expect(nextRelease(['2020', '2021'], 'year', null)).toBeNull()
  })

  it('finds exactly the years taken out of a full series, and none in a full one', () => {
    const years = Array.from({ length: 12 }, (_, i) => String(2010 + i))
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), (at) => {
        expect(missingPeriods(years, 'year')).toEqual([])
        const some = years.filter((_, i) => i !== at)
        expect(missingPeriods(some, 'year')).toEqual([years[at]])
      }),
    )
  })
})
