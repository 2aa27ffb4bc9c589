import { expect, it } from 'vitest'
import type { Indicator } from '../evidence/indicator.ts'
import { clinics } from '../publishing/testing.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import type { Earlier } from './history.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const indicators: ReadonlyMap<string, Indicator> = new Map([
  ['share', { ...seen, code: 'share' }],
  ['minutes', { ...seen, code: 'minutes', kind: 'mean' }],
])
const codes = ['D', 'W1', 'W2', 'W3', 'W4']

/** Of each place how many were seen in time, and how many were asked; each waited 4.2 minutes. */
type Asked = Readonly<Record<string, readonly [inTime: number, asked: number]>>
/** Which figures a release does not show: `share W1`. */
type Hidden = readonly string[]

function partsOf(asked: Asked): FigurePart[] {
  const all = Object.entries(asked)
  return [...indicators.keys()].map((indicator) => ({
    ...{ indicator, breakdown: '', period: '2024', status: null },
    subjects: all.map(([place]) => codes.indexOf(place)),
    value: all.map(() => 4.2),
    numerator: all.map(([, [inTime, n]]) => (indicator === 'share' ? inTime : 4.2 * n)),
    denominator: all.map(([, [, n]]) => n),
  }))
}

/** What of a correction is hidden after a release that was made public before means of few were hidden. */
async function hiddenOf(asked: Asked, was: Asked, hidden: Hidden): Promise<string[]> {
  const before = partsOf(was)
  const earlier = async (indicator: string): Promise<Earlier[]> => {
    const own = before.filter((p) => p.indicator === indicator)
    const figures = own.flatMap((p) =>
      Array.from(p.subjects, (subject, at) => {
        const [part, base] = [p.numerator?.[at] ?? Number.NaN, p.denominator?.[at] ?? null]
        return { subject, group: p.breakdown, part, base }
      }),
    )
    const isHidden = (at: number) =>
      hidden.includes(`${indicator} ${codes[figures[at]?.subject ?? -1]}`)
    return [{ release: 1, order: 1, figures, hidden: isHidden }]
  }
  const to: ToChoose = {
    ...{ what: 'A correction', dataset: 'waits', indicators, earlier },
    declared: disclosureSchema.parse({ rules: { threshold: 5 }, chains: [['ward', 'district']] }),
    locate: (subject) =>
      subject === 0 ? { level: 'district', parents: [] } : { level: 'ward', parents: [0] },
    name: (subject) => codes[subject] ?? '',
    code: (subject) => codes[subject] ?? '',
    tiedBefore: async () => [['minutes', 'share']],
    secret: async () => 'a secret of the tests',
  }
  const parts = partsOf(asked)
  const { verdicts } = await chooseShown(parts, to)
  return parts.flatMap((p) =>
    Array.from(p.subjects, (s) => `${p.indicator} ${codes[s]}`).filter(
      (_, at) => verdicts.get(p)?.[at] !== 'shown',
    ),
  )
}

/** Three were asked in the first ward, and two of them seen in time. */
const first: Asked = { D: [52, 93], W1: [2, 3], W2: [20, 40], W3: [30, 50] }
/** Shares were hidden as they had to be, and all means shown. */
const asBefore: Hidden = ['share W1', 'share W2']

it('a correction is published where a mean of few was shown beside a hidden share, and nothing changed', async () => {
  expect(await hiddenOf(first, first, asBefore)).toEqual(asBefore)
})

it('where another place changed', async () => {
  const now: Asked = { ...first, D: [62, 113], W3: [40, 70] }
  expect(await hiddenOf(now, first, asBefore)).toEqual(asBefore)
})

it('and hides a mean of few that is new', async () => {
  const now: Asked = { ...first, D: [54, 97], W4: [2, 4] }
  const hidden = await hiddenOf(now, first, asBefore)
  expect(hidden).toContain('minutes W4')
  expect(hidden).toContain('share W4')
  expect(hidden).toContain('share W1')
})

it('also of a place that had as few of others before', async () => {
  const now: Asked = { ...first, D: [52, 94], W1: [2, 4] }
  const hidden = await hiddenOf(now, first, asBefore)
  expect(hidden).toContain('minutes W1')
  expect(hidden.length).toBeGreaterThan(3)
})
