import { expect, it } from 'vitest'
import { clinics } from '../publishing/testing.ts'
import { chooseShown, type FigurePart } from './choose.ts'
import type { Counted } from './counts.ts'
import { disclosureSchema } from './declaration.ts'
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
