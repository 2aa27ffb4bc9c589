import type { ReleaseRow } from '../../comparison/figures.ts'
import type { Descriptor } from '../../evidence/descriptor.ts'
import type { Indicator, Service } from '../../evidence/indicator.ts'
import type { PeriodKind } from '../../evidence/period.ts'
import type { Row } from '../batch.ts'
import { columns } from '../columns.ts'

/** To what values, and counts, of some figures were rounded. */
export type Steps = Pick<Row, 'roundedTo' | 'countsRoundedTo'>

/** What is known of a release beside its row, for a package that can be imported again. */
export interface PackagedRelease {
  readonly row: ReleaseRow
  /** The descriptor that it was read by. */
  readonly descriptor: string
  readonly invented: boolean
  /** Each file of it brings all periods anew. */
  readonly isHistory: boolean
  readonly periodKind: PeriodKind
  /** Steps that its values and its counts are rounded to; null for those that are not. */
  readonly steps: readonly Steps[]
}

/** `figures/release-17-part-850.csv`: the file of a release's figures in a package. */
export const figuresFile = ({ id, part }: ReleaseRow): string =>
  `figures/release-${id}${part === null ? '' : `-part-${part.replaceAll('/', '-')}`}.csv`

/** Limits that are read again from a package: the source's own. The others are worked out anew. */
const limitsRead = [
  { interval: ['published'], limits: ['lower95', 'upper95', 'lower998', 'upper998'] },
  { interval: ['published-rescaled', 'published-weighted'], limits: ['lower95', 'upper95'] },
  {
    interval: [
      ...['', 'wilson', 'wilson-rounded', 'byar'],
      ...['wilson-rounded-counts', 'byar-rounded-counts'],
    ],
    limits: [],
  },
] as const

/** The name that a package gives a descriptor: the same however often it goes round. */
export const packagedId = (id: string): string => `${id.replace(/-package$/, '')}-package`

/**
 * A descriptor by which an import reads the figures of some releases, all read by one descriptor in the
 * first place.
 * @param indicators those that only the package describes.
 */
export function figuresDescriptor(
  releases: readonly [PackagedRelease, ...PackagedRelease[]],
  services: readonly Service[],
  indicators: readonly Indicator[],
): Record<string, unknown> {
  const [first] = releases
  const { row } = first
  const steps = distinct(releases.flatMap((r) => r.steps))
  const ids = releases.map((r) => r.row.id).join('|')
  return {
    id: packagedId(first.descriptor),
    title: row.title,
    publisher: row.publisher,
    source: row.source,
    licence: row.licence,
    ...(row.publishedOn === null ? {} : { publishedOn: row.publishedOn }),
    invented: first.invented,
    dataset: row.dataset,
    service: row.service,
    order: 60,
    guarded: true,
    match: {
      name: `^release-(${ids})(-part-(?<part>.+))?\\.csv$`,
      columns: columns.map((c) => c.name),
    },
    fields: columns.map((c) => ({
      name: c.name,
      type: c.type,
      constraints: constraintsOf(c.name),
    })),
    period: { from: 'column', column: 'period', kind: first.periodKind },
    part: 'part',
    covers: first.isHistory ? 'history' : 'period',
    subjects: subjectClauses(services, {}),
    observations: limitsRead.flatMap(({ interval, limits }) =>
      steps.map(({ roundedTo, countsRoundedTo }) => ({
        when: {
          interval,
          rounded_to: [written(roundedTo)],
          counts_rounded_to: [written(countsRoundedTo)],
        },
        indicator: '{indicator}',
        breakdownColumn: 'breakdown',
        status: 'status',
        value: 'value',
        ...Object.fromEntries(limits.map((limit) => [limit, limit])),
        numerator: 'numerator',
        denominator: 'denominator',
        note: 'note',
        ...(roundedTo === null ? {} : { roundedTo }),
        ...(countsRoundedTo === null ? {} : { countsRoundedTo }),
      })),
    ),
    indicators,
  } satisfies Partial<Record<keyof Descriptor, unknown>>
}

const written = (step: number | null): string => (step === null ? '' : String(step))

/** Steps without those that come twice. */
export const distinct = (all: readonly Steps[]): Steps[] => [
  ...new Map(
    all.map(({ roundedTo, countsRoundedTo }) => [
      `${roundedTo} ${countsRoundedTo}`,
      { roundedTo, countsRoundedTo },
    ]),
  ).values(),
]

function constraintsOf(name: string) {
  const column = columns.find((c) => c.name === name)
  return {
    ...(column && 'required' in column ? { required: true } : {}),
    ...(column && 'among' in column ? { enum: column.among } : {}),
  }
}

/** Whom rows are about: providers of each service, and places; `more` is said of each. */
export function subjectClauses(services: readonly Service[], more: Record<string, unknown>) {
  const common = { code: '{subject}', ...more }
  return [
    { when: { subject_kind: ['place'] }, kind: 'place', ...common },
    ...services.map(({ code }) => ({
      when: { subject_kind: ['provider'], service: [code] },
      kind: 'provider',
      service: code,
      ...common,
    })),
    { when: { subject_kind: ['provider'] }, kind: 'provider', ...common },
  ]
}
