import { z } from 'zod'

/** What one can be told of. `late`: figures that are late, for those who look after them. */
export const subscriptionKinds = ['provider', 'place', 'indicator', 'standard', 'late'] as const
export type SubscriptionKind = (typeof subscriptionKinds)[number]

/** How often letters come at most. */
export const paces = ['weekly', 'daily', 'at-once'] as const
export type Pace = (typeof paces)[number]
export const paceSchema = z.enum(paces)

/** What a subscription is about; the code is empty for late figures. */
export interface About {
  readonly kind: SubscriptionKind
  readonly code: string
}

export interface Subscription extends About {
  readonly id: string
  readonly pace: Pace
  readonly since: string
}

/** Something new of what a subscription is about. */
export interface NewsItem {
  readonly title: string
  /** What happened and why, in a sentence or two. */
  readonly summary: string
  /** The path of its page. */
  readonly href: string
  /** When it was published. */
  readonly at: string
}

/** The name and page of what a subscription is about, and what is new of it, the newest first. */
export interface News {
  readonly name: string
  readonly href: string
  readonly items: readonly NewsItem[]
}

/** The hour, in UTC, from which letters of the day and, on Mondays, of the week are written. */
export const letterHour = 6

/** The last moment, up to now, at which it was the turn of subscriptions of a pace. */
export function lastTurn(pace: Pace, now: Date): Date {
  if (pace === 'at-once') return now
  const turn = new Date(now)
  turn.setUTCHours(letterHour, 0, 0, 0)
  if (turn > now) turn.setUTCDate(turn.getUTCDate() - 1)
  const sinceMonday = (turn.getUTCDay() + 6) % 7
  if (pace === 'weekly') turn.setUTCDate(turn.getUTCDate() - sinceMonday)
  return turn
}
