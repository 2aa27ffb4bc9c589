import type { DeskReader, Signal } from '../desk/store.ts'
import type { Indicator } from '../evidence/indicator.ts'

/** Two signals of the invented county, one of them answered, with names that must be escaped. */
export function fixtureDesk(indicator: Indicator): DeskReader {
  const base = { indicator, standard: null, service: 'primary-school', about: indicator.code }
  const signals: readonly Signal[] = [
    {
      ...base,
      key: 'far-worse:X10002:expected:2023-24',
      rule: 'far-worse',
      kind: 'behind',
      subject: {
        kind: 'provider',
        code: 'X10002',
        name: '=Ember & <i>Ash</i> School',
        areas: [{ code: 'P1', name: 'Inventedshire', level: 'county' }],
      },
      period: '2023-24',
      seen: {
        value: 21,
        lower95: 14,
        upper95: 30,
        whole: { name: 'Inventedshire', value: 57 },
        until: '2023-24',
      },
      firstSeen: '2024-11-01T10:00:00Z',
      acts: [],
      answers: [
        {
          id: 1,
          kind: 'plan',
          text: 'Read <b>together</b> every morning.',
          role: 'head teacher',
          name: null,
          givenOn: '2021-09-01',
          byWhen: '2022-07-31',
          indicator: 'expected',
          recordedAt: '2024-11-02T10:00:00Z',
        },
      ],
    },
    {
      ...base,
      key: 'missing-period::invented-results:2021-22',
      rule: 'missing-period',
      kind: 'late',
      about: 'invented-results',
      indicator: null,
      subject: null,
      period: '2021-22',
      seen: { title: 'Invented school results', until: '2023-24' },
      firstSeen: '2024-11-01T10:00:00Z',
      answers: [],
      acts: [],
    },
  ]
  return {
    all: async () => signals,
    of: async (_, code) => signals.filter((s) => s.subject?.code === code),
    watched: async () => [
      { rule: 'far-worse', kind: 'behind', series: 40, falseAlarms: 0.05 },
      { rule: 'missing-period', kind: 'late', series: 1, falseAlarms: 0 },
    ],
  }
}
