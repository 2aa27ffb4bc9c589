import type { PageContext } from '../context.ts'
import { countsSentence, storyLine } from './stories.ts'

/** How many stories stand on the page of a provider. */
const most = 3

/** What people tell of one provider: its latest stories, and what became of all of them. */
export async function storiesOf(provider: string, context: PageContext) {
  const { reader, state } = context
  const counts = await reader.stories.counts(state, { provider })
  // Of most providers nobody has told: their pages ask no more of the database.
  const { stories } =
    counts.published > 0
      ? await reader.stories.list(state, { provider, size: most })
      : { stories: [] }
  const code = encodeURIComponent(provider)
  return {
    counts,
    sentence: countsSentence(counts),
    rows: await Promise.all(stories.map((s) => storyLine(s, context))),
    tell: `/stories/tell?provider=${code}`,
    all: `/stories?provider=${code}`,
  }
}
