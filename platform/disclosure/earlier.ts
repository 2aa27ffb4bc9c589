import type { Database } from '../database/database.ts'
import { AtOnce } from './at-once.ts'
import type { Counted } from './counts.ts'
import type { DisclosureDeclaration } from './declaration.ts'
import type { Earlier } from './history.ts'
import { nestedGroups } from './nested-groups.ts'
import { countsOfFigure, type PeopleKnown, withoutKnownPopulations } from './people.ts'
import { type Tied, tiedAmong } from './ties.ts'

/** The counts of a group before anything was hidden. */
interface KeptCounts {
  readonly breakdown: string
  readonly subjects: readonly number[]
  readonly part: readonly number[]
  readonly base: readonly (number | null)[] | null
}

interface Kept extends KeptCounts {
  readonly release: number
  readonly order: number
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
 * What every release of a slot under disclosure control said and hid of an indicator and period, current, replaced
 * or withdrawn: the state of each can be seen for ever. The oldest first.
 */
export async function earlierOf(
  db: Database,
  { slot, except }: Before,
  indicator: string,
  period: string,
): Promise<Earlier[]> {
  const kept = await db.query<Kept>(
    `select r.id as release, r.published_in as "order", s.breakdown, s.subjects, s.part, s.base,
       s.verdict, s.rounded_part as "roundedPart", s.rounded_others as "roundedOthers",
       (p.rules->'round'->>'base')::int as "roundedTo"
     from release r
       join protected_release p on p.release_id = r.id
       join protected_series s on s.release_id = r.id
     where r.slot = $1 and r.id is distinct from $2::int and r.published_in is not null
       and s.indicator = $3 and s.period = $4
     order by r.published_in, r.id, s.breakdown`,
    [slot, except, indicator, period],
  )
  return [...Map.groupBy(kept, (k) => k.release).values()].map(asEarlier)
}

const countsOf = ({ breakdown: group, subjects, part, base }: KeptCounts): Counted[] =>
  subjects.map((subject, at) => {
    return { subject, group, part: part[at] as number, base: base?.[at] ?? null }
  })

function asEarlier(kept: readonly Kept[]): Earlier {
  const [{ release, order, roundedTo: base }] = kept as [Kept]
  const all = kept.flatMap((k) =>
    countsOf(k).map((figure, at) => ({
      figure,
      hidden: k.verdict[at] !== 0,
      counts: { part: k.roundedPart?.[at] ?? Number.NaN, others: k.roundedOthers?.[at] ?? null },
    })),
  )
  // What nobody measured, or its source keeps back, is no count: it was left out.
  const counted = all.filter(({ figure }) => !Number.isNaN(figure.part))
  return {
    release,
    order,
    figures: counted.map((c) => c.figure),
    hidden: (at) => counted[at]?.hidden === true,
    rounding: base === null ? undefined : { base, counts: counted.map((c) => c.counts) },
  }
}

/**
 * Which indicators told of each other in some release of a slot that was public, two by two, or do in all of them at
 * once: one that the draft leaves out still tells. Looked at release by release, so that no more than one lies in
 * memory beside what all of them say.
 * @param figures those of the draft, in one period.
 */
export async function tiedBefore(
  db: Database,
  { slot, except }: Before,
  period: string,
  known: PeopleKnown & { readonly declared: Pick<DisclosureDeclaration, 'groups'> },
  figures: readonly Counted[] = [],
): Promise<Tied[]> {
  const releases = await db.query<{ id: number }>(
    `select r.id from release r join protected_series s on s.release_id = r.id
     where r.slot = $1 and r.id is distinct from $2::int and r.published_in is not null
       and s.period = $3
     group by r.id order by r.id`,
    [slot, except, period],
  )
  const found = new Map<string, Tied>()
  const atOnce = new AtOnce()
  atOnce.add(figures)
  // One may have listed ages within those that the other did.
  const addTied = (some: readonly Counted[]): void => {
    const nest = nestedGroups(
      some.map((f) => f.group),
      known.declared.groups,
    )
    const nested = some.map((f) => ({ ...f, group: nest(f.group) }))
    for (const tied of tiedAmong(nested)) found.set(tied.toSorted().join('|'), tied)
  }
  for (const { id } of releases) {
    const kept = await db.query<KeptCounts & { readonly indicator: string }>(
      `select indicator, breakdown, subjects, part, base from protected_series
       where release_id = $1 and period = $2`,
      [id, period],
    )
    const counted = kept.flatMap((k) =>
      countsOf(k).map(({ part, base, ...f }) => {
        const counts = countsOfFigure(known.declared, known.indicators.get(k.indicator), part, base)
        return { ...f, indicator: k.indicator, ...counts }
      }),
    )
    const told = withoutKnownPopulations(counted, counted, known)
    addTied(told)
    atOnce.add(told)
  }
  if (releases.length > 0) addTied(atOnce.figures())
  return [...found.values()]
}
