import { mergeParts, type PublishedSeries } from '../comparison/series.ts'
import type { Database } from '../database/database.ts'
import { statuses } from '../evidence/descriptor.ts'
import { absent } from './change-kinds.ts'
import { indicatorsOf, loadIndicator } from './compute.ts'
import { isSameFigure, orNull, statusAt } from './same-figure.ts'

interface Change {
  subject: number
  indicator: string
  breakdown: string
  period: string
  before: number | null
  after: number | null
  /** The place in the list of statuses; -1 where there was nothing of it. */
  beforeStatus: number
  afterStatus: number
}

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
  const change = (subject: number, was: number | undefined, is: number | undefined): void => {
    const [a, b] = [figureAt(old, was), figureAt(now, is)]
    into.push({
      subject,
      indicator,
      breakdown,
      period,
      before: a.value,
      after: b.value,
      beforeStatus: a.status,
      afterStatus: b.status,
    })
  }
  now?.subjects.forEach((subject, at) => {
    const was = before.get(subject)
    if (!old || was === undefined || !isSameFigure(old, was, now, at)) change(subject, was, at)
    before.delete(subject)
  })
  for (const [subject, was] of before) change(subject, was, undefined)
}

/** What is told of a figure: its value only where it is shown, so that whatever is hidden reads the same. */
function figureAt(series: PublishedSeries | undefined, at: number | undefined) {
  if (!series || at === undefined) return { value: null, status: absent }
  const status = statusAt(series, at)
  return { value: statuses[status] === 'value' ? orNull(series.value, at) : null, status }
}

async function store(db: Database, release: number, changes: readonly Change[]): Promise<void> {
  for (let from = 0; from < changes.length; from += 1000) {
    const some = changes.slice(from, from + 1000)
    await db.query(
      `insert into release_change (release_id, subject_id, indicator, breakdown, period, before, after,
         before_status, after_status)
       select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::float8[],
         $7::float8[], $8::smallint[], $9::smallint[])`,
      [
        release,
        some.map((c) => c.subject),
        some.map((c) => c.indicator),
        some.map((c) => c.breakdown),
        some.map((c) => c.period),
        some.map((c) => c.before),
        some.map((c) => c.after),
        some.map((c) => c.beforeStatus),
        some.map((c) => c.afterStatus),
      ],
    )
  }
}
