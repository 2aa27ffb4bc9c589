import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coarse, fromRows, pick, spread } from '../test/data.ts'
import type { FrontierAnalysis } from './analysis.ts'
import { unitsOf } from './data.ts'
import { analyseFrontier, efficiencyScores, type FrontierData, type Returns } from './index.ts'

const kinds: readonly Returns[] = ['constant', 'variable', 'non-increasing', 'non-decreasing']
const returns = fc.constantFrom(...kinds)
const data = fc.oneof(coarse, spread)
const near = 1e-7

const scoresOf = (found: FrontierData, kind: Returns): Float64Array => {
  const { scores, unsolved } = efficiencyScores(found, { returns: kind })
  expect(unsolved).toEqual([])
  return scores
}

const expectNear = (found: ArrayLike<number>, wanted: ArrayLike<number>): void => {
  expect(found.length).toBe(wanted.length)
  for (let i = 0; i < wanted.length; i++) {
    const [one, other] = [found[i] as number, wanted[i] as number]
    expect(Math.abs(one - other), `number ${i}`).toBeLessThan(near * Math.max(1, Math.abs(other)))
  }
}

/** A unit that uses more than another and achieves no more. */
const withDominated = (found: FrontierData, of: number): FrontierData => ({
  inputs: found.inputs.map((x) => Float64Array.of(...x, 1.3 * (x[of] as number))),
  outputs: found.outputs.map((y) => Float64Array.of(...y, 0.9 * (y[of] as number))),
})

const solved = (analysis: FrontierAnalysis) =>
  analysis.units.map((unit) => {
    if (unit.kind !== 'solved') throw new Error('a unit is unsolved')
    return unit
  })

describe('scores', () => {
  it('lie above 0 and at most at 1, and someone has 1', () => {
    fc.assert(
      fc.property(data, returns, (found, kind) => {
        const scores = scoresOf(found, kind)
        expect(scores.every((score) => score > 0 && score <= 1)).toBe(true)
        expect(Math.max(...scores)).toBe(1)
      }),
    )
  })

  it('exist where constraints stand in whole proportions to each other', () => {
    // Once unsolved: rooms for constraints in the proportion 2 to 3 left three tight at two prices.
    const x = [2, 1, 1, 2, 1, 2, 2, 3, 1, 1, 1, 1, 2, 1, 1, 2, 2, 1, 1, 2, 3, 4, 1, 1, 1, 1]
    const rows = x.map((value) => [value, 1, 1, 1])
    rows[1] = [1, 1, 4, 4]
    rows[2] = [1, 1, 12, 12]
    rows[3] = [2, 9, 10, 1]
    rows[7] = [3, 1, 9, 1]
    rows[18] = [1, 8, 12, 1]
    rows[19] = [2, 10, 1, 1]
    expect(scoresOf(fromRows(rows, 1), 'constant')[7]).toBeCloseTo(0.25, 9)
  })

  it('do not change with the units of a column', () => {
    const factor = fc.constantFrom(0.001, 0.37, 12, 4_500_000)
    fc.assert(
      fc.property(
        data,
        returns,
        fc.array(factor, { minLength: 6, maxLength: 6 }),
        (found, kind, by) => {
          const scaled = {
            inputs: found.inputs.map((x, c) => x.map((value) => value * (by[c] as number))),
            outputs: found.outputs.map((y, c) => y.map((value) => value * (by[3 + c] as number))),
          }
          expectNear(scoresOf(scaled, kind), scoresOf(found, kind))
        },
      ),
    )
  })

  it('do not change when a dominated unit joins', () => {
    fc.assert(
      fc.property(data, returns, fc.nat(5), (found, kind, of) => {
        const more = scoresOf(withDominated(found, of), kind)
        expectNear(more.subarray(0, -1), scoresOf(found, kind))
        expect(more.at(-1)).toBeLessThan(1)
      }),
    )
  })

  it('are at least as high under variable returns as under any other', () => {
    fc.assert(
      fc.property(data, (found) => {
        const [constant, variable, falling, rising] = kinds.map((kind) => scoresOf(found, kind))
        variable?.forEach((score, unit) => {
          const c = constant?.[unit] as number
          const between = [falling?.[unit] as number, rising?.[unit] as number]
          for (const other of between) {
            expect(score).toBeGreaterThanOrEqual(other - near)
            expect(other).toBeGreaterThanOrEqual(c - near)
          }
          // Either the one or the other is what constant returns say.
          expect(Math.min(...between)).toBeCloseTo(c, 6)
        })
      }),
    )
  })

  it('never rise when a unit uses more', () => {
    fc.assert(
      fc.property(
        data,
        returns,
        fc.nat(5),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (found, kind, unit, by) => {
          const worse = {
            ...found,
            inputs: found.inputs.map((x, c) =>
              c === 0 ? x.map((value, i) => (i === unit ? value * by : value)) : x,
            ),
          }
          const [before, after] = [scoresOf(found, kind), scoresOf(worse, kind)]
          expect(after[unit]).toBeLessThanOrEqual((before[unit] as number) + near)
        },
      ),
    )
  })

  it('found against the frontier alone are those found against all units', () => {
    fc.assert(
      fc.property(data, returns, (found, kind) => {
        const all = analyseFrontier(found, { returns: kind })
        const few = [...new Set(solved(all).flatMap(({ peers }) => peers.map(({ unit }) => unit)))]
        const from = solved(all).map(({ score }) => score)
        // Enough copies of the peers to be scored: a copy changes nothing.
        const units = unitsOf(found)
        for (let unit = 0; unit < units; unit++) {
          const others = Array.from({ length: units }, (_, i) => few[i % few.length] as number)
          const again = scoresOf(pick(found, [unit, ...others]), kind)
          expect(Math.abs((again[0] as number) - (from[unit] as number))).toBeLessThan(near)
        }
      }),
      { numRuns: 25 },
    )
  })
})

