import type { Reader, State } from '../../../comparison/reader.ts'
import type { About, News, NewsItem } from '../../../subscriptions/subscription.ts'
import type { LetterWords } from '../../../subscriptions/tell.ts'
import type { FeedEntry } from '../../feed.ts'
import * as words from '../../words.ts'
import { figureEntries } from '../feeds/figure-entries.ts'
import { judgedEntries, standardEntry } from '../feeds/judged-entries.ts'

/** What a subscription is about, as its page calls it; null where there is no such thing. */
export async function nameAndPage(
  reader: Reader,
  state: State,
  { kind, code }: About,
): Promise<{ readonly name: string; readonly href: string } | null> {
  const path = encodeURIComponent(code)
  if (kind === 'late') return { name: 'Figures that are late', href: '/desk?what=late' }
  if (kind === 'indicator') {
    const indicator = (await reader.indicators(state)).get(code)
    return indicator ? { name: indicator.name, href: `/indicators/${path}` } : null
  }
  if (kind === 'standard') {
    const found = (await reader.standards.all(state)).get(code)
    return found ? { name: found.standard.name, href: `/standards/${path}` } : null
  }
  const subject = await reader.subject(state, code)
  return subject?.kind === kind ? { name: subject.name, href: `/${kind}s/${path}` } : null
}

/** More judgements of one place than any letter tells. */
const mostJudged = 200

/** The same words as in feeds. */
async function entriesSince(
  reader: Reader,
  state: State,
  { kind, code }: About,
  { name, href }: { readonly name: string; readonly href: string },
  told: number,
): Promise<FeedEntry[]> {
  const isNew = (n: { readonly publication: number }): boolean => n.publication > told
  const standards = await reader.standards.all(state)
  const standardName = (of: string): string => standards.get(of)?.standard.name ?? of
  if (kind === 'standard') {
    const subjects = [`standard:${code}`]
    const filter = { act: 'judgements-changed', subjects, page: 1, size: mostJudged }
    const { entries } = await reader.record.list(state, filter)
    const made = ({ entry }: (typeof entries)[number]): number => Number(entry.details.publication)
    return entries.filter((e) => made(e) > told).map((e) => standardEntry(e, standardName))
  }
  const about = { key: `${kind}:${code}`, name, href }
  if (kind === 'indicator') {
    return figureEntries((await reader.news.ofIndicator(state, code)).filter(isNew), about)
  }
  const judged = await reader.news.judged(state, code, mostJudged)
  const hrefOf = (of: string): string =>
    of === code ? href : `/providers/${encodeURIComponent(of)}`
  return [
    ...judgedEntries(judged.filter(isNew), standardName, hrefOf),
    ...figureEntries((await reader.news.ofSubject(state, code)).filter(isNew), about),
  ]
}

/** A feed's title as it stands under a heading that says the name: "New figures: 2024-25". */
const under = (name: string, title: string): string =>
  title.endsWith(`: ${name}`)
    ? title.slice(0, -name.length - 2)
    : title.replace(`: ${name}, `, ': ')

const itemOf = ({ summary, href, updated }: Omit<FeedEntry, 'title'>) => ({
  ...{ summary, href },
  at: updated,
})

/** How letters to subscribers say what pages and feeds say. */
export const letterWords = (reader: Reader): LetterWords => ({
  period: words.period,
  date: (iso) => words.date(iso),
  async newsSince(about, told, state): Promise<News | null> {
    const page = await nameAndPage(reader, state, about)
    if (!page) return null
    const entries = await entriesSince(reader, state, about, page, told)
    const items = entries
      .map(({ title, ...e }): NewsItem => ({ ...itemOf(e), title: under(page.name, title) }))
      .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    return { ...page, items }
  },
})
