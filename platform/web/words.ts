import type { Comparison, Direction, Figure, Limits } from '../comparison/figures.ts'
import type { ProviderCounts } from '../comparison/reader.ts'
import { remembered } from '../comparison/remembered.ts'
import type { Status } from '../evidence/descriptor.ts'
import type { Indicator, Service } from '../evidence/indicator.ts'
import { decimal } from './decimals.ts'

/** 1234.5 with one decimal: "1,234.5". Minus is a plain hyphen, as the source writes it. */
export const number = decimal

/** Units that follow the number with a space; "£" goes before, "%" sticks to it. */
export function withUnit(indicator: Indicator, text: string): string {
  if (indicator.unit === '£') {
    return text.startsWith('-') ? `-£${text.slice(1)}` : `£${text}`
  }
  if (indicator.unit === '%') return `${text}%`
  return indicator.unit === '' || indicator.unit === 'points' ? text : `${text} ${indicator.unit}`
}

/** "£178.81", "63%", "-1.9", "Good". */
export function value(indicator: Indicator, x: number): string {
  if (indicator.labels) return indicator.labels[Math.round(x) - 1] ?? number(x, 0)
  return withUnit(indicator, number(x, indicator.decimals))
}

/** As many decimals as keep the two limits apart: 19.16 to 19.18, where 19.2 to 19.2 says nothing. */
export function limits(indicator: Indicator, found: Pick<Limits, 'lower95' | 'upper95'>): string {
  for (let decimals = indicator.decimals; ; decimals += 1) {
    const lower = number(found.lower95, decimals)
    const upper = number(found.upper95, decimals)
    if (lower !== upper || decimals >= indicator.decimals + 3) return `${lower} to ${upper}`
  }
}

const withoutValue: Record<Exclude<Status, 'value'>, string> = {
  suppressed: 'suppressed: too few people to show',
  missing: 'missing: no figure was given',
  'not-applicable': 'does not apply here',
  unreliable: 'not shown: too few people were counted to be reliable',
}

export const statusWords = (status: Status): string =>
  status === 'value' ? '' : withoutValue[status]

/** "1 council", "12 neighbourhood teams". */
export const providers = (service: Service, count: number): string =>
  `${number(count, 0)} ${count === 1 ? service.provider : service.providers}`

/** "763 schools; 368 have closed"; how many are known only by name, or only by code. */
export function providerCounts(service: Service, counts: ProviderCounts): string {
  const { open, closed, silent, nameless } = counts
  const have = (n: number): string => (n === 1 ? 'has' : 'have')
  const all =
    open > 0 && nameless === open
      ? [`${providers(service, open)}, known by code alone`]
      : [
          providers(service, open - nameless),
          ...(nameless === 0 ? [] : [`${number(nameless, 0)} more known by code alone`]),
        ]
  return [
    ...all,
    ...(silent === 0 ? [] : [`${number(silent, 0)} without figures`]),
    ...(closed === 0 ? [] : [`${number(closed, 0)} ${have(closed)} closed`]),
  ].join('; ')
}

/** "closed 31 August 2024", for one that has closed. */
export const closed = (on: string | null | undefined): string =>
  on ? `closed ${fact(on)}` : 'closed'

/** "A", "A and B", "A, B and C". */
export const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** A name without the areas in brackets after it, for a label on a picture. */
export const shortName = (name: string): string => name.replace(/ \([^()]*\)$/, '')

type Shown = Pick<Figure, 'status' | 'value' | 'limits'> & { readonly note?: string | null }

/** "inspected 2 May 2019", where each value has a day or year of its own; else ''. */
export const madeOn = ({ dated }: Indicator, said: string | null | undefined): string =>
  dated !== undefined && said ? `${dated} ${fact(said)}` : ''

/** "-1.9 (-3.4 to -0.3)", "63%", "Good (inspected 2016)", "suppressed: too few people to show". */
export function figure(indicator: Indicator, f: Shown): string {
  if (f.status !== 'value' || f.value === null) return statusWords(f.status)
  const shown = value(indicator, f.value)
  const made = madeOn(indicator, f.note)
  if (made !== '') return `${shown} (${made})`
  return f.limits ? `${shown} (${limits(indicator, f.limits)})` : shown
}

/** When a figure is of: its own day where it has one, else its period. */
export const when = (indicator: Indicator, f: Pick<Figure, 'period' | 'note'>): string =>
  madeOn(indicator, f.note) || period(f.period)

