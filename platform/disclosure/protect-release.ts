import { optionalColumns, type StoredPart } from '../comparison/series.ts'
import type { Database, Queries } from '../database/database.ts'
import { statuses } from '../evidence/descriptor.ts'
import { chooseHidden, type ToChoose } from './choose.ts'
import { earlierOf } from './earlier.ts'
import { type Verdict, verdicts as verdictList } from './hide.ts'

export interface ToProtect extends Omit<ToChoose, 'what' | 'earlier'> {
  readonly release: number
  /** What one release stands for: the release of it before is what this one is held against. */
  readonly slot: string
}

type Part = StoredPart & { readonly id: string }

/**
 * Hides what must not be shown of a draft, before anything that the public reads is made from it: its
 * stored figures are then the safe ones. What was hidden is kept apart. Done once for each release.
 * @throws UnsafeRelease where no pattern is safe; nothing is changed then.
 */
export async function protectRelease(db: Database, to: ToProtect): Promise<void> {
  const done = await db.query('select 1 from protected_release where release_id = $1', [to.release])
  if (done.length > 0) return
  const parts = await db.query<Part>(
    `select id, release_id, indicator, breakdown, period, rounded_to, subjects, value, status, lower95,
       upper95, lower998, upper998, numerator, denominator, notes
     from observation_series where release_id = $1 order by indicator, period, breakdown, id`,
    [to.release],
  )
  const before = { slot: to.slot, except: to.release }
  const { verdicts, figures, hidden } = await chooseHidden(parts, {
    ...to,
    what: `Release ${to.release}`,
    earlier: (indicator, period) => earlierOf(db, before, indicator, period),
  })
  await db.transaction(async (tx) => {
    for (const [part, own] of verdicts) await store(tx, part, own)
    await forgetRows(tx, to.release)
    await tx.query(
      'insert into protected_release (release_id, figures, hidden, rules) values ($1, $2, $3, $4)',
      [to.release, figures, hidden, JSON.stringify(to.declared.rules)],
    )
  })
}

/** Keeps what a part said, and leaves of it what may be shown. */
async function store(tx: Queries, part: Part, own: readonly Verdict[]): Promise<void> {
  const isDark = (at: number): boolean => own[at] !== undefined && own[at] !== 'shown'
  await tx.query(
    `insert into protected_series (release_id, indicator, breakdown, period, subjects, part, base,
       verdict) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      part.release_id,
      part.indicator,
      part.breakdown,
      part.period,
      Int32Array.from(part.subjects),
      numbers(part.numerator ?? part.value),
      part.denominator && numbers(part.denominator),
      Int32Array.from(own, (v) => verdictList.indexOf(v)),
    ],
  )
  const shown = (column: StoredPart['value'] | null): Float64Array | null =>
    column && numbers(column).map((x, at) => (isDark(at) ? Number.NaN : x))
  const status = Int32Array.from(part.subjects, (_, at) =>
    isDark(at) ? statuses.indexOf('suppressed') : (part.status?.[at] ?? 0),
  )
  const dark = new Set(
    Array.from(part.subjects)
      .filter((_, at) => isDark(at))
      .map(String),
  )
  const notes = Object.entries(part.notes ?? {}).filter(([subject]) => !dark.has(subject))
  await tx.query(
    `update observation_series set value = $2, status = $3, notes = $4,
       ${optionalColumns.map((c, i) => `${c} = $${i + 5}`).join(', ')} where id = $1`,
    [
      part.id,
      shown(part.value),
      status,
      notes.length > 0 ? JSON.stringify(Object.fromEntries(notes)) : null,
      ...optionalColumns.map((c) => shown(part[c])),
    ],
  )
}

const numbers = (column: ArrayLike<number | null>): Float64Array =>
  Float64Array.from({ length: column.length }, (_, at) => column[at] ?? Number.NaN)

/** Rows that were refused, and examples in the check's report, would show what is hidden. */
async function forgetRows(tx: Queries, release: number): Promise<void> {
  await tx.query(`update refused_row set cells = '[]' where release_id = $1`, [release])
  await tx.query(
    `update release set checks = (select coalesce(jsonb_agg(c || '{"examples": []}'), '[]')
       from jsonb_array_elements(checks) as c) where id = $1`,
    [release],
  )
}
