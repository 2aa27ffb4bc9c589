import type { Comparison, Figure, Limits, ReleaseRow, SubjectPage } from '../comparison/figures.ts'
import type { IndicatorPage, Reader, SearchHit } from '../comparison/reader.ts'
import { type Indicator, indicatorSchema, type Service } from '../evidence/indicator.ts'
import { fixtureChanges } from './fixture-changes.ts'
import { fixtureDesk } from './fixture-desk.ts'
import { fixtureJobs } from './fixture-jobs.ts'
import { fixtureMaps } from './fixture-maps.ts'
import { fixtureNews } from './fixture-news.ts'
import { fixtureRecord, fixtureRecordSize } from './fixture-record.ts'
import { fixtureLists } from './fixture-register.ts'
import { fixtureReplies } from './fixture-replies.ts'
import { fixtureStories } from './fixture-stories.ts'
import { fixtureSurveys } from './fixture-surveys.ts'

/** An invented school service in an invented county: enough to draw every page without a database. */
const service: Service = {
  code: 'primary-school',
  name: 'Primary schools',
  provider: 'primary school',
  providers: 'primary schools',
  about: 'Schools for children aged 4 to 11.',
  peers: [{ from: 'expected', name: 'results', weight: 1, transform: 'none' }],
}

const indicator = (code: string, rest: Record<string, unknown>): Indicator =>
  indicatorSchema.parse({
    code,
    service: service.code,
    topic: 'Results',
    why: 'Reading well by 11 helps with everything learnt later.',
    definition: 'As the invented source defines it.',
    method: 'As published.',
    polarity: 'higher',
    ...rest,
  })

const indicators: readonly Indicator[] = [
  indicator('expected', {
    name: 'Pupils who reach the expected standard',
    unit: '%',
    kind: 'proportion',
    decimals: 0,
    scale: 100,
    headline: true,
    caveats: ['Small schools vary more from year to year.'],
  }),
  indicator('reading-progress', {
    name: 'Progress in reading',
    meaning: '0 is the average of pupils with similar results before. Above 0 is more progress.',
    unit: 'points',
    kind: 'mean',
    decimals: 1,
    headline: true,
  }),
  indicator('spending', {
    name: 'Spending per pupil',
    topic: 'Money',
    unit: '£',
    kind: 'money',
    polarity: 'neither',
    decimals: 2,
  }),
  indicator('absence', {
    name: 'Absence <b>& "late"</b>',
    topic: 'Attendance',
    unit: '%',
    kind: 'proportion',
    polarity: 'lower',
    decimals: 1,
    scale: 100,
  }),
]

const names = ['Larkrise Invented School', '=Ember & <i>Ash</i> School', 'Mossgate Made-up School']
const codes = ['X10001', 'X10002', 'X10003'] as const
const isShut = (code: string): boolean => code === 'X10003'

/** Who came after the closed ones. */
const successor = { kind: 'provider', code: 'X10001', name: names[0] ?? '' } as const

const around = (value: number, half: number): Limits => ({
  lower95: value - half,
  upper95: value + half,
  lower998: value - half * 1.6,
  upper998: value + half * 1.6,
  method: 'published',
})

/** Compared with limits, or, where nobody can say which way it lies, without. */
const against = (
  name: string,
  value: number,
  direction: Comparison['direction'],
): readonly Comparison[] => {
  const limits = (x: number) => (direction === null ? null : { lower95: x - 0.5, upper95: x + 0.5 })
  const alike = value * 1.01
  return [
    {
      against: 'whole',
      name: 'Inventedshire',
      value,
      limits95: limits(value),
      origin: 'published',
      direction,
    },
    {
      against: 'peers',
      name,
      value: alike,
      limits95: limits(alike),
      origin: 'mean',
      direction,
    },
  ]
}

const base: Figure = {
  indicator: 'expected',
  breakdown: '',
  period: '2023-24',
  status: 'value',
  value: 63,
  limits: around(63, 8),
  numerator: 38,
  denominator: 60,
  release: 1,
  comparisons: against('schools like it', 57, 1),
  note: null,
}

function series(code: string, values: readonly (number | null)[], half: number | null) {
  const figures = values.map((value, i): Figure => {
    const limits = value === null || half === null ? null : around(value, half)
    const counts = code === 'expected' ? {} : { numerator: null, denominator: null }
    return {
      ...base,
      ...counts,
      indicator: code,
      period: `${2019 + i}-${20 + i}`,
      status: value === null ? 'missing' : 'value',
      value,
      limits,
      comparisons:
        value === null ? [] : against('schools like it', value + 2, half === null ? null : -1),
    }
  })
  return { indicator: code, breakdown: '', figures }
}

