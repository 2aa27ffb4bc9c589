import type { IndicatorRow } from '../../../comparison/figures.ts'
import type { Indicator } from '../../../evidence/indicator.ts'
import { nameFilter } from '../../../providers/name-filter.ts'
import { type Judgement, type Outcome, outcomes } from '../../../standards/judge.ts'
import { type JudgedPeriod, stateIn } from '../../../standards/store.ts'
import { shareBar } from '../../components/share-bar.ts'
import { csvLines } from '../../csv.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext, paging, subjectHref } from '../context.ts'
import { standardsFeed } from '../feeds/feeds.ts'
import { onTheRecord } from '../record/on-the-record.ts'
import { saidOf } from '../said/beside.ts'
import {
  judgementSentence,
  kindWords,
  outcomeWord,
  partSentence,
  thresholdText,
} from './judgement-words.ts'
import { tally } from './standards.ts'

export interface StandardQuery {
  readonly period: string | null
  readonly outcome: string
  readonly q: string
  readonly page: number
  readonly search: URLSearchParams
}

const pageSize = 50

/** A day as far as it is known: "2016", "June 2010", "1 October 2019". */
const day = (on: string): string => (on.length === 4 ? on : words.period(on))

/** "Of 522 judged, 410 met it, 12 did not; of 100 the data cannot tell." */
function inShort(period: JudgedPeriod, indicator: Indicator): string {
  const count = tally(period)
  const n = (o: Outcome): string => words.number(count[o], 0)
  const rest = count['not judged'] === 0 ? '' : ` ${n('not judged')} could not be judged.`
  return `${words.sentenceCase(words.inPeriod(indicator, period.period))} ${n('met')} met it and ${n('not met')} did not; of ${n('not shown either way')} the data cannot tell.${rest}`
}

/** How many met it and so on, as a bar of rows; the longest stands for all. */
function shares(period: JudgedPeriod | undefined) {
  const count = tally(period)
  const all = outcomes.reduce((sum, o) => sum + count[o], 0)
  return all === 0
    ? []
    : outcomes.map((o) => ({
        name: words.sentenceCase(o),
        text: words.number(count[o], 0),
        bar: shareBar(
          count[o] / all,
          `${words.number(count[o], 0)} of ${words.number(all, 0)} ${o}`,
        ),
      }))
}

/** Everyone who is listed, in the order of the page, a line each. */
function judgementsCsv(
  period: string,
  threshold: number,
  rows: readonly IndicatorRow[],
  judgementOf: ReadonlyMap<string, Judgement>,
): string {
  const lines = rows.map((r) => {
    const j = judgementOf.get(r.code)
    return [
      r.code,
      r.name,
      period,
      threshold,
      r.status,
      r.value,
      r.limits?.lower95 ?? null,
      r.limits?.upper95 ?? null,
      j?.outcome ?? null,
      j?.reason || null,
      j?.below ?? null,
    ]
  })
  const header = [
    'code',
    'name',
    'period',
    'threshold',
    'status',
    'value',
    'lower95',
    'upper95',
    'judgement',
    'why',
    'chance_below',
  ]
  return csvLines(header, lines)
}

