import type { IndicatorRow } from '../../../comparison/figures.ts'
import type { SeriesName } from '../../../comparison/reader.ts'
import { statuses } from '../../../evidence/descriptor.ts'
import { type Chunks, chunked, chunkedInOrder } from '../chunks.ts'
import { type Found, filters } from '../list.ts'
import { type Call, codeList, type ListAsked, list, oneOf, word } from '../operation.ts'
import { Refused } from '../problem.ts'
import { known, knownIndicator, knownPlace, knownService } from './known.ts'
import { type Observation, observationSchema, ofFigure, ofRow } from './observation.ts'

const asked = {
  indicator: word('The code of an indicator.'),
  period: word('A period as the indicator names it, such as 2022-23.'),
  group: word('A group such as `sex=boys`; empty for everyone. Default: all groups.'),
  service: word('The code of a service: only its indicators.'),
  subject: codeList('Codes of providers or places, with commas between, 100 at most.'),
  within: word('The code of a place: only providers and places that lie in it.'),
  kind: oneOf(['provider', 'place'], 'Of providers, or of places.'),
  status: oneOf(statuses, 'With a value, or without one for this reason.'),
}

interface Query {
  readonly indicator?: string | undefined
  readonly period?: string | undefined
  readonly group?: string | undefined
  readonly service?: string | undefined
  readonly subject?: readonly string[] | undefined
  readonly within?: string | undefined
  readonly kind?: Observation['kind'] | undefined
  readonly status?: Observation['status'] | undefined
}

/** The filters that choose whole series. */
const ofSeries = ({ indicator, period, group, service }: Query, { indicators }: Call) =>
  filters<SeriesName>({
    service: [service, (k) => indicators.get(k.indicator)?.service === service],
    indicator: [indicator, (k) => k.indicator === indicator],
    period: [period, (k) => k.period === period],
    group: [group, (k) => k.breakdown === group],
  })

/** The filters that choose rows of a series, or of a sheet. */
const ofRows = <Row extends Pick<Observation, 'kind' | 'status' | 'code'>>(
  { kind, status, within }: Query,
  inside: ReadonlySet<string>,
) =>
  filters<Row>({
    kind: [kind, (o) => o.kind === kind],
    status: [status, (o) => o.status === status],
    within: [within, (o) => inside.has(o.code)],
  })

/** The rows of all series that are wanted, one series after another. */
async function bySeries(
  call: Call,
  query: Query,
  keys: readonly SeriesName[],
): Promise<Chunks<IndicatorRow, Observation>> {
  const { reader, state, indicators } = call
  const sent = ofSeries(query, call)
  const wanted = keys.filter((k) => sent.every((f) => f.keeps(k)))
  const inside = new Set<string>()
  const rounded = await reader.roundedReleases()
  const rowsWithin = async (name: SeriesName, place: string): Promise<readonly IndicatorRow[]> => {
    const rows = await reader.tableRows(state, name, place)
    for (const r of rows) inside.add(r.code)
    return rows
  }
  return {
    count: wanted.length,
    async load(at) {
      const name = wanted[at]
      if (!name) return []
      if (query.within !== undefined) await rowsWithin(name, query.within)
      return reader.tableRows(state, name, null)
    },
    // Thousands of rows of which a place holds a hundred: the other filters look at those alone.
    async few(at) {
      const name = wanted[at]
      if (!name) return []
      return query.within === undefined
        ? reader.tableRows(state, name, null)
        : rowsWithin(name, query.within)
    },
    narrowing: ofRows(query, inside),
    line(row, at) {
      const name = wanted[at] ?? { indicator: '', period: '', breakdown: '' }
      return ofRow(name, row, indicators.get(name.indicator), rounded)
    },
    sent,
  }
}

const keyOf = (o: Observation): string => [o.indicator, o.period, o.group].join('\u0000')

/** All figures of the providers and places that are named, one of these after another. */
async function bySubject(
  call: Call,
  query: Query,
  subjects: readonly string[],
): Promise<Chunks<Observation, Observation>> {
  const { reader, state, indicators } = call
  const inside = new Set<string>()
  const rounded = await reader.roundedReleases()
  const series = ofSeries(query, call).map((f) => ({
    ...f,
    keeps: (o: Observation) => f.keeps({ ...o, breakdown: o.group }),
  }))
  return {
    count: subjects.length,
    async load(at) {
      const subject = await reader.subject(state, subjects[at] ?? '')
      if (!subject) return []
      if (subject.parents.some((p) => p.code === query.within)) inside.add(subject.code)
      return subject.series
        .flatMap((s) =>
          s.figures.map((f) => ofFigure(subject, f, indicators.get(f.indicator), rounded)),
        )
        .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    },
    narrowing: [...series, ...ofRows<Observation>(query, inside)],
    line: (o) => o,
    sent: filters<never>({ subject: [subjects, () => true] }),
  }
}

const part = <Stored>(
  chunks: Chunks<Stored, Observation>,
  asked: ListAsked<Observation>,
): Promise<Found<Observation>> =>
  asked.sort ? chunkedInOrder(chunks, asked, asked.sort) : chunked(chunks, asked)

/** Values of several series are in several units: an order among them would say nothing. */
function mixedUnits(
  { name, descending }: { readonly name: string; readonly descending: boolean },
  series: number,
): Refused {
  const detail = `The parameter “sort” puts the values of one series in order, and this asks for ${series.toLocaleString('en-GB')}. Name one \`indicator\`, \`period\` and \`group\` (empty for everyone), or name providers and places with \`subject\`.`
  const sent = `${descending ? '-' : ''}${name}`
  return new Refused('unreadable-value', 400, detail, { parameter: 'sort', sent })
}

export const observations = list({
  id: 'listObservations',
  path: '/observations',
  topic: 'observations',
  summary: 'Values, with their doubt and their origin',
  description:
    'One row for each indicator, period, group and provider or place. In the order of indicator, period, group and name; where providers or places are named (`subject`), one of these after another. Sorting takes one indicator, period and group, or `subject`. A part may be shorter than `limit` where the filters leave little of much: go on as long as `links.next` is there. `total` is known where one indicator, period and group, or one subject, is asked for.',
  filters: asked,
  item: observationSchema,
  sorts: {
    code: (o) => o.code,
    name: (o) => o.name,
    indicator: (o) => o.indicator,
    period: (o) => o.period,
    value: (o) => o.value,
    lower95: (o) => o.lower95,
    upper95: (o) => o.upper95,
    numerator: (o) => o.numerator,
    denominator: (o) => o.denominator,
  },
  example: (s) => `/observations?indicator=${s.indicator}&period=${s.period}&group=&limit=5`,
  async find(call, query, wanted) {
    knownService(call, query.service)
    knownIndicator(call, query.indicator)
    await knownPlace(call, query.within)
    const keys = await call.reader.seriesKeys(call.state)
    const own = keys.filter((k) => query.indicator === undefined || k.indicator === query.indicator)
    known('period', query.period, () => [...new Set(own.map((k) => k.period))].sort())
    known('group', query.group, () => [...new Set(own.map((k) => k.breakdown))].sort())
    if (query.subject !== undefined) {
      return part(await bySubject(call, query, query.subject), wanted)
    }
    const series = await bySeries(call, query, keys)
    if (wanted.sort && series.count > 1) throw mixedUnits(wanted.sort, series.count)
    return part(series, wanted)
  },
})
