import { percentile } from '@plumbline/statistics'
import { checkConfidence, checkLength, firstRefusal } from '../columns.ts'
import type { SampleDesign } from '../estimates/design.ts'
import { bootstrap } from '../estimates/replicates.ts'
import { cholesky } from '../linear.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import { weightedCorrelations } from './correlations.ts'
import { shapleyShares } from './shapley.ts'

/** Something that may matter to people, as they scored it; all drivers on one scale, more is better. */
export interface Driver {
  readonly name: string
  /** NaN where there is no answer. */
  readonly values: Float64Array
}

/** What to do about a driver: the four parts of the chart of importance by satisfaction. */
export type Priority = 'improve first' | 'keep up' | 'improve later' | 'leave as it is'

/** A figure with the limits of its bootstrap. */
export interface Bounded {
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** One driver: how much it matters, how well it is done, and what follows. */
export interface DriverResult {
  readonly name: string
  /** Its part of what all drivers explain, 0 to 1; all sum to 1. */
  readonly importance: Bounded
  /** The weighted mean of its score. */
  readonly satisfaction: Bounded
  /** By the figures as they are. */
  readonly priority: Priority
  /** The share of the bootstrap that says the same. */
  readonly certainty: number
  readonly sentence: string
}

/** What matters most; see {@link analyseDrivers}. */
export interface DriverAnalysis {
  readonly kind: 'drivers'
  /** The share of the outcome's variance that all drivers explain together, R². */
  readonly explained: Bounded
  /** In the order given. */
  readonly drivers: readonly DriverResult[]
  /** Answers that have the outcome and every driver; only these are used. */
  readonly rows: number
  readonly missing: number
  readonly notes: readonly string[]
}

/** How {@link analyseDrivers} works. */
export interface DriverOptions {
  readonly seed: number
  /** Bootstrap replicates, default 500. */
  readonly replicates?: number
  readonly confidence?: number
  /** From which share of the bootstrap on a priority is called sure; default 0.9. */
  readonly sure?: number
}

const mostDrivers = 12

/**
 * What matters most, with doubt: how much of the variance of an outcome (satisfaction overall) each driver explains,
 * averaged over all orders (Shapley values of R², the general dominance of Budescu 1993; preferred to Johnson's
 * relative weights, which only approach it: Thomas, Zumbo, Kwan and Schweitzer 2014), beside how well it is done.
 * Above an equal share it matters more, below the mean of the drivers it is done less well. Limits come from the bootstrap of the
 * design. That a driver goes with an outcome does not prove that it causes it.
 * @param drivers 2 to 12.
 * @example analyseDrivers(sampleDesign({ weights: new Float64Array(6).fill(1) }), Float64Array.of(1, 2, 3, 4, 5, 6), [
 *   { name: 'staff', values: Float64Array.of(1, 2, 3, 4, 5, 6) }, { name: 'ease', values: Float64Array.of(5, 6, 5, 6, 5, 6) },
 * ], { seed: 1, replicates: 100 }).explained.value // 1
 */
export function analyseDrivers(
  design: SampleDesign,
  outcome: Float64Array,
  drivers: readonly Driver[],
  { seed, replicates = 500, confidence = 0.95, sure = 0.9 }: DriverOptions,
): DriverAnalysis | Refusal {
  const columns = [...drivers.map(({ values }) => values), outcome]
  const fault = faultOf(design, outcome, drivers) ?? checkConfidence(confidence)
  if (fault) return fault
  const { used, rows, missing } = completeRows(columns, design.weights)
  if (rows < drivers.length + 2) {
    return refuse(
      'too-few',
      `${rows} answers have every score, too few for ${drivers.length} drivers. Ask more people, or fewer questions.`,
    )
  }
  const compact = columns.map((column) => Float64Array.from(used, (i) => column[i] as number))
  const at = (weights: Float64Array): Point =>
    pointOf(
      compact,
      Float64Array.from(used, (i) => weights[i] as number),
    )
  const point = at(design.weights)
  const dependent = dependentOn(point, drivers)
  if (dependent) return dependent
  const again = bootstrap(design, { seed, replicates })
  if (isRefused(again)) return again
  const points = Array.from({ length: again.count }, (_, r) => at(again.weightsOf(r)))
  const bounded = (of: (point: Point) => number): Bounded =>
    boundedOf(point, points, of, confidence)
  return {
    kind: 'drivers',
    explained: bounded(({ explained }) => explained),
    drivers: drivers.map(({ name }, k) => {
      const priority = priorityOf(point, k)
      const same = points.filter((one) => priorityOf(one, k) === priority).length
      const certainty = same / points.length
      return {
        name,
        importance: bounded(({ shares }) => shares[k] as number),
        satisfaction: bounded(({ means }) => means[k] as number),
        priority,
        certainty,
        sentence: sentenceOf(name, priority, certainty >= sure),
      }
    }),
    rows,
    missing,
    notes:
      missing > 0 ? [`${missing} of ${rows + missing} answers lack a score and are left out.`] : [],
  }
}

/** All that one set of weights says. */
interface Point {
  readonly explained: number
  /** Parts of what is explained, sum 1. */
  readonly shares: Float64Array
  readonly means: Float64Array
  /** Of the drivers and the outcome; 0 where all score the same. */
  readonly spreads: Float64Array
  readonly correlations: Float64Array
}

function pointOf(columns: readonly Float64Array[], weights: Float64Array): Point {
  const p = columns.length - 1
  const { means, spreads, correlations } = weightedCorrelations(columns, weights)
  const parts = shapleyShares(correlations, p)
  const explained = parts.reduce((sum, part) => sum + part, 0)
  const shares = parts.map((part) => (explained > 0 ? part / explained : 1 / p))
  return { explained, shares, means: means.subarray(0, p), spreads, correlations }
}

function priorityOf({ shares, means }: Point, k: number): Priority {
  const mean = means.reduce((sum, one) => sum + one, 0) / means.length
  const matters = (shares[k] as number) > 1 / shares.length
  const low = (means[k] as number) < mean
  if (matters) return low ? 'improve first' : 'keep up'
  return low ? 'improve later' : 'leave as it is'
}

function boundedOf(
  point: Point,
  points: readonly Point[],
  of: (point: Point) => number,
  confidence: number,
): Bounded {
  const sorted = Float64Array.from(points, of).sort()
  const tail = (1 - confidence) / 2
  return { value: of(point), lower: percentile(sorted, tail), upper: percentile(sorted, 1 - tail) }
}

const reasons: Readonly<Record<Priority, string>> = {
  'improve first': 'it matters more than most and is done less well',
  'keep up': 'it matters more than most and is done well',
  'improve later': 'it is done less well but matters less than most',
  'leave as it is': 'it is done well and matters less than most',
}

function sentenceOf(name: string, priority: Priority, sure: boolean): string {
  if (!sure) return `${name}: not sure; perhaps ${priority}. Too few answers to tell.`
  const words = `${priority[0]?.toUpperCase()}${priority.slice(1)}`
  return `${words}: ${name}. ${reasons[priority].replace(/^it/, 'It')}.`
}

function faultOf(
  { weights }: SampleDesign,
  outcome: Float64Array,
  drivers: readonly Driver[],
): Refusal | undefined {
  if (drivers.length < 2 || drivers.length > mostDrivers) {
    return refuse(
      'invalid-number',
      `There are ${drivers.length} drivers. Give 2 to ${mostDrivers}; put like questions together.`,
    )
  }
  return firstRefusal([
    checkLength('the outcome', outcome, weights.length),
    ...drivers.map(({ name, values }) => checkLength(name, values, weights.length)),
  ])
}

function completeRows(
  columns: readonly Float64Array[],
  weights: Float64Array,
): { readonly used: Int32Array; readonly rows: number; readonly missing: number } {
  const answered = Array.from(weights.keys()).filter((i) => (weights[i] as number) > 0)
  const used = answered.filter((i) => columns.every((column) => Number.isFinite(column[i])))
  return {
    used: Int32Array.from(used),
    rows: used.length,
    missing: answered.length - used.length,
  }
}

/** A refusal where the outcome or a driver does not vary, or a driver is made up of those before it. */
function dependentOn(
  { spreads, correlations }: Point,
  drivers: readonly Driver[],
): Refusal | undefined {
  const size = drivers.length + 1
  const names = [...drivers.map(({ name }) => name), 'the outcome']
  const flat = names.find((_, k) => spreads[k] === 0)
  if (flat !== undefined) {
    return refuse('dependent-drivers', `Everybody scores ${flat} the same. Leave it out.`, {
      variable: flat,
    })
  }
  const among = Float64Array.from({ length: (size - 1) ** 2 }, (_, at) => {
    const row = Math.floor(at / (size - 1))
    return correlations[row * size + (at % (size - 1))] as number
  })
  const lower = cholesky(among, size - 1)
  const made = drivers.find((_, k) => lower[k * (size - 1) + k] === 0)
  if (!made) return undefined
  return refuse(
    'dependent-drivers',
    `${made.name} says no more than the drivers before it do together. Leave one of them out.`,
    { variable: made.name },
  )
}
