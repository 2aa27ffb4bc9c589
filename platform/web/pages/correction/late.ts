import { type Correction, isLate } from '../../../replies/store.ts'
import * as words from '../../words.ts'
import { correctionSentence } from '../said/beside.ts'

/** Requests for a correction that wait beyond their time, the oldest first, for the desk. */
export function lateCorrections(all: readonly Correction[], day: string) {
  const late = all.filter((c) => isLate(c, day)).sort((a, b) => (a.due < b.due ? -1 : 1))
  const n = words.number(late.length, 0)
  return {
    sentence:
      late.length === 0
        ? ''
        : ` ${late.length === 1 ? '1 request for a correction waits' : `${n} requests for a correction wait`} beyond the time to answer.`,
    rows: late.map((c) => ({
      id: c.id,
      href: `/corrections/${c.id}`,
      sentence: correctionSentence(c),
    })),
    data: late.map(({ id, provider, kind, about, due }) => ({ id, provider, kind, about, due })),
  }
}
