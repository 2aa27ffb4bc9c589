import { percentile } from '@plumbline/statistics'
import type { Indicator } from '../../../evidence/indicator.ts'
import { replicates } from '../../../value/analyse.ts'
import type { ProviderValue, StudyAt, StudyYear } from '../../../value/store.ts'
import type { Column, Study } from '../../../value/study.ts'
import { type ScatterPoint, scatter } from '../../components/scatter/scatter.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'

/** "£1,234", "£12.34", "57.1%", "8,034 patients". */
export function amount({ unit, decimals }: Pick<Column, 'unit' | 'decimals'>, x: number): string {
  const text = words.number(x, decimals)
  if (unit === '£') return x < 0 ? `-£${text.slice(1)}` : `£${text}`
  return unit === '%' ? `${text}%` : `${text} ${unit}`
}

/** Pounds as a sentence says them: no more than three significant figures. */
export function pounds(x: number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(x)))) - 2)
  return `£${words.number(Math.round(x / step) * step, 0)}`
}

/** "£138.20", "£13,400". */
export const cost = (x: number): string => `£${words.number(x, x < 1000 ? 2 : 0)}`

const percent = (x: number): string => `${words.number(100 * x, 0)}%`

/** How much less could do: "23% less", or that none was seen to do it with less. */
export const lessWords = ({ score }: Pick<ProviderValue, 'score'>): string =>
  score === 1 ? 'none seen with less' : `${percent(1 - score)} less`

/** The study of a service that is shown, and one of its years: the latest where none is asked for. */
export async function shownStudy(
  { reader, state, indicators }: PageContext,
  service: string,
  period: string | null,
): Promise<{ found: StudyAt; year: StudyYear; outcome: Indicator } | null> {
  const [found] = await reader.value.of(state, service)
  const year = found?.years.findLast((y) => period === null || y.period === period)
  const outcome = found && indicators.get(found.study.picture.outcome)
  return found && year && outcome ? { found, year, outcome } : null
}

/**
 * Pounds for each of its people, whether they have the outcome or not: what is stored is pounds divided by
 * people and share, and of two axes neither should hold the other.
 */
export function costEach(p: ProviderValue, outcome: Indicator, { picture }: Study): number | null {
  if (p.cost === null || p.outcome === null) return null
  const share = p.outcome / (outcome.kind === 'proportion' ? outcome.scale : 1)
  return p.cost * (picture.without ? 1 - share : share)
}

/** The middle cost for each person, and the middle outcome, of all providers. */
export interface Middle {
  readonly cost: number
  readonly outcome: number
}

function median(values: readonly (number | null)[]): number {
  const known = Float64Array.from(values.filter((v) => v !== null)).sort()
  return known.length === 0 ? Number.NaN : percentile(known, 0.5)
}

export function middleOf(year: StudyYear, outcome: Indicator, study: Study): Middle {
  const all = [...year.providers.values()]
  const cost = median(all.map((p) => costEach(p, outcome, study)))
  return { cost, outcome: median(all.map((p) => p.outcome)) }
}

/** "Half could do the same with at least 23% less": the first sentence, with its doubt. */
export function serviceLead(year: StudyYear, providers: string): string {
  if (year.refused) return `We cannot say who gets the most from each pound. ${year.refused}`
  const all = [...year.providers.values()]
  const score = median(all.map((p) => p.score))
  const lower = median(all.map((p) => p.limits?.lower95 ?? null))
  const upper = median(all.map((p) => p.limits?.upper95 ?? null))
  const sure = Number.isNaN(lower + upper)
    ? ''
    : ` What is possible at best may lie further: for the one in the middle, ${words.number(100 * (1 - upper), 0)}% to ${percent(1 - lower)} less.`
  return `Half of the ${words.number(all.length, 0)} ${providers} could do the same with at least ${percent(1 - score)} less money, if each pound did as much as it does at the best like them.${sure}`
}

/** Does a value lie on the good side of the middle? Null where its interval holds the middle. */
function isBetter(p: ProviderValue, { outcome }: Middle, { polarity }: Indicator): boolean | null {
  if (p.outcome === null) return null
  const { lower95, upper95 } = p.outcomeLimits ?? { lower95: p.outcome, upper95: p.outcome }
  if (lower95 <= outcome && outcome <= upper95) return null
  return polarity === 'lower' ? upper95 < outcome : lower95 > outcome
}

/** What a provider achieves against the middle, in words. */
export function achievedWords(p: ProviderValue, middle: Middle, outcome: Indicator): string {
  const better = isBetter(p, middle, outcome)
  if (better === null) return 'about as much as the middle'
  return better ? 'more than the middle' : 'less than the middle'
}

