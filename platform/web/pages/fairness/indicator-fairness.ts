import type { Indicator } from '../../../evidence/indicator.ts'
import { type FoundGap, gapsAt, newestGaps } from '../../../fairness/gaps.ts'
import type { GroupGap } from '../../../fairness/groups.ts'
import type { FairnessOf } from '../../../fairness/store.ts'
import { levelLabel } from '../../../places/levels.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext } from '../context.ts'
import { behindLists } from './behind-lists.ts'
import { fifthsSection, moreOfGap, tenthsSection } from './deprivation-section.ts'
import { csvOf } from './gap-csv.ts'
import { gapHistory } from './gap-history.ts'
import { foundSentence, trendSentence } from './gap-words.ts'
import { lotterySection } from './lottery-section.ts'
import { meanRows } from './mean-rows.ts'
import { gapData, namedFairness, namedIn } from './named.ts'

/** The two groups of a gap, as its page shows them. */
function groupSection(
  indicator: Indicator,
  { firstMean, secondMean }: GroupGap,
  gap: FoundGap,
  providers: string,
) {
  const about = (n: number): string => `${words.number(n, 0)} ${providers}`
  return {
    title: `${words.sentenceCase(gap.first)} and ${gap.second}`,
    sentence: foundSentence(indicator, gap),
    more: moreOfGap(indicator, gap),
    rows: meanRows(indicator, [
      {
        name: words.sentenceCase(gap.first),
        about: about(firstMean.providers),
        mean: firstMean,
      },
      {
        name: words.sentenceCase(gap.second),
        about: about(secondMean.providers),
        mean: secondMean,
      },
    ]),
  }
}

/** The first gap with its change: by deprivation where that is known, else between groups. */
function leadOf(indicator: Indicator, [gap]: readonly FoundGap[]): string {
  if (!gap) {
    return 'Too few are known here to say how it differs with deprivation or between groups.'
  }
  const change = gap.trend ? [trendSentence(indicator, gap.trend)] : []
  return [foundSentence(indicator, gap), ...change].join(' ')
}

const json = (of: FairnessOf, names: Parameters<typeof namedFairness>[1]) => ({
  indicator: of.indicator,
  declared: of.declared,
  gaps: newestGaps(of).map(gapData),
  periods: of.periods.map(({ period, found }) => ({ period, found: namedFairness(found, names) })),
})

/** One indicator: who gets less, whether that is more than chance, and who is left behind. */
export async function indicatorFairnessPage(
  code: string,
  asked: string | null,
  context: PageContext,
): Promise<Page | null> {
  const { reader, state } = context
  const indicator = context.indicators.get(code)
  const of = (await reader.fairness.all(state)).get(code)
  const at =
    of?.periods.find((p) => p.period === asked) ?? (asked === null ? of?.periods.at(-1) : null)
  if (!indicator || !of || !at) return null
  const service = reader.service(of.declared.service)
  const units = {
    providers: service?.providers ?? 'providers',
    places: `places (${levelLabel(of.declared.areas)})`,
  }
  const names = await reader.fairness.names(
    state,
    of.periods.flatMap((p) => namedIn(p.found)),
  )
  const gaps = gapsAt(of, at)
  const behind = (gap: FoundGap) => behindLists(indicator, gap, units, names)
  const fifths = gaps.find((g) => g.kind === 'fifths')
  const [groups, tenths] = (['groups', 'tenths'] as const).map((kind) =>
    gaps.filter((g) => g.kind === kind),
  )
  return {
    view: 'pages/fairness/indicator-fairness',
    data: json(of, names),
    forms: { csv: () => csvOf(of) },
    values: {
      title: `Fairness: ${indicator.name}`,
      caption: `${service?.name ?? ''} · ${words.period(at.period)}`,
      lead: leadOf(indicator, gaps),
      why: indicator.why,
      units: words.sentenceCase(units.providers),
      by: of.declared.deprivation?.of ?? null,
      fifths: fifthsSection(indicator, at.found, fifths, service),
      halves: fifths ? behind(fifths) : [],
      groups: at.found.groups.flatMap((found, i) => {
        const gap = groups?.[i]
        return gap
          ? [{ ...groupSection(indicator, found, gap, units.providers), behind: behind(gap) }]
          : []
      }),
      tenths: at.found.tenths.flatMap((found, i) => {
        const gap = tenths?.[i]
        return gap ? [tenthsSection(indicator, found, gap)] : []
      }),
      lottery: lotterySection(indicator, of, at, units),
      history: gapHistory(indicator, of),
      periods: choices(of.periods.map((p) => p.period).reverse(), at.period, words.period),
      indicatorHref: `/indicators/${code}`,
      csv: `${context.path}.csv`,
      json: `${context.path}.json`,
      crumbs: [
        { text: 'Fairness', href: '/fairness' },
        ...(service
          ? [{ text: service.name, href: `/services/${of.declared.service}/fairness` }]
          : []),
        { text: indicator.name, href: `/indicators/${code}` },
      ],
    },
  }
}
