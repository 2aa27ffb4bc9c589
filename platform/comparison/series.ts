import type { OptionalColumn } from '../evidence/columns.ts'

export const optionalColumns: readonly OptionalColumn[] = [
  'lower95',
  'upper95',
  'lower998',
  'upper998',
  'numerator',
  'denominator',
]

/** One indicator, group and period over all current releases: a column each, NaN for nothing. */
export interface PublishedSeries {
  readonly indicator: string
  readonly breakdown: string
  readonly period: string
  readonly roundedTo: number | null
  /** Its counts were rounded to multiples of this before they were published. */
  readonly countsRoundedTo?: number | null
  readonly subjects: Int32Array
  readonly value: Float64Array
  readonly status: Uint8Array
  readonly release: Int32Array
  readonly lower95: Float64Array | null
  readonly upper95: Float64Array | null
  readonly lower998: Float64Array | null
  readonly upper998: Float64Array | null
  readonly numerator: Float64Array | null
  readonly denominator: Float64Array | null
  /** What the source says of single values, by subject number. */
  readonly notes: ReadonlyMap<number, string>
}

/** A stored part of a series, as the database gives it. */
export interface StoredPart {
  readonly release_id: number
  readonly indicator: string
  readonly breakdown: string
  readonly period: string
  readonly rounded_to: number | null
  readonly counts_rounded_to?: number | null
  readonly subjects: ArrayLike<number>
  readonly value: ArrayLike<number | null>
  readonly status: ArrayLike<number> | null
  readonly lower95: ArrayLike<number | null> | null
  readonly upper95: ArrayLike<number | null> | null
  readonly lower998: ArrayLike<number | null> | null
  readonly upper998: ArrayLike<number | null> | null
  readonly numerator: ArrayLike<number | null> | null
  readonly denominator: ArrayLike<number | null> | null
  readonly notes: Readonly<Record<string, string>> | null
}

/**
 * Joins the parts of one series. Where two current releases speak of the same subject (England's row
 * stands in each authority's file) the later release's word is taken.
 */
export function mergeParts(parts: readonly StoredPart[]): PublishedSeries {
  const first = parts[0] as StoredPart
  const place = new Map<number, number>()
  const from: [StoredPart, number][] = []
  for (const part of [...parts].sort((a, b) => a.release_id - b.release_id)) {
    for (let i = 0; i < part.subjects.length; i++) {
      const subject = part.subjects[i] as number
      const at = place.get(subject)
      if (at === undefined) {
        place.set(subject, from.length)
        from.push([part, i])
      } else from[at] = [part, i]
    }
  }
  const n = from.length
  const column = (name: OptionalColumn): Float64Array | null => {
    if (parts.every((p) => p[name] === null)) return null
    const data = new Float64Array(n)
    from.forEach(([part, i], at) => {
      data[at] = part[name]?.[i] ?? Number.NaN
    })
    return data
  }
  const subjects = new Int32Array(n)
  const value = new Float64Array(n)
  const status = new Uint8Array(n)
  const release = new Int32Array(n)
  const notes = new Map<number, string>()
  from.forEach(([part, i], at) => {
    const note = part.notes?.[part.subjects[i] as number]
    if (note !== undefined) notes.set(part.subjects[i] as number, note)
    subjects[at] = part.subjects[i] as number
    value[at] = part.value[i] ?? Number.NaN
    status[at] = part.status?.[i] ?? 0
    release[at] = part.release_id
  })
  return {
    indicator: first.indicator,
    breakdown: first.breakdown,
    period: first.period,
    roundedTo: first.rounded_to,
    countsRoundedTo: parts.find((p) => p.counts_rounded_to)?.counts_rounded_to ?? null,
    subjects,
    value,
    status,
    release,
    lower95: column('lower95'),
    upper95: column('upper95'),
    lower998: column('lower998'),
    upper998: column('upper998'),
    numerator: column('numerator'),
    denominator: column('denominator'),
    notes,
  }
}
