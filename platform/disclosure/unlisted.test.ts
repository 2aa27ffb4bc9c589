import { describe, expect, it } from 'vitest'
import { publishAll } from './publish-histories.ts'
import type { VisitRow, Visits } from './random-visits.ts'

const ages = ['under 5', '5 to 17'] as const
/** Two wards of a district; of the first 3 girls under 5 were seen in time. */
const year: Visits = {
  wards: [
    { district: 0, neighbourhood: 0 },
    { district: 0, neighbourhood: 0 },
  ],
  ages,
  counts: [
    [3, 20],
    [17, 30],
    [20, 40],
    [10, 25],
    [30, 41],
    [31, 42],
    [32, 43],
    [33, 44],
  ],
}
/** The same where the first ward has no boys of 5 to 17: it has no row of them. */
const withoutOlderBoys: Visits = { ...year, counts: year.counts.with(3, [0, 0]) }

const isTotal = ({ sex, age }: VisitRow): boolean => sex === '' && age === ''
const isCrossed = ({ sex, age }: VisitRow): boolean => sex !== '' && age !== ''
const isWard = ({ level }: VisitRow): boolean => level === 'ward'

/** What a file lists, and no other row. */
const files: Record<string, (row: VisitRow) => boolean> = {
  'everyone, and each sex of each age': (row) => isWard(row) && (isTotal(row) || isCrossed(row)),
  'everyone, one age, and each sex of each age': (row) =>
    isWard(row) && (isTotal(row) || isCrossed(row) || (row.age === ages[0] && row.sex === '')),
  'everyone, one sex, and each sex of each age': (row) =>
    isWard(row) && (isTotal(row) || isCrossed(row) || (row.sex === 'boys' && row.age === '')),
  'everyone of a county, and each sex of each age of its wards': (row) =>
    isWard(row) ? isCrossed(row) : row.level === 'county' && isTotal(row),
  'each sex of a county, and each sex of each age of its wards': (row) =>
    isWard(row) ? isCrossed(row) : row.level === 'county' && row.sex !== '' && row.age === '',
  'everyone of wards, each age of the county, and each sex of each age of wards': (row) =>
    isWard(row)
      ? isTotal(row) || isCrossed(row)
      : row.level === 'county' && row.sex === '' && row.age !== '',
}

describe('a file that leaves out the totals between what it lists', () => {
  const years = { 'with rows of all': year, 'without rows of nobody': withoutOlderBoys }
  for (const [file, lists] of Object.entries(files)) {
    it.each(Object.entries(years))(`gives no count away: ${file}, %s`, async (_, year) => {
      const found = await publishAll([{ year, leavesOut: (row) => !lists(row) }])
      expect(found.leaks).toEqual([])
      expect(found).toMatchObject({ refused: 0, published: 1 })
      expect(found.hidden).toBeGreaterThan(1)
    })
  }
})
