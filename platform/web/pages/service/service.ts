import type { IndicatorSummary } from '../../../comparison/figures.ts'
import type { ProviderCounts } from '../../../comparison/reader.ts'
import type { Indicator, Service } from '../../../evidence/indicator.ts'
import { rangeBar } from '../../components/range-bar/range-bar.ts'
import * as words from '../../words.ts'
import { hitLine, type Page, type PageContext, releaseLine } from '../context.ts'
import { measuredIn } from '../fairness/measured.ts'

function line(indicator: Indicator, s: IndicatorSummary) {
  const show = (x: number): string => words.value(indicator, x)
  const middle = !s.percentiles
    ? ''
    : indicator.labels
      ? `typically ${show(s.percentiles[2] as number)}`
      : `${show(s.percentiles[1] as number)} to ${show(s.percentiles[3] as number)}`
  const whole = s.whole
    ? `${words.sentenceCase(s.whole.name)}: ${words.comparedValue(indicator, s.whole)}`
    : ''
  return {
    topic: indicator.topic,
    headline: indicator.headline,
    href: `/indicators/${s.indicator}`,
    name: indicator.name,
    about: words.period(s.period),
    whole,
    middle,
    bar:
      s.percentiles && !indicator.labels
        ? rangeBar(
            s.percentiles,
            s.whole?.value ?? null,
            `${whole ? `${whole}. ` : ''}Half of all lie between ${middle.replace(' to ', ' and ')}.`,
          )
        : '',
  }
}

const noProviders: ProviderCounts = { open: 0, closed: 0, silent: 0, nameless: 0 }

/** How many there are, and of whom nothing but the name or the code is known. */
function knownSentence(service: Service, counts: ProviderCounts): string {
  const { open, closed, silent, nameless } = counts
  if (open + closed === 0) return ''
  const shut = closed === 0 ? '' : ` and ${words.number(closed, 0)} that have closed`
  return [
    `Plumbline knows ${words.providers(service, open)}${shut}.`,
    ...(silent === 0
      ? []
      : [
          `Of ${words.number(silent, 0)} it knows the name alone: no file here has a figure of them.`,
        ]),
    ...(nameless === 0
      ? []
      : [
          `Of ${words.number(nameless, 0)} it knows the code alone: no register here names them, and some may have closed.`,
        ]),
  ].join(' ')
}

/** Up to so many providers are listed; more are found by searching. */
const listed = 60

/** A service: what it is, its measures with how far providers lie apart, and its latest releases. */
export async function servicePage(code: string, context: PageContext): Promise<Page | null> {
  const { reader, state, indicators } = context
  const service = reader.services(state).find((s) => s.code === code)
  if (!service) return null
  const order = new Map([...indicators.keys()].map((c, i) => [c, i]))
  const place = (s: IndicatorSummary): number => order.get(s.indicator) ?? 0
  const summaries = [...(await reader.summaries(state, code))].sort((a, b) => place(a) - place(b))
  const lines = summaries.flatMap((s) => {
    const indicator = indicators.get(s.indicator)
    return indicator ? [line(indicator, s)] : []
  })
  const rest = Map.groupBy(
    lines.filter((l) => !l.headline),
    (l) => l.topic,
  )
  const counts = (await reader.providerCounts(state)).get(code) ?? noProviders
  const count = counts.open + counts.closed
  const releases = await reader.releases(state, { service: code, limit: Number.POSITIVE_INFINITY })
  const current = releases.filter((r) => r.status === 'published')
  const all = count > listed ? [] : await reader.providersOf(state, code, listed)
  const measured = await measuredIn(context, code)
  return {
    view: 'pages/service/service',
    data: { service, summaries },
    values: {
      title: service.name,
      about: service.about,
      service,
      count: words.number(count, 0),
      known: knownSentence(service, counts),
      cards: (await reader.cards.all(state, code)) ? `/services/${code}/cards` : null,
      apart: service.separate?.why,
      searchable: count > listed,
      fairnessHref: measured.length > 0 ? `/services/${code}/fairness` : null,
      valueHref: (await reader.value.of(state, code)).length > 0 ? `/services/${code}/value` : null,
      providers: all.map((h) => hitLine(reader, h)),
      providersTitle: words.sentenceCase(service.providers),
      main: lines.filter((l) => l.headline),
      topics: [...rest].map(([name, some]) => ({ name, indicators: some })),
      releases: current.slice(0, 8).map(releaseLine),
    },
  }
}
