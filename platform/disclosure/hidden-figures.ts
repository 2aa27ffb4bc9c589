import type { Database } from '../database/database.ts'
import { type Verdict, verdicts } from './hide.ts'

/** A figure that is not shown, as its steward may see it. */
export interface HiddenFigure {
  readonly indicator: string
  readonly period: string
  readonly group: string
  readonly code: string
  readonly name: string
  readonly part: number
  readonly base: number | null
  readonly verdict: Verdict
}

/**
 * What was hidden of a release, with the counts as they were: for its steward, never for a page.
 * @returns null where the release is not under disclosure control, or was not published yet.
 */
export async function hiddenFigures(
  db: Database,
  release: number,
): Promise<{
  readonly figures: number
  readonly hidden: readonly HiddenFigure[]
  /** To what all counts were rounded instead; null where they were not. */
  readonly roundedTo: number | null
} | null> {
  const [known] = await db.query<{ figures: number; roundedTo: number | null }>(
    `select figures, (rules->'round'->>'base')::int as "roundedTo" from protected_release
     where release_id = $1`,
    [release],
  )
  if (!known) return null
  const rows = await db.query<Omit<HiddenFigure, 'verdict'> & { verdict: number }>(
    `select p.indicator, p.period, p.breakdown as "group", s.code, u.part, u.base, u.verdict,
       coalesce((select l.name from listing l where l.subject_id = s.id
         order by l.publication desc limit 1), s.code) as name
     from protected_series p
       cross join unnest(p.subjects, p.part, p.base, p.verdict) as u(id, part, base, verdict)
       join subject s on s.id = u.id
     where p.release_id = $1 and u.verdict > 0
     order by p.indicator, p.period, p.breakdown, s.code`,
    [release],
  )
  const hidden = rows.map((r) => ({ ...r, verdict: verdicts[r.verdict] ?? 'small' }))
  return { ...known, hidden }
}