/** "in 2024"; "as it stood in 2024" where each value has a day of its own. */
export const inPeriod = ({ dated }: Indicator, label: string): string =>
  `${dated === undefined ? '' : 'as it stood '}in ${period(label)}`

/** What the source says of one value, as a caveat beside it. */
export const note = (said: string | null): string =>
  said === null ? '' : `Its source says of this figure: ${said.replace(/\.$/, '')}.`

/** A figure in a table, with what its source says of it. */
export const noted = (indicator: Indicator, f: Shown): string =>
  !f.note || indicator.dated !== undefined
    ? figure(indicator, f)
    : `${figure(indicator, f)}. ${note(f.note)}`

/** "8,935,216 of 46,608,552", where the source gives both. */
export function counts(f: Figure): string | null {
  if (f.value === null || f.denominator === null) return null
  if (f.limits?.method === 'published-weighted') {
    return `answers worth ${number(f.denominator, 0)} of a plain sample`
  }
  if (f.numerator === null) return null
  // Counts worked back from rounded percentages are nobody's counts.
  if (f.limits?.method === 'wilson-rounded') return null
  const both = `${number(f.numerator, 0)} of ${number(f.denominator, 0)}`
  if (f.limits?.method === 'wilson-rounded-counts') return `${both}, both rounded`
  return f.limits?.method === 'byar-rounded-counts'
    ? `${number(f.numerator, 0)} (rounded) of ${number(f.denominator, 0)}`
    : both
}

export interface Word {
  readonly word: string
  readonly shape: string
  /** Class suffix: better, worse, similar, neutral, unknown. */
  readonly tone: string
  /** Where the word is explained; the words of comparisons have a page of their own. */
  readonly href?: string
}

const shapes: Record<Direction, string> = { 2: '▲▲', 1: '▲', 0: '●', [-1]: '▼', [-2]: '▼▼' }

/** The comparison word: better or worse where the indicator says which way is good. */
export function word(indicator: Indicator, direction: Direction | null): Word {
  if (indicator.selected) return { word: 'not compared', shape: '–', tone: 'unknown' }
  if (direction === null) return { word: 'not enough data to say', shape: '–', tone: 'unknown' }
  if (direction === 0) return { word: 'similar', shape: shapes[0], tone: 'similar' }
  const much = Math.abs(direction) === 2 ? 'much ' : ''
  if (indicator.polarity === 'neither') {
    const shape = shapes[direction]
    return { word: `${much}${direction > 0 ? 'higher' : 'lower'}`, shape, tone: 'neutral' }
  }
  const good = direction > 0 === (indicator.polarity === 'higher')
  const size = Math.abs(direction) as 1 | 2
  return good
    ? { word: `${much}better`, shape: shapes[size], tone: 'better' }
    : { word: `${much}worse`, shape: shapes[-size as Direction], tone: 'worse' }
}

type Compared = Pick<Comparison, 'value' | 'limits95'>

/** What a figure is held against, with its own doubt: "65% (64.9 to 65.1)", "£163 (no interval)". */
export function comparedValue(indicator: Indicator, c: Compared): string {
  const shown = value(indicator, c.value)
  if (indicator.labels) return shown
  return c.limits95 ? `${shown} (${limits(indicator, c.limits95)})` : `${shown} (no interval)`
}

/** "Better than similar schools: 57% (55 to 59)". */
export function comparisonSentence(indicator: Indicator, c: Comparison): string {
  const other = `${c.name}: ${comparedValue(indicator, c)}`
  if (c.direction === null) {
    return `${sentenceCase(c.name)}: ${value(indicator, c.value)}. There is no interval, so we cannot say whether the difference is more than chance.`
  }
  const { word: text } = word(indicator, c.direction)
  const joiner = text === 'similar' ? 'to' : 'than'
  return `${text[0]?.toUpperCase()}${text.slice(1)} ${joiner} ${other}.`
}

export const polarityWords: Record<Indicator['polarity'], string> = {
  higher: 'Higher is better.',
  lower: 'Lower is better.',
  neither: 'Neither high nor low is good or bad in itself.',
}

