import type { NewsReader } from '../news/store.ts'

const made = { publication: 1, at: '2024-11-01T10:00:00.123456Z', reason: 'New <b>figures</b>' }

/** What one publication brought, with names that must be escaped. */
export const fixtureNews: NewsReader = {
  ofIndicator: async () => [
    {
      ...made,
      act: 'published',
      title: 'Invented school results',
      period: '2023-24',
      releases: [1],
      changes: 0,
    },
  ],
  ofSubject: async () => [
    {
      ...made,
      act: 'corrected',
      title: 'Invented school results',
      period: '2023-24',
      releases: [1],
      changes: 2,
    },
  ],
  judged: async () => [
    {
      ...made,
      standard: 'invented-floor',
      code: 'X10002',
      name: '=Ember & <i>Ash</i> School',
      turns: [
        { period: '2022-23', before: 'met', after: 'not met', earlier: null },
        {
          period: '2023-24',
          before: null,
          after: 'met',
          earlier: { period: '2022-23', outcome: 'not met' },
        },
      ],
    },
  ],
}
