import type { Reply, ReplyAct } from '../../../replies/store.ts'
import type { FeedEntry } from '../../feed.ts'
import { correctionSentence, type Said } from '../said/beside.ts'
import { matterHref } from '../said/matter-words.ts'

function replyWords({ act, text, why }: ReplyAct): string {
  if (act === 'withdrawn') return `Withdrawn: ${why}`
  return text ?? 'Its words are gone: the reply was withdrawn later.'
}

const replyEntry = (reply: Reply, act: ReplyAct, name: string): FeedEntry => ({
  key: `reply:${act.entry}`,
  title: act.act === 'given' ? `Reply of ${name}` : `Reply withdrawn by ${name}`,
  updated: act.at,
  href: matterHref(reply),
  category: 'reply',
  summary: replyWords(act),
})

/** What a provider says of what is said of it, as entries of its feed. */
export function saidEntries({ replies, corrections }: Said, name: string): FeedEntry[] {
  return [
    ...replies.flatMap((r) => r.acts.map((act) => replyEntry(r, act, name))),
    ...corrections.map(
      (c): FeedEntry => ({
        key: `correction:${c.id}`,
        title: `Correction asked for by ${name}`,
        updated: c.answer?.at ?? c.at,
        published: c.at,
        href: `/corrections/${c.id}`,
        category: 'correction',
        summary: correctionSentence(c),
      }),
    ),
  ]
}
