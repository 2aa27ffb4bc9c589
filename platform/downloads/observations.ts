import { intervalMethods } from '../comparison/figures.ts'
import type { Database } from '../database/database.ts'
import { type RoundedTo, roundedReleases } from '../disclosure/rounded-releases.ts'
import { bySubjects } from '../evidence/by-subjects.ts'
import { statuses } from '../evidence/descriptor.ts'
import { type PeriodKind, periodKindOf, periodSpan } from '../evidence/period.ts'
import type { Batch, Row, RowSubject } from './batch.ts'
import type { Scope } from './scope.ts'

/** Rows that are read at a time: pages wait for one such statement at most. */
const slice = 8000

/** Up to so many subjects the database picks out their rows; of more, whole series are read. */
const fewSubjects = 2000

interface Key {
  readonly indicator: string
  readonly period: string
  readonly breakdown: string
  readonly publication: number
  readonly rows: number
}

type Numbers = readonly (number | null)[]

interface Columns {
  readonly subjects: readonly number[]
  readonly value: Numbers
  readonly status: readonly number[]
  readonly release: readonly number[]
  readonly releases: readonly number[]
  readonly lower95: Numbers | null
  readonly upper95: Numbers | null
  readonly lower998: Numbers | null
  readonly upper998: Numbers | null
  readonly numerator: Numbers | null
  readonly denominator: Numbers | null
  readonly method: readonly number[] | null
  readonly notes: readonly { readonly text: string; readonly subjects: readonly number[] }[] | null
}

const packed = [
  'subjects',
  'value',
  'status',
  'release',
  'lower95',
  'upper95',
  'lower998',
  'upper998',
  'numerator',
  'denominator',
  'method',
]

const oneSeries = `from comparison_series c
  where indicator = $1 and period = $2 and breakdown = $3 and publication = $4`

const sliced = `select ${packed.map((c) => `${c}[$5:$6]`).join(', ')}, releases,
  summary->'notes' as notes ${oneSeries}`

const picked = `select ${packed.map((c) => `o.${c}`).join(', ')}, releases, summary->'notes' as notes
  from (select * ${oneSeries}) c, lateral (
    select ${packed.map((c) => `array_agg(u.${c} order by u.place) as ${c}`).join(', ')}
    from unnest(${packed.map((c) => `c.${c}`).join(', ')}) with ordinality
      as u(${packed.join(', ')}, place)
    where u.subjects = any($5::int[])) o`

/** Which figures are read, and how they are told. */
export interface Reading {
  readonly publication: number
  readonly scope: Scope
  /** What kind of period an indicator has; null where nobody has said. */
  readonly periodKind: (indicator: string) => PeriodKind | null
  readonly signal?: AbortSignal
}

/**
 * Every observation of a publication that a scope holds, in the order of indicator, period and group.
 * Read in short statements, so that pages are answered in between and memory stays the same however
 * many rows there are; it grows with the number of subjects, whose names are known throughout.
 *
 * A suppressed figure gives no number of any kind away.
 */
export async function* observations(
  db: Database,
  { publication, scope, periodKind, signal }: Reading,
): AsyncGenerator<Batch> {
  const within = scope.kind === 'places' ? await placeMembers(db, publication, scope.code) : null
  const release = scope.kind === 'releases' ? Number(scope.code) : null
  const keys = await seriesOf(db, publication, scope, within)
  const subjects = await rowSubjects(db, publication)
  const rounded = await roundings(db)
  const bases = await roundedReleases(db)
  for (const key of keys) {
    const kind = periodKind(key.indicator)
    const span = kind === null ? null : periodSpan(key.period, periodKindOf(key.period, kind))
    const { indicator, period, breakdown } = key
    const about = { indicator, period, breakdown, start: span?.from ?? null, end: span?.to ?? null }
    for await (const columns of columnsOf(db, key, within)) {
      signal?.throwIfAborted()
      const rows = rowsOf(columns, { subjects, within, release, rounded, bases, key })
      if (rows.length > 0) yield { ...about, rows }
    }
  }
}

/** The newest row of each series that a publication sees, of those that have figures. */
function seriesOf(
  db: Database,
  publication: number,
  scope: Scope,
  within: ReadonlySet<number> | null,
): Promise<Key[]> {
  return db.query<Key>(
    `select indicator, period, breakdown, publication, cardinality(subjects) as rows from (
       select distinct on (indicator, period, breakdown) * from comparison_series
       where publication <= $1 and ($2::text is null or indicator = $2)
       order by indicator, period, breakdown, publication desc) newest
     where not summary ? 'empty' and ($3::int is null or $3 = any(releases))
       and ($4::int[] is null or exists (select 1 from unnest(subjects) u where u = any($4)))
     order by indicator, period, breakdown`,
    [
      publication,
      scope.kind === 'indicators' ? scope.code : null,
      scope.kind === 'releases' ? Number(scope.code) : null,
      within && within.size <= fewSubjects ? [...within] : null,
    ],
  )
}

