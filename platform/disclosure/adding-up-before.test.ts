import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answered, type Kind, publishAnswers } from './publish-answers.ts'

/** Who smoke, who did and who never did, place by place. */
const first = [
  [12, 20, 2],
  [12, 9, 40],
  [7, 8, 25],
  [31, 6, 14],
]
const changed = first.with(0, [13, 21, 2])
const never = 'answer-2'

/** What a correction may do of what adds up. */
const corrections: [string, Answered][] = [
  ['leaves an answer out', { given: changed, leavesOut: (answer) => answer === never }],
  [
    'leaves one row of an answer out, where too few others add up',
    { given: changed, leavesOut: (answer, at) => at === 3 || (answer === never && at === 0) },
  ],
  ['has a total that is wrong', { given: changed, tooMany: (_, at) => (at === 1 ? 1 : 0) }],
]

describe.each<Kind>(['shares', 'counts'])('a correction of %s', (kind) => {
  it.each(corrections)('that %s is held against what added up before', async (_, correction) => {
    const { hidden, leaks } = await publishAnswers([{ given: first }, correction], kind)
    expect(leaks).toEqual([])
    expect(hidden.every((h) => h !== null)).toBe(true)
  })

  it.each(corrections)('that %s may be followed by one of all', async (_, correction) => {
    const releases = [{ given: first }, correction, { given: changed }]
    const { hidden, leaks } = await publishAnswers(releases, kind)
    expect(leaks).toEqual([])
    expect(hidden.map((h) => h !== null)).toEqual([true, true, true])
  })
})

/** Which answers of a place are left out, as `answer of place`. */
const without =
  (...all: string[]) =>
  (answer: string, place: number): boolean =>
    all.includes(`${answer.replace('answer-', '')} of ${place}`)

const histories: [string, Kind, Answered[]][] = [
  [
    'of the one that is wrong, and looks as it was',
    'shares',
    [
      {
        given: [
          [22, 30, 40, 52],
          [0, 36, 3, 16],
          [5, 1, 31, 27],
          [44, 11, 25, 45],
        ],
      },
      {
        given: [
          [22, 30, 40, 52],
          [0, 36, 2, 16],
          [28, 49, 28, 5],
          [44, 11, 25, 45],
        ],
        leavesOut: (answer) => answer === 'answer-1',
        tooMany: (answer, place) => (answer === 'answer-0' && place === 1 ? 1 : 0),
      },
    ],
  ],
  [
    'of two that are left out, one as it was of fewer people',
    'shares',
    [
      {
        given: [
          [32, 5, 4],
          [12, 6, 1],
          [47, 20, 21],
          [4, 41, 32],
        ],
      },
      {
        given: [
          [26, 27, 54],
          [11, 7, 1],
          [47, 20, 21],
          [4, 41, 32],
        ],
        leavesOut: (answer) => answer === 'answer-2',
      },
      {
        given: [
          [32, 5, 4],
          [12, 7, 1],
          [46, 20, 21],
          [4, 42, 32],
        ],
        leavesOut: without('1 of 0', '1 of 1', '2 of 1', '1 of 2', '2 of 2', '1 of 3'),
      },
      {
        given: [
          [32, 5, 4],
          [12, 7, 1],
          [47, 20, 21],
          [34, 24, 1],
        ],
      },
    ],
  ],
  [
    'of the only row that lists most, beside one that is wrong',
    'counts',
    [
      {
        given: [
          [47, 13, 5],
          [7, 6, 2],
          [3, 0, 2],
          [22, 23, 39],
        ],
      },
      {
        given: [
          [47, 13, 5],
          [6, 5, 2],
          [3, 52, 47],
          [1, 1, 54],
        ],
        leavesOut: without('1 of 0', 'people of 2', '0 of 3'),
        tooMany: (_, place) => (place === 1 ? 1 : 0),
      },
    ],
  ],
  [
    'of a count of all that is left out as well',
    'counts',
    [
      {
        given: [
          [2, 23],
          [42, 6],
          [35, 8],
        ],
      },
      {
        given: [
          [3, 22],
          [42, 6],
          [35, 8],
        ],
        leavesOut: (answer) => answer !== 'answer-1',
      },
    ],
  ],
]
it.each(histories)('tells no answer %s', async (_, kind, releases) => {
  const { hidden, leaks } = await publishAnswers(releases, kind)
  expect(leaks).toEqual([])
  expect(hidden[1]).not.toBe(null)
})

const count = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 5, max: 50 }))
/** A release of three to five places, and one in its place that leaves an answer out or has a total that is wrong. */
const pairs = fc
  .record({ answers: fc.integer({ min: 2, max: 4 }), places: fc.integer({ min: 3, max: 5 }) })
  .chain(({ answers, places }) => {
    const own = fc
      .array(count, { minLength: answers, maxLength: answers })
      .filter((all) => all.some((n) => n > 0))
    const given = fc.array(own, { minLength: places, maxLength: places })
    const changes = fc.array(fc.option(own), { minLength: places, maxLength: places })
    const leftOut = fc.option(fc.integer({ min: 0, max: answers - 1 }))
    const wrong = fc.option(fc.integer({ min: 0, max: places - 1 }))
    return fc.record({ given, changes, leftOut, wrong })
  })
  .map(({ given, changes, leftOut, wrong }): [Answered, Answered] => [
    { given },
    {
      given: given.map((own, place) => changes[place] ?? own),
      leavesOut: (answer) => answer === `answer-${leftOut}`,
      tooMany: (_, place) => (place === wrong ? 1 : 0),
    },
  ])

it.each<Kind>(['shares', 'counts'])('tells no answer of any places: %s', async (kind) => {
  let [hidden, published, refused] = [0, 0, 0]
  await fc.assert(
    fc.asyncProperty(pairs, async (releases) => {
      const found = await publishAnswers(releases, kind)
      expect(found.leaks).toEqual([])
      for (const own of found.hidden)
        if (own === null) refused += 1
        else {
          published += 1
          hidden += own.length
        }
    }),
    { numRuns: 20 },
  )
  expect(hidden).toBeGreaterThan(20)
  // The rule must not be kept by publishing nothing.
  expect(published).toBeGreaterThan(5 * refused)
})
