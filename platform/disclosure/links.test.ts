import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clinics } from '../publishing/testing.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import type { Earlier } from './history.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const count = (code: string) => [code, { ...seen, code, kind: 'count' as const }] as const
const indicators = new Map([count('injuries'), count('broken-bones'), count('falls')])
const links = [{ part: 'broken-bones', of: 'injuries' }]
const chains = [['ward', 'district']]

const asking = (disclosure: Parameters<typeof disclosureSchema.parse>[0]): ToChoose => ({
  what: 'Release 2',
  dataset: 'injuries',
  declared: disclosureSchema.parse(disclosure),
  indicators,
  locate: (subject) =>
    subject === 0 ? { level: 'district', parents: [] } : { level: 'ward', parents: [0] },
  name: (subject) => `Place ${subject}`,
  code: (subject) => `P${subject}`,
  earlier: async () => [],
  tiedBefore: async () => [],
  secret: async () => 'a secret of the tests',
})
const apart = asking({ rules: { threshold: 5 }, chains })
const together = asking({ rules: { threshold: 5 }, chains, links })

const part = (indicator: string, value: readonly number[]): FigurePart => ({
  indicator,
  breakdown: '',
  period: '2024',
  subjects: value.map((_, i) => i),
  value,
  status: null,
  numerator: null,
  denominator: null,
})
/** Wards of a district, which comes first. */
const wards = (indicator: string, own: readonly number[]) =>
  part(indicator, [own.reduce((a, b) => a + b, 0), ...own])

it('hides what is left between two indicators of the same people, where few are', async () => {
  // 12 injuries in the first ward, of which 9 are broken bones: 3 are not.
  const all = wards('injuries', [12, 30, 40])
  const some = wards('broken-bones', [9, 20, 20])
  expect((await chooseShown([all, some], apart)).hidden).toBe(0)
  const { verdicts, hidden } = await chooseShown([all, some], together)
  const shown = [all, some].map((p) => verdicts.get(p)?.[1])
  expect(shown).toContain('protects others')
  // Nor do the others of the district tell it.
  expect(hidden).toBeGreaterThan(1)
})

it('leaves nobody to be told from two figures that are both shown', {
  timeout: 120_000,
}, async () => {
  let told = 0
  const ward = fc.tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 8 }))
  await fc.assert(
    fc.asyncProperty(fc.array(ward, { minLength: 3, maxLength: 6 }), async (own) => {
      const some = wards(
        'broken-bones',
        own.map(([n]) => n),
      )
      const all = wards(
        'injuries',
        own.map(([n, more]) => n + more),
      )
      const leftOf = async (to: ToChoose) => {
        const { verdicts } = await chooseShown([all, some], to)
        return own.flatMap((_, i) => {
          const both = [all, some].every((p) => verdicts.get(p)?.[i + 1] === 'shown')
          const left = (all.value[i + 1] ?? 0) - (some.value[i + 1] ?? 0)
          return both && left > 0 && left < 5 ? [left] : []
        })
      }
      told += (await leftOf(apart)).length
      expect(await leftOf(together)).toEqual([])
    }),
    { numRuns: 25 },
  )
  expect(told, 'without the link some are told').toBeGreaterThan(5)
})

it('refuses more of the part than of the whole, and links that make no sense', async () => {
  const all = wards('injuries', [12, 30])
  const some = wards('broken-bones', [13, 20])
  await expect(chooseShown([all, some], together)).rejects.toThrow(
    'A count of injuries is 12, but its parts come to 13',
  )
  const itself = { rules: { threshold: 5 }, links: [{ part: 'falls', of: 'falls' }] }
  expect(disclosureSchema.safeParse(itself).success).toBe(false)
  const misspelt = [{ part: 'broken-bnes', of: 'injuries' }]
  const wrong = asking({ rules: { threshold: 5 }, links: misspelt })
  await expect(chooseShown([all], wrong)).rejects.toThrow('links broken-bnes, and no indicator')
})

it('holds a correction against both indicators of the release before, also one that it has no more', async () => {
  const before = new Map([
    ['injuries', wards('injuries', [12, 30, 40])],
    ['broken-bones', wards('broken-bones', [9, 20, 20])],
  ])
  const first = await chooseShown([...before.values()], together)
  const earlier = async (indicator: string): Promise<Earlier[]> => {
    const own = before.get(indicator)
    if (!own) return []
    const figures = Array.from(own.subjects, (subject, at) => {
      return { subject, group: '', part: own.value[at] ?? 0, base: null }
    })
    const hidden = (at: number) => first.verdicts.get(own)?.[at] !== 'shown'
    return [{ release: 1, order: 1, figures, hidden }]
  }
  for (const now of [['injuries'], ['injuries', 'broken-bones']]) {
    const parts = now.map((i) => ({ ...(before.get(i) as FigurePart) }))
    const again = await chooseShown(parts, { ...together, earlier })
    for (const own of parts) {
      const was = before.get(own.indicator) as FigurePart
      expect(again.verdicts.get(own)).toEqual(first.verdicts.get(was))
    }
  }
})

it('rounds both, and what is left between them is not told either', async () => {
  const rounding = asking({ round: { base: 5 }, chains, links })
  const all = wards('injuries', [12, 30, 41])
  const some = wards('broken-bones', [9, 22, 40])
  const { rounded } = await chooseShown([all, some], rounding)
  const of = (p: FigurePart) => rounded.get(p)?.map((c) => c?.part ?? -1) ?? []
  for (const [at, n] of of(all).entries()) {
    expect(n % 5).toBe(0)
    expect(n).toBeGreaterThanOrEqual(of(some)[at] ?? 0)
  }
  expect(of(all)[0]).toBe((of(all)[1] ?? 0) + (of(all)[2] ?? 0) + (of(all)[3] ?? 0))
})