const hidden = (breakdown: string, status: Figure['status']): SubjectPage['series'][number] => ({
  indicator: 'expected',
  breakdown,
  figures: [{ ...base, breakdown, status, value: null, limits: null, comparisons: [] }],
})

function subject(code: string, kind: 'provider' | 'place'): SubjectPage {
  const place = kind === 'place'
  return {
    kind,
    code,
    name: place ? 'Inventedshire' : (names[codes.indexOf(code as 'X10001')] ?? code),
    service: place ? null : service.code,
    level: place ? 'county' : null,
    type: place ? null : 'Junior school',
    status: !place && isShut(code) ? 'Closed' : null,
    closed: !place && isShut(code),
    address: place ? null : '1 Nowhere Lane',
    postcode: place ? null : 'ZZ1 1ZZ',
    facts: { phase: 'Primary', ...(isShut(code) ? { Closed: '31-08-2024' } : {}) },
    successors: isShut(code) ? [successor] : [],
    peers: place ? [] : codes.filter((c) => c !== code),
    parents: place ? [] : [{ code: 'P1', name: 'Inventedshire', level: 'county' }],
    series: [
      series('expected', [55, 58, null, 61, 63], 8),
      series('reading-progress', [-1.2, -1.5, -1.7, -1.8, -1.9], 1.5),
      series('spending', [4100, 4250, 4300, 4410, 4528.5], null),
      series('absence', [4.4, 4.9, 5.2, 5.1, 5.6], 0.4),
      hidden('sex=boys', 'suppressed'),
      hidden('sex=girls', 'not-applicable'),
      hidden('disadvantage=disadvantaged', 'unreliable'),
    ],
  }
}

const release: ReleaseRow = {
  id: 1,
  dataset: 'invented-results',
  title: 'Invented school results',
  publisher: 'The Office of Invention',
  source: 'https://example.org/results',
  licence: 'Open Government Licence v3.0',
  period: '2023-24',
  service: 'primary-school',
  part: '850',
  partName: 'Inventedshire',
  status: 'published',
  fileName: 'results.csv',
  sha256: 'ab'.repeat(32),
  bytes: 12_345,
  rowsRead: 3,
  rowsAccepted: 3,
  rowsRefused: 0,
  publishedOn: '2024-10-01',
  createdAt: '2024-11-01T09:00:00Z',
  publishedAt: '2024-11-01T10:00:00Z',
  endedAt: null,
  by: 'steward',
  supersedes: null,
  supersededBy: null,
  reason: 'New figures',
  endReason: null,
}

const hits: readonly SearchHit[] = codes.map((code, i) => ({
  code,
  name: names[i] ?? code,
  kind: 'provider',
  service: service.code,
  level: null,
  postcode: 'ZZ1 1ZZ',
  town: 'Nowhere',
  closed: isShut(code),
  closedOn: isShut(code) ? '31-08-2024' : null,
  silent: false,
}))

const values = Float64Array.from({ length: 60 }, (_, i) => 40 + i * 0.7)

const summary = (code: string): IndicatorPage['summary'] => ({
  indicator: code,
  period: '2023-24',
  breakdown: '',
  periods: ['2022-23', '2023-24'],
  breakdowns: ['', 'sex=boys', 'sex=girls'],
  counts: { value: 60, suppressed: 1, missing: 1, 'not-applicable': 0, unreliable: 0 },
  whole: {
    name: 'Inventedshire',
    value: 60,
    origin: 'published',
    limits95: { lower95: 59.5, upper95: 60.5 },
  },
  percentiles: [42, 50, 60, 70, 79],
  apart: [],
})

/** Counts behind two of the figures of absence: one like the whole, one far from it. */
const counted = [
  { value: 55, limits: around(55, 12), numerator: 33, denominator: 60 },
  { value: 80, limits: around(80, 7), numerator: 96, denominator: 120 },
] as const

const indicatorPage = (code: string): IndicatorPage => ({
  summary: summary(code),
  rows: hits.map((h, i) => ({
    code: h.code,
    name: h.name,
    kind: 'provider',
    area: 'Inventedshire',
    status: i === 2 ? 'suppressed' : 'value',
    value: i === 2 ? null : -1.9 + i * 40,
    limits: i === 0 ? around(-1.9, 1.5) : null,
    numerator: null,
    denominator: null,
    ...(code === 'absence' ? counted[i] : {}),
    direction: i === 0 ? -1 : null,
    release: 1,
    note: i === 0 ? 'Counted twice <i>in part</i>' : null,
    closed: h.closed,
    apart: null,
  })),
  total: 3,
  distribution: { codes: Array.from(values, (_, i) => `X${i}`), values },
  wholeSeries: series(code, [57, 58, 59, 60, 60], 0.5),
  groups: [],
  areas: [],
  releases: [release],
})

