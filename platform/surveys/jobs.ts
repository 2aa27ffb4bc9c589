import { z } from 'zod'
import { JobFailed, type JobKind } from '../jobs/kind.ts'
import { type Handler, handler } from '../jobs/run.ts'

/** Publishes the results of surveys that have ended, where that was ordered. */
export const surveyResults: JobKind<null> = {
  name: 'survey-results',
  data: z.null(),
  ...{ retries: 5, wait: 300, longestWait: 7200, patience: 3600 },
}

/**
 * What is done with surveys by itself, each night.
 * @param run does what `plumbline surveys` does with these words, and gives what was wrong, or null.
 */
export const surveyJobs = (run: (...words: string[]) => Promise<string | null>): Handler[] => [
  handler(
    surveyResults,
    async () => {
      const problem = await run('publish', 'due')
      if (problem !== null) throw new JobFailed(problem)
    },
    '45 2 * * *',
  ),
]
