import { expect, it } from 'vitest'
import { notAlone } from './provider-value.ts'

it('praises nobody below a floor, and nobody for cheapness alone', () => {
  const more = 'more than the middle'
  const below = 'below a floor: Not rated inadequate'
  expect(notAlone({ score: 1 }, more, below)).toBe(`That alone is no praise: it is ${below}.`)
  expect(notAlone({ score: 1 }, 'less than the middle', '')).toContain('it achieves less')
  expect(notAlone({ score: 1 }, more, '')).toBe('')
  expect(notAlone({ score: 0.9 }, 'less than the middle', below)).toBe('')
})
