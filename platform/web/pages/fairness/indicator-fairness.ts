import { boundsOf, type Indicator, type Service } from '../../../evidence/indicator.ts'
import type { FairnessDeclaration } from '../../../fairness/declaration.ts'
import type { OwnGap } from '../../../fairness/left-behind.ts'
import type { Lottery } from '../../../fairness/lottery.ts'
import type { Mean } from '../../../fairness/means.ts'
import type { GroupGap } from '../../../fairness/groups.ts'
import type { FairnessAt, FairnessOf, Named } from '../../../fairness/store.ts'
import { levelLabel } from '../../../places/levels.ts'
import { type Ends, intervalBar } from '../../components/interval-bar/interval-bar.ts'
import { commonScale, type Domain } from '../../components/scale.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext, subjectHref } from '../context.ts'
import { csvOf } from './gap-csv.ts'
import { gapSentence, gapText, shareText } from './gap-words.ts'

const fifthNames = [
  'Most deprived fifth',
  'Second most deprived fifth',
  'Middle fifth',
  'Second least deprived fifth',
  'Least deprived fifth',
]

const limitsOf = (m: Mean): Ends => ({
  lower95: m.lower,
  upper95: m.upper,
  lower998: m.value - 3.09 * m.standardError,
  upper998: m.value + 3.09 * m.standardError,
})

/** Means with an interval bar each, as `barTable` takes them. */
function meanRows(
  indicator: Indicator,
  means: readonly { name: string; mean: Mean }[],
  providers: string,
) {
  const ends = means.flatMap(({ mean }) => [limitsOf(mean).lower998, limitsOf(mean).upper998])
  const domain: Domain = commonScale(ends, boundsOf(indicator))
  return means.map(({ name, mean }) => {
    const text = `${words.value(indicator, mean.value)} (${words.limits(indicator, limitsOf(mean))})`
    return {
      name,
      about: `${words.number(mean.providers, 0)} ${providers}`,
      text,
      bar: intervalBar(mean.value, limitsOf(mean), null, domain, text),
    }
  })
}

/** The spread between some units, in a sentence. */
function lotterySentence(indicator: Indicator, lottery: Lottery, units: string): string {
  const ends = `${words.value(indicator, lottery.tenth)} or less, and a tenth ${words.value(indicator, lottery.ninetieth)} or more`
  const share = lottery.share
    ? ` ${words.sentenceCase(shareText(lottery.share))}.`
    : ' The source gives no counts, so nobody can say how much of that is chance.'
  return `Of ${words.number(lottery.units, 0)} ${units}, a tenth have ${ends}.${share}`
}

function behindRows(
  indicator: Indicator,
  gaps: readonly OwnGap[],
  names: ReadonlyMap<number, Named>,
) {
  return gaps.slice(0, 20).flatMap((g) => {
    const who = names.get(g.subject)
    return who
      ? [[{ text: who.name, href: subjectHref(who) }, { text: gapText(indicator, g) }]]
      : []
  })
}

async function groupSection(
  indicator: Indicator,
  gap: GroupGap,
  declared: FairnessDeclaration,
  service: Service | null,
  context: PageContext,
) {
  const names = declared.groups.find((g) => g.first === gap.first && g.second === gap.second)
  const [first, second] = [names?.firstName ?? gap.first, names?.secondName ?? gap.second]
  const providers = service?.providers ?? 'providers'
  const { reader, state } = context
  const shown = [...gap.providers.widest.slice(0, 20), ...gap.places.widest.slice(0, 20)]
  const who = await reader.fairness.names(state, shown)
  const count = ({ compared, certain, widest }: GroupGap['providers'], units: string): string =>
    `Of ${words.number(compared, 0)} ${units} with figures of both, ${words.number(certain, 0)} have a gap that is certain; in ${words.number(widest.length, 0)} of them ${first} are behind.`
  return {
    title: `${words.sentenceCase(first)} and ${second}`,
    sentence: gapSentence(indicator, gap.gap, first, second),
    rows: meanRows(
      indicator,
      [
        { name: words.sentenceCase(first), mean: gap.firstMean },
        { name: words.sentenceCase(second), mean: gap.secondMean },
      ],
      providers,
    ),
    behind: [
      {
        title: `${words.sentenceCase(providers)} with the widest gap`,
        count: count(gap.providers, providers),
        rows: behindRows(indicator, gap.providers.widest, who),
      },
      {
        title: 'Places with the widest gap',
        count: count(gap.places, 'places'),
        rows: behindRows(indicator, gap.places.widest, who),
      },
    ],
  }
}

/** How the gaps stood in each period, oldest first. */
function history(indicator: Indicator, { periods, declared }: FairnessOf) {
  const columns = [
    ...(periods.some((p) => p.found.fifths) ? ['Most deprived fifth against the least'] : []),
    ...declared.groups.map((g) => `${words.sentenceCase(g.firstName)} against ${g.secondName}`),
  ]
  const rows = periods.map(({ period, found }) => [
    { text: words.period(period) },
    ...(columns.length > declared.groups.length
      ? [{ text: found.fifths ? gapText(indicator, found.fifths.gap) : 'not known' }]
      : []),
    ...declared.groups.map((g) => {
      const gap = found.groups.find((x) => x.first === g.first && x.second === g.second)
      return { text: gap ? gapText(indicator, gap.gap) : 'not known' }
    }),
  ])
  return { head: ['Period', ...columns], rows }
}

function leadOf(indicator: Indicator, at: FairnessAt, declared: FairnessDeclaration): string {
  const { fifths, groups } = at.found
  if (fifths) {
    return gapSentence(indicator, fifths.gap, 'the most deprived fifth', 'the least deprived fifth')
  }
  const [gap] = groups
  const names = declared.groups.find((g) => g.first === gap?.first)
  if (gap && names) return gapSentence(indicator, gap.gap, names.firstName, names.secondName)
  return 'Too few are known here to say how it differs with deprivation or between groups.'
}

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
  const providers = service?.providers ?? 'providers'
  const { fifths, lottery, placeLottery, groups } = at.found
  const places = `places (${levelLabel(of.declared.areas)})`
  return {
    view: 'pages/fairness/indicator-fairness',
    data: { indicator: code, declared: of.declared, periods: of.periods },
    forms: { csv: () => csvOf(of) },
    values: {
      title: `Fairness: ${indicator.name}`,
      caption: `${service?.name ?? ''} · ${words.period(at.period)}`,
      lead: leadOf(indicator, at, of.declared),
      why: indicator.why,
      units: words.sentenceCase(providers),
      by: of.declared.deprivation?.of ?? null,
      fifths:
        fifths &&
        meanRows(
          indicator,
          fifths.means.map((mean, i) => ({ name: fifthNames[i] ?? '', mean })),
          providers,
        ),
      slope:
        fifths &&
        gapSentence(
          indicator,
          fifths.slope,
          'the most deprived end of the line through all five',
          'its least deprived end',
        ),
      groups: await Promise.all(
        groups.map((g) => groupSection(indicator, g, of.declared, service, context)),
      ),
      lottery: lottery && lotterySentence(indicator, lottery, providers),
      placeLottery: placeLottery && lotterySentence(indicator, placeLottery, places),
      history: history(indicator, of),
      periods: choices(of.periods.map((p) => p.period).reverse(), at.period, words.period),
      indicatorHref: `/indicators/${code}`,
      csv: `${context.path}.csv`,
      json: `${context.path}.json`,
      crumbs: [
        { text: 'Fairness', href: '/fairness' },
        { text: indicator.name, href: `/indicators/${code}` },
      ],
    },
  }
}
