import type { Indicator } from '../../../evidence/indicator.ts'
import type { Judgement, Outcome } from '../../../standards/judge.ts'
import type { Standard, StandardKind } from '../../../standards/standard.ts'
import type { OwnJudgement } from '../../../standards/store.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'
import type { Known } from '../subject-figures.ts'

/** What each kind of standard is, in one sentence. */
export const kindWords: Record<StandardKind, string> = {
  floor: 'A floor: the least that every provider must reach.',
  entitlement: 'An entitlement: what everyone may expect.',
  excellence: 'Excellence: what the profession itself calls excellent.',
  ambition: 'An ambition: a goal to work towards.',
}

const shapes: Record<Outcome, { shape: string; tone: string }> = {
  met: { shape: '▲', tone: 'better' },
  'not met': { shape: '▼', tone: 'worse' },
  'not shown either way': { shape: '●', tone: 'similar' },
  'not judged': { shape: '–', tone: 'unknown' },
}

export const outcomeWord = (outcome: Outcome): words.Word => ({
  word: outcome,
  ...shapes[outcome],
  href: '/about/methods#judgements',
})

/** "at least 65%", and whether there is another way to meet it. */
export const askedText = (s: Standard, threshold: number, indicator: Indicator): string =>
  `${s.side} ${words.value(indicator, threshold)}${s.alternatives ? ', or another way to meet it,' : ''}`

/** "At least 65%". */
export const thresholdText = (s: Standard, threshold: number, indicator: Indicator): string =>
  words.sentenceCase(askedText(s, threshold, indicator))

/** "99.9%", never a certainty that nobody has. */
function likely(p: number): string {
  if (p > 0.999) return 'more than 99.9% likely'
  if (p < 0.001) return 'less than 0.1% likely'
  return `${words.number(100 * p, p > 0.99 || p < 0.01 ? 1 : 0)}% likely`
}

const whyNot: Record<Judgement['reason'], string> = {
  '': '',
  suppressed: 'the figure is hidden, since too few people are behind it',
  missing: 'no figure was given',
  'not-applicable': 'it does not apply here',
  unreliable: 'too few people were counted',
  'no interval': 'the source does not let us say how sure the figure is',
  lapsed: 'the standard was not looked at again by its review date',
  'too few': 'too few were counted to judge by',
}

/** One sentence that says why a judgement is what it is. */
export function judgementSentence(
  j: Judgement,
  standard: Standard,
  threshold: number,
  indicator: Indicator,
  own: Parameters<typeof words.figure>[1] | undefined,
): string {
  if (j.outcome === 'not judged') return `Not judged: ${whyNot[j.reason]}.`
  const asked = askedText(standard, threshold, indicator)
  const wrong = standard.side === 'at least' ? j.below : j.below === null ? null : 1 - j.below
  const sure = wrong === null ? '' : ` It is ${likely(wrong)} that the true value misses it.`
  const figure = own ? words.figure(indicator, own) : ''
  const value = own?.value ?? null
  const reaches =
    value !== null && (standard.side === 'at least' ? value >= threshold : value <= threshold)
  const how = standard.alternatives && !reaches ? 'met in another way' : 'met'
  const found = {
    met:
      standard.alternatives && value === null
        ? `Met in another way; its own figure is ${figure || 'missing'} (${asked} is asked).`
        : `${figure}: ${how} (${asked} is asked).`,
    'not met': `${figure}: not met (${asked} is asked).`,
    'not shown either way': `${figure}: the data cannot tell whether it is met (${asked} is asked).`,
  }[j.outcome]
  return `${found}${sure}`
}

/** Said beside every judgement by a part. */
export const partSentence = (whole: Standard): string =>
  `A part of “${whole.name}”: missing it is not yet missing that.`

/** A provider's latest judgement by one standard, as its page shows it. */
export function ownLine(j: OwnJudgement, all: readonly Known[], { indicators }: PageContext) {
  const { standard, period, threshold, partOf } = j
  const indicator = indicators.get(standard.indicator)
  const series = all.find(
    ({ series: s }) => s.indicator === standard.indicator && s.breakdown === standard.breakdown,
  )?.series
  const figure = series?.figures.find((f) => f.period === period)
  return {
    href: `/standards/${standard.code}`,
    name: standard.name,
    kind: standard.kind,
    setBy: standard.setBy,
    period: words.period(period),
    word: outcomeWord(j.outcome),
    sentence: indicator
      ? [
          judgementSentence(j, standard, threshold, indicator, figure),
          standard.caveat ?? '',
          partOf ? partSentence(partOf) : '',
        ]
          .filter((text) => text !== '')
          .join(' ')
      : '',
  }
}
