import type { Indicator } from '../../../evidence/indicator.ts'
import { costLimits } from '../../../value/outcome.ts'
import type { ProviderValue, StudyAt, StudyYear } from '../../../value/store.ts'
import type { Column, Study } from '../../../value/study.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext } from '../context.ts'
import { type MissedFloor, missedFloors, missedText } from '../standards/missed-floors.ts'
import { limitsWords } from './limits-words.ts'
import { valueCsv } from './service-value.ts'
import { furtherSentence, savings, targetRows } from './targets.ts'
import {
  achievedWords,
  amount,
  cost,
  costEach,
  methodWords,
  middleOf,
  periodNotes,
  picture,
  pounds,
  quarterSentence,
  shownStudy,
} from './value-words.ts'

const share = (x: number): string => `${words.number(100 * x, 0)}%`

/** "Practices like this one reach the same with £184,000 less (18%).", in one sentence. */
export function providerLead(
  study: Study,
  p: ProviderValue,
  { provider, providers }: { provider: string; providers: string },
): string {
  const { seen } = savings(study, p)
  if (p.efficient === 'strong') {
    return `We saw no ${provider} like this one that does the same with less money: it gets as much from each pound as the best like it.`
  }
  if (p.score === 1) {
    return `We saw no ${provider} like this one that does the same with less of all its money, but some do more with as much.`
  }
  return `The best ${providers} like this one reach the same with ${pounds(seen)} less (${share(1 - p.score)}).`
}

function doubt(study: Study, p: ProviderValue, year: StudyYear): string {
  const { possible } = savings(study, p)
  if (!possible) {
    return 'There is no interval: too few are like it to say what would be possible at best.'
  }
  return `The best we saw may not be the best there can be. What is possible at best is another question: with 95% confidence it lies between ${pounds(possible.least)} and ${pounds(possible.most)} less (${limitsWords(p, study, year)}).`
}

/** Never praise for cheapness alone: said of one on the frontier that misses a floor or achieves less. */
export function notAlone(
  p: Pick<ProviderValue, 'score'>,
  achieved: string,
  missed: string,
): string {
  if (p.score < 1) return ''
  if (missed !== '') return `That alone is no praise: it is ${missed}.`
  if (!achieved.startsWith('less')) return ''
  return 'That alone is no praise: it costs little, and it achieves less than the one in the middle.'
}

function sizeSentence(p: ProviderValue, provider: string): string {
  const loss = 1 - p.constant / p.score
  if (p.returns === 'constant' || loss < 0.005) {
    return `Its size is about the one at which a ${provider} gets the most from each pound.`
  }
  const size = p.returns === 'increasing' ? 'smaller' : 'larger'
  return `It is ${size} than the size at which a ${provider} gets the most from each pound. That would make ${share(loss)} of difference, and is not counted above.`
}

/** Pounds for each, divided by the share reached, with the doubt of the share: "£312.20 (290.10 to 330.55)". */
function byOutcome(study: Study, p: ProviderValue, outcome: Indicator): string {
  if (p.cost === null || p.outcome === null) return 'not known'
  const { without } = study.picture
  const limits =
    p.outcomeLimits && costLimits(p.cost, p.outcome, p.outcomeLimits, outcome.scale, without)
  return limits
    ? `${cost(p.cost)} (${cost(limits.lower95)} to ${cost(limits.upper95)})`
    : `${cost(p.cost)} (no interval)`
}

/** How it changed since the year before, in a sentence. */
function changeSentence(p: ProviderValue, year: StudyYear): string {
  if (!year.previous) {
    return 'How that has changed we cannot say: its figures are all known for one year only.'
  }
  if (!p.change) return 'How that has changed we cannot say: it is not in both years.'
  const { caughtUp, bestMoved } = p.change
  const size = Math.abs(caughtUp - 1)
  const moved =
    size < 0.005
      ? 'kept its distance from the best'
      : `${caughtUp > 1 ? 'come nearer to' : 'fallen back from'} the best by ${share(size)}`
  const best = Math.abs(bestMoved - 1)
  const others =
    best < 0.005
      ? 'The best themselves get as much from each pound as then.'
      : `The best themselves get ${share(best)} ${bestMoved > 1 ? 'more' : 'less'} from each pound than then, prices and all.`
  return `Since ${words.period(year.previous)} it has ${moved}. ${others} There is no interval for these: small changes say nothing.`
}

/** An amount whose unit stands in the head of its column. */
const bareAmount = (column: Column, x: number): string =>
  column.unit === '£' || column.unit === '%' ? amount(column, x) : words.number(x, column.decimals)

