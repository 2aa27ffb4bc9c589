import type { z } from 'zod'
import type { Queries } from '../database/database.ts'

/** Where jobs of one kind wait, and how each is tried again. */
export interface Queue {
  /** Such as `webhook-delivery`. */
  readonly name: string
  /** How often it is tried again after it failed, before it is given up. */
  readonly retries: number
  /** Seconds before it is tried again; twice as long each time (less some chance), up to `longestWait`. */
  readonly wait: number
  readonly longestWait: number
  /** Seconds after which one that has not ended counts as failed: its process may have died. */
  readonly patience: number
}

/** One kind of job, with what it is given. */
export interface JobKind<Data> extends Queue {
  readonly data: z.ZodType<Data>
}

/** A job cannot be done now. Its message is shown on a public page: nothing personal belongs into it. */
export class JobFailed extends Error {
  override name = 'JobFailed'
}

/** A job is not tried now, and will be later: none of its tries is used up, and nothing has failed. */
export class PutOff extends Error {
  override name = 'PutOff'
}

/** What a job that was put off leaves behind. */
export const putOffWord = 'Put off.'

/** The same as pg-boss has it. */
export const queueOptions = ({ retries, wait, longestWait, patience }: Queue) => ({
  policy: 'standard' as const,
  retryLimit: retries,
  retryDelay: wait,
  retryBackoff: true,
  retryDelayMax: longestWait,
  expireInSeconds: patience,
  // Far beyond the last try: what waits for a server that is away is not lost.
  retentionSeconds: 90 * 86_400,
  deleteAfterSeconds: 7 * 86_400,
})

// As the library's documentation says how to add jobs in SQL: with what the queue says of them.
const addJobs = `insert into jobs.job (name, data, policy, retry_limit, retry_delay, retry_backoff,
    retry_delay_max, expire_seconds, deletion_seconds, keep_until)
  select q.name, d.data::jsonb, q.policy, q.retry_limit, q.retry_delay, q.retry_backoff,
    q.retry_delay_max, q.expire_seconds, q.deletion_seconds,
    now() + q.retention_seconds * interval '1 second'
  from jobs.queue q, unnest($2::text[]) as d(data) where q.name = $1`

/**
 * Asks for jobs in the transaction of the act that they follow from: they are there exactly if it was done.
 * A server does them, soon after; each at least once, so that what a job does must be safe to do again.
 */
export async function enqueue<Data>(
  tx: Queries,
  kind: JobKind<Data>,
  ...all: readonly Data[]
): Promise<void> {
  if (all.length === 0) return
  await tx.query('select jobs.create_queue($1, $2::jsonb)', [
    kind.name,
    JSON.stringify(queueOptions(kind)),
  ])
  await tx.query(addJobs, [kind.name, all.map((data) => JSON.stringify(kind.data.parse(data)))])
}
