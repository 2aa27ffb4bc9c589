import type { FigureNews } from '../../../news/story.ts'
import type { FeedEntry } from '../../feed.ts'
import * as words from '../../words.ts'

const heading = { published: 'New figures', corrected: 'Figures corrected', withdrawn: 'Withdrawn' }

function summaryOf({ act, releases, changes, reason }: FigureNews): string {
  const files =
    releases.length === 1
      ? `release ${releases[0]}`
      : `${words.number(releases.length, 0)} files, release ${releases[0]} the first of them`
  const n = `${words.number(changes, 0)} ${changes === 1 ? 'figure' : 'figures'}`
  const what = {
    published: `They come with ${files}.`,
    corrected: `${n} changed with ${files}; the release’s page says which.`,
    withdrawn: `They came with ${files}, and count no more.`,
  }
  return `${what[act]} Why: ${reason}`
}

/**
 * What became of figures, as entries of a feed; no value is told.
 * @param about what they are figures of: its kind and code name the entries, its page is linked.
 */
export const figureEntries = (
  news: readonly FigureNews[],
  about: { readonly key: string; readonly name: string; readonly href: string },
): FeedEntry[] =>
  news.map((n) => ({
    key: [about.key, n.act, n.title, n.period, n.at].join('\n'),
    title: `${heading[n.act]}: ${about.name}, ${words.period(n.period)}`,
    updated: n.at,
    href: n.act === 'published' ? about.href : `/releases/${n.releases[0]}`,
    category: n.act,
    summary: `${n.title}. ${summaryOf(n)}`,
  }))
