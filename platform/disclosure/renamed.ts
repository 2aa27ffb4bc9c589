import type { Database } from '../database/database.ts'
import type { Counted } from './counts.ts'
import type { Before } from './earlier.ts'
import { earlierAs, type ReadsEarlier } from './earlier-of-all.ts'
import { asItStood, type Earlier } from './history.ts'

/** In which releases each indicator stood. */
export type Standing = ReadonlyMap<string, readonly number[]>

/** In which releases of a slot that were public each indicator had figures. */
export async function indicatorsBefore(
  db: Database,
  { slot, except }: Before,
  period: string,
): Promise<Standing> {
  const found = await db.query<{ indicator: string; releases: number[] }>(
    `select s.indicator, array_agg(distinct r.id) as releases
     from protected_series s join release r on r.id = s.release_id
     where r.slot = $1 and r.id is distinct from $2::int and r.published_in is not null
       and s.period = $3 group by s.indicator order by s.indicator`,
    [slot, except, period],
  )
  return new Map(found.map((f) => [f.indicator, f.releases]))
}

/** Where it is read what indicators were called before. */
export interface ReadsNames extends ReadsEarlier {
  /** In which releases before each indicator stood; left out where what was renamed is not looked for. */
  readonly indicatorsBefore?: (period: string) => Promise<Standing>
  /** Whether releases before are left out of it. */
  readonly alone?: boolean
}

/** In fewer places it might be chance. */
const least = 3

/**
 * Which indicators of releases before a correction gives another name: those that it has no more, and that have the
 * counts of one of its own in most places. Nobody declares it, since whoever reads both files sees it. Two that stood
 * beside each other in some release are two.
 * @param figures those of the correction, in one period.
 * @returns the names that they have now, by those that they had.
 */
export async function renamedSince(
  figures: readonly Counted[],
  to: ReadsNames,
  period: string,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const before = to.alone ? undefined : await to.indicatorsBefore?.(period)
  if (!before) return found
  const own = Map.groupBy(figures, (f) => f.indicator ?? '')
  const taken = new Map([...own.keys()].map((code) => [code, new Set(before.get(code))]))
  for (const [old, releases] of before) {
    if (own.has(old)) continue
    let most = 0
    for (const [code, some] of own) {
      if (releases.some((r) => taken.get(code)?.has(r))) continue
      const same = sameIn(some, await earlierAs(to, old, code, period))
      if (same <= most) continue
      most = same
      found.set(old, code)
    }
    for (const r of releases) taken.get(found.get(old) ?? '')?.add(r)
  }
  return found
}

/** In how many places figures are as a release had them, of the one with the most; 0 where these are few. */
function sameIn(figures: readonly Counted[], releases: readonly Earlier[]): number {
  const now = new Map(figures.map((f) => [placeOf(f), f]))
  const found = releases.map(({ figures: was }) => {
    const both = was.flatMap((f) => {
      const there = now.get(placeOf(f))
      return there && isSomebody(f) ? [asItStood(f) === asItStood(there)] : []
    })
    const same = both.filter((is) => is).length
    return same >= least && 2 * same >= both.length ? same : 0
  })
  return Math.max(0, ...found)
}

const placeOf = ({ subject, group }: Counted): string => `${subject}|${group}`
const isSomebody = ({ part, base, people }: Counted): boolean =>
  (base ?? people ?? part) > 0 && part !== 0

/** What each release before said, where what an indicator was called before is read with it. */
export function withRenamed<R extends ReadsEarlier>(
  to: R,
  renamed: ReadonlyMap<string, string>,
): R {
  if (renamed.size === 0) return to
  return {
    ...to,
    earlier: async (indicator, period) => {
      const old = [...renamed].filter(([, code]) => code === indicator).map(([was]) => was)
      const all = await Promise.all([indicator, ...old].map((code) => to.earlier(code, period)))
      return all.flat()
    },
  }
}
