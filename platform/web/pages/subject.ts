import type { Figure, FigureSeries, SubjectPage } from '../../comparison/figures.ts'
import type { PlacePage } from '../../comparison/reader.ts'
import type { Indicator } from '../../evidence/indicator.ts'
import { levelLabel } from '../../places/levels.ts'
import * as words from '../words.ts'
import { type Crumb, hitLine, type Page, type PageContext, paging, releaseLine } from './context.ts'
import { comparisonLine, figureCard, leading } from './figure-card.ts'
import { groupTable, type OwnGroup } from './own-group.ts'

interface Known {
  readonly indicator: Indicator
  readonly series: FigureSeries
  readonly latest: Figure
}

/** In the order in which analysts list the indicators: what matters most first. */
function known(subject: SubjectPage, context: PageContext): Known[] {
  const order = new Map([...context.indicators.keys()].map((code, i) => [code, i]))
  const series = [...subject.series].sort(
    (a, b) => (order.get(a.indicator) ?? 0) - (order.get(b.indicator) ?? 0),
  )
  return series.flatMap((series) => {
    const indicator = context.indicators.get(series.indicator)
    const latest = series.figures.at(-1)
    return indicator && latest ? [{ indicator, series, latest }] : []
  })
}

/** How many figures are better, similar, worse than those of similar providers. */
function inShort(all: readonly Known[], others: string) {
  const tally = { better: 0, similar: 0, worse: 0, neutral: 0 }
  for (const { indicator, latest } of all) {
    const lead = leading(latest)
    if (!lead || lead.direction === null) continue
    const { tone } = words.word(indicator, lead.direction)
    if (tone in tally) tally[tone as keyof typeof tally] += 1
  }
  const things = (n: number): string => (n === 1 ? 'thing' : 'things')
  const line = (tone: keyof typeof tally, shape: string, text: string) =>
    tally[tone] === 0 ? [] : [{ tone, shape, count: tally[tone], text }]
  return [
    ...line('better', '▲', `${things(tally.better)} better than ${others}`),
    ...line('similar', '●', `similar to ${others}`),
    ...line('worse', '▼', `${things(tally.worse)} worse than ${others}`),
    ...line('neutral', '▲▼', 'higher or lower, where neither is good or bad in itself'),
  ]
}

function groupTables(all: readonly Known[]) {
  const byIndicator = Map.groupBy(
    all.filter((k) => k.series.breakdown !== ''),
    (k) => k.indicator,
  )
  return [...byIndicator].slice(0, 30).map(([indicator, some]) => {
    const newest =
      some
        .map((k) => k.latest.period)
        .sort()
        .at(-1) ?? ''
    const rows = some
      .filter((k) => k.latest.period === newest)
      .map((k) => ({
        group: words.group(k.series.breakdown),
        text: words.figure(indicator, k.latest),
      }))
    return { name: indicator.name, period: words.period(newest), rows: rows.slice(0, 40) }
  })
}

function topicTables(all: readonly Known[]) {
  const byTopic = Map.groupBy(all, (k) => k.indicator.topic)
  return [...byTopic].map(([name, some]) => ({
    name,
    rows: some.map(({ indicator, latest }) => {
      const lead = leading(latest)
      return {
        code: indicator.code,
        name: indicator.name,
        period: words.period(latest.period),
        text: words.figure(indicator, latest),
        release: latest.release,
        comparison: lead ? comparisonLine(indicator, lead) : null,
      }
    }),
  }))
}

async function subjectValues(subject: SubjectPage, context: PageContext) {
  const all = known(subject, context)
  const everyone = all.filter((k) => k.series.breakdown === '')
  const ids = [...new Set(everyone.map((k) => k.latest.release))]
  const releases = await context.reader.releases(context.state, { limit: 1000 })
  const source = new Map(
    releases.filter((r) => ids.includes(r.id)).map((r) => [r.id, releaseLine(r)]),
  )
  const main = everyone.filter((k) => k.indicator.headline)
  return {
    all,
    everyone,
    cards: main.map((k) => figureCard(k.indicator, k.series, source.get(k.latest.release))),
    groups: groupTables(all),
    topics: topicTables(everyone.filter((k) => !k.indicator.headline)),
  }
}

