import { type Job, PgBoss } from 'pg-boss'
import type { Database } from '../database/database.ts'
import { JobFailed, type JobKind, PutOff, putOffWord, type Queue, queueOptions } from './kind.ts'

/** Does jobs of one kind. */
export interface Handler {
  readonly kind: Queue
  /** Throws JobFailed, with a sentence, where it is to be tried again. */
  readonly work: (data: unknown) => Promise<void>
  /** When one is due without being asked for, as cron writes it, in UTC. */
  readonly due?: string
}

/** Ties a kind to what does it: the data are parsed first. */
export const handler = <Data>(
  kind: JobKind<Data>,
  work: (data: Data) => Promise<void>,
  due?: string,
): Handler => ({
  kind,
  work: async (data) => work(kind.data.parse(data)),
  ...(due === undefined ? {} : { due }),
})

/** What does the jobs, while a server runs. */
export interface Jobs {
  /** Looks for jobs at once, of one kind or of all: somebody has just asked for one. */
  wake(kind?: Queue): void
  /** Takes no new job and waits for those under way, for a while. */
  close(): Promise<void>
}

/** Seconds between two looks for jobs: on PGlite each look keeps the pages waiting for a moment. */
const lookEvery = 10

/** The same for jobs that are due by themselves: whoever asks for one besides wakes it. */
const lookForDueEvery = 60

/** Milliseconds that the end waits for jobs under way; what is not done then is done after the next start. */
const longestEnd = 5000

/** What the public may read of a failure: our own sentences, and of all else only its kind. */
const sentence = (error: unknown): string =>
  error instanceof JobFailed
    ? error.message
    : `An unexpected ${error instanceof Error ? error.name : 'failure'}: the log says more.`

/**
 * Does jobs until it is closed, one at a time of each kind.
 * @param log is told what nobody foresaw.
 */
export async function startJobs(
  db: Database,
  handlers: readonly Handler[],
  log: (text: string) => void,
): Promise<Jobs> {
  const boss = new PgBoss({
    schema: 'jobs',
    backend: db.kind === 'pglite' ? 'pglite' : 'postgres',
    db: {
      executeSql: async (text, values) => ({
        rows: values?.length ? await db.query(text, values) : await db.script(text),
      }),
    },
    registerInstance: false,
    useListenNotify: false,
    openTelemetry: { enabled: false },
    // How soon a job is tried again whose process died, after its patience has run out.
    superviseIntervalSeconds: 30,
    monitorIntervalSeconds: 30,
    // We ask for none of what these look after.
    flowIntervalSeconds: 3600,
    bamIntervalSeconds: 3600,
    cronMonitorIntervalSeconds: 45,
    cronWorkerIntervalSeconds: 45,
    reindex: false,
  })
  boss.on('error', (error) => log(`Jobs: ${error.message}`))
  await boss.start()
  const workers = new Map<string, string>()
  const wake = (kind?: Queue): void => {
    for (const [name, id] of workers) {
      if (kind === undefined || kind.name === name) boss.notifyWorker(id)
    }
  }
  for (const { kind, work, due } of handlers) {
    const { policy, ...rest } = queueOptions(kind)
    await boss.createQueue(kind.name, { policy, ...rest })
    // One that an earlier version of the program made.
    await boss.updateQueue(kind.name, rest)
    if (db.kind === 'pglite') await freeOrphans(db, boss, kind.name)
    if (due !== undefined) await boss.schedule(kind.name, due)
    const every = due === undefined ? lookEvery : lookForDueEvery
    const options = { pollingIntervalSeconds: every, batchSize: 1 }
    const id = await boss.work(kind.name, options, async ([job]: Job<unknown>[]) => {
      try {
        await work(job?.data)
      } catch (error) {
        if (error instanceof PutOff && job) {
          await db.query('update jobs.job set retry_limit = retry_limit + 1 where id = $1', [
            job.id,
          ])
          throw new Error(putOffWord)
        }
        if (!(error instanceof JobFailed)) {
          log(`A job ${kind.name} failed: ${error instanceof Error ? error.stack : error}`)
        }
        throw new Error(sentence(error))
      } finally {
        // Where there was one there may be more, and it may have asked for others.
        wake()
      }
    })
    workers.set(kind.name, id)
  }
  return {
    wake,
    close: () => boss.stop({ graceful: true, close: false, timeout: longestEnd }),
  }
}

/** A PGlite has one process at a time: what is under way when it starts belongs to one that died. */
async function freeOrphans(db: Database, boss: PgBoss, name: string): Promise<void> {
  const orphans = await db.query<{ id: string }>(
    `select id from jobs.job where name = $1 and state = 'active'`,
    [name],
  )
  for (const { id } of orphans) {
    await boss.fail(name, id, { message: 'The server ended while it was at work.' })
  }
}
