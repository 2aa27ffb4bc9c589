import type { Standing, StoryAct } from './standing.ts'

/** A reply as everybody reads it: what it says will change stands apart, where a moderator has read it. */
const plain = <Act extends StoryAct | null>(act: Act): Act =>
  act && { ...act, change: null, changeBy: null }

/**
 * Where a story stands, as everybody may know it: what a reply says will change, and by when, is shown once a
 * moderator has read it and lets it stand.
 */
export const asShown = (s: Standing): Standing => ({
  ...{ ...s, reply: plain(s.reply), firstReply: plain(s.firstReply) },
  replies: s.replies.map((r) => ({ ...r, act: plain(r.act) })),
  change: s.change && (s.change.isAccepted ? s.change : { ...s.change, what: null, by: null }),
})

const wordless = <Act extends StoryAct | null>(act: Act): Act =>
  act && { ...plain(act), text: null }

/** What was said of a story that is not shown goes with it, but for why. */
export const unsaid = (s: Standing): Standing => ({
  ...{ ...s, reply: wordless(s.reply), firstReply: wordless(s.firstReply) },
  ...{ replies: [], appeal: null, moved: null },
  change: s.change && {
    ...{ ...s.change, what: null },
    ended: wordless(s.change.ended),
  },
})
