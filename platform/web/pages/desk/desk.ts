import { type SignalKind, signalKinds } from '../../../desk/signal.ts'
import { type Signal, standingOf, type Watched } from '../../../desk/store.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext, paging, pastEnd } from '../context.ts'
import { lateCorrections } from '../correction/late.ts'
import { saidOf } from '../said/beside.ts'
import { deskCsv, deskFeed, signalData } from './desk-files.ts'
import { floorRows, grouped } from './groups.ts'
import { countsText, type DeskQuery, deskOrders, narrow, needing } from './narrow.ts'
import { signalLine } from './signal-line.ts'
import { kindWords } from './signal-words.ts'

/** Signals on one page of the desk. */
export const signalsOnPage = 25

/** The day on which the desk is looked at: what was not late then is not shown. */
export const dayOf = ({ asOf }: PageContext): string =>
  (asOf ?? new Date().toISOString()).slice(0, 10)

const things = (n: number): string =>
  n === 1 ? '1 thing needs attention' : `${words.number(n, 0)} things need attention`

/** "12 things need attention: 2 floors missed and 10 late or missing figures. 3 are answered." */
export function leadSentence(all: readonly Signal[]): string {
  const some = all.filter((s) => needing.includes(s.kind))
  const counted = countsText(some, needing)
  const what =
    counted.length === 0
      ? 'Nothing needs attention'
      : `${things(some.length)}: ${words.list(counted)}`
  const there = (kind: SignalKind, rest: string): string =>
    countsText(all, [kind])
      .map((text) => ` There ${text.startsWith('1 ') ? 'is' : 'are'} ${text}${rest}.`)
      .join('')
  const learn = `${there('improving', '')}${there('success', ' to learn from')}`
  const answered = all.filter((s) => s.answers.length > 0).length
  const said =
    answered === 0
      ? ''
      : ` ${words.number(answered, 0)} ${answered === 1 ? 'has' : 'have'} been answered.`
  return `${what}.${learn}${said}`
}

/** The same of a list that may be narrowed: it counts what is shown, and says what is not. */
export function leadOf(found: readonly Signal[], all: readonly Signal[]): string {
  if (found.length === all.length) return leadSentence(all)
  const whole = `${words.number(all.length, 0)} ${all.length === 1 ? 'signal' : 'signals'}`
  const lead = leadSentence(found).replace(/^Nothing/, 'nothing')
  const here = lead.startsWith('nothing') ? 'In this list' : 'In this list:'
  return `${here} ${lead} The whole desk has ${whole}.`
}

/** A number of alarms, without digits that say nothing. */
export const alarms = (n: number): string =>
  n === 0 ? '0' : n < 0.1 ? 'less than 0.1' : words.number(n, n < 10 ? 1 : 0)

/** How many false alarms a year to expect, in words. */
export function falseAlarmSentence(watched: readonly Watched[]): string {
  // Whether data are late is a fact: chance has no part in it.
  const series = watched.reduce((sum, w) => sum + (w.kind === 'late' ? 0 : w.series), 0)
  const all = watched.reduce((sum, w) => sum + w.falseAlarms, 0)
  if (series === 0) return 'No series is watched yet.'
  return `${words.number(series, 0)} series are watched. Where nothing changes, chance alone still raises an alarm now and then: expect about ${alarms(all)} false alarms a year.`
}

/** By kind: how much is watched, how often it errs. */
const alarmRows = (watched: readonly Watched[]) =>
  [
    ...Map.groupBy(
      watched.filter((w) => w.kind !== 'late'),
      (w) => w.kind,
    ),
  ].map(([kind, some]) => [
    { text: words.sentenceCase(kindWords[kind].many) },
    {
      text: words.number(
        some.reduce((sum, w) => sum + w.series, 0),
        0,
      ),
    },
    { text: alarms(some.reduce((sum, w) => sum + w.falseAlarms, 0)) },
  ])

const standingWords: Readonly<Record<string, string>> = {
  '': 'not closed',
  open: 'taken by nobody yet',
  taken: 'taken by a steward',
  closed: 'closed',
  all: 'all, the closed ones too',
}

const closedText = (n: number): string =>
  n === 1 ? '1 signal that was closed' : `${words.number(n, 0)} signals that were closed`