/** One standard: what it asks and of whom, who set it, and who meets it. */
export async function standardPage(
  code: string,
  asked: StandardQuery,
  context: PageContext,
): Promise<Page | null> {
  const { reader, state, indicators } = context
  const found = (await reader.standards.all(state)).get(code)
  const indicator = found && indicators.get(found.standard.indicator)
  if (!found || !indicator) return null
  const { standard, partOf, periods } = found
  const all = await reader.standards.all(state)
  const period = asked.period ? periods.find((p) => p.period === asked.period) : periods.at(-1)
  if (asked.period && !period) return null
  const wanted = [...(period?.judgements ?? [])].filter(
    ([, j]) => asked.outcome === '' || j.outcome === asked.outcome,
  )
  const key = { period: period?.period ?? '', breakdown: standard.breakdown }
  const rows = await reader.rowsOf(
    state,
    indicator.code,
    key,
    wanted.map(([who]) => who),
  )
  const isNamed = nameFilter(asked.q)
  const named = rows
    .filter((r) => isNamed(`${r.name} ${r.code}`))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB') || (a.code < b.code ? -1 : 1))
  const from = (asked.page - 1) * pageSize
  const judgementOf = new Map(wanted)
  const said = await saidOf(context)
  const threshold = period?.threshold ?? 0
  return {
    view: 'pages/standards/standard',
    data: {
      standard,
      state: stateIn(standard, state),
      period: period?.period ?? null,
      threshold: period?.threshold ?? null,
      counts: tally(period),
      total: named.length,
      judgements: named.slice(from, from + pageSize).map((r) => ({
        code: r.code,
        name: r.name,
        value: r.value,
        limits: r.limits,
        status: r.status,
        ...judgementOf.get(r.code),
      })),
    },
    forms: {
      csv: () => judgementsCsv(period?.period ?? '', threshold, named, judgementOf),
      atom: () =>
        standardsFeed(
          { title: standard.name, path: `/standards/${encodeURIComponent(code)}`, codes: [code] },
          asked.page,
          context,
        ),
    },
    values: {
      title: standard.name,
      kind: kindWords[standard.kind],
      service: reader.service(standard.service)?.name ?? '',
      lead: period
        ? inShort(period, indicator)
        : 'Nobody is judged by it in what is published here.',
      indicator: { name: indicator.name, href: `/indicators/${indicator.code}` },
      asks: period ? thresholdText(standard, threshold, indicator) : '',
      fixed:
        'fixed' in standard.threshold
          ? ''
          : `The value that ${standard.threshold.percentile}% of providers lay at or below in ${words.period(standard.threshold.period)}. It does not move with later years.`,
      standard,
      caveat: standard.caveat ?? '',
      fewest:
        standard.fewest === undefined
          ? ''
          : `Where fewer than ${words.number(standard.fewest, 0)} are counted, nobody is judged.`,
      ways: (standard.alternatives ?? []).map((list) =>
        list.map((part) => ({
          name: all.get(part)?.standard.name ?? part,
          href: `/standards/${part}`,
        })),
      ),
      whole: partOf && { text: partSentence(partOf), href: `/standards/${partOf.code}` },
      state: words.sentenceCase(stateIn(standard, state)),
      review: words.date(standard.review),
      steps: standard.steps.map((s) => ({
        ...s,
        on: day(s.on),
        state: words.sentenceCase(s.state),
      })),
      action: `/standards/${code}`,
      q: asked.q,
      periods: choices(periods.map((p) => p.period).reverse(), period?.period ?? '', words.period),
      outcomes: choices(['', ...outcomes], asked.outcome, (o) =>
        o === '' ? 'All' : words.sentenceCase(o),
      ),
      rows: named.slice(from, from + pageSize).flatMap((r) => {
        const j = judgementOf.get(r.code)
        if (!j) return []
        return {
          name: r.name,
          href: subjectHref(r),
          word: outcomeWord(j.outcome),
          sentence: judgementSentence(j, standard, threshold, indicator, r),
          beside: said.beside({ provider: r.code, kind: 'judgement', about: code }, r.name),
        }
      }),
      total: words.number(named.length, 0),
      history: periods
        .map((p) => [
          {
            text: words.period(p.period),
            href: `/standards/${code}?period=${encodeURIComponent(p.period)}`,
          },
          ...outcomes.map((o) => ({ text: words.number(tally(p)[o], 0) })),
        ])
        .reverse(),
      pages: paging(
        `/standards/${code}`,
        asked.search,
        asked.page,
        Math.ceil(named.length / pageSize),
      ),
      shares: shares(period),
      recorded: await onTheRecord(`standard:${code}`, context),
      csv: `${context.path}.csv?${asked.search}`,
      json: `${context.path}.json`,
      atom: `${context.path}.atom`,
      crumbs: [{ text: 'Standards', href: '/standards' }],
    },
  }
}
