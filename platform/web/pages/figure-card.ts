import type { Comparison, Figure, FigureSeries } from '../../comparison/figures.ts'
import type { Indicator } from '../../evidence/indicator.ts'
import { commonScale, intervalBar, trend } from '../components/charts.ts'
import * as words from '../words.ts'

export function comparisonLine(indicator: Indicator, c: Comparison) {
  const name = c.against === 'past' ? `its own ${words.period(c.name)}` : c.name
  return { word: words.word(indicator, c.direction), name, value: words.value(indicator, c.value) }
}

export const against = (f: Figure, what: Comparison['against']): Comparison | undefined =>
  f.comparisons.find((c) => c.against === what)

/** The comparison that a page leads with: similar providers, else the whole. */
export const leading = (f: Figure): Comparison | undefined =>
  against(f, 'peers') ?? against(f, 'whole')

/** One indicator of one subject with its picture, words and history. */
export function figureCard(indicator: Indicator, series: FigureSeries, source: unknown) {
  const f = series.figures.at(-1) as Figure
  const lead = leading(f)
  const whole = against(f, 'whole')
  const span = [f.value, f.limits?.lower998, f.limits?.upper998, lead?.value]
  const measured = indicator.kind !== 'count' && indicator.kind !== 'rating'
  const bar =
    f.value === null || !measured || (!f.limits && !lead)
      ? ''
      : intervalBar(
          f.value,
          f.limits,
          lead?.value ?? null,
          commonScale(span.filter((x) => x !== undefined && x !== null)),
          `${words.figure(indicator, f)}${lead ? `; ${lead.name}: ${words.value(indicator, lead.value)}` : ''}`,
        )
  const history = series.figures.slice(-24).map((h) => {
    const w = against(h, 'whole')
    return {
      period: words.period(h.period),
      text: words.figure(indicator, h),
      whole: w ? words.value(indicator, w.value) : '',
    }
  })
  const shown = series.figures.filter((h) => h.value !== null).length
  const picture =
    shown < 2 || indicator.labels
      ? ''
      : trend(
          series.figures,
          series.figures.map((h) => against(h, 'whole')?.value ?? null),
          `${indicator.name}, ${history[0]?.period} to ${history.at(-1)?.period}. The table below has the figures.`,
          (x) => words.value(indicator, x),
        )
  return {
    code: indicator.code,
    name: indicator.name,
    value: f.value === null ? words.statusWords(f.status) : words.value(indicator, f.value),
    limits: f.limits && f.value !== null ? words.limits(indicator, f.limits) : null,
    counts: words.counts(f),
    period: words.period(f.period),
    polarity: words.polarityWords[indicator.polarity],
    bar,
    comparisons: f.comparisons.map((c) => comparisonLine(indicator, c)),
    /** False where no comparison can be told from chance: it is said once then. */
    told: f.comparisons.some((c) => c.direction !== null),
    trend: picture,
    history,
    wholeName: whole?.name ?? 'The whole',
    method: indicator.labels ? '' : words.methodWords(f),
    caveats: indicator.caveats,
    source,
  }
}