/** The filter's fields, each as its macro takes them: only what some signal has can be chosen. */
function filters(all: readonly Signal[], q: DeskQuery, context: PageContext) {
  const serviceName = (code: string): string => context.reader.service(code)?.name ?? code
  const areas = new Map(all.flatMap((s) => s.subject?.areas ?? []).map((a) => [a.code, a.name]))
  const byName = [...areas].sort(([, a], [, b]) => a.localeCompare(b, 'en-GB'))
  const kinds = signalKinds.filter((k) => all.some((s) => s.kind === k))
  const regimes = [...new Set(all.flatMap((s) => s.standard?.setBy ?? []))].sort()
  const services = [...new Set(all.flatMap((s) => s.service ?? []))].sort()
  const any = (text: string, chosen: string) => ({ value: '', text, selected: chosen === '' })
  return {
    kinds: [
      any('all kinds', q.kind),
      ...choices(kinds, q.kind, (k) =>
        words.sentenceCase(signalKinds.flatMap((x) => (x === k ? kindWords[x].many : []))[0] ?? k),
      ),
    ],
    services: [any('all services', q.service), ...choices(services, q.service, serviceName)],
    areas: [
      any('all areas', q.place),
      ...byName.map(([value, text]) => ({ value, text, selected: value === q.place })),
    ],
    regimes: [any('anyone', q.regime), ...choices(regimes, q.regime, (r) => r)],
    answers: choices(['', 'no', 'yes'], q.answered, (a) =>
      a === '' ? 'answered or not' : a === 'yes' ? 'answered' : 'not answered',
    ),
    standings: choices(
      ['', 'open', 'taken', 'closed', 'all'],
      q.standing,
      (s) => standingWords[s] ?? s,
    ),
    orders: choices([...deskOrders], q.order, (o) =>
      o === 'gravity' ? 'how grave it is' : o === 'newest' ? 'the newest' : 'name',
    ),
  }
}

/** What needs a steward, the gravest first, and what was answered. */
export async function deskPage(q: DeskQuery, context: PageContext): Promise<Page> {
  const { reader, state } = context
  const known = await reader.desk.all(state, dayOf(context))
  const all = known.filter((s) => standingOf(s) !== 'closed')
  const closed = known.length - all.length
  const watched = await reader.desk.watched(state)
  const found = narrow(known, q)
  const said = await saidOf(context)
  const late = lateCorrections(said.corrections, dayOf(context))
  const from = (q.page - 1) * signalsOnPage
  const shown = found.slice(from, from + signalsOnPage)
  const query = q.search.size > 0 ? `?${q.search}` : ''
  const lead = `${leadOf(found, all)}${found.length === all.length ? late.sentence : ''}`
  const lines = await Promise.all(shown.map((s) => signalLine(s, context, said)))
  const expected = falseAlarmSentence(watched)
  return {
    view: 'pages/desk/desk',
    data: {
      sentence: lead,
      total: found.length,
      page: q.page,
      falseAlarms: { sentence: expected, byRule: watched },
      closed,
      lateCorrections: late.data,
      signals: shown.map(signalData),
    },
    forms: {
      csv: () => deskCsv(found),
      atom: () => deskFeed(found, q.search, q.page, state.at),
    },
    values: {
      title: 'Steward’s desk',
      lead,
      expected,
      alarms: alarmRows(watched),
      some: known.length > 0,
      late,
      closed: closed === 0 ? '' : closedText(closed),
      filtered: found.length < all.length || q.standing !== '' || q.order !== 'gravity',
      count: `${words.number(found.length, 0)} ${found.length === 1 ? 'signal' : 'signals'}`,
      filters: filters(all, q, context),
      q: q.q,
      floors: await floorRows(found, q, context),
      groups:
        q.order === 'gravity'
          ? grouped(shown, lines, found, from)
          : [{ heading: null, first: from + 1, lines }],
      pastEnd: pastEnd(context.path, q.search, q.page, Math.ceil(found.length / signalsOnPage)),
      paging: paging(context.path, q.search, q.page, Math.ceil(found.length / signalsOnPage)),
      json: `/desk.json${query}`,
      csv: `/desk.csv${query}`,
      atom: `/desk.atom${query}`,
    },
  }
}
