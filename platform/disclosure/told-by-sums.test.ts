import { expect, it } from 'vitest'
import type { Indicator } from '../evidence/indicator.ts'
import { clinics } from '../publishing/testing.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const codes = ['yes', 'no', 'unsure'] as const
const to: ToChoose = {
  ...{ what: 'Release 1', dataset: 'answers' },
  indicators: new Map(codes.map((code): [string, Indicator] => [code, { ...seen, code }])),
  declared: disclosureSchema.parse({ rules: { threshold: 5 } }),
  locate: () => ({ level: 'provider', parents: [] }),
  name: (subject) => `Provider ${subject}`,
  code: (subject) => `P${subject}`,
  earlier: async () => [],
  tiedBefore: async () => [],
  secret: async () => 'a secret of the tests',
}

type Row = readonly [provider: number, count: number, of: number]
const part = (indicator: string, breakdown: string, rows: readonly Row[]): FigurePart => ({
  ...{ indicator, breakdown, period: '2024', status: null },
  subjects: rows.map(([subject]) => subject),
  value: rows.map(([, count, of]) => (100 * count) / of),
  numerator: rows.map(([, count]) => count),
  denominator: rows.map(([, , of]) => of),
})

/** What is shown of some figures, as "yes sex=girls of 2". */
async function shown(parts: readonly FigurePart[]): Promise<Set<string>> {
  const { verdicts } = await chooseShown(parts, to)
  return new Set(
    parts.flatMap((p) =>
      (verdicts.get(p) ?? []).flatMap((verdict, at) =>
        verdict === 'shown' ? [`${p.indicator} ${p.breakdown} of ${p.subjects[at]}`] : [],
      ),
    ),
  )
}

// Everybody gave one of three answers, as two providers and the girls of one show.
const everywhere = (last: { readonly boys: number; readonly yesBoys: number }) => {
  const [of, yes] = [31 + last.boys, 9 + last.yesBoys]
  const unsure = of - 45 - yes
  return [
    part('yes', '', [
      [0, 20, 65],
      [1, 25, 72],
    ]),
    part('no', '', [
      [0, 30, 65],
      [1, 35, 72],
      [2, 45, of],
    ]),
    part('unsure', '', [
      [0, 15, 65],
      [1, 12, 72],
      [2, unsure, of],
    ]),
    part('yes', 'sex=girls', [
      [0, 10, 34],
      [2, 9, 31],
    ]),
    part('no', 'sex=girls', [[0, 16, 34]]),
    part('unsure', 'sex=girls', [[0, 8, 34]]),
    part('yes', 'sex=boys', [[2, last.yesBoys, last.boys]]),
  ]
}

it('takes what others leave of a total for the total of its own groups: 81 - 45 - 23 said yes, 9 of them girls', async () => {
  const told = await shown(everywhere({ boys: 50, yesBoys: 4 }))
  expect(told).not.toContain('yes sex=boys of 2')
  const way = ['no  of 2', 'unsure  of 2', 'yes sex=girls of 2']
  expect(way.filter((figure) => told.has(figure)).length).toBeLessThan(way.length)
})

it('hides nothing where the groups are not few', async () => {
  expect((await shown(everywhere({ boys: 50, yesBoys: 14 }))).size).toBe(13)
})

it('takes it for chance where the groups come to more', async () => {
  const parts = everywhere({ boys: 50, yesBoys: 14 }).map((p) =>
    p.indicator === 'yes' && p.breakdown === 'sex=girls'
      ? part('yes', 'sex=girls', [
          [0, 10, 34],
          [2, 25, 31],
        ])
      : p,
  )
  expect((await shown(parts)).size).toBe(13)
})
