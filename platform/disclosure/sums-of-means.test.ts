import { expect, it } from 'vitest'
import type { Indicator } from '../evidence/indicator.ts'
import { clinics } from '../publishing/testing.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const change: Indicator = { ...seen, code: 'change', kind: 'mean' }

/** Of a district D and its wards, or of a group: the sum behind a mean, and of how many people it is. */
type Row = readonly [place: string, sum: number, people: number, group?: string]

/** Which rows are hidden where counts from 1 to 4 are. */
async function hiddenOf(rows: readonly Row[]): Promise<string[]> {
  const codes = ['D', ...new Set(rows.map(([place]) => place).filter((p) => p !== 'D'))]
  const to: ToChoose = {
    ...{ what: 'A file', dataset: 'change', indicators: new Map([['change', change]]) },
    declared: disclosureSchema.parse({ rules: { threshold: 5 }, chains: [['ward', 'district']] }),
    locate: (subject) =>
      subject === 0 ? { level: 'district', parents: [] } : { level: 'ward', parents: [0] },
    name: (subject) => codes[subject] ?? '',
    code: (subject) => codes[subject] ?? '',
    earlier: async () => [],
    tiedBefore: async () => [],
    secret: async () => 'a secret of the tests',
  }
  const parts = [...Map.groupBy(rows, ([, , , group = '']) => group)].map(
    ([breakdown, own]): FigurePart => ({
      ...{ indicator: 'change', breakdown, period: '2024', status: null },
      subjects: own.map(([place]) => codes.indexOf(place)),
      value: own.map(([, sum, people]) => sum / people),
      numerator: own.map(([, sum]) => sum),
      denominator: own.map(([, , people]) => people),
    }),
  )
  const { verdicts } = await chooseShown(parts, to)
  return parts.flatMap((p) =>
    Array.from(p.subjects, (s) => `${codes[s]} ${p.breakdown}`.trim()).filter(
      (_, at) => verdicts.get(p)?.[at] !== 'shown',
    ),
  )
}

const files: Record<string, readonly Row[]> = {
  'is less than nothing in one place': [
    ['D', 5, 100],
    ['W1', 20, 60],
    ['W2', -15, 40],
  ],
  'is less than nothing of one group': [
    ['D', 5, 100],
    ['D', 20, 60, 'sex=girls'],
    ['D', -15, 40, 'sex=boys'],
  ],
  'is rounded, and all come to more than their total': [
    ['D', 140, 100],
    ['W1', 81, 60],
    ['W2', 60, 40],
  ],
  'is a whole number in some places by chance': [
    ['D', 140.6, 100],
    ['W1', 80, 50],
    ['W2', 57.6, 45],
    ['W3', 3, 5],
  ],
}
it.each(Object.entries(files))('a mean is shown where the sum behind it %s', async (_, rows) => {
  expect(await hiddenOf(rows)).toEqual([])
})

it('a mean of few is hidden, and what tells of how many, where its sum is no count', async () => {
  const hidden = await hiddenOf([
    ['D', 5, 100],
    ['W1', 20, 60],
    ['W2', -20, 37],
    ['W3', 5, 3],
  ])
  expect(hidden).toContain('W3')
  expect(hidden.length).toBeGreaterThan(1)
})

it('a mean is hidden, and another beside it, where the sum behind it is of few and all are whole', async () => {
  const hidden = await hiddenOf([
    ['D', 60, 100],
    ['W1', 20, 50],
    ['W2', 38, 30],
    ['W3', 2, 20],
  ])
  expect(hidden).toContain('W3')
  expect(hidden.length).toBeGreaterThan(1)
})
