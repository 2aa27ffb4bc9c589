import { withOwn } from '../surveys/instrument.ts'
import type { SurveysReader } from '../surveys/reader.ts'

const hostile = '<script>alert("survey")</script> & more'

/** A survey that has ended, in words that must be escaped. */
export const fixtureSurveys: SurveysReader = {
  all: async () => [
    {
      ...{ id: 1, title: hostile, service: 'primary-school', instrument: withOwn([]) },
      ...{ opens: '2024-09-01', closes: '2024-10-31', endedAt: null, invented: true },
      ...{ ways: ['poster', 'letter'], providers: 2, invited: 40 },
      response: { sampled: 25, appointment: null, open: null },
    },
  ],
}
