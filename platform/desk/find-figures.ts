import { loadStoredSeries, type StoredSeries, storedKeys } from '../comparison/stored-series.ts'
import { type Indicator, isComparable, kindApart } from '../evidence/indicator.ts'
import { type PeriodKind, periodSpan } from '../evidence/period.ts'
import { periodKinds } from '../evidence/period-kinds.ts'
import type { PublicationAtHand } from '../publishing/dependents.ts'
import { chartFalseAlarms, cusumFalseAlarms, tailFalseAlarms } from './false-alarms.ts'
import { type Found, type Seen, type StoredSignal } from './signal.ts'
import {
  chartChanges,
  chartPoints,
  cusumChanges,
  type Panel,
  type SuddenChange,
} from './sudden-change.ts'
import { outliers } from './tails.ts'

/** What may be called better or worse at all: neither a size nor a rating, nor of people who chose themselves. */
export const isWatched = (indicator: Indicator): boolean =>
  indicator.polarity !== 'neither' && isComparable(indicator)

/** Providers of the usual kind: those of a kind that is held apart have few of their own. */
export function usualProviders(
  { listings, catalogue }: PublicationAtHand,
  indicator: Indicator,
): (subject: number) => boolean {
  const service = catalogue.services.find((s) => s.code === indicator.service)
  return (subject) => {
    const listing = listings.get(subject)
    return (
      listing?.kind === 'provider' &&
      listing.service === indicator.service &&
      !kindApart(service, listing.body.facts)
    )
  }
}

/** Those that are open. */
export function watchedProviders(
  publication: PublicationAtHand,
  indicator: Indicator,
): (subject: number) => boolean {
  const isUsual = usualProviders(publication, indicator)
  return (subject) => isUsual(subject) && publication.listings.get(subject)?.body.closed !== true
}

/** Sudden changes and tails of one indicator; rows without signals end what stood before. */
export async function findInFigures(
  publication: PublicationAtHand,
  code: string,
): Promise<Found[]> {
  const indicator = publication.indicators.get(code)
  if (!indicator || !isWatched(indicator)) return []
  const { db, number, catalogue } = publication
  const keys = await storedKeys(db, number, code)
  const periods = keys.filter((k) => k.breakdown === '').map((k) => k.period)
  const last = periods.at(-1)
  const kind = periodKinds(catalogue.descriptors)(code)
  const long = periods.length >= chartPoints.fewest
  if (last === undefined || (!long && !indicator.headline)) return []
  const choice = long ? { breakdown: '' } : { breakdown: '', period: last }
  const series = await loadStoredSeries(db, number, code, choice)
  const isWatchedHere = watchedProviders(publication, indicator)
  return [
    ...(long ? findSudden(indicator, series, kind, isWatchedHere) : []),
    ...(indicator.headline ? findTails(indicator, series, kind, isWatchedHere) : []),
  ]
}

/** All months from the first to the last, those that nobody published as well. */
function timeline(series: readonly StoredSeries[], kind: PeriodKind | null): string[] {
  const known = series.map((s) => s.period)
  const [first, last] = [known[0], known.at(-1)]
  if (kind !== 'month' || first === undefined || last === undefined) return known
  const months: string[] = []
  for (let at = first; at <= last; at = monthAfter(at)) months.push(at)
  return months
}

