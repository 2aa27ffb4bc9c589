import type { PlaceLink, SubjectPage } from '../../../comparison/figures.ts'
import type { PlacePage } from '../../../comparison/reader.ts'
import { levelLabel } from '../../../places/levels.ts'
import { partOf } from '../../../yardstick/standing.ts'
import * as words from '../../words.ts'
import { hitLine, type Page, type PageContext, paging } from '../context.ts'
import { subjectFeed } from '../feeds/feeds.ts'
import type { Address } from '../map/section.ts'
import { crumbsOf, factRows } from '../provider/provider.ts'
import { figureSections, groupDetails, known, topicTables } from '../subject-figures.ts'
import { bestInTheWorld } from './best-in-the-world.ts'
import { type PlaceMapChoice, placeMap } from './place-map.ts'
import { standsOut } from './stands-out.ts'

const pageSize = 50

/** "32 schools and 12 practices" */
function providersSentence(place: PlacePage, context: PageContext): string {
  const parts = place.services.map(({ service, count }) => {
    const known = context.reader.service(service)
    return known ? words.providers(known, count) : `${words.number(count, 0)} providers`
  })
  if (parts.length === 0) return ''
  const closed = place.services.reduce((sum, s) => sum + s.closed, 0)
  const have = closed === 1 ? 'has' : 'have'
  const more = closed === 0 ? '' : ` ${words.number(closed, 0)} more ${have} closed.`
  const of = place.scope ? `, all of them in ${words.list(place.scope)}` : ''
  return `${place.page.name} has ${words.list(parts)} in what is published${of}.${more}`
}

/** "367, and 169 closed": those that have closed stand last in the list. */
function countText(place: PlacePage): string {
  const closed = place.services.reduce((sum, s) => sum + s.closed, 0)
  const open = words.number(place.providerCount - closed, 0)
  return closed === 0 ? open : `${open}, and ${words.number(closed, 0)} closed`
}

/** Places of one level under one heading: "Districts within it". */
function byLevel(places: readonly PlaceLink[]) {
  return [...Map.groupBy(places, (p) => p.level)].map(([level, some]) => ({
    level: words.sentenceCase(levelLabel(level)),
    places: some.map((p) => ({ name: p.name, href: `/places/${p.code}` })),
  }))
}

/** The services of the place whose providers can be laid side by side on one chart. */
function compareLinks(place: PlacePage, subject: SubjectPage, context: PageContext) {
  return place.services.flatMap(({ service, count }) => {
    const known = context.reader.service(service)
    if (!known || count < 2) return []
    return [
      {
        href: `/compare?place=${encodeURIComponent(subject.code)}&service=${service}`,
        text: `All ${words.providers(known, count)} on one chart`,
      },
    ]
  })
}

/** The page's own address with the map's choices, and a change of them. */
const addressOf =
  (context: PageContext, { map, level }: PlaceMapChoice): Address =>
  (change, ending = '') => {
    const search = new URLSearchParams({
      ...(map ? { map } : {}),
      ...(level ? { level } : {}),
      ...change,
    })
    return `${context.path}${ending}${search.size > 0 ? `?${search}` : ''}`
  }

/** A place: the map of what lies in it, what differs most, its own figures, the providers in it, the places within and beside it. */
export async function placePage(
  code: string,
  page: number,
  choice: PlaceMapChoice,
  context: PageContext,
): Promise<Page | null> {
  const place = await context.reader.place(context.state, code, page)
  if (!place) return null
  const { page: subject } = place
  const all = known(subject, context).filter((k) => partOf(k.indicator) === null)
  const everyone = all.filter((k) => k.series.breakdown === '')
  const main = everyone.filter((k) => k.indicator.headline)
  const map = await placeMap(place, choice, addressOf(context, choice), context)
  const differs = await standsOut(code, context)
  const children = place.children.map((c) => c.code)
  const world = await bestInTheWorld(code, children, context)
  const pages = Math.ceil(place.providerCount / pageSize)
  return {
    view: 'pages/place/place',
    data: { ...place, differs, world },
    files: map?.files,
    forms: { atom: () => subjectFeed(subject, page, context) },
    values: {
      title: subject.name,
      kind: words.sentenceCase(levelLabel(subject.level)),
      where: [subject.code],
      sentence: providersSentence(place, context),
      map: map && { ...map.values, action: context.path, hidden: [] },
      differs,
      world,
      // What the banner says of the area is not so of the yardstick.
      besideInvented: context.state.invented,
      differsFrom: differs[0]?.whole ?? null,
      figures: await figureSections(subject, main, context),
      groups: groupDetails(all),
      topics: topicTables(everyone.filter((k) => !k.indicator.headline)),
      providers: place.providers.map((h) => hitLine(context.reader, h)),
      providerCount: countText(place),
      compare: compareLinks(place, subject, context),
      paging: paging(context.path, new URLSearchParams(), page, pages),
      children: byLevel(place.children),
      neighbours: place.neighbours.map((p) => ({ name: p.name, href: `/places/${p.code}` })),
      facts: factRows(subject),
      json: `${context.path}.json`,
      atom: `${context.path}.atom`,
      crumbs: crumbsOf(subject),
    },
  }
}
