import { describe, expect, it } from 'vitest'
import { statuses } from '../evidence/descriptor.ts'
import { clinics } from '../publishing/testing.ts'
import { chooseShown } from './choose.ts'
import type { Counted } from './counts.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import { UnsafeRelease } from './unsafe-release.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const indicators = new Map([
  ['seen-in-time', seen],
  ['visits', { ...seen, code: 'visits', kind: 'rate' as const }],
])
const to = {
  what: 'Release 2',
  declared: disclosureSchema.parse({
    rules: { threshold: 5 },
    chains: [['ward', 'district']],
  }),
  indicators,
  locate: (subject: number) =>
    subject === 0 ? { level: 'district', parents: [] } : { level: 'ward', parents: [0] },
  name: (subject: number) => `Place ${subject}`,
  code: (subject: number) => `P${subject}`,
  dataset: 'visits',
  secret: async () => 'a secret of the tests',
  earlier: async () => [],
  tiedBefore: async () => [],
}
const part = (indicator: string, numerator: number[], denominator: number[]): FigurePart => ({
  indicator,
  breakdown: '',
  period: '2024',
  subjects: numerator.map((_, i) => i),
  value: numerator.map((n, i) => n / (denominator[i] as number)),
  status: null,
  numerator,
  denominator,
})

it('holds a correction of rates against what the release before hid: their populations are no counts', async () => {
  const before = part('visits', [30, 3, 9, 18], [900, 300, 300, 300])
  const kept = (before.numerator as number[]).map(
    (n, subject): Counted => ({ subject, group: '', part: n, base: 300 * (subject === 0 ? 3 : 1) }),
  )
  const hiddenThen = (at: number) => at === 1 || at === 3
  const earlier = async () => [{ release: 1, order: 1, figures: kept, hidden: hiddenThen }]
  const now = part('visits', [32, 5, 9, 18], [900, 300, 300, 300])
  const { verdicts, figures, hidden } = await chooseShown([now], { ...to, earlier })
  // The last has not changed: shown, it would give the 3 of the release before away.
  expect(verdicts.get(now)?.[3]).toBe('protects others')
  expect(hidden).toBe(verdicts.get(now)?.filter((v) => v !== 'shown').length)
  expect(figures).toBe(4)
})

it('refuses a figure without its count, be it one of many', async () => {
  const now = part('seen-in-time', [30, Number.NaN, 21], [90, 30, 60])
  const lone = { ...now, value: [33, 20, 35] }
  await expect(chooseShown([lone], to)).rejects.toThrow('has no counts')
})

it('names what is not safe, and says the same in counts alone', async () => {
  const figures = [12, 3, 9].map((n, subject) => ({ subject, group: '', part: n, base: null }))
  const now = part('visits', [12, 3, 9], [900, 300, 300])
  const earlier = async () => [{ release: 1, order: 1, figures, hidden: (at: number) => at === 1 }]
  const error = await chooseShown([now], { ...to, earlier }).catch((e: unknown) => e)
  if (!(error instanceof UnsafeRelease)) throw error
  expect(error.message).toContain('the figure of Place 1 could be worked out')
  expect(error.unnamed).toMatch(/^Release 2, visits in 2024: \d+ counts? could be worked out/)
  expect(error.unnamed).not.toContain('Place')
  expect(error.leaks).toBeGreaterThan(0)
  const above = part('visits', [11, 3, 9], [900, 300, 300])
  const wrong = await chooseShown([above], to).catch((e: unknown) => e)
  if (!(wrong instanceof UnsafeRelease)) throw wrong
  expect(wrong.message).toContain('is 11, but its parts come to 12')
  expect(wrong.unnamed).toMatch(/parts of a place or group come to more than its total/)
  expect(wrong.unnamed).not.toMatch(/1[12]/)
})

