import { z } from 'zod'
import type { JobKind } from '../jobs/kind.ts'

/** Counts and publishes the stories where a steward has ordered it. */
export const storyCounts: JobKind<null> = {
  name: 'story-counts',
  data: z.null(),
  ...{ retries: 5, wait: 300, longestWait: 7200, patience: 3600 },
}

/** Moves open deadlines by holidays that have become known. */
export const storyCalendar: JobKind<null> = {
  name: 'story-calendar',
  data: z.null(),
  ...{ retries: 5, wait: 300, longestWait: 7200, patience: 3600 },
}

/** Tells whoever told a story that the reply is due later. */
export const storyMoved: JobKind<{ story: number }> = {
  name: 'story-moved',
  data: z.strictObject({ story: z.int().positive() }),
  ...{ retries: 10, wait: 30, longestWait: 1800, patience: 300 },
}
