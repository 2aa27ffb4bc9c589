import type { IndicatorRow } from '../../../comparison/figures.ts'
import type { Indicator } from '../../../evidence/indicator.ts'
import { nameFilter } from '../../../providers/name-filter.ts'
import type { ProviderValue, StudyYear } from '../../../value/store.ts'
import type { Study } from '../../../value/study.ts'
import { hexagonsFrom } from '../../components/scatter/scatter.ts'
import { csvLines } from '../../csv.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext, paging } from '../context.ts'
import { missedFloors, missedText } from '../standards/missed-floors.ts'
import { limitsWords } from './limits-words.ts'
import {
  achievedWords,
  cost,
  costEach,
  lessWords,
  methodWords,
  middleOf,
  periodNotes,
  picture,
  quarterTable,
  serviceLead,
  shownStudy,
} from './value-words.ts'

export interface ServiceValueQuery {
  readonly period: string | null
  readonly show: 'frontier' | 'all'
  readonly sort: 'name' | 'value' | '-value'
  readonly q: string
  readonly page: number
  readonly search: URLSearchParams
}

const pageSize = 50

const costText = (x: number | null): string => (x === null ? '' : cost(x))

/** A provider of the study with its name. */
interface Named {
  readonly row: Pick<IndicatorRow, 'code' | 'name'>
  readonly found: ProviderValue
}

const byName = (a: Named, b: Named): number =>
  a.row.name.localeCompare(b.row.name, 'en-GB') || (a.row.code < b.row.code ? -1 : 1)

async function wanted(
  study: Study,
  year: StudyYear,
  asked: ServiceValueQuery,
  { reader, state }: PageContext,
): Promise<Named[]> {
  const shown = [...year.providers.values()].filter(
    (p) => asked.show === 'all' || p.efficient === 'strong',
  )
  const key = { period: year.period, breakdown: '' }
  const codes = shown.map((p) => p.code)
  const isNamed = nameFilter(asked.q)
  const named = (await reader.rowsOf(state, study.years.from, key, codes))
    .filter((r) => isNamed(`${r.name} ${r.code}`))
    .flatMap((row): Named[] => {
      const found = year.providers.get(row.code)
      return found ? [{ row, found }] : []
    })
    .sort(byName)
  if (asked.sort === 'name') return named
  const turn = asked.sort === 'value' ? 1 : -1
  return named.sort((a, b) => turn * (a.found.score - b.found.score))
}

/** For each on the frontier, for how many it is an example. */
function examplesOf(year: StudyYear): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { code, peers } of year.providers.values()) {
    for (const peer of peers) {
      if (peer.code !== code) counts.set(peer.code, (counts.get(peer.code) ?? 0) + 1)
    }
  }
  return counts
}

/** The rows of a study's year as CSV: of all that are named, or of one. */
export function valueCsv(
  study: Study,
  outcome: Indicator,
  named: readonly Named[],
  period: string,
): string {
  const columns = [...study.inputs, ...study.outputs, ...study.fixed]
  return csvLines(
    [
      'code',
      'name',
      'period',
      'score',
      'lower95',
      'upper95',
      'constant_returns',
      'returns_to_scale',
      'frontier',
      ...columns.flatMap((c) => [c.name, `target: ${c.name}`]),
      'outcome',
      'outcome_lower95',
      'outcome_upper95',
      'cost_each',
      'cost_by_share',
      'caught_up',
      'best_moved',
      'peers',
    ],
    named.map(({ row, found: p }) => [
      row.code,
      row.name,
      period,
      p.score,
      p.limits?.lower95 ?? null,
      p.limits?.upper95 ?? null,
      p.constant,
      p.returns,
      p.efficient,
      ...columns.flatMap((_, c) => [p.values[c] ?? null, p.targets[c] ?? null]),
      p.outcome,
      p.outcomeLimits?.lower95 ?? null,
      p.outcomeLimits?.upper95 ?? null,
      costEach(p, outcome, study),
      p.cost,
      p.change?.caughtUp ?? null,
      p.change?.bestMoved ?? null,
      p.peers.map((peer) => peer.code).join(' '),
    ]),
  )
}