function monthAfter(month: string): string {
  const next = new Date(`${periodSpan(month, 'month').to}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 7)
}

/** Series by period as columns over the watched providers of the last one, in order of their numbers. */
function panelOf(
  indicator: Indicator,
  series: readonly StoredSeries[],
  kind: PeriodKind | null,
  isWatchedHere: (subject: number) => boolean,
): Panel & { subjects: Int32Array } {
  const subjects = (series.at(-1)?.subjects ?? new Int32Array()).filter(isWatchedHere).sort()
  const placeOf = new Map(Array.from(subjects, (subject, i) => [subject, i]))
  const byPeriod = new Map(series.map((s) => [s.period, s]))
  const periods = timeline(series, kind)
  const values = periods.map((period) => {
    const column = new Float64Array(subjects.length).fill(Number.NaN)
    byPeriod.get(period)?.subjects.forEach((subject, i) => {
      const place = placeOf.get(subject)
      if (place !== undefined) column[place] = byPeriod.get(period)?.value[i] as number
    })
    return column
  })
  const whole = Float64Array.from(periods, (p) => byPeriod.get(p)?.whole?.value ?? Number.NaN)
  const better = indicator.polarity === 'lower' ? 'lower' : 'higher'
  return { periods, values, whole, better, monthly: kind === 'month', subjects }
}

function findSudden(
  indicator: Indicator,
  series: readonly StoredSeries[],
  kind: PeriodKind | null,
  isWatchedHere: (subject: number) => boolean,
): Found[] {
  const panel = panelOf(indicator, series, kind, isWatchedHere)
  const cusum = kind === 'month' ? cusumChanges(panel) : { changes: [], watched: 0 }
  const chart = chartChanges(panel)
  const last = panel.periods.length - 1
  const latest = series.at(-1)
  const signalOf = (some: readonly SuddenChange[]) => {
    // The percentiles' own words where both found it.
    const [change] = some as [SuddenChange, ...SuddenChange[]]
    const subject = panel.subjects[change.at] as number
    const seen: Seen = {
      ...figureAt(latest, latest?.subjects.indexOf(subject) ?? -1),
      from: change.from,
      to: change.to,
      by: some.map((c) => c.by),
      until: panel.periods[last] ?? '',
      ...(change.by === 'cusum' || chart.ofWhole ? wholeOf(latest) : {}),
    }
    return {
      subject,
      period: panel.periods[change.since] as string,
      seen,
    }
  }
  return ([true, false] as const).map((worse): Found => {
    const ofWay = [...cusum.changes, ...chart.changes].filter((c) => c.worse === worse)
    const charted = chart.changes.filter((c) => c.worse === worse).length
    return {
      rule: worse ? 'sudden-worsening' : 'sudden-improvement',
      about: indicator.code,
      signals: [...Map.groupBy(ofWay, (c) => c.at).values()].map(signalOf),
      watched: Math.max(cusum.watched, chart.watched),
      falseAlarms:
        cusumFalseAlarms(cusum.watched, kind) + chartFalseAlarms(charted, chart.watched, kind),
    }
  })
}

/** A figure with its limits, where they are known. */
function figureAt(series: StoredSeries | undefined, at: number): Seen {
  const value = series?.value[at]
  if (series === undefined || value === undefined || Number.isNaN(value)) return {}
  const [lower95, upper95] = [series.lower95[at] as number, series.upper95[at] as number]
  return Number.isNaN(lower95 + upper95) ? { value } : { value, lower95, upper95 }
}

const wholeOf = (series: StoredSeries | undefined): Seen =>
  series?.whole ? { whole: series.whole } : {}

function findTails(
  indicator: Indicator,
  series: readonly StoredSeries[],
  kind: PeriodKind | null,
  isWatchedHere: (subject: number) => boolean,
): Found[] {
  const latest = series.at(-1)
  if (!latest) return []
  const places = Array.from(latest.subjects.keys()).filter((i) =>
    isWatchedHere(latest.subjects[i] as number),
  )
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(places, (i) => column[i] as number)
  const field = {
    value: pick(latest.value),
    lower95: pick(latest.lower95),
    upper95: pick(latest.upper95),
    numerator: pick(latest.numerator),
    denominator: pick(latest.denominator),
    rounded: latest.rounded,
  }
  const found = outliers(field, indicator)
  const good = indicator.polarity === 'higher' ? 1 : -1
  return ([false, true] as const).map((better): Found => {
    const some = found.outliers.filter((o) => (o.side === good) === better)
    return {
      rule: better ? 'far-better' : 'far-worse',
      about: indicator.code,
      signals: some.map(({ at }): Omit<StoredSignal, 'first'> => {
        const place = places[at] as number
        return {
          subject: latest.subjects[place] as number,
          period: latest.period,
          seen: { ...figureAt(latest, place), ...wholeOf(latest), until: latest.period },
        }
      }),
      watched: found.watched,
      falseAlarms: tailFalseAlarms(some.length, found.watched, kind),
    }
  })
}
