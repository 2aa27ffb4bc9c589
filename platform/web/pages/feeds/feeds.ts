import type { SubjectPage } from '../../../comparison/figures.ts'
import type { Indicator } from '../../../evidence/indicator.ts'
import { entriesInFeed, type Feed, partOfFeed } from '../../feed.ts'
import { type PageContext, subjectHref } from '../context.ts'
import { standardNames } from '../record/record-names.ts'
import { saidOf } from '../said/beside.ts'
import { figureEntries } from './figure-entries.ts'
import { judgedEntries, standardEntry } from './judged-entries.ts'
import { saidEntries } from './said-entries.ts'

/** What became of an indicator's figures: new periods, corrections, withdrawals. */
export async function indicatorFeed(
  { code, name }: Indicator,
  page: number,
  { reader, state }: PageContext,
): Promise<Feed> {
  const path = `/indicators/${encodeURIComponent(code)}`
  const news = await reader.news.ofIndicator(state, code)
  const all = figureEntries(news, { key: `indicator:${code}`, name, href: path })
  return { title: name, path, since: state.at, ...partOfFeed(all, page) }
}

/**
 * What became of the figures of a provider or place, and how it is judged otherwise than before; of a
 * place, also how the providers within it are. Of a provider, also what it says.
 */
export async function subjectFeed(
  subject: Pick<SubjectPage, 'kind' | 'code' | 'name'>,
  page: number,
  context: PageContext,
): Promise<Feed> {
  const { reader, state } = context
  const { kind, code, name } = subject
  const path = subjectHref(subject)
  const hrefOf = (of: string): string =>
    of === code ? path : subjectHref({ kind: 'provider', code: of })
  const [figures, judged] = [
    await reader.news.ofSubject(state, code),
    await reader.news.judged(state, code, page * entriesInFeed + 1),
  ]
  const said = kind === 'provider' ? saidEntries(await saidOf(context, code), name) : []
  const all = [
    ...said,
    ...judgedEntries(judged, await standardNames(context), hrefOf),
    ...figureEntries(figures, { key: `${kind}:${code}`, name, href: path }),
  ].sort((a, b) => (a.updated < b.updated ? 1 : a.updated > b.updated ? -1 : 0))
  return { title: name, path, since: state.at, ...partOfFeed(all, page) }
}

/** Who is judged otherwise by some standards, an entry for each standard and publication. */
export async function standardsFeed(
  of: Pick<Feed, 'title' | 'path' | 'search'> & { readonly codes: readonly string[] },
  page: number,
  context: PageContext,
): Promise<Feed> {
  const { codes, ...rest } = of
  const { reader, state } = context
  const subjects = codes.map((code) => `standard:${code}`)
  const filter = { act: 'judgements-changed', subjects, page, size: entriesInFeed }
  const { total, entries } = await reader.record.list(state, filter)
  const names = await standardNames(context)
  return {
    ...rest,
    page,
    more: total > page * entriesInFeed,
    entries: entries.map((e) => standardEntry(e, names)),
    since: state.at,
  }
}
