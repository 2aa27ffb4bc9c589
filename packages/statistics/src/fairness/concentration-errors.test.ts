import { describe, expect, it } from 'vitest'
import { randomSource } from '../random.ts'
import { concentrationIndex } from './concentration.ts'

/** 400 people from the poorest to the richest, the richer more often with a thing. */
const seeded = (): Float64Array => {
  const random = randomSource(7)
  return Float64Array.from({ length: 400 }, (_, i) =>
    Number(random.uniform() < 0.05 + (0.9 * i) / 400),
  )
}

describe('the standard error of a concentration index', () => {
  it.each(['standard', 'generalised', 'erreygers', 'wagstaff'] as const)(
    'that is %s is what leaving out one person at a time gives',
    (variant) => {
      const values = seeded()
      const n = values.length
      const without = Array.from(
        values,
        (_, i) =>
          concentrationIndex({ values: values.filter((_, j) => j !== i) }, { variant }).value,
      )
      const mean = without.reduce((a, b) => a + b, 0) / n
      const jackknife = Math.sqrt(
        ((n - 1) / n) * without.reduce((sum, v) => sum + (v - mean) ** 2, 0),
      )
      const { standardError } = concentrationIndex({ values }, { variant })
      expect(Math.abs(standardError / jackknife - 1)).toBeLessThan(0.02)
    },
  )

  it('has an answer where nobody has any', () => {
    const values = new Float64Array(5)
    for (const variant of ['generalised', 'erreygers'] as const) {
      const found = concentrationIndex({ values }, { variant })
      expect(found).toEqual({ value: 0, lower: 0, upper: 0, standardError: 0 })
    }
  })
})
