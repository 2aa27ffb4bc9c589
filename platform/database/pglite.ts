import { Worker } from 'node:worker_threads'
import type { Database, Queries } from './database.ts'
import type { Answer, Ask, Job } from './pglite-worker.ts'
import { parameter } from './values.ts'

interface Waiting {
  resolve: (rows: unknown[]) => void
  reject: (error: Error) => void
}

/** An error of the database, with PostgreSQL's code. */
export class DatabaseError extends Error {
  readonly code: string | undefined
  constructor(message: string, code: string | undefined) {
    super(message)
    this.code = code
  }
}

/**
 * Opens PGlite on a thread of its own, so that this one keeps answering. A folder must have one
 * owner: take the lock of `owner.ts` first.
 */
export async function openPglite(folder: string | null): Promise<Database> {
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: { folder },
  })
  const client = new Client(worker)
  await client.ask({ kind: 'ready' })
  return client
}

class Client implements Database {
  readonly kind = 'pglite' as const
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #locks = new Map<string, Promise<unknown>>()
  #next = 1
  #session = 1

  constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if (!waiting) return
      if ('rows' in answer) waiting.resolve(answer.rows)
      else waiting.reject(new DatabaseError(answer.error, answer.code))
    })
    worker.on('error', (error) => this.#fail(error as Error))
    worker.on('exit', () => this.#fail(new Error('The database has been closed.')))
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }

  ask(job: Job): Promise<unknown[]> {
    const id = this.#next
    this.#next += 1
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, ...job } satisfies Ask)
    })
  }

  async query<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return (await this.ask({
      kind: 'query',
      sql,
      params: params.map(parameter),
      session: 0,
    })) as T[]
  }

  async transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
    const session = this.#session
    this.#session += 1
    const run = (sql: string, params: readonly unknown[] = []) =>
      this.ask({ kind: 'query', sql, params: params.map(parameter), session })
    await this.ask({ kind: 'begin', session })
    try {
      const result = await work({ query: run as Queries['query'] })
      await this.ask({ kind: 'end', session, commit: true })
      return result
    } catch (error) {
      await this.ask({ kind: 'end', session, commit: false })
      throw error
    }
  }

  async lock<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#locks.get(name) ?? Promise.resolve()
    const mine = before.then(work, work)
    this.#locks.set(
      name,
      mine.catch(() => undefined),
    )
    return mine
  }

  async close(): Promise<void> {
    await this.ask({ kind: 'close' })
    await this.#worker.terminate()
  }
}
