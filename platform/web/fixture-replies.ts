import { usualClock } from '../replies/deadline.ts'
import type { Correction, RepliesReader, Reply } from '../replies/store.ts'

const hostile = '<script>alert("reply")</script> & more'

const replies: readonly Reply[] = [
  {
    provider: 'X10001',
    kind: 'figure',
    about: 'expected',
    ...replyOf({ act: 'given', text: hostile, name: '<b>A. Head</b>', why: null }),
  },
  {
    provider: 'X10001',
    kind: 'signal',
    about: 'far-worse:X10001:expected:2023-24',
    ...replyOf({ act: 'withdrawn', text: null, name: null, why: 'It was <i>unclear</i>.' }),
  },
]

function replyOf(last: Pick<Reply['last'], 'act' | 'text' | 'name' | 'why'>) {
  const act = {
    entry: 3,
    role: 'head teacher',
    on: '2024-11-03',
    at: '2024-11-03T10:00:00Z',
    period: '2023-24',
    ...last,
  }
  return { last: act, acts: [act] }
}

const corrections: readonly Correction[] = [
  {
    id: 1,
    entry: 4,
    provider: 'X10001',
    kind: 'figure',
    about: 'expected',
    period: '2023-24',
    role: 'head teacher',
    askedOn: '2024-11-04',
    at: '2024-11-04T10:00:00Z',
    due: '2024-11-18',
    isPrivate: false,
    words: { wrong: hostile, rightIs: '61%', evidence: 'https://example.org/<list>' },
    answer: null,
  },
]

/** A reply, one that was withdrawn, and a request for a correction, with words that must be escaped. */
export const fixtureReplies: RepliesReader = {
  clock: usualClock,
  replies: async (_, provider) =>
    replies.filter((r) => provider === undefined || r.provider === provider),
  corrections: async (_, provider) =>
    corrections.filter((c) => provider === undefined || c.provider === provider),
  clockOf: async (id) => (id === 1 ? usualClock : null),
  privateWords: async () => null,
}
