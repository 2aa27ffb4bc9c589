import { direction, type GroupEstimate } from '../../../comparison/estimate.ts'
import { estimateFigures } from '../../../comparison/estimate-figures.ts'
import type { Figure, SubjectPage } from '../../../comparison/figures.ts'
import type { Indicator } from '../../../evidence/indicator.ts'
import { type PeriodKind, periodSpan } from '../../../evidence/period.ts'
import * as words from '../../words.ts'
import { type PageContext, subjectHref } from '../context.ts'

export interface Halves {
  readonly before: readonly Figure[]
  readonly after: readonly Figure[]
  /** Periods that the day falls within, after their first day: they are neither. */
  readonly astride: readonly Figure[]
}

/**
 * Parts figures at a day: before are periods that ended by then, after those that began on it or
 * later.
 * @param since an ISO date, such as 2018-04-01.
 */
export function partAt(figures: readonly Figure[], kind: PeriodKind, since: string): Halves {
  const halves = { before: [] as Figure[], after: [] as Figure[], astride: [] as Figure[] }
  for (const figure of figures) {
    const { from, to } = periodSpan(figure.period, kind)
    if (from >= since) halves.after.push(figure)
    else if (to < since) halves.before.push(figure)
    else halves.astride.push(figure)
  }
  return halves
}

function shown(indicator: Indicator, e: GroupEstimate): string {
  const limits = Number.isNaN(e.lower95) ? null : { ...e, method: 'wilson' as const }
  const figure = words.figure(indicator, { status: 'value', value: e.value, limits })
  return `${figure}, ${e.count} ${e.count === 1 ? 'period' : 'periods'}`
}

function row(indicator: Indicator, subject: SubjectPage, halves: Halves) {
  const before = estimateFigures(halves.before, indicator)
  const after = estimateFigures(halves.after, indicator)
  if (!before || !after) return []
  return [
    [
      { text: subject.name, href: subjectHref(subject) },
      { text: shown(indicator, before) },
      { text: shown(indicator, after) },
      { word: words.word(indicator, direction(after, before)) },
    ],
  ]
}

/** Each indicator of each provider before and after a day of the visitor's choice. */
export function beforeAndAfter(
  subjects: readonly SubjectPage[],
  since: string,
  context: PageContext,
) {
  const tables = [...context.indicators.values()].flatMap((indicator) => {
    const kind = context.reader.periodKind(indicator.code)
    if (!indicator.headline || indicator.labels || !kind) return []
    if (indicator.kind === 'count' || indicator.selected) return []
    let astride = 0
    const rows = subjects.flatMap((subject) => {
      const series = subject.series.find(
        (s) => s.indicator === indicator.code && s.breakdown === '',
      )
      if (!series) return []
      const halves = partAt(series.figures, kind, since)
      astride = Math.max(astride, halves.astride.length)
      return row(indicator, subject, halves)
    })
    if (rows.length === 0) return []
    const left = astride > 0 ? 'The period that holds the day itself is left out.' : ''
    return [{ name: indicator.name, href: `/indicators/${indicator.code}`, rows, left }]
  })
  return { title: `Before and after ${words.date(since)}`, tables }
}
