import { betaCdf, criticalValue, gammaCdf, normalCdf, percentile } from '@plumbline/statistics'
import type { StoredSeries } from '../comparison/stored-series.ts'
import { statuses } from '../evidence/descriptor.ts'
import type { Indicator } from '../evidence/indicator.ts'
import type { Standard } from './standard.ts'

/** What a standard says of one figure. */
export const outcomes = ['met', 'not met', 'not shown either way', 'not judged'] as const
export type Outcome = (typeof outcomes)[number]

/** Why a figure was not judged; '' where it was. */
export const reasons = [
  '',
  'suppressed',
  'missing',
  'not-applicable',
  'unreliable',
  'no interval',
  'lapsed',
  'too few',
] as const
export type Reason = (typeof reasons)[number]

export interface Judgement {
  readonly outcome: Outcome
  readonly reason: Reason
  /** The probability that the true value lies below the threshold; null where nobody can say. */
  readonly below: number | null
}

/** A figure as judging takes it; limits at 95%, NaN for what is not known. */
export interface Judged {
  readonly status: (typeof statuses)[number]
  readonly value: number
  readonly lower95: number
  readonly upper95: number
  readonly numerator: number
  readonly denominator: number
  /** Counts were worked back from a rounded percentage: they are nobody's. */
  readonly rounded: boolean
}

const unjudged = (reason: Reason): Judgement => ({ outcome: 'not judged', reason, below: null })

/**
 * Holds one figure against a threshold: met or not met only where the whole 95% interval lies on one
 * side; where it spans the threshold the data cannot tell. A rating is a complete judgement of its
 * own and needs no interval. Any other figure without one is not judged.
 * @param threshold in the indicator's unit.
 * @param fewest a smaller denominator says too little to judge by.
 * @example judge(figure(81, 76, 86), 87, 'at least', indicator).outcome // 'not met'
 */
export function judge(
  figure: Judged,
  threshold: number,
  side: Standard['side'],
  indicator: Pick<Indicator, 'kind' | 'scale'>,
  fewest = 0,
): Judgement {
  const { status, value, lower95, upper95, denominator } = figure
  if (status !== 'value') return unjudged(status)
  if (fewest > 0 && !(denominator >= fewest)) return unjudged('too few')
  if (Number.isNaN(value)) return unjudged('missing')
  if (indicator.kind === 'rating') {
    const met = side === 'at least' ? value >= threshold : value <= threshold
    return { outcome: met ? 'met' : 'not met', reason: '', below: null }
  }
  if (Number.isNaN(lower95 + upper95)) return unjudged('no interval')
  const surely = { above: lower95 >= threshold, below: upper95 < threshold }
  const good = side === 'at least' ? surely.above : upper95 <= threshold
  const bad = side === 'at least' ? surely.below : lower95 > threshold
  const outcome = good ? 'met' : bad ? 'not met' : 'not shown either way'
  return { outcome, reason: '', below: probabilityBelow(figure, threshold, indicator) }
}

/**
 * The probability that the true value lies below a threshold. From counts: the beta or gamma
 * distribution that Jeffreys' prior gives (Brown, Cai and DasGupta 2001). From limits alone: the
 * normal distribution whose spread on the threshold's side is that of the limits.
 */
export function probabilityBelow(
  { value, lower95, upper95, numerator: k, denominator: n, rounded }: Judged,
  threshold: number,
  { kind, scale }: Pick<Indicator, 'kind' | 'scale'>,
): number {
  const counted = !rounded && k >= 0 && n > 0
  if (counted && kind === 'proportion' && k <= n) {
    const share = threshold / scale
    return share <= 0 ? 0 : share >= 1 ? 1 : betaCdf(share, k + 0.5, n - k + 0.5)
  }
  if (counted && kind === 'rate') {
    return threshold <= 0 ? 0 : gammaCdf((threshold * n) / scale, k + 0.5)
  }
  const reach = threshold < value ? value - lower95 : upper95 - value
  if (!(reach > 0)) return value < threshold ? 1 : 0
  return normalCdf(((threshold - value) * criticalValue(0.95)) / reach)
}

/** The threshold in the indicator's unit; null where its base year is not published. */
export function thresholdOf(
  { threshold }: Standard,
  series: readonly StoredSeries[],
  isBound: (subject: number) => boolean,
): number | null {
  if ('fixed' in threshold) return threshold.fixed
  const base = series.find((s) => s.period === threshold.period)
  if (!base) return null
  const values = base.value.filter((x, at) => !Number.isNaN(x) && isBound(base.subjects[at] ?? -1))
  return values.length === 0 ? null : percentile(values.sort(), threshold.percentile / 100)
}

/** Judgements of one standard in one period, a column each. */
export interface JudgedSeries {
  readonly period: string
  readonly threshold: number
  readonly subjects: Int32Array
  /** Place in `outcomes`. */
  readonly outcome: Int32Array
  /** Place in `reasons`. */
  readonly reason: Int32Array
  /** NaN where nobody can say. */
  readonly below: Float64Array
}

/** Holds everyone whom a standard binds against it, in one period. */
export function judgeSeries(
  standard: Standard,
  series: StoredSeries,
  indicator: Indicator,
  {
    threshold,
    lapsed,
    isBound,
  }: {
    threshold: number
    lapsed: boolean
    isBound: (subject: number) => boolean
  },
): JudgedSeries {
  const at = Array.from(series.subjects.keys()).filter((i) => isBound(series.subjects[i] as number))
  const found = at.map((i): Judgement => {
    if (lapsed) return unjudged('lapsed')
    const figure: Judged = {
      status: statuses[series.status[i] as number] ?? 'missing',
      value: series.value[i] as number,
      lower95: series.lower95[i] as number,
      upper95: series.upper95[i] as number,
      numerator: series.numerator[i] as number,
      denominator: series.denominator[i] as number,
      rounded: series.rounded,
    }
    return judge(figure, threshold, standard.side, indicator, standard.fewest)
  })
  return {
    period: series.period,
    threshold,
    subjects: Int32Array.from(at, (i) => series.subjects[i] as number),
    outcome: Int32Array.from(found, (j) => outcomes.indexOf(j.outcome)),
    reason: Int32Array.from(found, (j) => reasons.indexOf(j.reason)),
    below: Float64Array.from(found, (j) => j.below ?? Number.NaN),
  }
}
