import { outcomes } from '../../../standards/judge.ts'
import { standardKinds } from '../../../standards/standard.ts'
import { type JudgedPeriod, type StandardAt, stateIn } from '../../../standards/store.ts'
import { csvLines } from '../../csv.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext } from '../context.ts'
import { standardsFeed } from '../feeds/feeds.ts'

/** How many in one period met it, did not, and so on. */
export function tally(period: JudgedPeriod | undefined): Record<(typeof outcomes)[number], number> {
  const found = { met: 0, 'not met': 0, 'not shown either way': 0, 'not judged': 0 }
  for (const j of period?.judgements.values() ?? []) found[j.outcome] += 1
  return found
}

function line({ standard, periods }: StandardAt, context: PageContext) {
  const latest = periods.at(-1)
  const count = tally(latest)
  const judged = outcomes.map((o) => `${words.number(count[o], 0)} ${o}`).join(', ')
  return [
    { text: standard.name, href: `/standards/${standard.code}` },
    { text: words.sentenceCase(standard.kind) },
    { text: context.reader.service(standard.service)?.name ?? standard.service },
    { text: standard.setBy },
    { text: words.sentenceCase(stateIn(standard, context.state)) },
    { text: latest ? `${words.period(latest.period)}: ${judged}` : 'Nobody is judged by it' },
  ]
}

/** The same list as CSV: a row each, with how the latest period was judged. */
function standardsCsv(shown: readonly StandardAt[], { state }: PageContext): string {
  const header = ['code', 'name', 'kind', 'service', 'set_by', 'state', 'indicator', 'breakdown']
  const counts = ['met', 'not_met', 'not_shown', 'not_judged']
  const rows = shown.map(({ standard: s, periods, partOf }) => {
    const latest = periods.at(-1)
    const count = tally(latest)
    return [
      ...[s.code, s.name, s.kind, s.service, s.setBy, stateIn(s, state), s.indicator, s.breakdown],
      ...[partOf?.code ?? null, s.side, latest?.threshold ?? null, latest?.period ?? null],
      ...outcomes.map((o) => count[o]),
      s.review,
    ]
  })
  const more = ['part_of', 'side', 'threshold', 'period', ...counts, 'review']
  return csvLines([...header, ...more], rows)
}

/** All standards of the services that a state shows, floors first. */
export async function standardsPage(
  asked: { kind: string; service: string; page: number },
  context: PageContext,
): Promise<Page> {
  const { reader, state } = context
  const services = reader.services(state)
  const all = [...(await reader.standards.all(state)).values()].filter(
    ({ standard, periods }) =>
      services.some((s) => s.code === standard.service) &&
      (periods.length > 0 || context.indicators.has(standard.indicator)),
  )
  const known = all.filter(({ periods }) => periods.length > 0 || !state.invented)
  const shown = known.filter(
    ({ standard: s }) =>
      (asked.kind === '' || s.kind === asked.kind) &&
      (asked.service === '' || s.service === asked.service),
  )
  const search = new URLSearchParams(
    Object.entries({ kind: asked.kind, service: asked.service }).filter(
      ([, value]) => value !== '',
    ),
  )
  const query = search.size > 0 ? `?${search}` : ''
  const serviceName = (code: string): string =>
    code === '' ? 'All services' : (reader.service(code)?.name ?? code)
  return {
    view: 'pages/standards/standards',
    data: shown.map(({ standard, periods }) => ({
      standard,
      state: stateIn(standard, state),
      latest: periods.at(-1)?.period ?? null,
      counts: tally(periods.at(-1)),
    })),
    forms: {
      csv: () => standardsCsv(shown, context),
      atom: () =>
        standardsFeed(
          {
            title: `Who is judged otherwise${query === '' ? '' : ' (narrowed)'}`,
            path: '/standards',
            search,
            codes: shown.map((s) => s.standard.code),
          },
          asked.page,
          context,
        ),
    },
    values: {
      title: 'Standards',
      rows: shown.map((s) => line(s, context)),
      kinds: choices(['', ...standardKinds], asked.kind, (k) =>
        k === '' ? 'All kinds' : words.sentenceCase(k),
      ),
      services: choices(
        ['', ...new Set(known.map((s) => s.standard.service))],
        asked.service,
        serviceName,
      ),
      csv: `${context.path}.csv${query}`,
      json: `${context.path}.json${query}`,
      atom: `${context.path}.atom${query}`,
    },
  }
}
