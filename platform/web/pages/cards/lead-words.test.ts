import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { letters } from '../../../cards/grade.ts'
import { lettersBetween } from './lead-words.ts'

describe('the letters that a first sentence names', () => {
  it('are the one given where that is sure, else those beside it', () => {
    expect(lettersBetween({ grade: 3, likely: [0, 0, 0.1, 0.85, 0.05] })).toEqual(['B'])
    expect(lettersBetween({ grade: 3, likely: [0, 0, 0.49, 0.5, 0.01] })).toEqual(['B', 'C'])
    expect(lettersBetween({ grade: 2, likely: [0.02, 0.28, 0.4, 0.28, 0.02] })).toHaveLength(3)
    expect(lettersBetween({ grade: 4, likely: null })).toEqual(['A'])
    expect(lettersBetween({ grade: null, likely: null })).toEqual([])
  })

  it('hold the grade, stand together, and are 80% likely', () => {
    const chances = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(chances, fc.integer({ min: 0, max: 4 }), (counts, grade) => {
        const sum = counts.reduce((a, b) => a + b, 0)
        fc.pre(sum > 0)
        const likely = counts.map((c) => c / sum)
        const named = lettersBetween({ grade, likely })
        const places = named.map((l) => letters.indexOf(l))
        expect(places).toContain(grade)
        for (const [i, place] of places.slice(1).entries()) expect(places[i]).toBe(place + 1)
        const together = places.reduce((s, p) => s + (likely[p] ?? 0), 0)
        expect(together).toBeGreaterThanOrEqual(0.8 - 1e-9)
      }),
    )
  })
})
