import type { Judgement } from './judge.ts'

/**
 * One judgement of a standard that can be met in several ways: met where its own threshold is, or all of
 * one list of parts; not met only where its own threshold and, in each list, at least one part is surely
 * missed. In between the data cannot tell. How likely a combination is, nobody says: the parts are not
 * independent.
 * @param lists the judgements of each list's parts; null for a part that was not judged at all.
 * @example combine(notMet, [[met, met, met]]).outcome // 'met'
 */
export function combine(
  own: Judgement,
  lists: readonly (readonly (Judgement | null)[])[],
): Judgement {
  if (own.reason === 'lapsed') return own
  const is = (outcome: Judgement['outcome']) => (j: Judgement | null) => j?.outcome === outcome
  const found = (outcome: Judgement['outcome']): Judgement => ({ outcome, reason: '', below: null })
  if (own.outcome === 'met' || lists.some((list) => list.every(is('met')))) return found('met')
  if (own.outcome === 'not met' && lists.every((list) => list.some(is('not met')))) {
    return found('not met')
  }
  return own.outcome === 'not judged' ? own : found('not shown either way')
}
