import type { SubjectPage } from '../../../comparison/figures.ts'
import { leading } from '../../components/figure/figure.ts'
import * as words from '../../words.ts'
import type { Known } from '../subject-figures.ts'

const shapes = { better: '▲', similar: '●', worse: '▼', neutral: '▲▼', unknown: '–' } as const
type Tone = keyof typeof shapes

interface Named {
  readonly href: string
  readonly name: string
}

/** Longer lists are cut: the sections below have them all. */
const mostNamed = 4

/**
 * How many of the figures are better, similar and worse than those of similar providers, with the
 * names of those that stand out.
 */
export function inShort(all: readonly Known[], others: string) {
  const found: Record<Tone, Named[]> = {
    better: [],
    similar: [],
    worse: [],
    neutral: [],
    unknown: [],
  }
  for (const { indicator, latest } of all) {
    const lead = leading(latest)
    if (!lead) continue
    const tone = words.word(indicator, lead.direction).tone as Tone
    const href = indicator.headline ? `#${indicator.code}` : `/indicators/${indicator.code}`
    found[tone].push({ href, name: indicator.name })
  }
  const things = (n: number): string => (n === 1 ? 'thing' : 'things')
  const line = (tone: Tone, text: string, name: boolean) => {
    const some = found[tone]
    if (some.length === 0) return []
    const named = name ? some.slice(0, mostNamed) : []
    return [
      {
        tone,
        shape: shapes[tone],
        count: some.length,
        text,
        named,
        more: name ? some.length - named.length : 0,
      },
    ]
  }
  const { better, worse, similar } = found
  return [
    ...line('better', `${things(better.length)} better than ${others}`, true),
    ...line('worse', `${things(worse.length)} worse than ${others}`, true),
    ...line('similar', `${things(similar.length)} similar`, false),
    ...line('neutral', 'higher or lower, where neither is good or bad in itself', true),
    ...line('unknown', 'where the source does not let us tell', false),
  ]
}

/** "Smoking: 12%, 2022", "Inspectors' overall rating: Good (inspected 2016)". */
export function figureWithPeriod({ indicator, latest }: Known): string {
  const period = words.madeOn(indicator, latest.note) ? '' : `, ${words.period(latest.period)}`
  return `${indicator.name}: ${words.figure(indicator, latest)}${period}`
}

/**
 * The headline figure that differs most surely from its peers'; else the first compared at all. One that can be
 * seen comes before any that is suppressed or missing.
 */
export function tellingSentence(all: readonly Known[]): string {
  const headlines = all.filter((k) => k.indicator.headline)
  const seen = headlines.filter((k) => k.latest.value !== null)
  const compared = (seen.length > 0 ? seen : headlines).filter((k) => leading(k.latest))
  const size = (k: Known): number => Math.abs(leading(k.latest)?.direction ?? 0)
  const [first = seen[0]] = compared.sort((a, b) => size(b) - size(a))
  if (!first) return ''
  const lead = leading(first.latest)
  const figure = `${figureWithPeriod(first)}.`
  return lead ? `${figure} ${words.comparisonSentence(first.indicator, lead)}` : figure
}

/** A provider that is no longer open, or will not be for long, says so first. */
export function closedSentence(subject: SubjectPage): string {
  const day = subject.facts.Closed
  if (subject.closed) {
    return `${words.sentenceCase(words.closed(day))}. Its figures are from when it was open.`
  }
  if (subject.status === null || /^(open|active)$/i.test(subject.status)) return ''
  return day ? `${subject.status}: ${words.fact(day)}.` : `${subject.status}.`
}
