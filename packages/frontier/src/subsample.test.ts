import { normalQuantile, randomSource } from '@plumbline/statistics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coarse, pick, spread } from '../test/data.ts'
import { Facets } from './facets.ts'
import { efficiencyScores, FrontierError, subsampleScores } from './index.ts'
import { pointAt, pointsOf } from './points.ts'
import { Technology } from './technology.ts'

/** Units below a known frontier, output = sqrt(input), with half-normal inefficiency. */
function sample(units: number, seed: number) {
  const random = randomSource(seed)
  const truth = new Float64Array(units)
  const input = new Float64Array(units)
  const output = new Float64Array(units)
  for (let i = 0; i < units; i++) {
    const best = 1 + 8 * random.uniform()
    truth[i] = Math.exp(-0.25 * Math.abs(normalQuantile(0.0005 + 0.999 * random.uniform())))
    input[i] = best / (truth[i] as number)
    output[i] = Math.sqrt(best)
  }
  return { truth, data: { inputs: [input], outputs: [output] } }
}

describe('facets', () => {
  it.each([
    ['coarse', coarse],
    ['spread', spread],
  ])('give every unit of %s data the score of its own programme', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (data) => {
        const points = pointsOf(data)
        const facets = new Facets(new Technology(points, 'variable'))
        efficiencyScores(data).scores.forEach((score, unit) => {
          expect(facets.score(pointAt(points, unit))).toBeCloseTo(score, 6)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('and programmes agree on a unit a thousand times the size of others', () => {
    const inputs = [Float64Array.of(51, 50, 140800, 60416, 68, 50, 110, 58, 50, 1596)]
    const outputs = [
      Float64Array.of(50, 50, 250880, 794624, 50, 50, 100, 763, 133, 220),
      Float64Array.of(50, 709, 33280, 550912, 50, 50, 100, 50, 675, 200),
    ]
    const points = pointsOf({ inputs, outputs })
    const facets = new Facets(new Technology(points, 'variable'))
    const { scores, unsolved } = efficiencyScores({ inputs, outputs })
    expect(unsolved).toEqual([])
    expect(facets.score(pointAt(points, 2))).toBeCloseTo(scores[2] as number, 6)
  })

  it('hold a condition as it is', () => {
    const { data } = sample(80, 5)
    const random = randomSource(6)
    const hardship = Float64Array.from(data.inputs[0] as Float64Array, () => random.uniform())
    const held = { ...data, outputs: [...data.outputs, hardship], fixed: { outputs: [1] } }
    const points = pointsOf(held)
    const facets = new Facets(new Technology(points, 'variable'))
    efficiencyScores(held).scores.forEach((score, unit) => {
      expect(facets.score(pointAt(points, unit))).toBeCloseTo(score, 6)
    })
  })
})

describe('subsampled scores', () => {
  const { data, truth } = sample(150, 7)
  const found = subsampleScores(data, { seed: 3 })

  it('have limits below the score, in order', () => {
    expect(found.size).toBe(Math.round(150 ** 0.65))
    found.scores.forEach((score, unit) => {
      if (Number.isNaN(found.lower[unit])) return
      expect(found.lower[unit]).toBeLessThan(found.upper[unit] as number)
      expect(found.upper[unit]).toBeLessThanOrEqual(score * 1.2)
    })
  })

  it('hold the truth for nine in ten units', () => {
    const known = Array.from(truth.keys()).filter((unit) => !Number.isNaN(found.lower[unit]))
    expect(known.length).toBeGreaterThan(120)
    const held = known.filter(
      (unit) =>
        (truth[unit] as number) >= (found.lower[unit] as number) - 1e-9 &&
        (truth[unit] as number) <= (found.upper[unit] as number) + 1e-9,
    )
    expect(held.length / known.length).toBeGreaterThan(0.9)
  })

  it('are the same for the same seed, and others for another', () => {
    expect(subsampleScores(data, { seed: 3 }).lower).toEqual(found.lower)
    expect(subsampleScores(data, { seed: 4 }).lower).not.toEqual(found.lower)
  })

  it('do not change with the units of measurement', () => {
    const pence = { ...data, inputs: data.inputs.map((column) => column.map((x) => 100 * x)) }
    subsampleScores(pence, { seed: 3 }).lower.forEach((lower, unit) => {
      const same = found.lower[unit] as number
      expect(Number.isNaN(lower)).toBe(Number.isNaN(same))
      if (!Number.isNaN(same)) expect(lower).toBeCloseTo(same, 6)
    })
  })

  it('say nothing of the unit that no part can equal', () => {
    const most = (data.outputs[0] as Float64Array).reduce((best, y) => Math.max(best, y), 0)
    const unit = (data.outputs[0] as Float64Array).indexOf(most)
    expect(found.scores[unit]).toBe(1)
    expect(found.lower[unit]).toBeNaN()
    expect(found.lower.filter((x) => Number.isNaN(x)).length).toBeLessThan(10)
  })

  it('refuse a part that is none, and too few replicates', () => {
    expect(() => subsampleScores(data, { seed: 1, size: 150 })).toThrow(FrontierError)
    expect(() => subsampleScores(data, { seed: 1, replicates: 10 })).toThrow(/too few/)
    expect(() => subsampleScores(pick(data, [1, 2, 3]), { seed: 1 })).toThrow(/too few/)
  })
})
