import { normalisePeriod, type PeriodKind, periodSpan } from '../evidence/period.ts'

/** Months since the year 0, for the first day of a period. */
const monthOf = (iso: string): number => 12 * Number(iso.slice(0, 4)) + Number(iso.slice(5, 7)) - 1

const iso = (month: number, day: number): string =>
  new Date(Date.UTC(Math.floor(month / 12), month % 12, day)).toISOString().slice(0, 10)

/** The name of the period of a kind that begins in a month. */
function periodFrom(month: number, kind: PeriodKind): string {
  const first = iso(month, 1)
  if (kind === 'quarter') return `${first.slice(0, 4)}-Q${Math.floor((month % 12) / 3) + 1}`
  const text = kind === 'day' ? first : kind === 'month' ? first.slice(0, 7) : first.slice(0, 4)
  return normalisePeriod(text, kind) ?? first
}

/**
 * How many months lie between the beginnings of periods as a rule: the most frequent step, the shortest
 * of those alike; null below three periods, since two make no rhythm.
 */
export function rhythmOf(periods: readonly string[], kind: PeriodKind): number | null {
  const steps = stepsOf(periods, kind)
  if (steps.length < 2) return null
  const counts = Map.groupBy(steps, (s) => s)
  return [...counts].sort(([a, x], [b, y]) => y.length - x.length || a - b)[0]?.[0] ?? null
}

const startsOf = (periods: readonly string[], kind: PeriodKind): number[] =>
  [...new Set(periods.map((p) => monthOf(periodSpan(p, kind).from)))].sort((a, b) => a - b)

const stepsOf = (periods: readonly string[], kind: PeriodKind): number[] => {
  const starts = startsOf(periods, kind)
  return starts.slice(1).map((s, i) => s - (starts[i] as number))
}

/**
 * Periods that a source should have had between its first and its last.
 * @example missingPeriods(['2019', '2020', '2022'], 'year') // ['2021']
 */
export function missingPeriods(periods: readonly string[], kind: PeriodKind): string[] {
  const rhythm = rhythmOf(periods, kind)
  if (rhythm === null || rhythm < 1) return []
  const starts = startsOf(periods, kind)
  return starts.flatMap((start, i) => {
    const next = starts[i + 1] ?? start
    const count = Math.round((next - start) / rhythm) - 1
    return Array.from({ length: Math.max(0, count) }, (_, k) =>
      periodFrom(start + (k + 1) * rhythm, kind),
    )
  })
}

/** The period that should come next, and the day from which it is late. */
export interface NextRelease {
  readonly period: string
  readonly due: string
}

/**
 * When the next figures are late: as long after the end of their period as the last ones came after the
 * end of theirs (or, where nobody knows, a whole step), and half a step of grace.
 * @param publishedOn the day on which the source published the last period; null where it is not known.
 * @example nextRelease(['2020', '2021', '2022'], 'year', '2023-03-31')
 * // { period: '2023', due: '2024-09-30' }
 */
export function nextRelease(
  periods: readonly string[],
  kind: PeriodKind,
  publishedOn: string | null,
): NextRelease | null {
  const rhythm = rhythmOf(periods, kind)
  const last = startsOf(periods, kind).at(-1)
  if (rhythm === null || rhythm < 1 || last === undefined) return null
  const period = periodFrom(last + rhythm, kind)
  const ended = periodSpan(periodFrom(last, kind), kind).to
  const known = publishedOn !== null && /^\d{4}-\d{2}-\d{2}$/.test(publishedOn)
  const came = known ? publishedOn : iso(monthOf(ended) + rhythm, Number(ended.slice(8)))
  const grace = Math.max(1, Math.ceil(rhythm / 2))
  const month = monthOf(came) + rhythm + grace
  // The last day of a shorter month where the day itself is not in it.
  const day = Math.min(Number(came.slice(8)), Number(iso(month + 1, 0).slice(8)))
  return { period, due: iso(month, day) }
}
