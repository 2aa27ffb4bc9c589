import type { Database } from '../database/database.ts'
import type { Counted } from './counts.ts'
import type { Earlier } from './hide.ts'

interface Kept {
  readonly breakdown: string
  readonly subjects: readonly number[]
  readonly part: readonly number[]
  readonly base: readonly (number | null)[] | null
  readonly verdict: readonly number[]
  readonly roundedPart: readonly number[] | null
  readonly roundedOthers: readonly number[] | null
  readonly roundedTo: number | null
}

/** A slot, and a draft that is to take the place of what is in it. */
export interface Before {
  readonly slot: string
  readonly except: number | null
}

/** The last release of a slot under disclosure control, current or withdrawn; null where there was none. */
export async function lastProtected(
  db: Database,
  { slot, except }: Before,
): Promise<number | null> {
  const [last] = await db.query<{ id: number }>(
    `select r.id from release r join protected_release p on p.release_id = r.id
     where r.id is distinct from $2::int and r.published_in is not null and r.slot = $1
     order by r.published_in desc limit 1`,
    [slot, except],
  )
  return last?.id ?? null
}

/**
 * What the last release of a slot said and hid of an indicator and period, current or withdrawn: its state
 * can be seen for ever. Null where there was none under disclosure control.
 */
export async function earlierOf(
  db: Database,
  before: Before,
  indicator: string,
  period: string,
): Promise<Earlier | null> {
  const kept = await db.query<Kept>(
    `select breakdown, subjects, part, base, verdict, rounded_part as "roundedPart",
       rounded_others as "roundedOthers", (select (rules->'round'->>'base')::int
         from protected_release p where p.release_id = s.release_id) as "roundedTo"
     from protected_series s where release_id = $1 and indicator = $2 and period = $3`,
    [await lastProtected(db, before), indicator, period],
  )
  if (kept.length === 0) return null
  const hidden: boolean[] = []
  const figures = kept.flatMap((k) =>
    k.subjects.map((subject, at): Counted => {
      hidden.push(k.verdict[at] !== 0)
      return { subject, group: k.breakdown, part: k.part[at] as number, base: k.base?.[at] ?? null }
    }),
  )
  const base = kept[0]?.roundedTo ?? null
  const counts = kept.flatMap((k) =>
    k.subjects.map((_, at) => ({
      part: k.roundedPart?.[at] ?? Number.NaN,
      others: k.roundedOthers?.[at] ?? null,
    })),
  )
  const rounding = base === null ? undefined : { base, counts }
  return { figures, hidden: (at) => hidden[at] === true, rounding }
}
