import type { MixedCell, MixedHistory, MixedIndicator, MixedRow } from './mixed-truth.ts'

/** A history as it is written down. */
interface Written {
  readonly says: string
  readonly wards: readonly string[]
  readonly above?: Readonly<Record<string, readonly string[]>>
  /** The values of each column, those that hold no others. */
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly wider?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  readonly indicators: readonly MixedIndicator[]
  readonly answers?: readonly string[]
  /** `broken` is among `yes`. */
  readonly link?: readonly [part: string, of: string]
  /** Of whom there are any: of a ward and a value of each column, how many gave each answer. */
  readonly people: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** What each release lists: an indicator, a place and a group. */
  readonly releases: readonly (readonly string[])[]
}

const people: MixedIndicator = { code: 'people', kind: 'count' }
const number = (counts: string): MixedIndicator => ({ code: counts, kind: 'count', counts })
const share = (counts: string): MixedIndicator => ({ code: counts, kind: 'proportion', counts })
const sex = ['boys', 'girls']
const ages = ['0-15', '16+']
const nested = { values: ['0-4', '5-15', '16+'], wider: { age: { '0-15': ['0-4', '5-15'] } } }

const written: readonly Written[] = [
  {
    says: 'of a district, a ward, and ages within those of them in another that each hid one of two wards',
    wards: ['W0', 'W1', 'W2'],
    above: { D1: ['W0', 'W1', 'W2'] },
    values: { age: nested.values },
    wider: nested.wider,
    indicators: [people],
    people: { 'W0 0-4': { yes: 10 }, 'W1 0-4': { yes: 1 }, 'W2 0-4': { yes: 1 } },
    releases: [
      ['people D1 age=0-15', 'people W2 age=0-15'],
      ['people W0 age=0-4', 'people W1 age=0-4'],
    ],
  },
  {
    says: 'of everyone in a ward whose older ones are nobody, as a district says',
    wards: ['W0', 'W3'],
    above: { D0: ['W0', 'W3'] },
    values: { age: ages },
    indicators: [number('yes')],
    people: { 'W0 0-15': { yes: 1 }, 'W3 0-15': { yes: 10 }, 'W3 16+': { no: 1 } },
    releases: [['yes D0 age=0-15', 'yes D0 age=16+', 'yes W0'], ['yes W3 age=0-15']],
  },
  {
    says: 'of answers that add up, of which one release lists each in other groups',
    wards: ['W0', 'W1'],
    above: { D0: ['W0', 'W1'] },
    values: { sex, age: ages },
    indicators: [people, number('yes'), number('no'), number('unknown')],
    answers: ['yes', 'no', 'unknown'],
    people: {
      'W0 boys 0-15': { yes: 10 },
      'W0 girls 0-15': { unknown: 1 },
      'W1 boys 0-15': { unknown: 1 },
      'W1 boys 16+': { yes: 10, no: 2, unknown: 2 },
      'W1 girls 0-15': { unknown: 1 },
      'W1 girls 16+': { no: 3, unknown: 3 },
    },
    releases: [
      [
        ...['people D0 age=16+', 'people D0 age=16+;sex=girls', 'people D0 sex=boys'],
        ...['people W0 age=0-15;sex=girls', 'people W1'],
        ...['yes D0 age=16+', 'yes D0 sex=boys', 'yes W0 age=0-15;sex=girls', 'yes W1'],
        ...['no D0 age=16+', 'no W0 age=0-15;sex=girls', 'no W1'],
        ...['unknown D0 age=0-15;sex=boys', 'unknown D0 age=16+'],
        ...['unknown W0 age=0-15;sex=girls', 'unknown W1'],
      ],
    ],
  },
  {
    says: 'of answers that add up, of which two releases together list enough to show it',
    wards: ['W1'],
    values: { sex, age: ages },
    indicators: [people, number('yes'), number('no')],
    people: {
      'W1 boys 0-15': { yes: 3 },
      'W1 boys 16+': { yes: 2 },
      'W1 girls 0-15': { no: 1 },
      'W1 girls 16+': { no: 1 },
    },
    releases: [
      ['people W1 age=16+;sex=girls'],
      [
        ...['people W1', 'people W1 age=0-15;sex=girls'],
        ...['yes W1', 'yes W1 age=0-15;sex=girls', 'yes W1 age=16+;sex=girls'],
        ...['no W1', 'no W1 age=0-15;sex=girls', 'no W1 age=16+;sex=girls'],
      ],
    ],
  },
  {
    says: 'of answers that add up, of two wards in two releases',
    wards: ['W1', 'W2'],
    values: { age: ['0-14', '15', '16+'] },
    wider: { age: { '0-15': ['0-14', '15'], '15+': ['15', '16+'] } },
    indicators: [people, number('yes'), number('no')],
    people: { 'W1 16+': { yes: 1, no: 10 }, 'W2 16+': { no: 1 } },
    releases: [
      ['people W1', 'yes W2'],
      [
        ...['people W1 age=15+', 'people W2', 'yes W1', 'yes W1 age=15+'],
        ...['no W1', 'no W1 age=15+', 'no W2'],
      ],
    ],
  },
  {
    says: 'of a share, where a district and a neighbourhood are the same wards',
    wards: ['W0', 'W1'],
    above: { D0: ['W0', 'W1'], N1: ['W0', 'W1'] },
    values: { age: nested.values },
    wider: nested.wider,
    indicators: [share('no')],
    answers: ['yes', 'no', 'unknown'],
    people: {
      'W0 0-4': { yes: 4, unknown: 1 },
      'W1 0-4': { unknown: 1 },
      'W1 5-15': { unknown: 1 },
    },
    releases: [
      ['no W1 age=0-4', 'no D0 age=0-15'],
      ['no N1 age=5-15', 'no W0 age=0-4'],
    ],
  },
  {
    says: 'of two linked shares of the same people, of whom each release lists others',
    wards: ['W1'],
    values: { age: nested.values },
    wider: nested.wider,
    indicators: [share('yes'), share('broken')],
    link: ['broken', 'yes'],
    answers: [],
    people: { 'W1 0-4': { no: 1 }, 'W1 5-15': { no: 10 }, 'W1 16+': { no: 10 } },
    releases: [
      ['broken W1', 'yes W1', 'yes W1 age=5-15'],
      [
        ...['yes W1 age=0-15', 'broken W1 age=16+', 'yes W1 age=16+'],
        ...['yes W1 age=0-4', 'broken W1 age=0-15'],
      ],
    ],
  },
  {
    says: 'of a neighbourhood, which lies in a district by wards that no release lists',
    wards: ['W1', 'W2'],
    above: { D1: ['W1', 'W2'], N0: ['W1'], N1: ['W2'] },
    values: { sex },
    indicators: [number('yes')],
    people: { 'W1 girls': { yes: 10 }, 'W2 girls': { yes: 1 } },
    releases: [['yes D1 sex=girls', 'yes N0 sex=girls', 'yes N1 sex=girls']],
  },
  {
    says: 'of an answer of some, where who was asked is listed of more alone',
    wards: ['W2', 'W3', 'W4', 'W5'],
    values: { sex, age: ['0-15', '16+'] },
    indicators: [people, number('yes'), number('no'), number('unknown')],
    answers: ['yes', 'no', 'unknown'],
    people: {
      'W2 girls 0-15': { no: 10, unknown: 1 },
      'W3 girls 0-15': { yes: 7, no: 10, unknown: 9 },
      'W4 girls 0-15': { yes: 8, no: 6, unknown: 5 },
      'W5 girls 0-15': { yes: 9, no: 8, unknown: 6 },
    },
    releases: [
      [
        ...['people W2 age=0-15', 'no W2 age=0-15;sex=girls', 'unknown W2 age=0-15;sex=girls'],
        ...['W3', 'W4', 'W5'].flatMap((w) =>
          ['people', 'yes', 'no', 'unknown'].map((i) => `${i} ${w}`),
        ),
      ],
    ],
  },
]

