import type { JobsReader } from '../jobs/store.ts'

/** Some jobs of two kinds, one of which failed. */
export const fixtureJobs: JobsReader = {
  counts: async () => [
    { kind: 'publication-made', waiting: 0, retrying: 0, active: 0, done: 3, failed: 0 },
    { kind: 'webhook-delivery', waiting: 2, retrying: 1, active: 0, done: 1204, failed: 0 },
  ],
  failures: async () => [
    {
      kind: 'webhook-delivery',
      state: 'retrying',
      tries: 3,
      at: '2024-11-01T10:00:00Z',
      sentence: 'Webhook 2: It answered 500. <i>Later</i>',
    },
  ],
}
