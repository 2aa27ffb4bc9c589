import { direction } from '../../../comparison/estimate.ts'
import { estimateFigures } from '../../../comparison/estimate-figures.ts'
import type { Answer } from '../../../desk/answer.ts'
import type { Signal } from '../../../desk/store.ts'
import * as words from '../../words.ts'
import { partAt } from '../compare/before-after.ts'
import type { PageContext } from '../context.ts'

/** What became of a plan: the figures before its day and after, and whether the change is shown. */
export interface PlanEffect {
  readonly before: string | null
  readonly after: string | null
  readonly sentence: string
}

/** How many periods on either side are held against each other at most. */
const mostPeriods: Readonly<Record<string, number>> = { month: 12 }

/** The values of the plan's indicator before and after the day on which it was given. */
export async function planEffect(
  signal: Signal,
  plan: Answer,
  context: PageContext,
): Promise<PlanEffect | null> {
  const { reader, state, indicators } = context
  const indicator = plan.indicator === null ? null : indicators.get(plan.indicator)
  if (!indicator || !signal.subject) return null
  const subject = await reader.subject(state, signal.subject.code)
  const breakdown = signal.standard?.breakdown ?? ''
  const series = subject?.series.find(
    (s) => s.indicator === indicator.code && s.breakdown === breakdown,
  )
  const kind = reader.periodKind(indicator.code)
  if (!series || kind === null) return null
  const most = mostPeriods[kind] ?? 1
  const halves = partAt(series.figures, kind, plan.givenOn)
  const [some, others] = [halves.before.slice(-most), halves.after.slice(-most)]
  const before = estimateFigures(some, indicator)
  const after = estimateFigures(others, indicator)
  const shown = (e: NonNullable<typeof before>, periods: readonly { period: string }[]): string => {
    const limits = Number.isNaN(e.lower95) ? null : { ...e, method: 'wilson' as const }
    const value = words.figure(indicator, { status: 'value', value: e.value, limits })
    const [first, last] = [periods[0]?.period ?? '', periods.at(-1)?.period ?? '']
    const when =
      first === last ? words.period(last) : `${words.period(first)} to ${words.period(last)}`
    return `${limits || indicator.labels ? value : `${value} (no interval)`}, ${when}`
  }
  return {
    before: before && shown(before, some),
    after: after && shown(after, others),
    sentence: sentence(indicator, before, after),
  }
}

function sentence(
  indicator: Parameters<typeof words.word>[0],
  before: Parameters<typeof direction>[1] | null,
  after: Parameters<typeof direction>[0] | null,
): string {
  if (!after) return 'No figures have come since the plan: its effect cannot be seen yet.'
  if (!before) return 'There are no figures from before the plan to hold these against.'
  const way = direction(after, before)
  const { word } = words.word(indicator, way)
  if (way === null) return 'There is no interval, so we cannot say whether a change is shown.'
  if (way === 0) return 'No change is shown: the difference could be chance.'
  return `A change is shown: ${word} than before the plan. Whether the plan made it, these figures cannot tell.`
}