describe('the analysis', () => {
  it('says the same of a unit wherever it stands in the data', () => {
    const shuffled = spread.chain((found) => {
      const places = Array.from({ length: unitsOf(found) }, (_, i) => i)
      return fc.tuple(fc.constant(found), fc.shuffledSubarray(places, { minLength: places.length }))
    })
    fc.assert(
      fc.property(shuffled, returns, ([found, order], kind) => {
        const first = solved(analyseFrontier(found, { returns: kind }))
        const second = solved(analyseFrontier(pick(found, order), { returns: kind }))
        second.forEach((unit, place) => {
          const same = first[order[place] as number]
          if (same === undefined) throw new Error('no such unit')
          expect(Math.abs(unit.score - same.score)).toBeLessThan(near)
          expect(unit.returnsToScale).toBe(same.returnsToScale)
          expect(unit.efficient).toBe(same.efficient)
          expectNear(unit.inputTargets, same.inputTargets)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('gives targets that are on the frontier and that the peers attain', () => {
    fc.assert(
      fc.property(data, returns, (found, kind) => {
        solved(analyseFrontier(found, { returns: kind })).forEach((unit, place) => {
          found.inputs.forEach((x, c) => {
            const mix = unit.peers.reduce(
              (sum, peer) => sum + peer.weight * (x[peer.unit] as number),
              0,
            )
            expect(Math.abs(mix / (unit.inputTargets[c] as number) - 1), `${place}`).toBeLessThan(
              1e-4,
            )
          })
          found.outputs.forEach((y, c) => {
            const mix = unit.peers.reduce(
              (sum, peer) => sum + peer.weight * (y[peer.unit] as number),
              0,
            )
            expect(Math.abs(mix / (unit.outputTargets[c] as number) - 1)).toBeLessThan(1e-4)
          })
          const join = (columns: readonly Float64Array[], targets: Float64Array) =>
            columns.map((column, c) => Float64Array.of(...column, targets[c] as number))
          const moved = {
            inputs: join(found.inputs, unit.inputTargets),
            outputs: join(found.outputs, unit.outputTargets),
          }
          expect(scoresOf(moved, kind).at(-1)).toBeGreaterThan(1 - 1e-5)
        })
      }),
      { numRuns: 25 },
    )
  })

  it('names as peers only strongly efficient units', () => {
    fc.assert(
      fc.property(data, returns, (found, kind) => {
        const units = solved(analyseFrontier(found, { returns: kind }))
        for (const { peers } of units) {
          for (const peer of peers) expect(units[peer.unit]?.efficient).toBe('strong')
        }
      }),
    )
  })

  it('leaves what is fixed as it is, and compares with a mix that has no easier time', () => {
    fc.assert(
      fc.property(data, returns, (found, kind) => {
        const count = unitsOf(found)
        const deprivation = Float64Array.from({ length: count }, (_, i) => ((i * 7) % 11) - 3)
        // Three more units, since there is a column more.
        const longer = pick({ inputs: found.inputs, outputs: [...found.outputs, deprivation] }, [
          ...Array.from({ length: count }, (_, i) => i),
          0,
          1,
          2,
        ])
        const place = found.outputs.length
        const units = solved(
          analyseFrontier({ ...longer, fixed: { outputs: [place] } }, { returns: kind }),
        )
        units.forEach((unit, at) => {
          const own = longer.outputs[place]?.[at] as number
          expect(unit.outputTargets[place]).toBe(own)
          const total = unit.peers.reduce((sum, { weight }) => sum + weight, 0)
          const average = unit.peers.reduce(
            (sum, peer) =>
              sum + (peer.weight / total) * (longer.outputs[place]?.[peer.unit] as number),
            0,
          )
          expect(average).toBeGreaterThan(own - 1e-4)
        })
      }),
      { numRuns: 50 },
    )
  })
})