/** Histories that told a count from 1 to 4 once, with what it was told of. */
export const foundMixed: readonly (readonly [says: string, history: MixedHistory])[] = written.map(
  (one) => [one.says, historyOf(one)],
)

function historyOf(one: Written): MixedHistory {
  const { wards, above = {}, wider = {}, indicators, link, answers = ['yes', 'no'] } = one
  const cells = cellsOf(one, [
    ...new Set([...answers, ...indicators.flatMap((i) => i.counts ?? [])]),
  ])
  const level = (code: string) => (code.startsWith('D') ? 'district' : 'neighbourhood')
  const larger = Object.entries(above).map(([code, inside]) => {
    return [code, { level: level(code), wards: inside.filter((w) => wards.includes(w)) }] as const
  })
  const links = link ? [{ part: link[0], of: link[1] }] : []
  return {
    world: {
      ...{ wider, answers, above: Object.fromEntries(larger) },
      within: Object.fromEntries(links.map((l) => [l.part, l.of])),
    },
    ...{ indicators, declared: { rules: { threshold: 5 }, links } },
    releases: one.releases.map((rows) => ({
      cells,
      rows: rows.map((row): MixedRow => {
        const [indicator = '', place = '', group = ''] = row.split(' ')
        return { indicator, place, group }
      }),
    })),
  }
}

/** Every cell of the wards, also those of nobody: whoever attacks does not know that they are. */
function cellsOf({ wards, values, people: of }: Written, counted: readonly string[]): MixedCell[] {
  const all = Object.entries(values).reduce<Record<string, string>[]>(
    (some, [column, own]) => some.flatMap((v) => own.map((value) => ({ ...v, [column]: value }))),
    [{}],
  )
  return wards.flatMap((place) =>
    all.map((own): MixedCell => {
      const given = of[[place, ...Object.values(own)].join(' ')] ?? {}
      return {
        ...{ place, values: own, all: Object.values(given).reduce((a, b) => a + b, 0) },
        counts: Object.fromEntries(counted.map((c) => [c, given[c] ?? 0])),
      }
    }),
  )
}
