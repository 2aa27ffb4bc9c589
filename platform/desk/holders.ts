import type { State } from '../comparison/reader.ts'
import type { Queries } from '../database/database.ts'
import { utcDay } from '../database/utc-day.ts'
import { reasonOf } from '../record/sealed-reason.ts'
import type { SignalAct } from './handle.ts'

/** Who looks after a signal: for stewards alone, on whose pages the name is their pseudonym. */
export interface Holder {
  readonly person: string
  readonly pseudonym: string
}

/** Whether the person of `p.person_id` is a steward today, in SQL. */
const isSteward = `exists (select 1 from role_grant g
  where g.person_id = p.person_id and g.role = 'steward' and g.revoked_at is null
    and g.from_day <= ${utcDay} and (g.until_day is null or g.until_day >= ${utcDay}))`

/**
 * By signal, the steward who took it last, where they still are one and it has not been closed. One that was
 * taken on the command line, by nobody in particular, is not among them.
 */
export async function holdersOf(db: Pick<Queries, 'query'>): Promise<ReadonlyMap<string, Holder>> {
  const rows = await db.query<Holder & { signal: string }>(
    `select a.signal, p.person_id as person, n.pseudonym
     from (select distinct on (signal) signal, entry, act from signal_act
           order by signal, entry desc) a
     join act_person p on p.entry = a.entry join person n on n.id = p.person_id
     where a.act = 'taken' and ${isSteward}`,
  )
  return new Map(rows.map(({ signal, ...holder }) => [signal, holder]))
}

/** The same of one signal; null where nobody in particular looks after it. */
export async function holderOf(db: Pick<Queries, 'query'>, signal: string): Promise<Holder | null> {
  const [row] = await db.query<Holder>(
    `select p.person_id as person, n.pseudonym
     from (select entry, act from signal_act where signal = $1 order by entry desc limit 1) a
     join act_person p on p.entry = a.entry join person n on n.id = p.person_id
     where a.act = 'taken' and ${isSteward}`,
    [signal],
  )
  return row ?? null
}

/**
 * What was done about signals as a state knows it, by signal, oldest first. Who is a steward counts now alone: a
 * past desk stands as it stood.
 */
export async function signalActs(
  db: Pick<Queries, 'query'>,
  { record, at }: Pick<State, 'record' | 'at'>,
): Promise<ReadonlyMap<string, SignalAct[]>> {
  const rows = await db.query<SignalAct & { signal: string }>(
    `select a.entry, a.signal, a.act, a.role, a.acted_on::text as "on", ${reasonOf('a')} as why,
       (a.act = 'taken' and p.entry is not null and not ${isSteward}) as lapsed
     from signal_act a left join act_person p on p.entry = a.entry
     where a.entry <= $1 order by a.entry`,
    [record],
  )
  const acts = rows.map(({ lapsed, ...act }) => (lapsed && at === null ? { ...act, lapsed } : act))
  return Map.groupBy(acts, (a) => a.signal)
}
