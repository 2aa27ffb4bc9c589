import { Worker } from 'node:worker_threads'
import { analyseYear, type Change, changeBetween, type YearFound } from './analyse.ts'
import type { Taken } from './columns.ts'
import type { Study } from './study.ts'

/** What a study found in one year. */
export interface YearAnalysed {
  readonly found: YearFound
  /** Since the year before, by subject; empty for the first. */
  readonly change: ReadonlyMap<number, Change>
}

/** From so many providers in a year on, a study takes seconds: long enough to be worth a thread of its own. */
const worthAThread = 500

/** Every year of a study, the oldest first. */
export const analyseYears = (study: Study, years: readonly Taken[]): YearAnalysed[] =>
  years.map((taken, at) => {
    const before = years[at - 1]
    return {
      change: before ? changeBetween(study, before, taken) : new Map(),
      found: analyseYear(study, taken),
    }
  })

/** As `analyseYears`, with the processor free for other things meanwhile where it takes long. */
export async function analyseBeside(
  study: Study,
  years: readonly Taken[],
  signal?: AbortSignal,
): Promise<YearAnalysed[]> {
  signal?.throwIfAborted()
  if (years.every((y) => y.subjects.length < worthAThread)) return analyseYears(study, years)
  const worker = new Worker(new URL('./analyse-thread.ts', import.meta.url), {
    workerData: { study, years },
  })
  const { promise, resolve, reject } = Promise.withResolvers<YearAnalysed[]>()
  const stop = (): void => reject(signal?.reason)
  worker.on('message', resolve)
  worker.on('error', reject)
  worker.on('exit', () => reject(new Error('The analysis ended before it was done.')))
  signal?.addEventListener('abort', stop)
  try {
    return await promise
  } finally {
    signal?.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
