import { checkColumn } from '../columns.ts'
import { StatisticsError } from '../errors.ts'
import type { Estimates } from '../interval.ts'
import type { PoissonOptions } from '../intervals/poisson.ts'
import { observedOverExpecteds } from '../intervals/ratio.ts'

/** Observed over expected for each unit, a column each; NaN where a unit has no rows. */
export interface CaseMixRatios extends Estimates {
  readonly observed: Float64Array
  readonly expected: Float64Array
}

/**
 * Observed over expected outcomes of each unit: the outcomes of its people over the sum of what a model
 * of case mix expects for them, with limits of the observed count (the model is taken as known).
 * Times the overall rate it is the risk-adjusted rate.
 *
 * @param outcomes of each row: 0 or 1, or counts. @param fitted of each row, from 0 up.
 * @param unit the unit of each row, whole numbers from 0 up. @param units how many units there are.
 * @throws StatisticsError naming the argument.
 * @example caseMixRatios({ outcomes: Float64Array.of(1, 0), fitted: Float64Array.of(0.5, 0.3),
 *   unit: Uint32Array.of(0, 0), units: 1 }).value[0] // 1.25
 */
export function caseMixRatios(
  {
    outcomes,
    fitted,
    unit,
    units,
  }: { outcomes: Float64Array; fitted: Float64Array; unit: Uint32Array; units: number },
  options: PoissonOptions = {},
): CaseMixRatios {
  checkColumn('outcomes', outcomes, 'from-0')
  checkColumn('fitted', fitted, 'from-0', outcomes.length)
  if (unit.length !== outcomes.length) throw new StatisticsError('unit', 'it is of another length')
  const observed = new Float64Array(units)
  const expected = new Float64Array(units)
  for (let i = 0; i < outcomes.length; i++) {
    const u = unit[i] as number
    if (u >= units) throw new StatisticsError('unit', `number ${i}, ${u}, is not below ${units}`)
    observed[u] = (observed[u] as number) + (outcomes[i] as number)
    expected[u] = (expected[u] as number) + (fitted[i] as number)
  }
  return { observed, expected, ...observedOverExpecteds(observed, expected, options) }
}
