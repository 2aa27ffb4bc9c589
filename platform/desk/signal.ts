import type { Estimate } from '@plumbline/statistics'
import type { StoredWhole } from '../comparison/stored-series.ts'

/** What a steward should see, the gravest first. */
export const signalKinds = [
  'floor', // a floor that is missed for certain (para 107-111)
  'entitlement', // what everyone may expect and does not get, where its standard asks for a signal (para 111)
  'worsening', // a sudden change for the worse
  'behind', // far worse than all others
  'gap', // a gap between groups that widens
  'late', // data that are late or missing
  'improving', // a sudden change for the better, whatever the level: not yet a success
  'success', // outstanding: to learn from (para 76, 82)
] as const
export type SignalKind = (typeof signalKinds)[number]

/** The rules that find signals, each of one kind. A rule of another folder joins by its own entry. */
export const signalRules = {
  'below-floor': 'floor',
  'below-entitlement': 'entitlement',
  'sudden-worsening': 'worsening',
  'far-worse': 'behind',
  'widening-gap': 'gap',
  'late-release': 'late',
  'missing-period': 'late',
  'silent-provider': 'late',
  'sudden-improvement': 'improving',
  'above-excellence': 'success',
  'far-better': 'success',
} as const satisfies Record<string, SignalKind>
export type SignalRule = keyof typeof signalRules

/** What a rule saw; which fields are set follows from the rule. Numbers are in the indicator's unit. */
export interface Seen {
  readonly value?: number
  readonly lower95?: number
  readonly upper95?: number
  /** What the standard asks. */
  readonly threshold?: number
  /** How the whole did. */
  readonly whole?: StoredWhole
  /** How likely it is that the signal is false; left out where nobody can say. */
  readonly wrong?: number
  /** The usual level before a sudden change, and the level now: percentiles or differences. */
  readonly from?: number
  readonly to?: number
  /** Two groups of people, and the first less the second in an earlier period and now. */
  readonly gap?: {
    readonly groups: readonly [string, string]
    readonly before: Estimate
    /** The earlier period. */
    readonly earlier: string
    readonly now: Estimate
  }
  /** By which means a sudden change was found. */
  readonly by?: readonly ('cusum' | 'chart')[]
  /** The last period in which it still holds. */
  readonly until?: string
  /** From this day on the data are late; until then nobody sees the signal. */
  readonly due?: string
  /** A source's title: of signals that are about a source alone. */
  readonly title?: string
}

/** A signal as it is stored, within its rule and what it is about. */
export interface StoredSignal {
  /** Subject number of the provider or place; null where it is about a source. */
  readonly subject: number | null
  /** The period in which it began: part of its key, so it stays while the signal lasts. */
  readonly period: string
  readonly seen: Seen
  /** The publication that first had it. */
  readonly first: number
}

/** What a rule found of one indicator, standard or source. */
export interface Found {
  readonly rule: SignalRule
  /** The code of the indicator or standard, or a dataset's. */
  readonly about: string
  readonly signals: readonly Omit<StoredSignal, 'first'>[]
  /** How many series were watched. */
  readonly watched: number
  /** How many false alarms a year to expect of them. */
  readonly falseAlarms: number
}

/**
 * The key by which a signal is answered and linked to; it is the same for as long as the signal lasts.
 * @example keyOf('below-floor', 'A81001', 'cqc-not-inadequate', '2019') // 'below-floor:A81001:cqc-not-inadequate:2019'
 */
export const keyOf = (
  rule: SignalRule,
  subject: string | null,
  about: string,
  period: string,
): string => [rule, subject ?? '', about, period].join(':')

/** Earlier is graver: rules in the order of the list above. */
export const gravity = (rule: SignalRule): number => Object.keys(signalRules).indexOf(rule)
