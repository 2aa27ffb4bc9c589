import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coarse, spread } from '../test/data.ts'
import { highsScore, highsSlack } from '../test/highs.ts'
import {
  analyseFrontier,
  efficiencyScores,
  type FrontierData,
  malmquist,
  type Returns,
  superEfficiency,
} from './index.ts'

/** The reports of HiGHS carry about this much of its own tolerances. */
const agreement = 1e-6

const kinds: readonly Returns[] = ['constant', 'variable', 'non-increasing', 'non-decreasing']
const returns = fc.constantFrom(...kinds)
const data = fc.oneof(coarse, spread)

/** A column of conditions or amounts beside the others, on the side of what the mix must not exceed or reach. */
const withFixed = fc
  .tuple(
    data,
    fc.boolean(),
    fc.constantFrom('condition' as const, 'amount' as const),
    fc.infiniteStream(fc.integer({ min: 1, max: 20 })),
  )
  .map(([plain, input, as, stream]): FrontierData => {
    const length = plain.inputs[0]?.length ?? 0
    const column = Float64Array.from({ length: length + 3 }, () => stream.next().value)
    const longer = (values: Float64Array): Float64Array =>
      Float64Array.from(column, (_, i) => values[i % length] as number)
    const inputs = plain.inputs.map(longer)
    const outputs = plain.outputs.map(longer)
    return input
      ? { inputs: [...inputs, column], outputs, fixed: { inputs: [inputs.length], as } }
      : { inputs, outputs: [...outputs, column], fixed: { outputs: [outputs.length], as } }
  })

function expectScores(found: FrontierData, kind: Returns): void {
  const { scores, unsolved } = efficiencyScores(found, { returns: kind })
  expect(unsolved).toEqual([])
  scores.forEach((score, unit) => {
    const other = highsScore({ data: found, unit, returns: kind })
    expect(Math.abs(score - (other ?? Number.NaN)), `unit ${unit}`).toBeLessThan(agreement)
  })
}

describe('HiGHS, given the textbook programmes, agrees', () => {
  it('on scores, whatever the returns', () => {
    fc.assert(
      fc.property(data, returns, (found, kind) => expectScores(found, kind)),
      { numRuns: 60 },
    )
  })

  it('on scores where a column is fixed, as a condition or as an amount', () => {
    fc.assert(
      fc.property(withFixed, returns, (found, kind) => expectScores(found, kind)),
      { numRuns: 60 },
    )
  })

  it('on the greatest sum of slacks', () => {
    fc.assert(
      fc.property(fc.oneof(data, withFixed), returns, (found, kind) => {
        for (const [unit, result] of analyseFrontier(found, { returns: kind }).units.entries()) {
          if (result.kind !== 'solved') throw new Error(`unit ${unit} is unsolved`)
          let sum = 0
          result.inputSlacks.forEach((slack, c) => {
            sum += slack / (found.inputs[c]?.[unit] as number)
          })
          result.outputSlacks.forEach((slack, c) => {
            sum += slack / (found.outputs[c]?.[unit] as number)
          })
          // A facet can be so steep that 1e-9 of score is worth 1e-4 of slack; so a hair more than the
          // score, which is rounded, is given only where HiGHS finds no mix at the score itself.
          const at = (hair: number) =>
            highsSlack({ data: found, unit, returns: kind }, result.score + hair)
          const other = at(0) ?? at(1e-10) ?? Number.NaN
          const near = 1e-3 * Math.max(1, other)
          if (Math.abs(sum - other) < near) continue
          // Steeper still: the sum lies between those of a hair less and a hair more.
          expect(sum, `unit ${unit}`).toBeGreaterThan((at(-1e-9) ?? 0) - near)
          expect(sum, `unit ${unit}`).toBeLessThan((at(1e-9) ?? Number.NaN) + near)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('on scores against the others, and on where there are none', () => {
    fc.assert(
      fc.property(data, returns, (found, kind) => {
        const { scores, infeasible, unsolved } = superEfficiency(found, { returns: kind })
        expect(unsolved).toEqual([])
        scores.forEach((score, unit) => {
          const other = highsScore({ data: found, unit, returns: kind, except: unit })
          expect(infeasible.includes(unit), `unit ${unit}`).toBe(other === undefined)
          if (other === undefined) return
          expect(Math.abs(score - other)).toBeLessThan(agreement * Math.max(1, other))
        })
      }),
      { numRuns: 40 },
    )
  })

  it('on the four scores of a Malmquist index', () => {
    fc.assert(
      fc.property(
        spread,
        fc.infiniteStream(fc.double({ min: 0.5, max: 2, noNaN: true })),
        (before, stream) => {
          const change = (column: Float64Array): Float64Array =>
            column.map((value) => value * (stream.next().value as number))
          const after = { inputs: before.inputs.map(change), outputs: before.outputs.map(change) }
          const found = malmquist(before, after)
          found.index.forEach((index, unit) => {
            const score = (data: FrontierData, reference: FrontierData): number =>
              highsScore({ data, reference, unit, returns: 'constant' }) ?? Number.NaN
            const byOld = score(after, before) / score(before, before)
            const byNew = score(after, after) / score(before, after)
            const wanted = Math.sqrt(byOld * byNew)
            expect(Math.abs(index / wanted - 1), `unit ${unit}`).toBeLessThan(1e-5)
          })
        },
      ),
      { numRuns: 25 },
    )
  })
})