/** Value for money in a service: who gets the most from each pound, and how sure that is. */
export async function serviceValuePage(
  code: string,
  asked: ServiceValueQuery,
  context: PageContext,
): Promise<Page | null> {
  const service = context.reader.services(context.state).find((s) => s.code === code)
  const shown = service && (await shownStudy(context, code, asked.period))
  if (!service || !shown) return null
  const { year, outcome } = shown
  const { study, years } = { study: shown.found.study, years: shown.found.years }
  const named = await wanted(study, year, asked, context)
  const from = (asked.page - 1) * pageSize
  const rows = named.slice(from, from + pageSize)
  const middle = middleOf(year, outcome, study)
  const missed = await missedFloors(code, context)
  const examples = examplesOf(year)
  const path = `/services/${code}/value`
  const frontier = [...year.providers.values()].filter((p) => p.efficient === 'strong').length
  return {
    view: 'pages/value/service-value',
    forms: { csv: () => valueCsv(study, outcome, named, year.period) },
    data: {
      study,
      period: year.period,
      periods: year.periods,
      refused: year.refused,
      leftOut: year.leftOut,
      middle,
      frontier,
      providers: year.providers.size,
      total: named.length,
      rows: rows.map(({ row, found }) => ({
        name: row.name,
        costEach: costEach(found, outcome, study),
        floorsMissed: (missed.get(row.code) ?? []).map((f) => f.code),
        ...found,
      })),
    },
    values: {
      title: `Value for money: ${service.name}`,
      lead: serviceLead(year, service.providers),
      refused: year.refused,
      study,
      service,
      picture: year.refused ? '' : picture(study, year, outcome, null),
      quarters: quarterTable(year, outcome, study),
      middle: `${words.value(outcome, middle.outcome)} and ${cost(middle.cost)}`,
      outcome: { name: outcome.name, href: `/indicators/${outcome.code}` },
      many: year.providers.size >= hexagonsFrom,
      noInterval: [...year.providers.values()].every((p) => p.outcomeLimits === null),
      frontier: words.number(frontier, 0),
      providers: words.number(year.providers.size, 0),
      leftOut: year.leftOut.map((l) => ({ ...l, count: words.number(l.count, 0) })),
      method: methodWords(year, service.providers),
      notes: periodNotes(year, context.indicators),
      period: words.period(year.period),
      action: path,
      q: asked.q,
      periods: choices(years.map((y) => y.period).reverse(), year.period, words.period),
      shows: choices(['frontier', 'all'], asked.show, (s) =>
        s === 'all' ? 'All' : 'Those on the frontier',
      ),
      sorts: choices(
        ['name', '-value', 'value'],
        asked.sort,
        (s) =>
          ({
            name: 'By name',
            '-value': 'Least to save first',
            value: 'Most to save first',
          })[s] ?? s,
      ),
      rows: rows.map(({ row, found }) => [
        {
          text: [row.name, missedText(missed.get(row.code))].filter((t) => t).join(', '),
          href: `/providers/${encodeURIComponent(row.code)}/value`,
        },
        { text: lessWords(found) },
        { text: limitsWords(found, study, year) },
        {
          text:
            found.outcome === null
              ? ''
              : words.figure(outcome, {
                  status: 'value',
                  value: found.outcome,
                  limits: found.outcomeLimits && {
                    ...found.outcomeLimits,
                    lower998: Number.NaN,
                    upper998: Number.NaN,
                    method: 'published',
                  },
                }),
        },
        { text: achievedWords(found, middle, outcome) },
        { text: costText(costEach(found, outcome, study)) },
        { text: words.number(examples.get(row.code) ?? 0, 0) },
      ]),
      total: words.number(named.length, 0),
      pages: paging(path, asked.search, asked.page, Math.ceil(named.length / pageSize)),
      json: `${context.path}.json?${asked.search}`,
      csv: `${context.path}.csv?${asked.search}`,
      crumbs: [{ text: service.name, href: `/services/${code}` }],
    },
  }
}
