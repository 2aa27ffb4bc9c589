import type { ProviderValue, StudyYear } from '../../../value/store.ts'
import type { Study } from '../../../value/study.ts'
import * as words from '../../words.ts'

/**
 * The least that an interval's lower limit can be, as a share of the score. A part that has nobody who does
 * as much as a provider counts as no distance at all (`subsampleScores`); where that is so in more than 1 of
 * 40 parts, the interval ends here, and what is possible may lie farther.
 * @example stopShare({ columns: 6, part: 286, all: 6002 }) // 0.7047: 30% less for one on the frontier
 */
export const stopShare = (of: {
  readonly columns: number
  readonly part: number
  readonly all: number
}): number => 1 / (1 + (of.part / of.all) ** (2 / (of.columns + 1)))

/** So near to it that it is the method's end, not the data's, which is seen. */
const nearStop = 0.015

/** Does the far end of a provider's interval lie where the method stops? */
export function isAtStop(p: Limited, study: Study, year: StudyYear): boolean {
  if (p.limits === null || year.part === 0) return false
  const columns = study.inputs.length + study.outputs.length + study.fixed.length
  const stop = p.score * stopShare({ columns, part: year.part, all: year.providers.size })
  return p.limits.lower95 < stop + nearStop
}

type Limited = Pick<ProviderValue, 'score' | 'limits'>

/** "22% to 24% less", "9% to 30% less or more still", or that there are no limits. */
export function limitsWords(p: Limited, study: Study, year: StudyYear): string {
  if (p.limits === null) return 'no interval: too few are like it'
  const [least, most] = [1 - p.limits.upper95, 1 - p.limits.lower95]
  const range = `${words.number(100 * least, 0)}% to ${words.number(100 * most, 0)}% less`
  return isAtStop(p, study, year) ? `${range}, or more still` : range
}
