import type { Estimate } from '@plumbline/statistics'
import type { AnswerKind } from '../../../desk/answer.ts'
import type { SignalKind, SignalRule } from '../../../desk/signal.ts'
import type { Signal } from '../../../desk/store.ts'
import type { Indicator } from '../../../evidence/indicator.ts'
import * as words from '../../words.ts'

/** How each kind is called: one of them, many of them, and what it is. */
export const kindWords: Record<
  SignalKind,
  { readonly one: string; readonly many: string; readonly about: string }
> = {
  floor: {
    one: 'floor missed',
    many: 'floors missed',
    about:
      'A floor is the least that is asked of everyone. The whole interval lies on the wrong side.',
  },
  entitlement: {
    one: 'entitlement missed',
    many: 'entitlements missed',
    about: 'What everyone may expect, and did not get. The whole interval lies on the wrong side.',
  },
  worsening: {
    one: 'sudden change for the worse',
    many: 'sudden changes for the worse',
    about: 'A level that shifted, and that chance does not explain.',
  },
  behind: {
    one: 'result far worse than the rest',
    many: 'results far worse than the rest',
    about: 'Further off than providers differ anyhow.',
  },
  gap: {
    one: 'gap that widens',
    many: 'gaps that widen',
    about: 'The distance between groups of people has grown.',
  },
  late: {
    one: 'late or missing figure',
    many: 'late or missing figures',
    about: 'What is not known cannot be put right.',
  },
  improving: {
    one: 'fast improvement',
    many: 'fast improvements',
    about: 'A level that shifted for the better. It may still be worse than that of the rest.',
  },
  success: {
    one: 'outstanding success',
    many: 'outstanding successes',
    about: 'Who does so well that others can learn from it.',
  },
}

/** The rule in a few words, as the heading of a signal. */
export const ruleWords: Record<SignalRule, string> = {
  'below-floor': 'Below a floor',
  'below-entitlement': 'Less than everyone may expect',
  'sudden-worsening': 'Sudden change for the worse',
  'far-worse': 'Far worse than the rest',
  'widening-gap': 'A gap that widens',
  'late-release': 'Figures are late',
  'missing-period': 'A period is missing',
  'silent-provider': 'No figures any more',
  'above-excellence': 'Excellent by a standard',
  'sudden-improvement': 'Improving fast',
  'far-better': 'Far better than the rest',
}

export const toneOf = (kind: SignalKind): words.Word =>
  kind === 'success' || kind === 'improving'
    ? { word: '', shape: '▲', tone: 'better' }
    : kind === 'late'
      ? { word: '', shape: '–', tone: 'unknown' }
      : { word: '', shape: '▼', tone: 'worse' }

export const answerWords: Record<AnswerKind, string> = {
  accept: 'Accepted',
  explain: 'Explained',
  plan: 'Planned',
}

/** "61% (55 to 67)", or the value and that there is no interval. */
function figure(indicator: Indicator, { value, lower95, upper95 }: Signal['seen']): string {
  if (value === undefined) return 'no figure'
  const shown = words.value(indicator, value)
  if (indicator.labels) return shown
  return lower95 === undefined || upper95 === undefined
    ? `${shown} (no interval)`
    : `${shown} (${words.limits(indicator, { lower95, upper95 })})`
}

/** How likely it is that a judgement is wrong. */
function wrongText(wrong: number | undefined): string {
  if (wrong === undefined) return ''
  const chance = wrong < 0.001 ? 'less than 0.1%' : `${words.number(100 * wrong, 1)}%`
  return ` The chance that this is wrong: ${chance}.`
}

/** "23.5 percentage points above the whole". */
function offset(indicator: Indicator, x: number): string {
  const unit =
    indicator.unit === '%'
      ? `${words.number(Math.abs(x), indicator.decimals)} percentage points`
      : words.value(indicator, Math.abs(x))
  return `${unit} ${x < 0 ? 'below' : 'above'}`
}

/** The share of all providers that do worse, from a percentile. */
const betterThan = (indicator: Indicator, percentile: number): string =>
  words.number(indicator.polarity === 'lower' ? 100 - percentile : percentile, 0)

/** "; England: 20.5% (20.4 to 20.6)", where the whole is known. */
function beside(indicator: Indicator, { whole }: Signal['seen']): string {
  if (!whole) return ''
  return `; ${whole.name}: ${words.comparedValue(indicator, { value: whole.value, limits95: whole.limits95 ?? null })}`
}

/** Whether one that improved is still worse than the whole: for certain, where its interval is known. */
function stillWorse(indicator: Indicator, { seen }: Signal): string {
  const { value, whole } = seen
  if (value === undefined || !whole) return ''
  const best = indicator.polarity === 'lower' ? (seen.lower95 ?? value) : (seen.upper95 ?? value)
  const worse = indicator.polarity === 'lower' ? best > whole.value : best < whole.value
  return worse ? ' That is still worse than the whole.' : ''
}

