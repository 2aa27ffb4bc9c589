import { type GroupFigure, gapOf } from '../../../cards/gap.ts'
import type { ItemMark } from '../../../cards/store.ts'
import type { Figure, SubjectPage } from '../../../comparison/figures.ts'
import type { Indicator } from '../../../evidence/indicator.ts'
import { madeOn } from '../../../evidence/made-on.ts'
import { outsideOf, type Take } from '../../../evidence/takes.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'

/** What counts towards a card, in words: its name and the provider's own figure. */
export interface ItemWords {
  readonly name: string
  readonly href: string
  readonly period: string
  readonly figure: string
}

/** The figure that a mark rests on: of a group, or of everyone where `breakdown` is "". */
export const figureOf = (
  subject: SubjectPage,
  { item, period }: ItemMark,
  breakdown: string,
): Figure | null =>
  subject.series
    .find((s) => s.indicator === item.indicator && s.breakdown === breakdown)
    ?.figures.find((f) => f.period === period) ?? null

/** "no interval" is said where a figure that has doubt comes without one. */
function ownFigure(indicator: Indicator, f: Figure | null): string {
  if (!f || f.value === null) return 'no figure'
  const shown = words.figure(indicator, f)
  return f.limits || indicator.labels ? shown : `${shown} (no interval)`
}

/** "disadvantaged" of `disadvantage=disadvantaged`. */
const groupName = (breakdown: string): string => breakdown.split('=').at(-1) ?? breakdown

const groupFigure = (f: Figure | null): GroupFigure | null =>
  f && f.value !== null
    ? {
        value: f.value,
        lower: f.limits?.lower95 ?? Number.NaN,
        upper: f.limits?.upper95 ?? Number.NaN,
      }
    : null

/** "12 percentage points (3 to 21)": differences of percentages are in points. */
function gapFigure(indicator: Indicator, subject: SubjectPage, mark: ItemMark): string {
  const { gap } = mark.item
  const behind = gap && groupFigure(figureOf(subject, mark, gap.behind))
  const ahead = gap && groupFigure(figureOf(subject, mark, gap.ahead))
  if (!behind || !ahead) return 'no figure'
  const found = gapOf(behind, ahead, indicator.polarity === 'lower' ? 'low' : 'high')
  const points = indicator.unit === '%' ? { ...indicator, unit: 'percentage points' } : indicator
  const limits = { lower95: found.lower, upper95: found.upper }
  const shown = Number.isNaN(found.lower) ? 'no interval' : words.limits(indicator, limits)
  return found.value === 0 && found.lower === 0
    ? `none that the data show (${shown})`
    : `${words.value(points, found.value)} (${shown})`
}

/** An item with its own figure; null where nobody describes its indicator any more. */
export function itemWords(
  mark: ItemMark,
  subject: SubjectPage,
  { indicators }: PageContext,
): ItemWords | null {
  const indicator = indicators.get(mark.item.indicator)
  if (!indicator) return null
  const { gap } = mark.item
  const name = gap
    ? `${indicator.name}: gap between ${groupName(gap.behind)} and ${groupName(gap.ahead)}`
    : indicator.name
  const own = figureOf(subject, mark, '')
  const figure = gap ? gapFigure(indicator, subject, mark) : ownFigure(indicator, own)
  const made = gap === null && own !== null && words.madeOn(indicator, own.note) !== ''
  const period = mark.period === null || made ? '' : words.period(mark.period)
  return { name, href: `/indicators/${indicator.code}`, period, figure }
}

/** Why a card does not take a provider's cost, by the first of its limits that it lies outside of. */
export function whyLeftOut(mark: ItemMark, subject: SubjectPage, takes: readonly Take[]): string {
  const valueOf = (indicator: string): number => {
    const series = subject.series.find((s) => s.indicator === indicator && s.breakdown === '')
    return series?.figures.find((f) => f.period === mark.period)?.value ?? Number.NaN
  }
  return outsideOf(takes, valueOf)?.why ?? 'The card does not take it.'
}

/** From this age a rating is called old. */
const oldFrom = 5

/** How old its ratings were, where their doubt grows with age; one of five years or more is called old. */
export function ratingsAge(
  subject: SubjectPage,
  items: readonly ItemMark[],
  { indicators }: PageContext,
): string[] {
  return items.flatMap((mark) => {
    const indicator = indicators.get(mark.item.indicator)
    const figure = figureOf(subject, mark, '')
    if (mark.state !== 'aged' || !indicator || !figure?.note) return []
    const made = new Date(madeOn(figure.note)).getUTCFullYear()
    const years = Number(figure.period.slice(0, 4)) - made
    const old = years >= oldFrom ? ` This one is old: it was ${indicator.dated} in ${made}.` : ''
    return [`The older a rating is, the less sure we are of it.${old}`]
  })
}

/** A line of the card: "Blood pressure under control: 72% (68 to 76), 2024 to 2025". */
export const itemLine = (w: ItemWords): { text: string; rest: string; href: string } => ({
  text: w.name,
  rest: `: ${w.figure}${w.period === '' ? '' : `, ${w.period}`}`,
  href: w.href,
})

/**
 * What has changed for certain since the period before, the surest first: what counts and whose interval of
 * the difference leaves out nothing.
 */
export function changes(subject: SubjectPage, items: readonly ItemMark[], context: PageContext) {
  const seen = new Set<string>()
  const found = items.flatMap(({ item, period }) => {
    const indicator = context.indicators.get(item.indicator)
    if (item.gap || item.part === 'value' || !indicator || seen.has(item.indicator)) return []
    seen.add(item.indicator)
    const figure = subject.series
      .find((s) => s.indicator === item.indicator && s.breakdown === '')
      ?.figures.find((f) => f.period === period)
    const past = figure?.comparisons.find((c) => c.against === 'past')
    if (!figure || !past?.direction) return []
    const { word } = words.word(indicator, past.direction)
    return [
      {
        size: Math.abs(past.direction),
        text: indicator.name,
        rest: `: ${word} than before. It was ${words.value(indicator, past.value)} and is now ${words.figure(indicator, figure)}.`,
        href: `/indicators/${indicator.code}`,
      },
    ]
  })
  return found.sort((a, b) => b.size - a.size).slice(0, 3)
}