/** The headline figure that differs most surely from its peers'; else the first compared at all. */
function mostTelling(all: readonly Known[]): Known | undefined {
  const compared = all.filter((k) => k.indicator.headline && leading(k.latest))
  const size = (k: Known): number => Math.abs(leading(k.latest)?.direction ?? 0)
  return compared.sort((a, b) => size(b) - size(a))[0]
}

function crumbsOf(subject: SubjectPage): Crumb[] {
  const shown = subject.parents.filter((p) => p.level !== 'lsoa').slice(-3)
  return shown
    .reverse()
    .map((p) => ({ text: p.name === '' ? p.code : p.name, href: `/places/${p.code}` }))
}

const factLines = (subject: SubjectPage) =>
  Object.entries(subject.facts).map(([name, value]) => ({ name, value }))

export async function providerPage(
  code: string,
  context: PageContext,
  group: OwnGroup | null = null,
): Promise<Page | null> {
  const subject = await context.reader.subject(context.state, code)
  if (!subject || subject.kind !== 'provider') return null
  const service = subject.service === null ? null : context.reader.service(subject.service)
  const { everyone, cards, groups, topics } = await subjectValues(subject, context)
  const others = `similar ${service?.providers ?? 'providers'}`
  const first = mostTelling(everyone)
  const lead = first && leading(first.latest)
  const closed = subject.status !== null && !/^open$/i.test(subject.status)
  return {
    view: 'subject',
    data: subject,
    values: {
      title: subject.name,
      name: subject.name,
      kind: service?.provider ?? 'provider',
      where: [subject.type, subject.address, subject.postcode, subject.code]
        .filter((x) => x)
        .join(' · '),
      status: closed ? `${subject.status}.` : '',
      short: inShort(everyone, others),
      sentence:
        first && lead
          ? `${first.indicator.name}: ${words.figure(first.indicator, first.latest)}, ${words.period(first.latest.period)}. ${words.comparisonSentence(first.indicator, lead)}`
          : '',
      peersHref: everyone.some((k) => k.latest.comparisons.some((c) => c.against === 'peers'))
        ? `/providers/${code}/peers`
        : null,
      providers: service?.providers,
      own: group ? await groupTable(subject, group, context) : null,
      cards,
      groups,
      topics,
      facts: factLines(subject),
      crumbs: [
        ...(service ? [{ text: service.name, href: `/services/${service.code}` }] : []),
        ...crumbsOf(subject),
      ],
    },
  }
}

export async function peersPage(code: string, context: PageContext): Promise<Page | null> {
  const subject = await context.reader.subject(context.state, code)
  if (!subject || subject.kind !== 'provider') return null
  const peers = await context.reader.peers(context.state, code)
  const service = subject.service === null ? null : context.reader.service(subject.service)
  const providers = service?.providers ?? 'providers'
  return {
    view: 'peers',
    data: peers,
    values: {
      title: `${providers[0]?.toUpperCase()}${providers.slice(1)} like ${subject.name}`,
      name: subject.name,
      providers,
      features: service?.peers.map((p) => p.name).join(', '),
      peers: peers.map((p) => ({ ...p, distance: p.distance.toFixed(2) })),
      crumbs: [{ text: subject.name, href: `/providers/${code}` }],
    },
  }
}

export async function placePage(
  code: string,
  page: number,
  context: PageContext,
): Promise<Page | null> {
  const place: PlacePage | null = await context.reader.place(context.state, code, page)
  if (!place) return null
  const { page: subject } = place
  const { cards, groups, topics } = await subjectValues(subject, context)
  const link = (p: { code: string; name: string; level: string }) => ({
    name: p.name,
    href: `/places/${p.code}`,
    about: levelLabel(p.level),
  })
  const pages = Math.ceil(place.providerCount / 50)
  return {
    view: 'subject',
    data: place,
    values: {
      title: subject.name,
      name: subject.name,
      kind: levelLabel(subject.level),
      where: subject.code,
      status: '',
      short: [],
      cards,
      groups,
      topics,
      within: place.providers.map((h) => hitLine(context.reader, h)),
      withinCount: place.providerCount,
      withinPages: paging(context.path, new URLSearchParams(), page, pages),
      children: place.children.map(link),
      neighbours: place.neighbours.map(link),
      facts: factLines(subject),
      crumbs: crumbsOf(subject),
    },
  }
}
