import { z } from 'zod'
import { JobFailed, type JobKind } from '../jobs/kind.ts'
import { type Handler, handler } from '../jobs/run.ts'

/** Counts and publishes the stories where a steward has ordered it. */
export const storyCounts: JobKind<null> = {
  name: 'story-counts',
  data: z.null(),
  ...{ retries: 5, wait: 300, longestWait: 7200, patience: 3600 },
}

/**
 * Looks each night whether the stories are to be counted.
 * @param count does so, and gives what was wrong as a sentence, or null.
 */
export const storyJobs = (count: () => Promise<string | null>): Handler[] => [
  handler(
    storyCounts,
    async () => {
      const problem = await count()
      if (problem !== null) throw new JobFailed(problem)
    },
    '25 2 * * *',
  ),
]
