import type { PeriodKind } from '../evidence/period.ts'
import { cusumRule, falseShare, latestPoints } from './sudden-change.ts'
import { falseTailShare } from './tails.ts'
import { falseGapShare } from './widening.ts'

/**
 * How often the cumulative sum starts to signal in one direction on a series of percentiles in which
 * nothing changes, in a year of months: simulated (20,000 series of five years, independent months;
 * false-alarms.test.ts does it again). Once in fourteen years.
 */
export const cusumAlarmsPerYear = 0.07

/** How many periods of a kind a year has. */
export const periodsPerYear = (kind: PeriodKind | null): number =>
  kind === 'month' ? 12 : kind === 'quarter' ? 4 : kind === 'day' ? 365 : 1

/** What to expect of the cumulative sum, each way, from so many series that it watches. */
export const cusumFalseAlarms = (series: number, kind: PeriodKind | null): number =>
  (series * cusumAlarmsPerYear * periodsPerYear(kind)) / cusumRule.window

/**
 * What to expect of rules whose false discoveries are controlled: at most a share of the signals, and
 * that share of one signal where there is none, since chance finds one now and then.
 */
const controlled = (signals: number, series: number, share: number): number =>
  series === 0 ? 0 : share * Math.max(1, signals)

/** What to expect of control charts, anew as often in a year as the latest points are all new. */
export const chartFalseAlarms = (
  signals: number,
  series: number,
  kind: PeriodKind | null,
): number =>
  controlled(signals, series, falseShare) * Math.max(1, periodsPerYear(kind) / latestPoints)

/** What to expect of results far from the rest, anew in each period. */
export const tailFalseAlarms = (signals: number, series: number, kind: PeriodKind | null): number =>
  controlled(signals, series, falseTailShare) * periodsPerYear(kind)

/** What to expect of gaps that widen, anew in each period. */
export const gapFalseAlarms = (signals: number, series: number, kind: PeriodKind | null): number =>
  controlled(signals, series, falseGapShare) * periodsPerYear(kind)

/** What to expect of judgements: each is wrong with its own chance, anew in each period. */
export const judgedFalseAlarms = (wrong: readonly number[], kind: PeriodKind | null): number =>
  wrong.reduce((sum, p) => sum + p, 0) * periodsPerYear(kind)
