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
