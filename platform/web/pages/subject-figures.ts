import type { Comparison, Figure, FigureSeries, SubjectPage } from '../../comparison/figures.ts'
import type { Indicator } from '../../evidence/indicator.ts'
import { comparisonName, figureSection, leading } from '../components/figure/figure.ts'
import { intervalBar } from '../components/interval-bar/interval-bar.ts'
import { commonScale } from '../components/scale.ts'
import * as words from '../words.ts'
import { type PageContext, releaseLine, subjectHref } from './context.ts'

/** An indicator of a subject, with its latest figure. */
export interface Known {
  readonly indicator: Indicator
  readonly series: FigureSeries
  readonly latest: Figure
}

/** Which place each indicator has among all: the same for all pages of a publication. */
const places = new WeakMap<PageContext['indicators'], ReadonlyMap<string, number>>()

function placesOf(indicators: PageContext['indicators']): ReadonlyMap<string, number> {
  const known = places.get(indicators)
  if (known) return known
  const found = new Map([...indicators.keys()].map((code, i) => [code, i]))
  places.set(indicators, found)
  return found
}

/** In the order in which analysts list the indicators: what matters most first. */
export function known(subject: SubjectPage, context: PageContext): Known[] {
  const order = placesOf(context.indicators)
  const series = [...subject.series].sort(
    (a, b) => (order.get(a.indicator) ?? 0) - (order.get(b.indicator) ?? 0),
  )
  return series.flatMap((series) => {
    const indicator = context.indicators.get(series.indicator)
    const latest = series.figures.at(-1)
    return indicator && latest ? [{ indicator, series, latest }] : []
  })
}

/** Everyone's figures of the same period, as a table to load elsewhere. */
const downloadOf = (f: Figure): string =>
  `/indicators/${f.indicator}.csv?period=${encodeURIComponent(f.period)}`

/** The sections of the main figures, each with its pictures. */
export async function figureSections(
  subject: SubjectPage,
  main: readonly Known[],
  context: PageContext,
) {
  const { reader, state } = context
  const provider = subject.kind === 'provider'
  const service = subject.service === null ? null : reader.service(subject.service)
  const { peers } = subject
  const ids = new Set(main.map((k) => k.latest.release))
  const releases = await reader.releases(state, { limit: Number.POSITIVE_INFINITY })
  const source = new Map(releases.filter((r) => ids.has(r.id)).map((r) => [r.id, r]))
  return Promise.all(
    main.map(async ({ indicator, series, latest }) => {
      const release = source.get(latest.release)
      const all = provider
        ? await reader.spread(state, indicator.code, latest.period, latest.breakdown)
        : null
      return figureSection(indicator, series, {
        spread: all && { ...all, values: all.valuesLike(subject.code) },
        peers,
        peersName: `the ${peers.length} ${service?.providers ?? 'providers'} like it`,
        source: release && {
          ...releaseLine(release),
          download: downloadOf(latest),
          embed: `${subjectHref(subject)}/indicators/${encodeURIComponent(indicator.code)}`,
          embedName: indicator.name,
        },
        service:
          provider || indicator.service === null
            ? null
            : (reader.service(indicator.service)?.name ?? null),
      })
    }),
  )
}

/** What differs between groups of people here, an entry for each indicator with a breakdown. */
export function groupDetails(all: readonly Known[]) {
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
    const shown = some.filter((k) => k.latest.period === newest).slice(0, 40)
    const domain = commonScale(
      shown.flatMap(({ latest: f }) =>
        f.value === null
          ? []
          : [f.value, f.limits?.lower998 ?? f.value, f.limits?.upper998 ?? f.value],
      ),
    )
    const rows = shown.map(({ series, latest: f }) => ({
      name: words.sentenceCase(words.group(series.breakdown)),
      text: words.noted(indicator, f),
      bar:
        f.value === null || indicator.labels
          ? ''
          : intervalBar(f.value, f.limits, null, domain, words.figure(indicator, f)),
    }))
    return { name: indicator.name, period: words.period(newest), rows }
  })
}

function comparedText(indicator: Indicator, lead: Comparison | undefined): string {
  if (lead) return `${comparisonName(lead)}: ${words.comparedValue(indicator, lead)}`
  return indicator.selected ? words.notDrawnInShort[indicator.selected] : ''
}

/** All other figures, a table for each topic. */
export function topicTables(all: readonly Known[]) {
  const byTopic = Map.groupBy(all, (k) => k.indicator.topic)
  return [...byTopic].map(([name, some]) => ({
    name,
    rows: some.map(({ indicator, latest }) => {
      const lead = leading(latest)
      return [
        {
          text: words.madeOn(indicator, latest.note)
            ? indicator.name
            : `${indicator.name}, ${words.period(latest.period)}`,
          href: `/indicators/${indicator.code}`,
        },
        { text: words.noted(indicator, latest) },
        { text: comparedText(indicator, lead) },
        lead ? { word: words.word(indicator, lead.direction) } : { text: '' },
        { text: String(latest.release), href: `/releases/${latest.release}` },
      ]
    }),
  }))
}