const known = (code: string): boolean => codes.includes(code as 'X10001')

/** No yardstick: it is drawn from the paper's own figures in its own tests. */
const fixtureYardstick: Reader['yardstick'] = { all: async () => new Map() }

/** A Reader over invented schools, for tests and for drawing pages without a database. */
export const fixtureReader: Reader = {
  ...fixtureLists(
    hits,
    subject('P1', 'place'),
    new Map(
      indicators.map(({ code }) => {
        const { summary, rows } = indicatorPage(code)
        return [code, { period: summary.period, rows }]
      }),
    ),
  ),
  state: async () => ({
    publication: 1,
    at: '2024-11-01T10:00:00Z',
    invented: true,
    answers: 0,
    ...fixtureRecordSize,
    erased: 6,
  }),
  record: fixtureRecord,
  jobs: fixtureJobs,
  news: fixtureNews,
  replies: fixtureReplies,
  stories: fixtureStories,
  surveys: fixtureSurveys,
  yardstick: fixtureYardstick,
  services: () => [service],
  service: (code) => (code === service.code ? service : null),
  indicators: async () => new Map(indicators.map((i) => [i.code, i])),
  summaries: async (_, code) =>
    code === service.code ? indicators.map((i) => summary(i.code)) : [],
  subject: async (_, code) => {
    if (code === 'P1') return subject(code, 'place')
    return known(code) ? subject(code, 'provider') : null
  },
  indicatorEnded: async () => null,
  precededBy: async (_, code) => (code === successor.code ? ['X90001', 'X10003'] : []),
  ended: async (_, code) =>
    code === 'X90001'
      ? {
          kind: 'provider',
          name: 'Elm Primary',
          last: '2024-06-01T10:00:00Z',
          successors: [successor],
        }
      : code === 'P0'
        ? {
            kind: 'place',
            name: 'Oldshire',
            last: '2024-06-01T10:00:00Z',
            successors: [{ code: 'P1', name: 'Testshire', kind: 'place' as const }],
          }
        : null,
  peers: async (_, code) =>
    hits.filter((h) => h.code !== code).map((h, i) => ({ ...h, distance: 0.2 + i / 10 })),
  indicatorPage: async (_, code) =>
    indicators.some((i) => i.code === code) ? indicatorPage(code) : null,
  spread: async (_, code) =>
    indicators.some((i) => i.code === code)
      ? {
          values,
          valuesLike: () => values,
          valueOf: (c) => (known(c) ? 55 + codes.indexOf(c as 'X10001') : null),
        }
      : null,
  rowsOf: async (_, code, __, wanted) =>
    indicatorPage(code).rows.filter((r) => wanted.includes(r.code)),
  providersOf: async () => hits,
  providerCounts: async () =>
    new Map([[service.code, { open: 2, closed: 1, silent: 1, nameless: 0 }]]),
  periodKind: () => 'school-year',
  place: async (_, code) =>
    code === 'P1'
      ? {
          page: subject(code, 'place'),
          children: [],
          neighbours: [{ code: 'P2', name: 'Elsewhereshire', level: 'county' }],
          providers: hits,
          providerCount: hits.length,
          scope: ['Ash', 'Beech'],
          services: [{ service: service.code, count: 2, closed: 1 }],
        }
      : null,
  release: async (_, id) =>
    id === 1
      ? {
          release,
          replacementWithdrawn: null,
          hidden: { figures: 40, hidden: 3, threshold: 5, roundedTo: null },
          checks: [
            {
              rule: 'range',
              severity: 'warn',
              count: 1,
              sentence: 'A percentage is above 100.',
              examples: [{ line: 3, column: 'expected', value: '<script>alert(1)</script>' }],
            },
          ],
          indicators: ['expected'],
          changes: [],
          changeCount: 0,
          changeKinds: null,
          refused: [],
        }
      : null,
  ...fixtureChanges(release),
  roundedReleases: async () => () => null,
  releases: async () => [release],
  search: async (_, q) =>
    q === 'ZZ1 9ZZ'
      ? hits.map((h) => ({ ...h, exact: false }))
      : hits
          .filter((h) => h.name.toLowerCase().includes(q.toLowerCase()))
          .map((h) => ({ ...h, exact: true })),
  providersWithin: async () => [...codes],
  maps: fixtureMaps,
  standards: { all: async () => new Map(), of: async () => [], changes: async () => null },
  fairness: { all: async () => new Map(), names: async () => new Map() },
  desk: fixtureDesk(indicators[0] as Indicator),
  cards: { all: async () => null, of: async () => null, cards: async () => [] },
  value: { of: async () => [] },
}
