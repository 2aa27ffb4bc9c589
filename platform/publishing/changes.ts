import { mergeParts, type PublishedSeries } from '../comparison/series.ts'
import type { Database } from '../database/database.ts'
import { indicatorsOf, loadIndicator } from './compute.ts'

interface Change {
  subject: number
  indicator: string
  breakdown: string
  period: string
  before: number | null
  after: number | null
}

const orNull = (x: number | undefined): number | null =>
  x === undefined || Number.isNaN(x) ? null : x

/** Figure by figure, what a corrected release says otherwise than the one it supersedes. */
export async function findChanges(db: Database, before: number, after: number): Promise<void> {
  await db.query('delete from release_change where release_id = $1', [after])
  const indicators = new Set([
    ...(await indicatorsOf(db, [before])),
    ...(await indicatorsOf(db, [after])),
  ])
  for (const indicator of indicators) {
    const old = await seriesOf(db, before, indicator)
    const now = await seriesOf(db, after, indicator)
    const changes: Change[] = []
    for (const key of new Set([...old.keys(), ...now.keys()])) {
      differences(old.get(key), now.get(key), changes)
    }
    await store(db, after, changes)
  }
}

async function seriesOf(
  db: Database,
  release: number,
  indicator: string,
): Promise<Map<string, PublishedSeries>> {
  const parts = await loadIndicator(db, [release], indicator)
  const groups = Map.groupBy(parts, (p) => `${p.breakdown}\n${p.period}`)
  return new Map([...groups].map(([key, some]) => [key, mergeParts(some)]))
}

/** All that a page shows of a figure: the same share of ten times as many people has other limits, and is news. */
const shown = [
  'value',
  'status',
  'numerator',
  'denominator',
  'lower95',
  'upper95',
  'lower998',
  'upper998',
] as const

const isSame = (a: PublishedSeries, at: number, b: PublishedSeries, bt: number): boolean =>
  shown.every((column) => orNull(a[column]?.[at]) === orNull(b[column]?.[bt]))

function differences(
  old: PublishedSeries | undefined,
  now: PublishedSeries | undefined,
  into: Change[],
): void {
  const series = now ?? old
  if (!series) return
  const { indicator, breakdown, period } = series
  const before = new Map<number, number>()
  old?.subjects.forEach((s, at) => {
    before.set(s, at)
  })
  now?.subjects.forEach((subject, at) => {
    const was = before.get(subject)
    const a = was === undefined ? null : orNull(old?.value[was])
    const b = orNull(now.value[at])
    if (!old || was === undefined || !isSame(old, was, now, at))
      into.push({ subject, indicator, breakdown, period, before: a, after: b })
    before.delete(subject)
  })
  for (const [subject, at] of before) {
    const a = orNull(old?.value[at])
    into.push({ subject, indicator, breakdown, period, before: a, after: null })
  }
}

async function store(db: Database, release: number, changes: readonly Change[]): Promise<void> {
  for (let from = 0; from < changes.length; from += 1000) {
    const some = changes.slice(from, from + 1000)
    await db.query(
      `insert into release_change (release_id, subject_id, indicator, breakdown, period, before, after)
       select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::float8[],
         $7::float8[])`,
      [
        release,
        some.map((c) => c.subject),
        some.map((c) => c.indicator),
        some.map((c) => c.breakdown),
        some.map((c) => c.period),
        some.map((c) => c.before),
        some.map((c) => c.after),
      ],
    )
  }
}
