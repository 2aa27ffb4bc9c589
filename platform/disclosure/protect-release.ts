import { optionalColumns, type StoredPart } from '../comparison/series.ts'
import type { Database, Queries } from '../database/database.ts'
import { statuses } from '../evidence/descriptor.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { PartsAboveTotal } from './cells.ts'
import { type Counted, LiesInNone, type Located, placeSums } from './counts.ts'
import type { DisclosureDeclaration } from './declaration.ts'
import { type Earlier, hideFigures, type Suppress, type Verdict, verdicts } from './hide.ts'

/** A release cannot be made safe, or its counts cannot be true; the sentence names the figures. */
export class UnsafeRelease extends Error {
  override name = 'UnsafeRelease'
}

export interface ToProtect {
  readonly release: number
  readonly declared: DisclosureDeclaration
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly locate: (subject: number) => Located | null
  /** What messages call a provider or place. */
  readonly name: (subject: number) => string
  readonly suppress?: Suppress | undefined
}

type Part = StoredPart & { readonly id: string }

/** A figure, and where it stands. */
interface Placed extends Counted {
  readonly part_: Part
  readonly at: number
}

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
  const verdict = new Map<Part, Verdict[]>()
  let [figures, hidden] = [0, 0]
  for (const [, some] of Map.groupBy(parts, (p) => `${p.indicator}\n${p.period}`)) {
    const placed = some.flatMap((p) => counted(p, to.indicators.get(p.indicator)))
    const found = await hide(db, to, some[0] as Part, placed)
    placed.forEach(({ part_, at }, i) => {
      const own = verdict.get(part_) ?? Array.from(part_.subjects, () => 'shown' as const)
      own[at] = found[i] ?? 'shown'
      verdict.set(part_, own)
      figures += 1
      if (found[i] !== 'shown') hidden += 1
    })
  }
  await db.transaction(async (tx) => {
    for (const [part, own] of verdict) await store(tx, part, own)
    await forgetRows(tx, to.release)
    await tx.query(
      'insert into protected_release (release_id, figures, hidden, rules) values ($1, $2, $3, $4)',
      [to.release, figures, hidden, JSON.stringify(to.declared.rules)],
    )
  })
}

/** The counts behind the figures of a part; those without a value tell nothing. */
function counted(part: Part, indicator: Indicator | undefined): Placed[] {
  return Array.from(part.subjects, (subject, at): Placed[] => {
    const status = statuses[part.status?.[at] ?? 0]
    const value = part.value[at] ?? Number.NaN
    if (status !== 'value' || Number.isNaN(value)) return []
    const isCount = indicator?.kind === 'count'
    const count = part.numerator?.[at] ?? (isCount ? value : null)
    if (count === null) {
      throw new UnsafeRelease(
        `${part.indicator} has no counts: a descriptor that asks for disclosure control names the numerator of every figure.`,
      )
    }
    const base = indicator?.kind === 'proportion' ? (part.denominator?.[at] ?? null) : null
    return [{ subject, group: part.breakdown, part: count, base, part_: part, at }]
  }).flat()
}

async function hide(
  db: Database,
  { release, declared, locate, name, suppress }: ToProtect,
  { indicator, period }: Part,
  figures: readonly Placed[],
): Promise<readonly Verdict[]> {
  const earlier = await earlierOf(db, release, indicator, period)
  const what = `Release ${release}, ${indicator} in ${period}`
  const subjects = new Set([...figures, ...(earlier?.figures ?? [])].map((f) => f.subject))
  try {
    const places = placeSums([...subjects], locate, declared.chains)
    const found = await hideFigures({ figures, places, rules: declared.rules, earlier }, suppress)
    const [leak] = found.audit.leaks
    if (!leak) return found.verdicts
    const key = decodeURIComponent(leak.key.replace(/\?$/, '')).split('|')
    const [, , subject = '', group = ''] = key
    const whose = /^\d+$/.test(subject) ? name(Number(subject)) : 'what is left of a place'
    throw new UnsafeRelease(
      `${what}: the figure of ${whose}${group === '' ? '' : ` (${group})`} could be worked out from what is public, whatever is hidden now. Nothing was published. Leave this part out of the file, or correct it.`,
    )
  } catch (error) {
    if (error instanceof LiesInNone) {
      throw new UnsafeRelease(
        `${what}: ${name(error.subject)} lies in no ${error.levels.join(' or ')} that is known, so nobody can say what its figures add up to. Import the register of places first, or correct the chains of the descriptor.`,
      )
    }
    if (error instanceof PartsAboveTotal) throw new UnsafeRelease(`${what}: ${error.message}`)
    throw error
  }
}

interface Kept {
  readonly breakdown: string
  readonly subjects: readonly number[]
  readonly part: readonly number[]
  readonly base: readonly (number | null)[] | null
  readonly verdict: readonly number[]
}

/**
 * What the last release of the same slot said and hid, current or withdrawn: its state can be seen for ever.
 * Null where there was none under disclosure control.
 */
async function earlierOf(
  db: Database,
  release: number,
  indicator: string,
  period: string,
): Promise<Earlier | null> {
  const kept = await db.query<Kept>(
    `select breakdown, subjects, part, base, verdict from protected_series
     where indicator = $2 and period = $3 and release_id = (
       select r.id from release r join protected_release p on p.release_id = r.id
       where r.id <> $1 and r.published_in is not null
         and r.slot = (select slot from release where id = $1)
       order by r.published_in desc limit 1)`,
    [release, indicator, period],
  )
  if (kept.length === 0) return null
  const hidden: boolean[] = []
  const figures = kept.flatMap((k) =>
    k.subjects.map((subject, at): Counted => {
      hidden.push(k.verdict[at] !== 0)
      return { subject, group: k.breakdown, part: k.part[at] as number, base: k.base?.[at] ?? null }
    }),
  )
  return { figures, hidden: (at) => hidden[at] === true }
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
      Int32Array.from(own, (v) => verdicts.indexOf(v)),
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