async function* columnsOf(
  db: Database,
  key: Key,
  within: ReadonlySet<number> | null,
): AsyncGenerator<Columns> {
  const of = [key.indicator, key.period, key.breakdown, key.publication]
  if (within && within.size <= fewSubjects) {
    yield* (await db.query<Columns>(picked, [...of, [...within]])).filter((c) => c.subjects)
    return
  }
  for (let from = 1; from <= key.rows; from += slice) {
    yield* await db.query<Columns>(sliced, [...of, from, from + slice - 1])
  }
}

interface Known {
  readonly subjects: ReadonlyMap<number, RowSubject>
  readonly within: ReadonlySet<number> | null
  readonly release: number | null
  readonly rounded: ReadonlyMap<string, number>
  /** To what counts were rounded. */
  readonly bases: RoundedTo
  readonly key: Key
}

function rowsOf(c: Columns, { subjects, within, release, rounded, bases, key }: Known): Row[] {
  const notes = new Map(c.notes?.flatMap((n) => n.subjects.map((id) => [id, n.text])))
  const steps = c.releases.map((id) => rounded.get(roundingKey(id, key)) ?? null)
  const rows: Row[] = []
  for (let i = 0; i < c.subjects.length; i++) {
    const id = c.subjects[i] ?? -1
    const from = c.release[i] ?? 0
    const releaseId = c.releases[from] ?? 0
    if (release !== null && releaseId !== release) continue
    if (within !== null && !within.has(id)) continue
    const subject = subjects.get(id)
    if (!subject) continue
    const status = statuses[c.status[i] ?? 0] ?? 'missing'
    const value = c.value[i] ?? null
    const open = status !== 'suppressed'
    const lower95 = c.lower95?.[i] ?? null
    const upper95 = c.upper95?.[i] ?? null
    const limits = open && value !== null && lower95 !== null && upper95 !== null
    rows.push({
      subject,
      status,
      value: open ? value : null,
      lower95: limits ? lower95 : null,
      upper95: limits ? upper95 : null,
      lower998: limits ? (c.lower998?.[i] ?? null) : null,
      upper998: limits ? (c.upper998?.[i] ?? null) : null,
      interval: limits ? (intervalMethods[c.method?.[i] ?? 0] ?? null) : null,
      numerator: open ? (c.numerator?.[i] ?? null) : null,
      denominator: open ? (c.denominator?.[i] ?? null) : null,
      roundedTo: steps[from] ?? null,
      countsRoundedTo: bases(releaseId, key.indicator),
      note: notes.get(id) ?? null,
      release: releaseId,
    })
  }
  return rows
}

/** Who everyone is, some thousands at a time. */
async function rowSubjects(db: Database, publication: number): Promise<Map<number, RowSubject>> {
  const rows = await bySubjects<RowSubject & { id: number }>(
    db,
    `select distinct on (s.id) s.id, s.kind, s.code, coalesce(l.name, s.code) as name, l.service
     from subject s left join listing l on l.subject_id = s.id and l.publication <= $1
     where s.id >= $2 and s.id < $3 order by s.id, l.publication desc`,
    [publication],
  )
  return new Map(
    rows.map(({ id, kind, code, name, service }) => [id, { kind, code, name, service }]),
  )
}

/** A place and all that lies in it, by number. */
async function placeMembers(
  db: Database,
  publication: number,
  code: string,
): Promise<ReadonlySet<number>> {
  const rows = await db.query<{ id: number }>(
    `select id from subject where code = $2 union
     select l.subject_id from listing l
     where l.parents @> array[(select id from subject where code = $2)]
       and l.publication <= $1 and not l.ended and not exists (select 1 from listing n
         where n.subject_id = l.subject_id and n.publication <= $1 and n.publication > l.publication)`,
    [publication, code],
  )
  return new Set(rows.map((r) => r.id))
}

const roundingKey = (
  release: number,
  { indicator, period, breakdown }: Omit<Key, 'rows'>,
): string => `${release}\n${indicator}\n${period}\n${breakdown}`

/** To what step sources rounded, where they did. */
async function roundings(db: Database): Promise<Map<string, number>> {
  const rows = await db.query<Omit<Key, 'rows'> & { release: number; step: number }>(
    `select distinct release_id as release, indicator, period, breakdown, rounded_to as step
     from observation_series where rounded_to is not null`,
  )
  return new Map(rows.map((r) => [roundingKey(r.release, r), r.step]))
}
