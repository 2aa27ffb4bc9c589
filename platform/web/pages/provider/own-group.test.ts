import { expect, it } from 'vitest'
import { codes } from '../../query.ts'
import { ownGroup } from './own-group.ts'

it('is of distinct others, never itself, at most 30', () => {
  expect(ownGroup('A', codes.parse('A,B, B,,C'))).toEqual({
    name: 'your own group',
    codes: ['B', 'C'],
  })
  expect(ownGroup('A', ['A'])).toBeNull()
  expect(ownGroup('A')).toBeNull()
  const many = Array.from({ length: 40 }, (_, i) => `X${i}`)
  expect(ownGroup('A', many, 'Ours')?.codes).toHaveLength(30)
})
