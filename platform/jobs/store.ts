import type { Database } from '../database/database.ts'
import { putOffWord } from './kind.ts'

/** How many jobs of one kind are in one state. */
export interface JobCount {
  readonly kind: string
  readonly waiting: number
  /** Failed once or more, and to be tried again. */
  readonly retrying: number
  readonly active: number
  /** Done within the last week: older ones are let go. */
  readonly done: number
  /** Given up within the last week. */
  readonly failed: number
}

/** Why a job could not be done, the last time it was tried; nothing of what it was about. */
export interface JobFailure {
  readonly kind: string
  readonly state: 'retrying' | 'failed'
  readonly tries: number
  readonly at: string
  readonly sentence: string
}

/** What pages may ask of jobs, as they are now: a past state has none. */
export interface JobsReader {
  counts(): Promise<readonly JobCount[]>
  /** The newest first, at most 20. */
  failures(): Promise<readonly JobFailure[]>
}

/** The state of a job `j`; one that was put off has not failed, and waits as others do. */
const stateNow = `(case when j.state = 'retry' and j.output->>'message' = '${putOffWord}' then 'created'
  else j.state::text end)`

export class JobStore implements JobsReader {
  readonly #db: Pick<Database, 'query'>

  constructor(db: Pick<Database, 'query'>) {
    this.#db = db
  }

  counts(): Promise<readonly JobCount[]> {
    const of = (state: string): string => `count(*) filter (where ${stateNow} = '${state}')::int`
    // The library keeps queues of its own, whose names begin with two lines.
    return this.#db.query<JobCount>(
      `select q.name as kind, ${of('created')} as waiting, ${of('retry')} as retrying,
         ${of('active')} as active, ${of('completed')} as done, ${of('failed')} as failed
       from jobs.queue q left join jobs.job j on j.name = q.name
       where left(q.name, 2) <> '__' group by q.name order by q.name`,
    )
  }

  failures(): Promise<readonly JobFailure[]> {
    return this.#db.query<JobFailure>(
      `select name as kind, case state when 'failed' then 'failed' else 'retrying' end as state,
         retry_count + 1 as tries, coalesce(completed_on, started_on) as at,
         coalesce(output->>'message', 'It did not end in time.') as sentence
       from jobs.job j where ${stateNow} in ('retry', 'failed') and left(name, 2) <> '__'
       order by coalesce(completed_on, started_on) desc nulls last limit 20`,
    )
  }
}