/** "It costs less for each person than the practice in the middle, and achieves more." */
export function quarterSentence(
  p: ProviderValue,
  middle: Middle,
  outcome: Indicator,
  study: Study,
  provider: string,
): string {
  const each = costEach(p, outcome, study)
  if (each === null) return ''
  const better = isBetter(p, middle, outcome)
  const dearer = each > middle.cost
  const costs = dearer ? 'more' : 'less'
  const but = better !== dearer ? 'and' : 'but'
  const achieves =
    better === null
      ? ', and achieves about as much'
      : `, ${better ? but : dearer ? 'and' : 'but'} achieves ${better ? 'more' : 'less'}`
  return `It costs ${costs} for each person than the ${provider} in the middle${achieves}.`
}

function pointOf(p: ProviderValue, outcome: Indicator, study: Study): ScatterPoint | null {
  const each = costEach(p, outcome, study)
  if (each === null || p.outcome === null) return null
  // Money and people are counted, not sampled.
  return { x: each, y: p.outcome, xLimits: null, yLimits: p.outcomeLimits }
}

/** The picture of a study's year; one provider of it may be marked, with those it is held against. */
export function picture(
  study: Study,
  year: StudyYear,
  outcome: Indicator,
  own: ProviderValue | null,
): string {
  const all = [...year.providers.values()]
  const points = (of: readonly ProviderValue[]): ScatterPoint[] =>
    of.map((p) => pointOf(p, outcome, study)).filter((p) => p !== null)
  const middle = middleOf(year, outcome, study)
  const peers = own?.peers.flatMap((p) => year.providers.get(p.code) ?? [])
  const isLow = outcome.polarity === 'lower'
  const [high, low] = isLow
    ? ['achieves less', 'achieves more']
    : ['achieves more', 'achieves less']
  return scatter({
    points: points(all),
    own: own ? pointOf(own, outcome, study) : null,
    marked: points(peers ?? all.filter((p) => p.efficient === 'strong')),
    middle: { x: middle.cost, y: middle.outcome },
    quarters: [
      `costs less, ${high}`,
      `costs more, ${high}`,
      `costs less, ${low}`,
      `costs more, ${low}`,
    ],
    xName: 'Cost for each person',
    yName: outcome.name,
    xFormat: (x) => `£${words.number(x, 0)}`,
    yFormat: (y) => words.axis(outcome, y),
    words: `${outcome.name} against the cost for each person. The middle: ${words.value(outcome, middle.outcome)}, ${cost(middle.cost)}.`,
  })
}

/** How many lie in each quarter of the picture: the picture as a table. */
export function quarterTable(year: StudyYear, outcome: Indicator, study: Study) {
  const middle = middleOf(year, outcome, study)
  const all = [...year.providers.values()].filter((p) => p.cost !== null && p.outcome !== null)
  const more = (p: ProviderValue): boolean =>
    outcome.polarity === 'lower'
      ? (p.outcome as number) <= middle.outcome
      : (p.outcome as number) >= middle.outcome
  const less = (p: ProviderValue): boolean =>
    (costEach(p, outcome, study) ?? Number.NaN) <= middle.cost
  const row = (name: string, is: (p: ProviderValue) => boolean) => {
    const some = all.filter(is)
    return [
      { text: name },
      { text: words.number(some.length, 0) },
      { text: words.number(some.filter((p) => p.efficient === 'strong').length, 0) },
    ]
  }
  return [
    row('Costs less and achieves more', (p) => less(p) && more(p)),
    row('Costs more and achieves more', (p) => !less(p) && more(p)),
    row('Costs less and achieves less', (p) => less(p) && !more(p)),
    row('Costs more and achieves less', (p) => !less(p) && !more(p)),
  ]
}

/** How the answers were found, for whoever wants to know. */
export function methodWords(year: StudyYear, providers: string): string {
  return `The limits come from ${replicates} draws of ${words.number(year.part, 0)} ${providers} each: how much worse the best of a part look than the best of all tells how much better than the best of all is possible. So the interval is not of the best seen, and nearly always lies beyond it. Where too many parts hold nobody who does as much, the method stops, and we write “or more still”.`
}

/** The periods of a study's figures, where they are not the year's own. */
export function periodNotes(year: StudyYear, indicators: PageContext['indicators']): string[] {
  return Object.entries(year.periods)
    .filter(([, period]) => period !== year.period)
    .map(([code, period]) => `${indicators.get(code)?.name ?? code}: ${words.period(period)}.`)
}
