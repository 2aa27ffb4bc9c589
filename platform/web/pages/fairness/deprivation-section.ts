import type { Indicator, Service } from '../../../evidence/indicator.ts'
import type { FoundGap } from '../../../fairness/gaps.ts'
import type { Fairness } from '../../../fairness/measure.ts'
import type { Tenths } from '../../../fairness/tenths.ts'
import * as words from '../../words.ts'
import { foundSentence, gapSentence, ratioSentence, trendSentence } from './gap-words.ts'
import { meanRows } from './mean-rows.ts'

const fifthNames = [
  'Most deprived fifth',
  'Second most deprived fifth',
  'Middle fifth',
  'Second least deprived fifth',
  'Least deprived fifth',
]

const tenthNames = [
  'Most deprived tenth',
  ...['Second', 'Third', 'Fourth', 'Fifth'].map((n) => `${n} most deprived`),
  ...['Fifth', 'Fourth', 'Third', 'Second'].map((n) => `${n} least deprived`),
  'Least deprived tenth',
]

/** What a gap comes to as a ratio, and whether it narrows or widens: a sentence each where it is known. */
export const moreOfGap = (indicator: Indicator, gap: FoundGap): string[] => [
  ...(gap.ratio ? [ratioSentence(gap.ratio, gap.second)] : []),
  ...(gap.trend ? [trendSentence(indicator, gap.trend)] : []),
]

/** Fifths of people by how deprived their providers are. */
export function fifthsSection(
  indicator: Indicator,
  { fifths }: Fairness,
  gap: FoundGap | undefined,
  service: Service | null,
) {
  if (!fifths || !gap) return null
  const means = fifths.means.map((mean, i) => ({
    name: fifthNames[i] ?? '',
    about: `${words.number(mean.providers, 0)} ${service?.providers ?? 'providers'}`,
    mean,
  }))
  return {
    rows: meanRows(indicator, means),
    more: moreOfGap(indicator, gap),
    slope: slopeSentence(indicator, gap, 'fifths'),
  }
}

const slopeSentence = (indicator: Indicator, { slope }: FoundGap, parts: string): string =>
  slope
    ? gapSentence(
        indicator,
        slope,
        `the most deprived end of a line through all ${parts}`,
        'its least deprived end',
      )
    : ''

/** Tenths of a place's people, as its source publishes them. */
export function tenthsSection(indicator: Indicator, found: Tenths, gap: FoundGap) {
  const means = found.tenths.map((mean, i) => ({
    name: tenthNames[i] ?? '',
    about: mean.people === null ? '' : `${words.number(mean.people, 0)} people`,
    mean,
  }))
  return {
    title: words.sentenceCase(found.of),
    sentence: foundSentence(indicator, gap),
    rows: meanRows(indicator, means),
    more: moreOfGap(indicator, gap),
    slope: slopeSentence(indicator, gap, 'tenths'),
  }
}
