import { randomSource } from '@plumbline/statistics'
import { describe, expect, it } from 'vitest'
import { bootstrapScores, FrontierError } from './index.ts'
import { bandwidthOf, drawDistances } from './smooth.ts'

/** Units below a known frontier, output = sqrt(input), with half-normal-like inefficiency. */
function sample(units: number, seed: number) {
  const random = randomSource(seed)
  const truth = new Float64Array(units)
  const input = new Float64Array(units)
  const output = new Float64Array(units)
  for (let i = 0; i < units; i++) {
    const best = 1 + 8 * random.uniform()
    truth[i] = Math.exp(-0.4 * Math.abs(random.uniform() + random.uniform() - 1))
    input[i] = best / (truth[i] as number)
    output[i] = Math.sqrt(best)
  }
  return { truth, data: { inputs: [input], outputs: [output] } }
}

describe('the bandwidth', () => {
  it('is that of DataEnvelopmentAnalysis.jl for distances from 1 up', () => {
    // test/deaboot.jl, the output-oriented scores of its example and their bandwidth.
    expect(bandwidthOf(Float64Array.of(1, 11 / 6, 1, 13 / 12, 1))).toBeCloseTo(0.1398634, 5)
  })

  it('does not exist where every unit is on the frontier', () => {
    expect(() => bandwidthOf(new Float64Array(6).fill(1))).toThrow(FrontierError)
  })
})

describe('drawn distances', () => {
  it('are at least 1 and keep the mean and the spread of the distances', () => {
    const distances = Float64Array.from({ length: 2000 }, (_, i) => 1.3 + 0.2 * Math.sin(i))
    const drawn = drawDistances(distances, 0.05, randomSource(4))
    const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length
    const spread = (values: Float64Array) =>
      Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)))
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(1)
    expect(mean(drawn)).toBeCloseTo(mean(distances), 1)
    expect(spread(drawn) / spread(distances)).toBeGreaterThan(0.9)
    expect(spread(drawn) / spread(distances)).toBeLessThan(1.1)
  })
})

describe('bootstrapped scores', () => {
  const { data, truth } = sample(60, 7)
  const found = bootstrapScores(data, { seed: 3, replicates: 200 })

  it('lie below the scores, which are too high', () => {
    found.scores.forEach((score, unit) => {
      expect(found.corrected[unit]).toBeLessThan(score)
      expect(found.lower[unit]).toBeLessThan(found.corrected[unit] as number)
      expect(found.upper[unit]).toBeGreaterThan(found.lower[unit] as number)
      expect(found.upper[unit]).toBeLessThanOrEqual(score + 1e-9)
    })
    expect(found.unsolved).toEqual([])
  })

  it('come nearer to the truth by the correction', () => {
    const miss = (values: Float64Array) =>
      values.reduce((sum, value, unit) => sum + Math.abs(value - (truth[unit] as number)), 0)
    expect(miss(found.corrected)).toBeLessThan(miss(found.scores))
  })

  it('hold the truth for most units', () => {
    const held = truth.filter(
      (value, unit) =>
        value >= (found.lower[unit] as number) && value <= (found.upper[unit] as number),
    )
    expect(held.length / truth.length).toBeGreaterThan(0.8)
  })

  it('are the same for the same seed, and others for another', () => {
    const again = bootstrapScores(data, { seed: 3, replicates: 200 })
    expect(again.lower).toEqual(found.lower)
    const other = bootstrapScores(data, { seed: 4, replicates: 200 })
    expect(other.lower).not.toEqual(found.lower)
  })

  it('are wider with more confidence', () => {
    const narrow = bootstrapScores(data, { seed: 3, replicates: 200, confidence: 0.8 })
    narrow.lower.forEach((lower, unit) => {
      expect(lower).toBeGreaterThanOrEqual(found.lower[unit] as number)
    })
  })

  it('refuse too few replicates', () => {
    expect(() => bootstrapScores(data, { seed: 1, replicates: 10 })).toThrow(/too few/)
  })
})
