import { wilsonInterval } from '@plumbline/statistics'
import type { Queries } from '../database/database.ts'
import type { PartCounts } from './published-share.ts'

/** How many people a part of a sample stands for, at one provider. */
export interface FramePart {
  readonly provider: string
  readonly stratum: string
  readonly people: number
  readonly invited: number
}

export const framesOf = (db: Pick<Queries, 'query'>, survey: number): Promise<FramePart[]> =>
  db.query<FramePart>(
    `select provider, stratum, people, invited from survey_frame where survey = $1
     order by provider, stratum`,
    [survey],
  )

/** Answers to one question in one part of a sample. */
export interface StratumCount {
  readonly stratum: string
  readonly satisfied: number
  readonly answered: number
}

/** A share in per cent with its 95% limits. */
export interface Share {
  readonly percent: number
  readonly lower95: number
  readonly upper95: number
}

/** A share as it was counted, with Wilson's limits. */
export function plainShare(satisfied: number, answered: number): Share {
  const percent = (x: number): number => Math.round(1e6 * x) / 1e4
  const { lower, upper } = wilsonInterval(satisfied, answered)
  return {
    percent: percent(satisfied / answered),
    lower95: percent(lower),
    upper95: percent(upper),
  }
}

/**
 * The answers to a question by the parts of a sample, in their order.
 * @returns a sentence that names the part of which nobody answered, or that nobody knows, where they cannot be weighted.
 */
export function partCounts(
  parts: readonly Pick<FramePart, 'stratum' | 'people'>[],
  counts: readonly StratumCount[],
): PartCounts | string {
  const of = new Map(counts.map((c) => [c.stratum, c]))
  const stranger = counts.find((c) => !parts.some((p) => p.stratum === c.stratum))
  if (stranger) return `nobody knows how many people “${stranger.stratum}” stands for`
  const silent = parts.filter((p) => (of.get(p.stratum)?.answered ?? 0) === 0)
  if (silent.length > 0) {
    return `nobody of ${silent.map((p) => `“${p.stratum}”`).join(' and ')} answered, ${sum(silent.map((p) => p.people)).toLocaleString('en-GB')} of ${sum(parts.map((p) => p.people)).toLocaleString('en-GB')} people`
  }
  return {
    answered: parts.map((p) => of.get(p.stratum)?.answered ?? 0),
    satisfied: parts.map((p) => of.get(p.stratum)?.satisfied ?? 0),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
