import { describe, expect, it } from 'vitest'
import { coverage } from '../../test/coverage.ts'
import { drawsOf } from '../draws/draws.ts'
import {
  adjustPValues,
  differenceInDifferences,
  normalCdf,
  pairedProportionChange,
} from '../index.ts'

describe('coverage at 95% of changes, simulated', () => {
  const draws = drawsOf(61)

  it('of difference in differences with clusters: right with CR1, far too low without', () => {
    const [areas, people] = [40, 10]
    const rows = areas * people * 2
    const clusters = Uint32Array.from({ length: rows }, (_, i) => Math.floor(i / (people * 2)))
    const treated = Uint8Array.from(clusters, (area) => area % 2)
    const after = Uint8Array.from({ length: rows }, (_, i) => i % 2)
    const sample = (): Float64Array => {
      const moves = Float64Array.from({ length: areas }, () => draws.normal())
      return Float64Array.from(
        clusters,
        (area, i) =>
          (after[i] as number) * ((treated[i] as number) + (moves[area] as number)) +
          draws.normal(),
      )
    }
    const data = () => ({ outcomes: sample(), treated, after })
    const right = coverage(4000, 1, () => differenceInDifferences({ ...data(), clusters }))
    expect(right).toBeGreaterThan(0.93)
    expect(right).toBeLessThan(0.965)
    expect(coverage(2000, 1, () => differenceInDifferences(data()))).toBeLessThan(0.8)
  })

  it('of a paired change of a proportion of 60 people: within 0.93 and 0.98', () => {
    const found = coverage(10_000, 0.1, () => {
      let [gained, lost] = [0, 0]
      for (let i = 0; i < 60; i++) {
        const u = draws.uniform()
        if (u < 0.2) gained++
        else if (u < 0.3) lost++
      }
      return pairedProportionChange(gained, lost, 60)
    })
    expect(found).toBeGreaterThan(0.93)
    expect(found).toBeLessThan(0.98)
  })

  it('keeps false discoveries to 5%, of 200 comparisons of which 150 are null', () => {
    let share = 0
    const times = 2000
    for (let t = 0; t < times; t++) {
      const p = Float64Array.from(
        { length: 200 },
        (_, i) => 2 * normalCdf(-Math.abs(draws.normal() + (i < 50 ? 3 : 0))),
      )
      const adjusted = adjustPValues(p)
      let [all, wrong] = [0, 0]
      adjusted.forEach((q, i) => {
        if (q > 0.05) return
        all++
        if (i >= 50) wrong++
      })
      share += all === 0 ? 0 : wrong / all / times
    }
    // Theory: 0.05 x 150 / 200.
    expect(share).toBeGreaterThan(0.033)
    expect(share).toBeLessThan(0.042)
  })
})
