import { criticalValue, horizonsOf, type Peers, scoresWithin } from '@plumbline/statistics'
import type { RatingDoubt } from './card.ts'

/** One figure of each provider, a column each; NaN for nothing. */
export interface Measured {
  readonly value: Float64Array
  readonly lower95: Float64Array
  readonly upper95: Float64Array
}

/** What became of a figure; those with a score differ in how its doubt is known. */
export const states = [
  'interval', // from the figure's own interval
  'spread', // no interval: from how far the provider's own figures of the part differ
  'as it stands', // no interval, and too few figures to see how far they differ
  'no figure',
  'hidden',
  'too few others',
  'aged', // a rating, with the doubt that its card gives it for its age
  'left out', // its cost cannot be held against others': the card's `takes`
] as const
export type ItemState = (typeof states)[number]

/**
 * Scores are kept as whole numbers, 0 to 10,000 for 0 to 1, so that what is graded at publish and what a
 * visitor weighs anew later are exactly the same; -1 for none.
 */
export const scale = 10_000

export interface Scored {
  readonly score: Int16Array
  /** The standard error of the score on the same scale; -1 where nobody knows it. */
  readonly error: Int16Array
  readonly state: Int8Array
}

/** With fewer others than this there is nobody to be held against. */
export const leastOthers = 5

const z95 = criticalValue(0.95)

/**
 * Scores one figure of every provider, three parts among its peers and one part among all others, neither
 * of which holds the provider itself: so that its score never rises when its own figure gets worse.
 *
 * The doubt of a score is the way to the score of the farther of the figure's two limits, over 1.96: a score at
 * an end of the scale, or a gap of nothing, has one limit beside it alone.
 *
 * @param peers of each provider, by place; nobody is among their own.
 */
export function scoreItem(
  { value, lower95, upper95 }: Measured,
  peers: Peers,
  better: 'high' | 'low',
): Scored {
  const n = value.length
  const found = unscored(n)
  const count = value.reduce((sum, x) => sum + (Number.isNaN(x) ? 0 : 1), 0)
  if (count === 0) return found
  if (count - 1 < leastOthers) {
    value.forEach((x, i) => {
      if (!Number.isNaN(x)) found.state[i] = states.indexOf('too few others')
    })
    return found
  }
  const horizons = horizonsOf(value, peers, { leaveOut: true })
  const place = (column: Float64Array): Float64Array => scoresWithin(column, horizons, { better })
  const [score, low, high] = [place(value), place(lower95), place(upper95)]
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(score[i] as number)) continue
    found.score[i] = Math.round((score[i] as number) * scale)
    const own = score[i] as number
    const ways = [low, high].map((limit) => Math.abs((limit[i] as number) - own))
    const error = Math.max(...ways) / z95
    if (!Number.isNaN(error)) found.error[i] = Math.round(error * scale)
    found.state[i] = states.indexOf(Number.isNaN(error) ? 'as it stands' : 'interval')
  }
  return found
}

/**
 * Ratings by the score that the card gives each word, from the lowest up. A rating's doubt grows with its
 * age; where the card gives no doubt, or nobody says when it was made, nobody knows it.
 * @param levels 0 to 100.
 * @param age in years, NaN where it is not known.
 */
export function scoreRating(
  value: Float64Array,
  levels: readonly number[],
  doubt: RatingDoubt | null = null,
  age: Float64Array | null = null,
): Scored {
  const found = unscored(value.length)
  value.forEach((x, i) => {
    const level = levels[Math.round(x) - 1]
    if (level === undefined) return
    found.score[i] = Math.round((level / 100) * scale)
    const years = age?.[i] ?? Number.NaN
    const isKnown = doubt !== null && !Number.isNaN(years)
    found.state[i] = states.indexOf(isKnown ? 'aged' : 'as it stands')
    if (isKnown) {
      const error = Math.sqrt(doubt.points ** 2 + years * doubt.yearly ** 2) / 100
      found.error[i] = Math.round(error * scale)
    }
  })
  return found
}

export function unscored(n: number): Scored {
  return {
    score: new Int16Array(n).fill(-1),
    error: new Int16Array(n).fill(-1),
    state: new Int8Array(n).fill(states.indexOf('no figure')),
  }
}

/**
 * The doubt of scores whose figures come without an interval: how far a provider's own scores in a part lie
 * from their mean, a standard deviation pooled over all providers that have three or more. It holds chance
 * and what the figures truly differ in, so it is too wide rather than too narrow.
 *
 * Fills in `error` and `state` of the scores given.
 */
export function fillDoubt(items: readonly Scored[]): void {
  const [first] = items
  if (!first) return
  let squares = 0
  let freedom = 0
  for (let i = 0; i < first.score.length; i++) {
    const own = items.map((s) => s.score[i] as number).filter((x) => x >= 0)
    if (own.length < 3) continue
    const mean = own.reduce((a, x) => a + x, 0) / own.length
    squares += own.reduce((a, x) => a + (x - mean) ** 2, 0)
    freedom += own.length - 1
  }
  if (freedom === 0) return
  const error = Math.round(Math.sqrt(squares / freedom))
  for (const { state, error: errors } of items) {
    state.forEach((s, i) => {
      if (s !== states.indexOf('as it stands')) return
      state[i] = states.indexOf('spread')
      errors[i] = error
    })
  }
}
