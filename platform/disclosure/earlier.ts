import type { Database } from '../database/database.ts'
import type { Counted } from './counts.ts'
import type { Earlier } from './hide.ts'

interface Kept {
  readonly breakdown: string
  readonly subjects: readonly number[]
  readonly part: readonly number[]
  readonly base: readonly (number | null)[] | null
  readonly verdict: readonly number[]
}

/**
 * What the last release of a slot said and hid of an indicator and period, current or withdrawn: its state
 * can be seen for ever. Null where there was none under disclosure control.
 * @param except a draft that is to take its place.
 */
export async function earlierOf(
  db: Database,
  { slot, except }: { readonly slot: string; readonly except: number | null },
  indicator: string,
  period: string,
): Promise<Earlier | null> {
  const kept = await db.query<Kept>(
    `select breakdown, subjects, part, base, verdict from protected_series
     where indicator = $2 and period = $3 and release_id = (
       select r.id from release r join protected_release p on p.release_id = r.id
       where r.id is distinct from $4::int and r.published_in is not null and r.slot = $1
       order by r.published_in desc limit 1)`,
    [slot, indicator, period, except],
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
