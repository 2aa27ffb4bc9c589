import { percentile } from '@plumbline/statistics'
import type { Compared, Geography, SeriesComparison } from '../comparison/compare.ts'
import type { Estimate } from '../comparison/estimate.ts'
import type { Database } from '../database/database.ts'
import { type Status, statuses } from '../evidence/descriptor.ts'

/** What a series' page leads with, stored beside its columns. */
export interface SeriesSummary {
  readonly counts: Record<Status, number>
  readonly providers: number
  readonly whole: {
    name: string
    value: number
    origin: string
    limits95?: { lower95: number; upper95: number } | null
  } | null
  /** 5th, 25th, 50th, 75th and 95th percentile of the providers' values. */
  readonly percentiles: number[] | null
  /** Kinds of provider that are held apart, with their subject numbers. */
  readonly apart?: readonly { readonly name: string; readonly subjects: readonly number[] }[]
  /** What the source says of single values: the text, and the subjects it stands beside. */
  readonly notes?: readonly { readonly text: string; readonly subjects: readonly number[] }[]
}

export function summarise(
  comparison: SeriesComparison,
  compared: Compared,
  geography: Geography,
): SeriesSummary {
  const { series } = comparison
  const counts = Object.fromEntries(statuses.map((s) => [s, 0])) as Record<Status, number>
  const values: number[] = []
  const apart = new Map<string, number[]>()
  let providers = 0
  series.subjects.forEach((subject, at) => {
    if (!geography.isProvider(subject)) return
    providers += 1
    counts[statuses[series.status[at] as number] as Status] += 1
    const value = series.value[at] as number
    const kind = geography.kind(subject)
    if (kind !== null) apart.set(kind, [...(apart.get(kind) ?? []), subject])
    else if (!Number.isNaN(value)) values.push(value)
  })
  const sorted = Float64Array.from(values).sort()
  const { whole } = compared
  return {
    counts,
    providers,
    whole: whole && {
      name: whole.name,
      value: whole.estimate.value,
      origin: whole.estimate.origin,
      limits95: limitsOf(whole.estimate),
    },
    percentiles:
      sorted.length < 5 ? null : [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => percentile(sorted, p)),
    ...(apart.size > 0
      ? { apart: [...apart].map(([name, subjects]) => ({ name, subjects })) }
      : {}),
    ...(series.notes.size > 0 ? { notes: byText(series.notes) } : {}),
  }
}

const limitsOf = ({ lower95, upper95 }: Estimate) =>
  Number.isNaN(lower95 + upper95) ? null : { lower95, upper95 }

const byText = (notes: ReadonlyMap<number, string>) =>
  [...Map.groupBy(notes, ([, text]) => text)].map(([text, some]) => ({
    text,
    subjects: some.map(([subject]) => subject),
  }))

export async function storeSeries(
  db: Database,
  publication: number,
  comparison: SeriesComparison,
  compared: Compared,
  geography: Geography,
): Promise<void> {
  const { series, limits } = comparison
  const releases = [...new Set(series.release)].sort((a, b) => a - b)
  await db.query(
    `insert into comparison_series (indicator, period, breakdown, publication, summary, subjects,
       value, status, release, releases, lower95, upper95, lower998, upper998, numerator,
       denominator, method, direction)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      series.indicator,
      series.period,
      series.breakdown,
      publication,
      JSON.stringify(summarise(comparison, compared, geography)),
      series.subjects,
      series.value,
      Int32Array.from(series.status),
      Int32Array.from(series.release, (r) => releases.indexOf(r)),
      Int32Array.from(releases),
      limits?.lower95 ?? null,
      limits?.upper95 ?? null,
      limits?.lower998 ?? null,
      limits?.upper998 ?? null,
      series.numerator,
      series.denominator,
      limits ? Int32Array.from(limits.method) : null,
      Int32Array.from(compared.direction),
    ],
  )
}
