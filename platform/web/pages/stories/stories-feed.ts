import type { Story } from '../../../stories/store.ts'
import { entriesInFeed, type Feed, type FeedEntry } from '../../feed.ts'
import type { PageContext } from '../context.ts'
import type { StoriesQuery } from './stories.ts'
import { becameWords } from './story-words.ts'

/** A story as an entry: it is new again whenever something became of it. */
function entryOf(s: Story, name: string, day: string): FeedEntry[] {
  const { published, reply, replies, change, helped } = s.standing
  if (!published) return []
  const last = [
    published,
    reply,
    replies.at(-1)?.aside ?? null,
    change?.ended ?? null,
    helped,
  ].reduce((at, act) => (act && act.at > at ? act.at : at), published.at)
  const text = s.words?.happened ?? ''
  return [
    {
      key: `story:${s.id}`,
      title: `A story about ${name}`,
      updated: last,
      published: published.at,
      href: `/stories/${s.id}`,
      category: 'story',
      summary: `${text.length > 500 ? `${text.slice(0, 500).replace(/\s+\S*$/, '')} …` : text} (${becameWords(s.standing, day)})`,
    },
  ]
}

/** The list of stories as a feed, narrowed as the page is. */
export async function storiesFeed(q: StoriesQuery, context: PageContext): Promise<Feed> {
  const { reader, state } = context
  const { search, page, ...filter } = q
  const offset = (page - 1) * entriesInFeed
  const { total, stories } = await reader.stories.list(state, {
    ...{ ...filter, size: entriesInFeed, offset },
  })
  const names = new Map<string, string>()
  for (const { provider } of stories) {
    if (names.has(provider)) continue
    names.set(provider, (await reader.subject(state, provider))?.name ?? provider)
  }
  // The day of the state, not of the request: a feed changes only when something happens.
  const day = (context.asOf ?? state.at ?? '').slice(0, 10)
  return {
    title: 'Stories',
    path: '/stories',
    search,
    page,
    more: total > offset + entriesInFeed,
    entries: stories.flatMap((s) => entryOf(s, names.get(s.provider) ?? s.provider, day)),
    since: state.at,
  }
}
