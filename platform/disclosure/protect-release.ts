import { optionalColumns, type StoredPart } from '../comparison/series.ts'
import type { Database, Queries } from '../database/database.ts'
import { statuses } from '../evidence/descriptor.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { earlierOf, lastProtected, tiedBefore } from './earlier.ts'
import { type Verdict, verdicts as verdictList } from './hide.ts'
import { indicatorsBefore } from './renamed.ts'
import type { RoundedCounts } from './round.ts'
import { roundedFigure } from './roundable.ts'
import { inventedSecret, roundingSecret } from './rounding-secret.ts'
import { UnsafeRelease } from './unsafe-release.ts'
import { mayWithhold } from './withheld.ts'

export interface ToProtect
  extends Omit<
    ToChoose,
    'what' | 'earlier' | 'tiedBefore' | 'indicatorsBefore' | 'alone' | 'secret'
  > {
  readonly release: number
  /** What one release stands for: the release of it before is what this one is held against. */
  readonly slot: string
  /** Its figures are made up. */
  readonly invented: boolean
}

type Part = StoredPart & { readonly id: string }

/**
 * Hides what must not be shown of a draft, or rounds its counts, before anything that the public reads is made
 * from it: its stored figures are then the safe ones. What they were is kept apart. Done once for each release.
 * @throws UnsafeRelease where no pattern is safe; nothing is changed then.
 */
export async function protectRelease(db: Database, to: ToProtect): Promise<void> {
  const before = { slot: to.slot, except: to.release }
  const last = await lastProtected(db, before)
  if (await isDone(db, to.release, last)) return
  const parts = await db.query<Part>(
    `select id, release_id, indicator, breakdown, period, rounded_to, counts_rounded_to, subjects, value, status, lower95,
       upper95, lower998, upper998, numerator, denominator, notes
     from observation_series where release_id = $1 order by indicator, period, breakdown, id`,
    [to.release],
  )
  const { verdicts, rounded, figures, hidden } = await chooseShown(parts, {
    ...to,
    what: `Release ${to.release}`,
    earlier: (indicator, period) => earlierOf(db, before, indicator, period),
    tiedBefore: (period, figures) => tiedBefore(db, before, period, to, figures),
    indicatorsBefore: (period) => indicatorsBefore(db, before, period),
    secret: async () => (to.invented ? inventedSecret : roundingSecret(db)),
  })
  const { rules, round } = to.declared
  await db.transaction(async (tx) => {
    for (const [part, own] of verdicts) {
      const counts = rounded.get(part)
      await keep(tx, part, own, counts)
      if (counts && round) {
        const indicator = to.indicators.get(part.indicator) as Indicator
        await storeRounded(tx, part, { counts, base: round.base, indicator })
      } else await storeShown(tx, part, own)
    }
    // Where no figure has a value nothing was chosen, and its denominators would stay: they tell of other groups.
    for (const part of parts)
      if (!verdicts.has(part) && !mayWithhold(part, to.declared)) await storeShown(tx, part, [])
    await forgetRows(tx, to.release)
    await tx.query(
      `insert into protected_release (release_id, figures, hidden, rules, against)
       values ($1, $2, $3, $4, $5)`,
      [to.release, figures, hidden, JSON.stringify(rules ?? { round }), last],
    )
  })
}

/**
 * Whether it was made safe before. A draft that a preview made safe while another release was the last of its slot
 * says nothing of the one that has come since.
 * @throws UnsafeRelease for such a draft.
 */
async function isDone(db: Database, release: number, last: number | null): Promise<boolean> {
  const [done] = await db.query<{ against: number | null; published: number | null }>(
    `select p.against, r.published_in as published
     from protected_release p join release r on r.id = p.release_id where p.release_id = $1`,
    [release],
  )
  if (!done) return false
  if (done.published !== null || done.against === last) return true
  throw new UnsafeRelease(
    `Release ${release} was made safe before release ${last} was published, and held against each other they might tell what neither shows. Nothing was published. Import its file again.`,
    `Release ${last} was published while this file was read, and held against each other they might tell what neither shows. Nothing was published. Send it again.`,
  )
}

/** Keeps what a part said, apart from all that the public reads. */
async function keep(
  tx: Queries,
  part: Part,
  own: readonly Verdict[],
  counts: readonly (RoundedCounts | null)[] | undefined,
): Promise<void> {
  await tx.query(
    `insert into protected_series (release_id, indicator, breakdown, period, subjects, part, base,
       verdict, rounded_part, rounded_others) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      part.release_id,
      part.indicator,
      part.breakdown,
      part.period,
      Int32Array.from(part.subjects),
      numbers(part.numerator ?? part.value),
      part.denominator && numbers(part.denominator),
      Int32Array.from(own, (v) => verdictList.indexOf(v)),
      counts ? numbers(counts.map((c) => c?.part ?? null)) : null,
      counts ? numbers(counts.map((c) => c?.others ?? null)) : null,
    ],
  )
}

/**
 * Leaves of a part what may be shown. Of a figure without a value (its source keeps it back, or nobody measured it)
 * no counts either: of how many it is would tell of how many others are, which are hidden here.
 */
async function storeShown(tx: Queries, part: Part, own: readonly Verdict[]): Promise<void> {
  const suppressed = statuses.indexOf('suppressed')
  const isDark = (at: number): boolean => own[at] !== undefined && own[at] !== 'shown'
  const value = numbers(part.value)
  const isEmpty = (at: number): boolean => isDark(at) || Number.isNaN(value[at])
  const shown = (column: StoredPart['value'] | null): Float64Array | null =>
    column && numbers(column).map((x, at) => (isEmpty(at) ? Number.NaN : x))
  const status = Int32Array.from(part.subjects, (_, at) =>
    isDark(at) ? suppressed : (part.status?.[at] ?? 0),
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

/**
 * Puts rounded counts in the place of a part's own, and what follows from them. Limits and notes of the source
 * may tell the counts that they come from: none is left.
 */
async function storeRounded(
  tx: Queries,
  part: Part,
  {
    counts,
    base,
    indicator,
  }: {
    readonly counts: readonly (RoundedCounts | null)[]
    readonly base: number
    readonly indicator: Indicator
  },
): Promise<void> {
  const figures = counts.map((c, at) =>
    c ? roundedFigure(c, part.denominator?.[at] ?? Number.NaN, indicator) : null,
  )
  // So few people that none are left to be a share of: hidden, as a small count is elsewhere.
  const status = Int32Array.from(part.subjects, (_, at) =>
    figures[at] && Number.isNaN(figures[at].value)
      ? statuses.indexOf('suppressed')
      : (part.status?.[at] ?? 0),
  )
  const column = (of: 'value' | 'numerator' | 'denominator'): Float64Array =>
    numbers(figures.map((f) => (f && !Number.isNaN(f.value) ? f[of] : null)))
  await tx.query(
    `update observation_series set value = $2, status = $3, numerator = $4, denominator = $5,
       counts_rounded_to = $6, notes = null, lower95 = null, upper95 = null, lower998 = null,
       upper998 = null where id = $1`,
    [
      part.id,
      column('value'),
      status,
      column('numerator'),
      part.denominator ? column('denominator') : null,
      base,
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
