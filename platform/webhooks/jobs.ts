import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { enqueue, JobFailed, type JobKind, PutOff } from '../jobs/kind.ts'
import { type Handler, handler } from '../jobs/run.ts'
import { eventsOf } from '../news/events.ts'
import { publicationMade } from '../news/publication-made.ts'
import { messageOf } from './message.ts'
import { send } from './send.ts'
import {
  dropOldMessages,
  noteDelivered,
  noteFailure,
  noteMessages,
  recipient,
  undelivered,
  webhooks,
} from './store.ts'

/** One message to one webhook: tried for about a day. */
const delivery: JobKind<{ webhook: number; message: string }> = {
  name: 'webhook-delivery',
  data: z.object({ webhook: z.int(), message: z.string() }),
  retries: 19,
  wait: 5,
  longestWait: 3 * 3600,
  patience: 30,
}

const retention: JobKind<null> = {
  name: 'webhook-retention',
  data: z.null(),
  retries: 5,
  wait: 60,
  longestWait: 3600,
  patience: 600,
}

export interface WebhookSettings {
  /** Where visitors find this Plumbline; null where nobody has said: links are paths then. */
  readonly address: string | null
  /** Takes private addresses and plain http as well. */
  readonly allowPrivate: boolean
}

/** What tells webhooks of each publication, delivers the messages and lets go of old ones. */
export const webhookJobs = (db: Database, settings: WebhookSettings): Handler[] => [
  handler(publicationMade, ({ publication }) => announce(db, publication, settings)),
  handler(delivery, (asked) => deliver(db, asked, settings)),
  handler(retention, async () => void (await dropOldMessages(db)), '17 3 * * *'),
]

/** Notes what a publication did for all who asked to be told, and asks for the deliveries, at once. */
export async function announce(
  db: Database,
  publication: number,
  { address }: Pick<WebhookSettings, 'address'>,
): Promise<void> {
  if ((await webhooks(db)).every((w) => w.disabledAt !== null)) return
  const messages = (await eventsOf(db, publication)).map((e) => messageOf(e, address ?? ''))
  await db.transaction(async (tx) => {
    await enqueue(tx, delivery, ...(await noteMessages(tx, messages)))
  })
}

async function deliver(
  db: Database,
  asked: { readonly webhook: number; readonly message: string },
  { allowPrivate }: Pick<WebhookSettings, 'allowPrivate'>,
): Promise<void> {
  const to = await recipient(db, asked.webhook)
  const message = await undelivered(db, asked.webhook, asked.message)
  if (!to || to.isDisabled || !message) return
  if (to.isResting) throw new PutOff()
  let failure: string
  let gone = false
  try {
    const { status } = await send(to, message, { allowPrivate })
    if (status >= 200 && status < 300) {
      return await noteDelivered(db, asked.webhook, asked.message)
    }
    gone = status === 410
    failure = `It answered ${status}.`
  } catch (error) {
    if (!(error instanceof JobFailed)) throw error
    failure = error.message
  }
  const isDisabled = await noteFailure(db, asked, failure, gone)
  if (!isDisabled) throw new JobFailed(`Webhook ${asked.webhook}: ${failure}`)
}
