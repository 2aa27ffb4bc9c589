import { wilsonInterval } from '@plumbline/statistics'
import { categoriesOf, estimateProportion, isRefused, sampleDesign } from '@plumbline/weights'
import type { Queries } from '../database/database.ts'

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

const asShare = (value: number, { lower, upper }: { lower: number; upper: number }): Share => {
  const percent = (x: number): number => Math.round(1e6 * x) / 1e4
  return { percent: percent(value), lower95: percent(lower), upper95: percent(upper) }
}

/** A share as it was counted, with Wilson's limits. */
export const plainShare = (satisfied: number, answered: number): Share =>
  asShare(satisfied / answered, wilsonInterval(satisfied, answered))

/**
 * The share among all whom a sample stands for: the answers of each part count by how many people are in it.
 * @param parts of the sample with how many people each has.
 * @returns a share, or a sentence that names the part of which nobody answered, or why there are no errors.
 */
export function weightedShare(
  parts: readonly Pick<FramePart, 'stratum' | 'people'>[],
  counts: readonly StratumCount[],
): Share | string {
  const of = new Map(counts.map((c) => [c.stratum, c]))
  const silent = parts.filter((p) => (of.get(p.stratum)?.answered ?? 0) === 0)
  if (silent.length > 0) {
    return `nobody of ${silent.map((p) => `“${p.stratum}”`).join(' and ')} answered, ${sum(silent.map((p) => p.people)).toLocaleString('en-GB')} of ${sum(parts.map((p) => p.people)).toLocaleString('en-GB')} people`
  }
  const stranger = counts.find((c) => !parts.some((p) => p.stratum === c.stratum))
  if (stranger) return `nobody knows how many people “${stranger.stratum}” stands for`
  const strata: string[] = []
  const weights: number[] = []
  const having: number[] = []
  for (const { stratum, people } of parts) {
    const { satisfied = 0, answered = 0 } = of.get(stratum) ?? {}
    for (let i = 0; i < answered; i++) {
      strata.push(stratum)
      weights.push(people / answered)
      having.push(i < satisfied ? 1 : 0)
    }
  }
  const design = sampleDesign({
    weights: Float64Array.from(weights),
    strata: categoriesOf(strata),
    // One answer of a part tells nothing of how they differ there: measured from the mean of all, too wide.
    lonely: 'centre',
  })
  if (isRefused(design)) return design.sentence
  const found = estimateProportion(design, Float64Array.from(having))
  return isRefused(found) ? found.sentence : asShare(found.value, found)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
