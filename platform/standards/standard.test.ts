import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../evidence/catalogue.ts'
import {
  allParts,
  endOf,
  problemOf,
  type Standard,
  standardSchema,
  stateOf,
  wasAdopted,
} from './standard.ts'

const base = {
  ...{ code: 'seen', name: 'Half are seen', kind: 'floor', service: 'clinic', setBy: 'Nobody' },
  ...{ right: 'None: it is made up.', checkedBy: 'Nobody', indicator: 'seen', side: 'at least' },
  ...{ threshold: { fixed: 50 }, from: '2016', consequence: 'Nothing follows.' },
  ...{ evidence: 'None at all.', source: 'Invented', review: '2030-01-01' },
}
const step = ([state, on]: readonly [string, string]) => ({
  ...{ state, on, by: 'Nobody', reason: 'To be tried in a test.' },
})
const withSteps = (...steps: readonly (readonly [string, string])[]) =>
  standardSchema.safeParse({ ...base, steps: steps.map(step) })
const life = (...steps: readonly (readonly [string, string])[]): Standard =>
  standardSchema.parse({ ...base, steps: steps.map(step) })

describe('the life of a standard', () => {
  it.each([
    [[['adopted', '2016']]],
    [
      [
        ['draft', '2015'],
        ['consulted on', '2015-06'],
        ['adopted', '2015'],
        ['superseded', '2019'],
      ],
    ],
    [
      [
        ['draft', '2015-01-02'],
        ['draft', '2015-02'],
        ['withdrawn', '2015-02-03'],
      ],
    ],
    [
      [
        ['adopted', '2016'],
        ['adopted', '2018'],
        ['withdrawn', '2019-09'],
      ],
    ],
  ] as const)('may go %j', (steps) => {
    expect(withSteps(...steps).error).toBeUndefined()
  })

  it.each([
    [
      [
        ['adopted', '2021'],
        ['superseded', '2020'],
      ],
      /order of their dates/,
    ],
    [
      [
        ['draft', '2021-05'],
        ['adopted', '2021-04-30'],
      ],
      /order of their dates/,
    ],
    [
      [
        ['withdrawn', '2019'],
        ['adopted', '2020'],
      ],
      /^nothing follows once it is withdrawn/,
    ],
    [
      [
        ['adopted', '2019'],
        ['draft', '2020'],
      ],
      /^"draft" cannot follow "adopted"/,
    ],
    [
      [
        ['draft', '2019'],
        ['superseded', '2020'],
      ],
      /^nothing is superseded before/,
    ],
    [[['superseded', '2020']], /^nothing is superseded before/],
    [[['adopted', '2020-13']], /is no date/],
    [[['adopted', '2020-02-30']], /is no date/],
  ] as const)('may not go %j', (steps, sentence) => {
    expect(withSteps(...steps).error?.issues[0]?.message).toMatch(sentence)
  })

  it('is told by a day', () => {
    const s = life(['draft', '2015'], ['adopted', '2016-04'], ['withdrawn', '2019-09'])
    expect(
      ['2014-12-31', '2016-03-31', '2016-04-01', '2019-08-31', '2019-09-01'].map((d) =>
        stateOf(s, d),
      ),
    ).toEqual(['draft', 'draft', 'adopted', 'adopted', 'withdrawn'])
    expect(wasAdopted(s, '2016-03-31')).toBe(false)
    expect(wasAdopted(s, '2024-01-01')).toBe(true)
    expect(endOf(s)).toBe('2019-09-01')
    const later = life(['adopted', '2030'])
    expect(wasAdopted(later, '2026-11-24')).toBe(false)
    expect(endOf(later)).toBeNull()
  })
})

describe('the parts of a standard', () => {
  const whole = { ...life(['adopted', '2016']), alternatives: [['part']] }
  const part = { ...life(['adopted', '2016']), code: 'part' }
  const problem = (...known: Standard[]) =>
    problemOf(whole, new Map([whole, ...known].map((s) => [s.code, s])))

  it('bind the same providers and have no parts of their own', () => {
    expect(problem(part)).toBeNull()
    expect(problem()).toMatch(/"part" as a part, which nobody describes/)
    expect(problem({ ...part, service: 'depot' })).toMatch(/binds others/)
    expect(problem({ ...part, alternatives: [['seen']] })).toMatch(/parts of its own/)
    const itself = { ...whole, alternatives: [['seen']] }
    expect(problemOf(itself, new Map([['seen', itself]]))).toBe('names itself as a part')
  })

  it('of the key stage 2 floor are its three subjects', () => {
    const { standards } = loadCatalogue()
    expect([...allParts(standards.values())].sort()).toEqual([
      'ks2-floor-maths-progress',
      'ks2-floor-reading-progress',
      'ks2-floor-writing-progress',
    ])
  })
})
