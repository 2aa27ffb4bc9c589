import { checkLength, StatisticsError } from '../errors.ts'

/** The denominators, refused where the kind needs none, or where they are missing. */
export function checkDenominators(
  values: Float64Array,
  denominators: Float64Array | undefined,
  kind: string,
): Float64Array | undefined {
  const needed = ['p', 'u', 'p-prime', 'u-prime'].includes(kind)
  if (needed !== (denominators !== undefined)) {
    const sentence = needed ? 'are needed for' : 'do not go with'
    throw new StatisticsError('denominators', `${sentence} a chart of kind ${kind}`)
  }
  if (denominators) checkLength('denominators', denominators, values.length)
  return denominators
}

/** Refuses values that cannot be in a chart of this kind; NaN is a point without a value. */
export function checkValues(
  values: Float64Array,
  ns: Float64Array | undefined,
  kind: string,
): void {
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number
    if (Number.isNaN(x)) continue
    const good = kind === 'xmr' ? Number.isFinite(x) : kind === 't' ? x > 0 : x >= 0
    if (!good || x === Number.POSITIVE_INFINITY) {
      throw new StatisticsError('values', `${x} at ${i} cannot be in a chart of kind ${kind}`)
    }
    if (!ns) continue
    const n = ns[i] as number
    if (!(n >= 0 && n < Number.POSITIVE_INFINITY) || (kind.startsWith('p') && x > n)) {
      throw new StatisticsError('denominators', `${n} at ${i} does not go with ${x}`)
    }
  }
}

/** Where each step ends, the last with the series. */
export function stepEnds(steps: readonly number[], points: number): number[] {
  steps.forEach((step, i) => {
    if (!Number.isInteger(step) || step <= (steps[i - 1] ?? 0) || step >= points) {
      throw new StatisticsError('steps', `must be whole numbers that rise from 1 to ${points - 1}`)
    }
  })
  return [...steps, points]
}