describe('figures whose counts are withheld', () => {
  const weighted: FigurePart = {
    ...{ indicator: 'seen-in-time', breakdown: '', period: '2024' },
    ...{ subjects: [0, 1], value: [44, Number.NaN], status: [0, statuses.indexOf('suppressed')] },
    ...{ numerator: null, denominator: [25, Number.NaN] },
  }
  const choose = (part: FigurePart, withheld: readonly string[]) =>
    chooseShown([part], {
      ...to,
      declared: disclosureSchema.parse({ rules: { threshold: 5 }, withheld }),
    })

  it('stand as they are where their source rounded the base, and are counted', async () => {
    const rounded = { ...weighted, counts_rounded_to: 5 }
    const { verdicts, figures, hidden } = await choose(rounded, ['seen-in-time'])
    expect([verdicts.size, figures, hidden]).toEqual([0, 2, 1])
  })

  it('are refused where nothing is rounded, or the descriptor does not say so', async () => {
    await expect(choose(weighted, ['seen-in-time'])).rejects.toThrow('has no counts')
    await expect(choose({ ...weighted, counts_rounded_to: 5 }, [])).rejects.toThrow('no counts')
    await expect(choose(weighted, ['seen-in-tim'])).rejects.toThrow('seen-in-tim')
  })

  it('are held against the rules where they have counts all the same', async () => {
    const counted = { ...weighted, counts_rounded_to: 5, numerator: [3, Number.NaN] }
    const { verdicts } = await choose(counted, ['seen-in-time'])
    expect(verdicts.get(counted)?.[0]).toBe('small')
  })
})

it('hides the same whatever the order of indicators: a check has that of the file', async () => {
  // Place 0 is a county, 1 and 2 are its districts, 3 to 5 wards of these.
  const districtOf = [null, null, null, 1, 2, 1]
  const locate = (subject: number) => {
    const district = districtOf[subject] ?? null
    if (district !== null) return { level: 'ward', parents: [district, 0] }
    return subject === 0 ? { level: 'county', parents: [] } : { level: 'district', parents: [0] }
  }
  const chains = [['ward', 'district', 'county']]
  const asked = {
    ...to,
    declared: disclosureSchema.parse({ rules: { threshold: 5 }, chains }),
    indicators: new Map([
      ['minutes', { ...seen, code: 'minutes', kind: 'mean' as const }],
      ['seen-in-time', seen],
    ]),
    locate,
  }
  /** Figures of a group: place, count and of how many. */
  const group = (
    indicator: string,
    breakdown: string,
    figures: readonly (readonly [number, number, number])[],
  ): FigurePart => ({
    ...part(
      indicator,
      figures.map(([, n]) => n),
      figures.map(([, , all]) => all),
    ),
    breakdown,
    subjects: figures.map(([subject]) => subject),
  })
  const minutes = [
    group('minutes', 'age=18+', [[0, 272.59, 66]]),
    group('minutes', '', [[2, 115.65, 28]]),
    group('minutes', 'age=0-4', [[2, 16.53, 4]]),
  ]
  const shares = [
    group('seen-in-time', 'age=0-17', [
      [3, 30, 63],
      [1, 38, 75],
      [0, 42, 82],
    ]),
    group('seen-in-time', '', [
      [1, 67, 120],
      [0, 73, 148],
      [2, 6, 28],
    ]),
    group('seen-in-time', 'age=0-4', [
      [1, 6, 34],
      [0, 9, 38],
      [2, 3, 4],
    ]),
    group('seen-in-time', 'age=5-17', [
      [3, 28, 33],
      [1, 32, 41],
      [0, 33, 44],
    ]),
    group('seen-in-time', 'age=18+', [
      [1, 29, 45],
      [0, 31, 66],
    ]),
  ]
  const hiddenOf = async (parts: readonly FigurePart[]): Promise<string[]> => {
    const { verdicts } = await chooseShown(parts, asked)
    return [...verdicts]
      .flatMap(([p, own]) =>
        own.flatMap((v, at) =>
          v === 'shown' ? [] : [`${p.indicator} ${p.breakdown} ${p.subjects[at]}`],
        ),
      )
      .sort()
  }
  const hidden = await hiddenOf([...minutes, ...shares])
  expect(hidden).toContain('seen-in-time age=0-4 2')
  expect(await hiddenOf([...shares, ...minutes])).toEqual(hidden)
  expect(await hiddenOf([...shares, ...minutes].reverse())).toEqual(hidden)
})
