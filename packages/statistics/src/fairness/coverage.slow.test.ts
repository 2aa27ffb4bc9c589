import { describe, expect, it } from 'vitest'
import { coverage } from '../../test/coverage.ts'
import { drawsOf } from '../draws/draws.ts'
import {
  concentrationIndex,
  simulatedSlopeIndex,
  slopeIndex,
  slopeIndexInterval,
} from '../index.ts'

const populations = Float64Array.of(900, 1100, 1000, 1200, 800)
const truth = Float64Array.of(30, 28, 27, 22, 20)
const standardErrors = Float64Array.of(1, 0.8, 1.2, 1, 0.9)
const real = slopeIndex({ values: truth, populations })

describe('coverage at 95% of measures of fairness, simulated', () => {
  const draws = drawsOf(47)
  const sample = (): Float64Array =>
    truth.map((value, i) => value + (standardErrors[i] as number) * draws.normal())

  it('of the slope index by formula: within 0.945 and 0.955', () => {
    const found = coverage(
      20_000,
      real.sii,
      () => slopeIndexInterval({ values: sample(), populations, standardErrors }).sii,
    )
    expect(found).toBeGreaterThan(0.945)
    expect(found).toBeLessThan(0.955)
  })

  it('of the relative index by formula: within 0.94 and 0.96', () => {
    const found = coverage(
      20_000,
      real.rii,
      () => slopeIndexInterval({ values: sample(), populations, standardErrors }).rii,
    )
    expect(found).toBeGreaterThan(0.94)
    expect(found).toBeLessThan(0.96)
  })

  it('of both by simulation: within 0.93 and 0.97', () => {
    for (const which of ['sii', 'rii'] as const) {
      const found = coverage(
        1500,
        real[which],
        () =>
          simulatedSlopeIndex(
            { values: sample(), populations, standardErrors },
            { seed: 1, repetitions: 2000 },
          )[which],
      )
      expect(found).toBeGreaterThan(0.93)
      expect(found).toBeLessThan(0.97)
    }
  })

  it('of the concentration index of 400 people: within 0.93 and 0.96', () => {
    // Health rises from 1 to 2 with rank: covariance 1/12, mean 1.5.
    const index = (2 / 1.5) * (1 / 12)
    const found = coverage(4000, index, () => {
      const places = Float64Array.from({ length: 400 }, () => draws.uniform()).sort()
      const values = places.map((place) => 1 + place + 0.5 * draws.normal())
      return concentrationIndex({ values })
    })
    expect(found).toBeGreaterThan(0.93)
    expect(found).toBeLessThan(0.96)
  })
})