async function peerRows(
  p: ProviderValue,
  { study }: StudyAt,
  year: StudyYear,
  missed: ReadonlyMap<string, readonly MissedFloor[]>,
  context: PageContext,
) {
  const key = { period: year.period, breakdown: '' }
  const codes = p.peers.map((peer) => peer.code)
  const rows = await context.reader.rowsOf(context.state, study.years.from, key, codes)
  const names = new Map(rows.map((r) => [r.code, r.name]))
  return p.peers.map(({ code, weight }) => [
    { text: names.get(code) ?? code, href: `/providers/${encodeURIComponent(code)}/value` },
    { text: share(weight) },
    { text: words.list((missed.get(code) ?? []).map((f) => f.name)) || 'none that we know' },
    ...[...study.inputs, ...study.outputs].map((column, c) => ({
      text: bareAmount(column, year.providers.get(code)?.values[c] ?? Number.NaN),
    })),
  ])
}

/** One line for a provider's own page, which leads here; null where no study takes it. */
export async function valueLine(code: string, service: string | null, context: PageContext) {
  const shown = service === null ? null : await shownStudy(context, service, null)
  const found = shown?.year.providers.get(code)
  const of = service === null ? null : context.reader.service(service)
  if (!shown || !found || !of) return null
  return {
    href: `/providers/${encodeURIComponent(code)}/value`,
    text: `${providerLead(shown.found.study, found, of)} ${found.limits ? '' : 'There is no interval.'}`,
  }
}

/** One provider's value for money: what the best like it do with less, who they are, how sure. */
export async function providerValuePage(
  code: string,
  period: string | null,
  context: PageContext,
): Promise<Page | null> {
  const subject = await context.reader.subject(context.state, code)
  const service = subject?.service ? context.reader.service(subject.service) : null
  const shown = service && (await shownStudy(context, service.code, period))
  const own = shown?.year.providers.get(code)
  if (!subject || !service || !shown || !own) return null
  const { found, year, outcome } = shown
  const { study } = found
  const middle = middleOf(year, outcome, study)
  const each = costEach(own, outcome, study)
  const missed = await missedFloors(service.code, context)
  const isOwnPeer = own.peers.length === 1 && own.peers[0]?.code === code
  return {
    view: 'pages/value/provider-value',
    forms: {
      csv: () => valueCsv(study, outcome, [{ row: subject, found: own }], year.period),
    },
    data: {
      study: study.code,
      period: year.period,
      previous: year.previous,
      middle,
      costEach: each,
      ...own,
    },
    values: {
      title: `Value for money: ${subject.name}`,
      lead: providerLead(study, own, service),
      doubt: doubt(study, own, year),
      notAlone: notAlone(own, achievedWords(own, middle, outcome), missedText(missed.get(code))),
      quarter: quarterSentence(own, middle, outcome, study, service.provider),
      noInterval: own.outcomeLimits === null,
      study,
      service,
      period: words.period(year.period),
      picture: picture(study, year, outcome, own),
      outcome: { name: outcome.name, href: `/indicators/${outcome.code}` },
      figures: [
        [
          { text: 'This one' },
          { text: own.outcome === null ? 'not known' : words.value(outcome, own.outcome) },
          { text: own.outcomeLimits ? words.limits(outcome, own.outcomeLimits) : 'none' },
          { text: each === null ? 'not known' : cost(each) },
          { text: byOutcome(study, own, outcome) },
        ],
        [
          { text: 'The middle of all' },
          { text: words.value(outcome, middle.outcome) },
          { text: '' },
          { text: cost(middle.cost) },
          { text: '' },
        ],
      ],
      targets: targetRows(study, own),
      further: furtherSentence(study, own),
      anyMissed: own.peers.some((peer) => peer.code !== code && missed.has(peer.code)),
      size: sizeSentence(own, service.provider),
      change: changeSentence(own, year),
      peers: isOwnPeer ? [] : await peerRows(own, found, year, missed, context),
      peerHeads: [
        'Name',
        { text: 'Share of the mix', number: true },
        'Floors it misses',
        ...[...study.inputs, ...study.outputs].map((c) => ({
          text: c.unit === '£' || c.unit === '%' ? c.name : `${c.name} (${c.unit})`,
          number: true,
        })),
      ],
      method: methodWords(year, service.providers),
      notes: periodNotes(year, context.indicators),
      action: `/providers/${code}/value`,
      periods: choices(
        found.years
          .filter((y) => y.providers.has(code))
          .map((y) => y.period)
          .reverse(),
        year.period,
        words.period,
      ),
      all: `/services/${service.code}/value`,
      csv: `${context.path}.csv?period=${encodeURIComponent(year.period)}`,
      json: `${context.path}.json?period=${encodeURIComponent(year.period)}`,
      crumbs: [
        { text: service.name, href: `/services/${service.code}` },
        { text: subject.name, href: `/providers/${code}` },
      ],
    },
  }
}