function sudden(indicator: Indicator, signal: Signal): string {
  const { seen, period, rule } = signal
  const { from = Number.NaN, to = Number.NaN, by = [] } = seen
  const since = `Since ${words.period(period)}`
  const latest =
    seen.value === undefined
      ? ''
      : ` In ${words.period(seen.until ?? '')} it was ${figure(indicator, seen)}${beside(indicator, seen)}.${rule === 'sudden-improvement' ? stillWorse(indicator, signal) : ''}`
  if (by.includes('cusum')) {
    return `${since} it does as well as or better than ${betterThan(indicator, to)} in 100 others; before, than ${betterThan(indicator, from)}.${latest}`
  }
  return seen.whole === undefined
    ? `${since} it went from about ${words.value(indicator, from)} to about ${words.value(indicator, to)}, as averages without an interval.${latest}`
    : `${since}, held against ${seen.whole.name}, it went from ${offset(indicator, from)} to ${offset(indicator, to)}, as averages without an interval.${latest}`
}

function judged(indicator: Indicator, signal: Signal, threshold: string): string {
  const { seen, period, standard } = signal
  const side = standard?.side ?? 'at least'
  const since =
    period === seen.until
      ? words.inPeriod(indicator, period)
      : `${words.inPeriod(indicator, seen.until ?? '')}, and so it has been since ${words.period(period)}`
  const other = standard?.alternatives ? ', or another way to meet it,' : ''
  const caveat = standard?.caveat ? ` ${standard.caveat}` : ''
  return `${figure(indicator, seen)} ${since}, where ${side} ${threshold}${other} is asked.${wrongText(seen.wrong)}${caveat}`
}

/** A difference with its limits, without its sign: "25 (21 to 29) percentage points". */
function distance(indicator: Indicator, { value, lower, upper }: Estimate): string {
  const [from, to] = value < 0 ? [-upper, -lower] : [lower, upper]
  const limits = words.limits(indicator, { lower95: from, upper95: to })
  const number = words.number(Math.abs(value), indicator.decimals)
  return indicator.unit === '%'
    ? `${number} (${limits}) percentage points`
    : `${words.withUnit(indicator, number)} (${limits})`
}

/** Who was behind, by how much, and by how much now. */
function gap(indicator: Indicator, { seen }: Signal): string {
  if (!seen.gap) return 'The gap between its groups has grown.'
  const { groups, before, earlier, now } = seen.gap
  const [a, b] = groups.map(words.group)
  const [lower, upper] = now.value < 0 ? [a, b] : [b, a]
  const turned = before.value !== 0 && before.value < 0 !== now.value < 0
  const then = `${distance(indicator, before)}${turned ? ' the other way' : ''}`
  return `In ${words.period(seen.until ?? '')} ${lower} had ${distance(indicator, now)} less than ${upper}; in ${words.period(earlier)} it was ${then}.`
}

/** One plain sentence or two: what was seen. */
export function seenSentence(signal: Signal): string {
  const { rule, seen, indicator, period } = signal
  switch (rule) {
    case 'late-release':
      return `The figures of ${words.period(period)} should have come by ${words.date(seen.due ?? null)}, by the rhythm of those before. The last are of ${words.period(seen.until ?? '')}.`
    case 'missing-period':
      return `There are figures before ${words.period(period)} and after it, and none of it.`
    case 'silent-provider':
      return `It had figures in ${words.period(seen.until ?? '')} and has none in ${words.period(period)}, where the others have.`
  }
  if (!indicator) return 'Its indicator is no longer described.'
  switch (rule) {
    case 'widening-gap':
      return gap(indicator, signal)
    case 'below-floor':
    case 'below-entitlement':
    case 'above-excellence':
      return judged(indicator, signal, words.value(indicator, seen.threshold ?? Number.NaN))
    case 'sudden-worsening':
    case 'sudden-improvement':
      return sudden(indicator, signal)
    default:
      return `${figure(indicator, seen)} in ${words.period(seen.until ?? period)}${beside(indicator, seen)}. That is further off than chance and the usual differences explain.`
  }
}

/** What the signal is about: the indicator's, standard's or source's name. */
export const aboutWords = ({ standard, indicator, seen, about }: Signal): string =>
  standard?.name ?? indicator?.name ?? seen.title ?? about

/** Who the signal is about: a provider or place, or the source. */
export const whoWords = ({ subject, seen, about }: Signal): string =>
  subject?.name ?? seen.title ?? about

/** A signal in a few words: "Below a floor: Anstey School, Reading". */
export const briefWords = (signal: Signal): string =>
  `${ruleWords[signal.rule]}: ${whoWords(signal)}${signal.subject ? `, ${aboutWords(signal)}` : ''}`

/** Where the reason can be seen: the figure at its provider, or the source's releases. */
export function whyHref({ subject, indicator, kind, about }: Signal): string {
  if (!subject) return `/releases?dataset=${encodeURIComponent(about)}`
  const page = `/${subject.kind === 'place' ? 'places' : 'providers'}/${encodeURIComponent(subject.code)}`
  return kind === 'late' || !indicator?.headline ? page : `${page}#${indicator.code}`
}
