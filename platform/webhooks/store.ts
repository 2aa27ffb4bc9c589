import type { Database, Queries } from '../database/database.ts'
import type { EventType } from '../news/events.ts'
import type { Message } from './send.ts'
import { newSecret } from './sign.ts'

/** One who asked to be told. */
export interface Webhook {
  readonly id: number
  readonly address: string
  /** None: all of them. */
  readonly events: readonly EventType[]
  readonly addedAt: string
  /** Since when nothing has got through, and how often it was tried since. */
  readonly failingSince: string | null
  readonly failures: number
  readonly lastFailure: string | null
  /** Since when nothing is sent any more; null while it is. */
  readonly disabledAt: string | null
  readonly delivered: number
  /** Not delivered yet. */
  readonly waiting: number
}

const columns = `w.id, w.address, w.events, w.added_at as "addedAt", w.failing_since as "failingSince",
  w.failures, w.last_failure as "lastFailure", w.disabled_at as "disabledAt",
  (select count(*)::int from webhook_delivery d where d.webhook = w.id and d.delivered_at is not null)
    as delivered,
  (select count(*)::int from webhook_delivery d where d.webhook = w.id and d.delivered_at is null)
    as waiting`

export const webhooks = (db: Pick<Database, 'query'>): Promise<Webhook[]> =>
  db.query<Webhook>(`select ${columns} from webhook w order by w.id`)

/** Adds one; its secret is given here and never again. */
export async function addWebhook(
  db: Pick<Database, 'query'>,
  { address, events }: Pick<Webhook, 'address' | 'events'>,
): Promise<{ id: number; secret: string }> {
  const secret = newSecret()
  const [made] = await db.query<{ id: number }>(
    'insert into webhook (address, events, secret) values ($1, $2, $3) returning id',
    [address, [...events], secret],
  )
  return { id: made?.id ?? 0, secret }
}

/** Whether there was one to remove; what it was to be told goes with it. */
export const removeWebhook = async (db: Pick<Database, 'query'>, id: number): Promise<boolean> =>
  (await db.query('delete from webhook where id = $1 returning id', [id])).length > 0

/** Sends to one again from the next event on; whether there is such a one. */
export const enableWebhook = async (db: Pick<Database, 'query'>, id: number): Promise<boolean> =>
  (
    await db.query(
      `update webhook set disabled_at = null, failing_since = null, failures = 0 where id = $1
       returning id`,
      [id],
    )
  ).length > 0

/** Where messages go, and what they are signed with. */
export interface Recipient {
  readonly address: string
  readonly secret: string
  readonly isDisabled: boolean
  /** It failed a moment ago: another try now would only keep others waiting. */
  readonly isResting: boolean
}

export async function recipient(
  db: Pick<Database, 'query'>,
  id: number,
): Promise<Recipient | null> {
  const [found] = await db.query<Recipient>(
    `select address, secret, disabled_at is not null as "isDisabled",
       failures > 0 and failed_at > now() - interval '20 seconds' as "isResting"
     from webhook where id = $1`,
    [id],
  )
  return found ?? null
}

/** A message that has not been delivered; null where it has been, or nobody is to be told any more. */
export async function undelivered(
  db: Pick<Database, 'query'>,
  webhook: number,
  message: string,
): Promise<Message | null> {
  const [found] = await db.query<Message>(
    `select m.id, m.body from webhook_delivery d join webhook_message m on m.id = d.message
     where d.webhook = $1 and d.message = $2 and d.delivered_at is null`,
    [webhook, message],
  )
  return found ?? null
}

/**
 * Notes messages for those who asked for their type, before they were made; gives what is newly to be
 * delivered. Noting them again changes nothing.
 */
export async function noteMessages(
  tx: Queries,
  messages: readonly (Message & { readonly type: EventType; readonly at: string })[],
): Promise<{ webhook: number; message: string }[]> {
  await tx.query(
    `insert into webhook_message (id, type, at, body)
     select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[])
     on conflict do nothing`,
    [
      messages.map((m) => m.id),
      messages.map((m) => m.type),
      messages.map((m) => m.at),
      messages.map((m) => m.body),
    ],
  )
  return tx.query<{ webhook: number; message: string }>(
    `insert into webhook_delivery (webhook, message)
     select w.id, m.id from webhook_message m join webhook w
       on w.disabled_at is null and w.added_at <= m.at
         and (w.events = '{}' or m.type = any(w.events))
     where m.id = any($1::text[]) order by m.at, m.id
     on conflict do nothing returning webhook, message`,
    [messages.map((m) => m.id)],
  )
}

export const noteDelivered = (db: Database, webhook: number, message: string): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.query(
      `update webhook_delivery set attempts = attempts + 1, delivered_at = now()
       where webhook = $1 and message = $2`,
      [webhook, message],
    )
    await tx.query('update webhook set failing_since = null, failures = 0 where id = $1', [webhook])
  })

/** Tries in a row without one that got through, over at least a day, after which nothing is sent any more. */
const mostFailures = 10

/**
 * Notes a try that failed.
 * @param gone the other side said that it wants no more.
 * @returns whether nothing is sent to it any more.
 */
export const noteFailure = (
  db: Database,
  { webhook, message }: { readonly webhook: number; readonly message: string },
  sentence: string,
  gone: boolean,
): Promise<boolean> =>
  db.transaction(async (tx) => {
    await tx.query(
      'update webhook_delivery set attempts = attempts + 1 where webhook = $1 and message = $2',
      [webhook, message],
    )
    const [noted] = await tx.query<{ isDisabled: boolean }>(
      `update webhook set failures = failures + 1, last_failure = $2, failed_at = now(),
         failing_since = coalesce(failing_since, now()),
         disabled_at = case when $3 or (failures + 1 >= $4 and failing_since < now() - interval '1 day')
           then coalesce(disabled_at, now()) else disabled_at end
       where id = $1 returning disabled_at is not null as "isDisabled"`,
      [webhook, sentence, gone, mostFailures],
    )
    return noted?.isDisabled ?? true
  })

/** Lets go of messages made more than 30 days ago. */
export const dropOldMessages = (db: Pick<Database, 'query'>): Promise<unknown> =>
  db.query(`delete from webhook_message where made_at < now() - interval '30 days'`)
