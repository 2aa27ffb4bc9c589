import type { Queries } from '../database/database.ts'
import type { About, Pace, Subscription } from './subscription.ts'

type Reads = Pick<Queries, 'query'>

/** How many things one address may be told of. */
export const mostSubscriptions = 100

/** An address has as many subscriptions as it may have. */
export class EnoughSubscriptions extends Error {
  override name = 'EnoughSubscriptions'
}

/** The number of an address; made where it has none. */
async function subscriberOf(tx: Reads, email: string): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `insert into subscriber (email) values ($1)
     on conflict (email) do update set email = excluded.email returning id`,
    [email],
  )
  if (!row) throw new Error('a subscriber was not stored')
  return row.id
}

/**
 * Notes that an address asks to be told of something; nothing is told until it is confirmed.
 * @returns the subscription's number, the old one where it has been asked for before.
 * @throws EnoughSubscriptions.
 */
export async function askFor(tx: Queries, email: string, { kind, code }: About): Promise<string> {
  const subscriber = await subscriberOf(tx, email)
  const [made] = await tx.query<{ id: string }>(
    `insert into subscription (subscriber_id, kind, code)
     select $1, $2, $3 where (select count(*) from subscription
       where subscriber_id = $1 and (kind, code) <> ($2, $3)) < $4
     on conflict (subscriber_id, kind, code) do update set asked_at = now() returning id`,
    [subscriber, kind, code, mostSubscriptions],
  )
  if (!made) throw new EnoughSubscriptions(`An address may follow ${mostSubscriptions} things.`)
  return made.id
}

/**
 * From now on the address is told; doing it again changes the pace alone.
 * @param told up to where it knows everything: what is newer is news.
 * @returns what it is about; null where it is gone, or is not this address's.
 */
export async function confirm(
  tx: Reads,
  { id, pace, told }: { readonly id: string; readonly pace: Pace; readonly told: number },
): Promise<About | null> {
  const [row] = await tx.query<About>(
    `update subscription set pace = $2, confirmed_at = coalesce(confirmed_at, now()),
       told = case when confirmed_at is null then $3 else told end,
       looked_at = case when confirmed_at is null then now() else looked_at end
     where id = $1 returning kind, code`,
    [id, pace, told],
  )
  return row ?? null
}

/** What a subscription is about, confirmed or not, and the address that it is for; null where it is gone. */
export async function asked(
  db: Reads,
  id: string,
): Promise<(About & { readonly email: string }) | null> {
  const [row] = await db.query<About & { email: string }>(
    `select s.kind, s.code, r.email from subscription s
     join subscriber r on r.id = s.subscriber_id where s.id = $1`,
    [id],
  )
  return row ?? null
}

/** The number of an address that is told something, or has asked to be; null where there is none. */
export async function subscriberAt(db: Reads, email: string): Promise<string | null> {
  const [row] = await db.query<{ id: string }>('select id from subscriber where email = $1', [
    email,
  ])
  return row?.id ?? null
}

/** The address of a subscriber; null where it has none any more. */
export async function addressOf(db: Reads, subscriber: string): Promise<string | null> {
  const [row] = await db.query<{ email: string }>('select email from subscriber where id = $1', [
    subscriber,
  ])
  return row?.email ?? null
}

/** What a subscriber is told of, in the order in which it began. */
export async function subscriptionsOf(db: Reads, subscriber: string): Promise<Subscription[]> {
  return db.query<Subscription>(
    `select id, kind, code, pace, confirmed_at as since from subscription
     where subscriber_id = $1 and confirmed_at is not null order by confirmed_at, id`,
    [subscriber],
  )
}

/** Changes how often a subscriber is told of one thing; another's is left as it is. */
export async function setPace(
  tx: Reads,
  subscriber: string,
  id: string,
  pace: Pace,
): Promise<void> {
  await tx.query('update subscription set pace = $3 where id = $2 and subscriber_id = $1', [
    subscriber,
    id,
    pace,
  ])
}

/** Ends one subscription of a subscriber; who has none left is forgotten. */
export async function end(tx: Reads, subscriber: string, id: string): Promise<void> {
  await tx.query('delete from subscription where id = $2 and subscriber_id = $1', [subscriber, id])
  await tx.query(
    `delete from subscriber where id = $1
     and not exists (select 1 from subscription where subscriber_id = $1)`,
    [subscriber],
  )
}

/** Ends all subscriptions of a subscriber, and forgets the address. */
export async function endAll(tx: Reads, subscriber: string): Promise<void> {
  await tx.query('delete from subscriber where id = $1', [subscriber])
}

/** How many things are followed, by kind and pace; nothing of whose. */
export async function subscriptionCounts(
  db: Reads,
): Promise<{ readonly kind: string; readonly pace: Pace; readonly n: number }[]> {
  return db.query(
    `select kind, pace, count(*)::int as n from subscription where confirmed_at is not null
     group by kind, pace order by kind, pace`,
  )
}
