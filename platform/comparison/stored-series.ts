import type { Queries } from '../database/database.ts'
import { intervalMethods, roundedMethods } from './figures.ts'

/**
 * One indicator, group and period over all its providers and places, as a publication compared them:
 * a column each, NaN for nothing. What is computed from figures at publish (judgements, cards, gaps)
 * reads these rather than the files' own.
 */
export interface StoredSeries {
  readonly indicator: string
  readonly period: string
  /** '' for everyone, else `sex=boys`. */
  readonly breakdown: string
  readonly subjects: Int32Array
  readonly value: Float64Array
  /** Place in `statuses` (evidence/descriptor.ts). */
  readonly status: Uint8Array
  /** Its counts were rounded, or worked back from rounded percentages: nobody's, not to be added up. */
  readonly rounded: boolean
  readonly lower95: Float64Array
  readonly upper95: Float64Array
  readonly lower998: Float64Array
  readonly upper998: Float64Array
  readonly numerator: Float64Array
  readonly denominator: Float64Array
  /** The release that each value comes from. */
  readonly release: Int32Array
  /** What the source says of single values, by subject number. */
  readonly notes?: ReadonlyMap<number, string>
  /** How the whole did, where there is one. */
  readonly whole: StoredWhole | null
}

export interface StoredWhole {
  readonly name: string
  readonly value: number
  /** Left out or null where nobody knows them. */
  readonly limits95?: { readonly lower95: number; readonly upper95: number } | null
}

type Numbers = readonly (number | null)[] | null

interface Row {
  readonly indicator: string
  readonly period: string
  readonly breakdown: string
  readonly summary: {
    readonly whole: StoredSeries['whole']
    readonly notes?: readonly { readonly text: string; readonly subjects: readonly number[] }[]
  }
  readonly subjects: readonly number[]
  readonly value: readonly (number | null)[]
  readonly status: readonly number[]
  readonly rounded: boolean
  readonly release: readonly number[]
  readonly releases: readonly number[]
  readonly lower95: Numbers
  readonly upper95: Numbers
  readonly lower998: Numbers
  readonly upper998: Numbers
  readonly numerator: Numbers
  readonly denominator: Numbers
}

/** Which of an indicator's series are wanted; without `breakdown` those of every group. */
export interface SeriesChoice {
  readonly breakdown?: string
  readonly period?: string
}

/** An indicator's groups and periods in a publication, oldest first: what there is to load. */
export function storedKeys(
  db: Queries,
  publication: number,
  indicator: string,
): Promise<{ period: string; breakdown: string }[]> {
  return db.query(
    `select period, breakdown from (
       select distinct on (period, breakdown) period, breakdown, summary from comparison_series
       where indicator = $2 and publication <= $1 order by period, breakdown, publication desc
     ) newest where not summary ? 'empty' order by period, breakdown`,
    [publication, indicator],
  )
}

/**
 * The series of an indicator as they stand in a publication, oldest first. Large: an indicator of all
 * practices is some 6,000 values a period, so hold one indicator at a time.
 */
export async function loadStoredSeries(
  db: Queries,
  publication: number,
  indicator: string,
  choice: SeriesChoice = {},
): Promise<StoredSeries[]> {
  const rows = await db.query<Row>(
    `select indicator, period, breakdown, summary, subjects, value, status, release, releases,
       lower95, upper95, lower998, upper998, numerator, denominator,
       coalesce($5::smallint[] && method, false) as rounded
     from (
       select distinct on (period, breakdown) * from comparison_series
       where indicator = $2 and publication <= $1
         and ($3::text is null or breakdown = $3) and ($4::text is null or period = $4)
       order by period, breakdown, publication desc
     ) newest where not summary ? 'empty' order by period, breakdown`,
    [
      publication,
      indicator,
      choice.breakdown ?? null,
      choice.period ?? null,
      roundedMethods.map((m) => intervalMethods.indexOf(m)),
    ],
  )
  return rows.map(seriesOf)
}

function seriesOf(row: Row): StoredSeries {
  const n = row.subjects.length
  const column = (numbers: Numbers): Float64Array => {
    const data = new Float64Array(n).fill(Number.NaN)
    numbers?.forEach((x, at) => {
      if (x !== null) data[at] = x
    })
    return data
  }
  return {
    indicator: row.indicator,
    period: row.period,
    breakdown: row.breakdown,
    subjects: Int32Array.from(row.subjects),
    value: column(row.value),
    status: Uint8Array.from(row.status),
    rounded: row.rounded,
    lower95: column(row.lower95),
    upper95: column(row.upper95),
    lower998: column(row.lower998),
    upper998: column(row.upper998),
    numerator: column(row.numerator),
    denominator: column(row.denominator),
    release: Int32Array.from(row.release, (at) => row.releases[at] ?? 0),
    notes: new Map(
      (row.summary.notes ?? []).flatMap(({ text, subjects }) =>
        subjects.map((subject): [number, string] => [subject, text]),
      ),
    ),
    whole: row.summary.whole && {
      name: row.summary.whole.name,
      value: row.summary.whole.value,
      limits95: row.summary.whole.limits95 ?? null,
    },
  }
}
