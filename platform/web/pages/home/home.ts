import * as words from '../../words.ts'
import { type Page, type PageContext, releaseLine } from '../context.ts'

const shown = 12

type Line = ReturnType<typeof releaseLine>

/** Releases of one title on one line, with a link for each period; the newest title first. */
function byTitle(releases: readonly Line[]) {
  return [...Map.groupBy(releases, (r) => r.title)].slice(0, shown).map(([title, some]) => ({
    title,
    releases: some
      .sort((a, b) => (a.about < b.about ? -1 : 1))
      .map((r, i, all) => ({
        id: r.id,
        // What is said of the one before need not be said again: "Hampshire, 2016-17; 2017-18".
        text: i > 0 && all[i - 1]?.part === r.part ? r.periodText : r.about,
        note: note(r),
      })),
  }))
}

const note = (r: Line): string => (r.supersedes === null ? '' : ' (a correction)')

/** The services, a search, and what was published lately, by day. */
export async function homePage(context: PageContext): Promise<Page> {
  const { reader, state } = context
  const all = await reader.releases(state, { limit: Number.POSITIVE_INFINITY })
  const releases = all.filter((r) => r.status !== 'withdrawn').slice(0, 60)
  const counts = await reader.providerCounts(state)
  const services = reader.services(state).flatMap((s) => {
    const known = counts.get(s.code)
    return known ? [{ ...s, size: words.providerCounts(s, known) }] : []
  })
  const days = Map.groupBy(releases.map(releaseLine), (r) => r.when)
  return {
    view: 'pages/home/home',
    data: { services: reader.services(state), releases: releases.slice(0, shown) },
    values: {
      title: 'How good are your public services?',
      services,
      days: [...days].slice(0, 3).map(([when, some]) => ({ when, titles: byTitle(some) })),
    },
  }
}
