import { isRefused as isRuleRefused, parseCalendar, parseRule } from '@plumbline/clocks'
import { type AskingReason, isRefused, mayBeAsked } from '@plumbline/weights'
import type { Queries } from '../database/database.ts'
import { Unsaid } from '../replies/said.ts'

/** Somebody who might be asked. */
export interface Askable {
  /** Keyed hashes of all that they are known by: a number, an address. */
  readonly hashes: readonly string[]
  /** The day of death, or any word for it; empty for whoever lives. */
  readonly died: string
}

/** One at a time looks who may be asked and keeps that they were: else two would ask somebody at once. */
export const holdPeace = (tx: Queries): Promise<unknown> =>
  tx.query(`select pg_advisory_xact_lock(hashtextextended('people asked by surveys', 0))`)

/**
 * Of each person, why they may not be asked on a day; null where they may. Call `holdPeace` before.
 * @param months for how long nobody is asked twice.
 * @throws Unsaid beside `months` or `frame`.
 */
export async function whyLeftInPeace(
  tx: Queries,
  people: readonly Askable[],
  { months, day }: { readonly months: number; readonly day: string },
): Promise<(AskingReason | null)[]> {
  const known = await tx.query<{ hash: string; asked: string | null; never: boolean }>(
    `select person_hash as hash, asked_on::text as asked, never from survey_peace
     where person_hash = any($1::text[])`,
    [people.flatMap((p) => p.hashes)],
  )
  const of = new Map(known.map((k) => [k.hash, k]))
  const found = mayBeAsked(
    people.map(({ hashes, died }, i) => {
      const asked = hashes.flatMap((hash) => of.get(hash)?.asked ?? [])
      return { id: String(i), asked, ...(died === '' ? {} : { died }) }
    }),
    {
      doNotAsk: people.flatMap(({ hashes }, i) =>
        hashes.some((hash) => of.get(hash)?.never) ? [String(i)] : [],
      ),
      ...restOf(months),
    },
    day,
  )
  if (isRefused(found)) throw new Unsaid('frame', found.sentence)
  const reasons = new Map(found.notAsked.map((n) => [n.row, n.reason]))
  return people.map((_, i) => reasons.get(i) ?? null)
}

function restOf(months: number) {
  const name = 'every-day'
  const rest = parseRule({
    ...{ name: 'rest', title: 'Rest between surveys', start: { event: 'they are asked' } },
    ...{ amount: months, unit: 'month', calendar: name },
  })
  const calendar = parseCalendar({
    ...{ name, title: 'Every day', knownSince: '2000-01-01', from: '2000-01-01', to: '2199-12-31' },
    ...{ weekend: [], holidays: [] },
  })
  if (isRuleRefused(rest)) throw new Unsaid('months', rest.sentence)
  if (isRuleRefused(calendar)) throw new Unsaid('months', calendar.sentence)
  return { rest, calendar }
}

/** Somebody who is asked. */
export interface Asked {
  /** As of `Askable`. */
  readonly hashes: readonly string[]
  /** Of the code in their letter by which they are not asked again, which is that of the first hash; null for none. */
  readonly stopHash: string | null
}

/** Keeps that people were asked on a day; the day alone, since a time would tell whose an invitation was. */
export async function keepAsked(tx: Queries, people: readonly Asked[], day: string): Promise<void> {
  const stopOf = new Map(
    people.flatMap(({ hashes }) => hashes.map((h) => [h, null as string | null])),
  )
  for (const { hashes, stopHash } of people) if (hashes[0]) stopOf.set(hashes[0], stopHash)
  await tx.query(
    `insert into survey_peace (person_hash, asked_on, stop_hash, since)
     select h, $2, s, $2::date from unnest($1::text[], $3::text[]) as p (h, s)
     on conflict (person_hash) do update set asked_on = excluded.asked_on,
       stop_hash = coalesce(excluded.stop_hash, survey_peace.stop_hash)`,
    [[...stopOf.keys()], day, [...stopOf.values()]],
  )
}

/** Keeps somebody's wish not to be asked, for good, under all that they are known by. */
export const leaveInPeace = (
  db: Pick<Queries, 'query'>,
  ...hashes: readonly string[]
): Promise<unknown> =>
  db.query(
    `insert into survey_peace (person_hash, never) select h, true from unnest($1::text[]) as h
     on conflict (person_hash) do update set never = true`,
    [[...new Set(hashes)]],
  )

/** Whose code of a letter of paper this is, as a keyed hash; null for nobody's. */
export async function personOfStop(
  db: Pick<Queries, 'query'>,
  stopHash: string,
): Promise<string | null> {
  const [row] = await db.query<{ hash: string }>(
    'select person_hash as hash from survey_peace where stop_hash = $1',
    [stopHash],
  )
  return row?.hash ?? null
}
