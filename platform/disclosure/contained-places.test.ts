import { describe, expect, it } from 'vitest'
import { withContained } from './contained-places.ts'
import type { Located } from './counts.ts'

/** Two districts, two neighbourhoods, and whom the register places in them. */
const [north, south, hill, quay] = [1, 2, 3, 4]
const larger: [number, Located][] = [
  [north, { level: 'district', parents: [] }],
  [south, { level: 'district', parents: [] }],
  [hill, { level: 'neighbourhood', parents: [] }],
  [quay, { level: 'neighbourhood', parents: [] }],
]

/** In which of the larger places each of them lies, by the smaller ones that lie in some. */
function liesIn(inside: readonly (readonly number[])[], level = 'ward') {
  const smaller = inside.map((parents, at): [number, Located] => [10 + at, { level, parents }])
  const known = new Map([...larger, ...smaller])
  const listed = new Set([north, south, hill, quay])
  const locate = withContained((subject) => known.get(subject) ?? null, listed, known.keys())
  return Object.fromEntries(
    [...listed].flatMap((subject) => {
      const { parents = [] } = locate(subject) ?? {}
      return parents.length > 0 ? [[subject, parents]] : []
    }),
  )
}

describe('a place that no register places in another', () => {
  it('lies in one that all of its wards lie in', () => {
    const wards = [
      [north, hill],
      [north, hill],
      [north, quay],
      [south, quay],
    ]
    expect(liesIn(wards)).toEqual({ [hill]: [north], [south]: [quay] })
  })

  it('lies in one that is the same wards, and not the other way round too', () => {
    const wards = [
      [north, hill],
      [south, quay],
    ]
    expect(liesIn(wards)).toEqual({ [hill]: [north], [quay]: [south] })
  })

  it('lies in none where one of its wards does not, or only who serves people is known', () => {
    expect(liesIn([[north, hill], [south, hill], [north]])).toEqual({ [south]: [hill] })
    expect(liesIn([[north, hill]], 'provider')).toEqual({})
  })
})
