import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clinics } from '../publishing/testing.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import type { Earlier } from './history.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const codes = ['overall', 'staff', 'ease', 'dignity'] as const
const indicators = new Map(codes.map((code) => [code as string, { ...seen, code }]))

const asking = (disclosure: Parameters<typeof disclosureSchema.parse>[0]): ToChoose => ({
  ...{ what: 'Release 2', dataset: 'survey', indicators },
  declared: disclosureSchema.parse(disclosure),
  locate: () => ({ level: 'provider', parents: [] }),
  name: (subject) => `Provider ${subject}`,
  code: (subject) => `P${subject}`,
  earlier: async () => [],
  tiedBefore: async () => [],
  secret: async () => 'a secret of the tests',
})
const apart = asking({ rules: { threshold: 5 } })
const together = asking({ rules: { threshold: 5 }, bases: [[...codes]] })

/** How many of how many say so of each provider. */
type Counts = readonly (readonly [satisfied: number, answered: number])[]

const question = (indicator: string, counts: Counts): FigurePart => ({
  ...{ indicator, breakdown: '', period: '2024-06', status: null },
  subjects: counts.map((_, i) => i),
  value: counts.map(([part, base]) => (100 * part) / base),
  numerator: counts.map(([part]) => part),
  denominator: counts.map(([, base]) => base),
})

async function shownOf(parts: readonly FigurePart[], to: ToChoose): Promise<boolean[][]> {
  const { verdicts } = await chooseShown(parts, to)
  return parts.map((p) => verdicts.get(p)?.map((v) => v === 'shown') ?? [])
}

it('does not show two bases of the same people that few are between, and keeps the first of the list', async () => {
  // Of 30 who answered 2 met no staff; 8 did not say whether it was easy.
  const parts = [
    question('staff', [[20, 28]]),
    question('overall', [[20, 30]]),
    question('ease', [[12, 22]]),
    question('dignity', [[22, 30]]),
  ]
  expect(await shownOf(parts, apart)).toEqual([[true], [true], [true], [true]])
  expect(await shownOf(parts, together)).toEqual([[false], [true], [true], [true]])
})

it('hides one small count and no more, where all answered every question', async () => {
  const parts = [question('overall', [[20, 30]]), question('dignity', [[3, 30]])]
  expect(await shownOf(parts, together)).toEqual([[true], [false]])
})

it('leaves nobody to be told from two bases that are both shown', {
  timeout: 120_000,
}, async () => {
  let told = 0
  const provider = fc.tuple(
    fc.integer({ min: 10, max: 30 }),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(provider, { minLength: 1, maxLength: 5 }), async (all) => {
      const parts = codes.map((code, q) =>
        question(
          code,
          all.map(([n, left, share]) => {
            const base = n - (q === 0 ? 0 : (left[q - 1] ?? 0))
            return [Math.round(share * base), base] as const
          }),
        ),
      )
      const toldOf = async (to: ToChoose): Promise<number> => {
        const shown = await shownOf(parts, to)
        return all
          .flatMap((_, at) =>
            parts.flatMap((one, i) =>
              parts.slice(0, i).map((other, k) => {
                const gap = Math.abs((one.denominator?.[at] ?? 0) - (other.denominator?.[at] ?? 0))
                return shown[i]?.[at] === true && shown[k]?.[at] === true ? gap : 0
              }),
            ),
          )
          .filter((gap) => gap > 0 && gap < 5).length
      }
      told += await toldOf(apart)
      expect(await toldOf(together)).toBe(0)
    }),
    { numRuns: 25 },
  )
  expect(told, 'without the list some are told').toBeGreaterThan(5)
})

/** What a release before told of each indicator, and what of it it showed. */
const earlierOf =
  (before: readonly ReturnType<typeof question>[], was: readonly (readonly boolean[])[]) =>
  async (indicator: string): Promise<readonly Earlier[]> => {
    const at = before.findIndex((p) => p.indicator === indicator)
    const own = before[at]
    if (!own) return []
    const figures = Array.from(own.subjects, (subject, i) => {
      const [part = 0, base = 0] = [own.numerator?.[i] ?? 0, own.denominator?.[i] ?? 0]
      return { subject, group: '', part, base }
    })
    return [{ release: 1, order: 1, figures, hidden: (i: number) => was[at]?.[i] === false }]
  }

it('hides what the release before hid, also where it did so for a base', async () => {
  const before = [question('overall', [[20, 30]]), question('staff', [[20, 28]])]
  const was = await shownOf(before, together)
  const earlier = earlierOf(before, was)
  // The answer overall is no more in the file: it was public once.
  const again = [question('staff', [[20, 28]])]
  expect(await shownOf(again, { ...together, earlier })).toEqual([[false]])
})

it('publishes again what it hid, though of how many it is was told by another question that is no more there', async () => {
  const bases = [30, 40, 50] as const
  const before = [
    question('overall', [
      [20, bases[0]],
      [21, bases[1]],
      [25, bases[2]],
    ]),
    question('dignity', [
      [3, bases[0]],
      [19, bases[1]],
      [30, bases[2]],
    ]),
  ]
  const was = await shownOf(before, together)
  expect(was).toEqual([
    [true, true, true],
    [false, true, true],
  ])
  const earlier = earlierOf(before, was)
  const again = before.slice(1)
  expect(await shownOf(again, { ...together, earlier })).toEqual([[false, true, true]])
})

it('refuses a list that names no indicator', async () => {
  const wrong = asking({ rules: { threshold: 5 }, bases: [['overall', 'staf']] })
  await expect(chooseShown([question('overall', [[20, 30]])], wrong)).rejects.toThrow('staf')
})