/** Why figures of people whom no draw chose are held against nothing. */
export const notDrawn: Readonly<Record<NonNullable<Indicator['selected']>, string>> = {
  self: 'Whoever wanted to could answer: this shows who speaks, so it is not compared with others.',
  service:
    'The service itself reported who was seen, and nobody knows whom it left out: so it is not compared with others.',
}

/** The same in a cell of a table, where it stands in every row; its page says why. */
export const notDrawnInShort: typeof notDrawn = {
  self: 'Not compared: people chose to answer',
  service: 'Not compared: the service says who was seen',
}

/** Which way is good, or that nobody should compare it at all. */
export const whichWay = (indicator: Indicator): string =>
  indicator.selected ? notDrawn[indicator.selected] : polarityWords[indicator.polarity]

// Made once: a format costs a hundred times what its use does.
const inUtc = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const
const monthFormat = new Intl.DateTimeFormat('en-GB', inUtc)
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', ...inUtc })

const quarters = ['January to March', 'April to June', 'July to September', 'October to December']

/** "2022-23" stays as it is; a month and a quarter are shown by their names, and so are the first and last of several. */
export function period(label: string): string {
  const ends = /^(\d{4}-\S+) to (\d{4}-\S+)$/.exec(label)
  if (ends) {
    const between = label.includes('-Q') ? 'until' : 'to'
    return `${period(ends[1] ?? '')} ${between} ${period(ends[2] ?? '')}`
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(label)) return date(label)
  const quarter = /^(\d{4})-Q([1-4])$/.exec(label)
  if (quarter) return `${quarters[Number(quarter[2]) - 1]} ${quarter[1]}`
  const month = /^(\d{4})-(\d{2})$/.exec(label)
  if (month && Number(month[2]) <= 12 && Number(month[2]) !== (Number(month[1]) + 1) % 100) {
    const date = new Date(Date.UTC(Number(month[1]), Number(month[2]) - 1))
    return monthFormat.format(date)
  }
  return label
}

/** "sex=boys" is "boys"; several dimensions are joined by a comma. */
export function group(breakdown: string): string {
  if (breakdown === '') return 'everyone'
  return breakdown
    .split(';')
    .map((part) => {
      const [name, of] = part.split('=')
      return name === 'sex' ? of : `${name}: ${of}`
    })
    .join(', ')
}

/** A fact as a source writes it; a day by its name: "02-05-2019" is "2 May 2019". */
export function fact(text: string): string {
  const day = /^(\d{2})[-/](\d{2})[-/](\d{4})$/.exec(text)
  const iso = day ? `${day[3]}-${day[2]}-${day[1]}` : text
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? date(iso) : text
}

const dayOf = remembered(5000, (iso: string) => dayFormat.format(new Date(iso)))

export function date(iso: string | null): string {
  return iso ? dayOf(iso) : 'date not given'
}

/** How sure: said beside every figure. */
export function methodWords(f: Figure): string {
  if (!f.limits) return 'No interval: the source gives no counts or limits.'
  switch (f.limits.method) {
    case 'published':
    case 'published-rescaled':
      return 'The interval is the source’s own.'
    case 'published-weighted':
      return 'Each part of the sample counts by how many people it has. How many answered is not given, because the share is weighted: the two together would tell how a few people answered.'
    case 'wilson':
      return 'The interval is Wilson’s, from the counts.'
    case 'wilson-rounded':
      return 'Worked back from a rounded percentage: the interval is the widest that fits.'
    case 'wilson-rounded-counts':
    case 'byar-rounded-counts':
      return 'Counts are rounded, so that nobody can be known by them: the interval is the widest that fits.'
    default:
      return 'The interval is Byar’s, exact below 10 events.'
  }
}

/** "all 6,669 practices" as a sentence begins: "All 6,669 practices". */
export const sentenceCase = (text: string): string => (text[0]?.toUpperCase() ?? '') + text.slice(1)

/** Along an axis: the number with its sign, no unit in words, and no decimals that say nothing: £13.20, 13.2, 13. */
export function axis(indicator: Indicator, x: number): string {
  const most = indicator.unit === '£' ? indicator.decimals : Math.min(indicator.decimals, 1)
  const fewest = Number.isInteger(x) || Math.abs(x) >= 100 ? 0 : most
  const text = number(x, Math.abs(x) < 1 && x !== 0 ? indicator.decimals : fewest)
  if (indicator.labels) return text
  return indicator.unit === '£' || indicator.unit === '%' ? withUnit(indicator, text) : text
}
