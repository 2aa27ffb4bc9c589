import { describe, expect, it } from 'vitest'
import type { Indicator } from '../evidence/indicator.ts'
import { clinics } from '../publishing/testing.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import type { Located } from './counts.ts'
import { type DisclosureDeclaration, disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const people: Indicator = { ...seen, code: 'people', kind: 'count' }

/** People of a place and group, as a file of one count lists them. */
type Row = readonly [place: string, group: string, people: number]

/** What of a file is hidden where counts from 1 to 4 are. */
async function hiddenOf(
  rows: readonly Row[],
  places: Readonly<Record<string, Omit<Located, 'parents'> & { readonly in: readonly string[] }>>,
  declared: object = {},
): Promise<string[]> {
  const codes = Object.keys(places)
  const to: ToChoose = {
    ...{ what: 'A file', dataset: 'people' },
    indicators: new Map([['people', people]]),
    declared: disclosureSchema.parse({
      rules: { threshold: 5 },
      ...declared,
    }) as DisclosureDeclaration,
    locate(subject) {
      const place = places[codes[subject] ?? '']
      return place ? { level: place.level, parents: place.in.map((c) => codes.indexOf(c)) } : null
    },
    name: (subject) => codes[subject] ?? '',
    code: (subject) => codes[subject] ?? '',
    earlier: async () => [],
    tiedBefore: async () => [],
    secret: async () => 'a secret of the tests',
  }
  const parts = [...Map.groupBy(rows, ([, group]) => group)].map(
    ([breakdown, own]): FigurePart => ({
      ...{ indicator: 'people', breakdown, period: '2024', status: null, numerator: null },
      ...{ denominator: null, subjects: own.map(([place]) => codes.indexOf(place)) },
      value: own.map(([, , people]) => people),
    }),
  )
  const { verdicts } = await chooseShown(parts, to)
  return parts.flatMap((p) =>
    Array.from(p.subjects, (s) => `${codes[s]} ${p.breakdown}`.trim()).filter(
      (_, at) => verdicts.get(p)?.[at] !== 'shown',
    ),
  )
}

describe('what is left of a total', () => {
  const apart = { A: { level: 'town', in: [] }, B: { level: 'town', in: [] } }
  const ages: readonly Row[] = [
    ['A', '', 143],
    ['A', 'age=5-17', 40],
    ['A', 'age=18+', 100],
    ['B', '', 243],
    ['B', 'age=18+', 100],
  ]

  it('of few is hidden where what it is with the listed ones is listed nowhere', async () => {
    // Three are under 5.
    expect(await hiddenOf(ages, apart)).not.toEqual([])
  })

  it('and is hidden, too, where that is listed in another place', async () => {
    expect(await hiddenOf([...ages, ['B', 'age=0-17', 143]], apart)).not.toEqual([])
  })

  const wards: readonly Row[] = [
    ['Z', '', 60],
    ['D', '', 59],
    ['W0', '', 3],
    ['W1', '', 27],
    ['W2', '', 30],
  ]
  const within = {
    Z: { level: 'county', in: [] },
    D: { level: 'district', in: ['Z'] },
    W0: { level: 'ward', in: ['D', 'Z'] },
    W1: { level: 'ward', in: ['D', 'Z'] },
    W2: { level: 'ward', in: ['D', 'Z'] },
  }
  it.each([[[['ward', 'county']]], [[['ward', 'district', 'county']].slice(1)]])(
    'by a chain that is declared, where a level between does not add up: %j',
    async (chains) => {
      const hidden = await hiddenOf(wards, within, { chains })
      // The county less two wards is the third.
      const told = ['Z', 'W0', 'W1', 'W2'].filter((place) => hidden.includes(place))
      expect(told.length).toBeGreaterThan(1)
    },
  )
})
