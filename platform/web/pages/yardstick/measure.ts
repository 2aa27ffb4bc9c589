import type { Indicator } from '../../../evidence/indicator.ts'
import {
  inOrder,
  isRepeated,
  isStanding,
  latestOfEach,
  sideOf,
  type YardstickFigure,
} from '../../../yardstick/standing.ts'
import { readWording } from '../../../yardstick/wording.ts'
import { intervalBar } from '../../components/interval-bar/interval-bar.ts'
import { commonScale } from '../../components/scale.ts'
import * as words from '../../words.ts'

/** One indicator of a yardstick with all its figures. */
export interface Measure {
  readonly indicator: Indicator
  readonly part: string
  readonly figures: readonly YardstickFigure[]
}

/** Of whom within its place a figure is: "manual workers’ children"; null for everyone. */
const groupOf = ({ breakdown }: YardstickFigure): string | null =>
  breakdown === '' ? null : breakdown.slice(breakdown.indexOf('=') + 1)

/** "2007", "source of 2007" where only what is cited has a year, or that there is none. */
export function yearText({ figure }: YardstickFigure): string {
  const year = readWording(figure.note)?.year ?? 'said'
  if (year === 'none') return 'no year given'
  return year === 'said' ? words.period(figure.period) : `source of ${words.period(figure.period)}`
}

/** What the source says in its own words, or else the value. */
export function saidText({ figure }: YardstickFigure, indicator: Indicator): string {
  const wording = readWording(figure.note)
  return wording ? `“${wording.said}”` : words.figure(indicator, figure)
}

/** "England, other schools"; `known` is the place that a page is about and need not name. */
function nameOf(f: YardstickFigure, known?: string): string {
  const place = f.place.code === known ? [] : [f.place.name]
  const group = isRepeated(f) ? null : groupOf(f)
  return [...place, ...(group === null ? [] : [group])].join(', ')
}

/** "United Kingdom “13th out of 30 OECD countries” (2006); Ontario, Canada “fourth ...” (2006)". */
export function standingText(
  figures: readonly YardstickFigure[],
  indicator: Indicator,
  known?: string,
): string {
  return latestOfEach(figures)
    .filter((f) => !isRepeated(f))
    .map((f) => `${nameOf(f, known)} ${saidText(f, indicator)} (${yearText(f)})`.trimStart())
    .join('; ')
}

/** A dot for each number on one scale; none where a number is a rank, a word or one of a kind. */
function bars({ indicator, figures }: Measure): (f: YardstickFigure) => string {
  const drawn = !isStanding(indicator) && figures.length > 1
  const values = figures.flatMap(({ figure: { value } }) => (value === null ? [] : [value]))
  const domain =
    indicator.kind === 'proportion'
      ? ([0, indicator.scale] as const)
      : commonScale([0, ...values], [0, Number.POSITIVE_INFINITY])
  return (f) =>
    drawn && f.figure.value !== null
      ? intervalBar(f.figure.value, null, null, domain, `${nameOf(f)}: ${saidText(f, indicator)}`)
      : ''
}

/** The places in which the source says a thing more than once, each time in other words. */
function repeats({ indicator, figures }: Measure): string {
  const again = figures.filter(isRepeated)
  if (again.length === 0) return ''
  const first = figures.filter((f) => !isRepeated(f))
  const texts = [...first, ...again].map(
    (f) => `${readWording(f.figure.note)?.where ?? ''} has ${saidText(f, indicator)}`,
  )
  return `The paper says this twice, and not in the same way: ${words.list(texts)}.`
}

/** A measure as its page sets it: a row for each figure, and the sentences they stand in. */
export function measureLines(measure: Measure) {
  const { indicator, figures } = measure
  const bar = bars(measure)
  const sentences = new Map(
    figures.flatMap(({ figure }) => {
      const wording = readWording(figure.note)
      return wording ? [[`${wording.where}: “${wording.sentence}”`, wording]] : []
    }),
  )
  const abroad = figures.some((f) => sideOf(f.place) === 'abroad')
  return {
    id: indicator.code,
    name: indicator.name,
    href: `/indicators/${indicator.code}`,
    caveat: [repeats(measure), ...indicator.caveats].filter((x) => x).join(' '),
    meaning: indicator.meaning ?? '',
    alone: abroad || isStanding(indicator) ? '' : 'The paper gives no figure of another country.',
    rows: inOrder(figures).map((f) => ({
      name: nameOf(f),
      href: `/places/${f.place.code}`,
      about: [yearText(f), readWording(f.figure.note)?.where].filter((x) => x).join(' · '),
      text: saidText(f, indicator),
      bar: bar(f),
    })),
    sentences: [...sentences.values()].map(({ where, sentence }) => ({ where, sentence })),
  }
}
