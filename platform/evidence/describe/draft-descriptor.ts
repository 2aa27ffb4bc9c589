import type { Descriptor, Field } from '../descriptor.ts'
import type { Indicator } from '../indicator.ts'
import { normalisePeriod } from '../period.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { FigureRole } from './figures.ts'
import { findName, findPostcode, type PeriodRole, periodInName, type SubjectRole } from './roles.ts'
import type { Writing } from './sniff.ts'
import { codeMeaning } from './value-codes.ts'

/** All that was found out about a file, from which the draft is written. */
export interface Found {
  /** The file's name, without its folder. */
  readonly file: string
  /** A pattern of such files' names that the person gave. */
  readonly pattern: string | null
  readonly writing: Writing
  readonly columns: readonly ColumnProfile[]
  readonly rows: number
  readonly unique: readonly number[]
  readonly key: readonly number[] | null
  readonly subject: SubjectRole | null
  readonly period: PeriodRole | null
  readonly figures: readonly FigureRole[]
  readonly raggedRows: { readonly short: number; readonly long: number }
}

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 4 })
const quoted = (names: readonly string[]): string => names.map((n) => `"${n}"`).join(', ')

/** A text as part of a lasting code: `In time (%)` is `in-time`. */
export function slug(text: string): string {
  const words = text
    .toLowerCase()
    .normalize('NFKD')
    .match(/[a-z0-9]+/g)
  return words?.join('-').slice(0, 80).replace(/-$/, '') || 'figure'
}

/**
 * Writes the draft: a descriptor that reads the file as it is, with notes that begin "Decide:" where
 * a person knows better.
 */
export function draftDescriptor(found: Found): Descriptor {
  const { columns, subject } = found
  const notes: string[] = []
  const decide = (text: string): void => void notes.push(`Decide: ${text}`)
  const match = nameAndPeriod(found, decide)
  const id = slug(match.stem)
  decide('title, publisher, source, licence and the dataset: which file takes the place of which.')
  const indicators = apart(found.figures.map((f) => draftIndicator(f, columns, id, found)))
  if (indicators.length > 0) {
    decide('for each indicator: name, unit, what it means, and whether higher or lower is better.')
  }
  return {
    id,
    title: `${match.stem} (draft)`,
    publisher: 'Decide: who publishes it',
    source: 'https://example.org/decide',
    licence: 'Decide: its licence',
    dataset: id,
    service: subject?.service ?? null,
    kind: 'table',
    order: 50,
    match: { name: match.pattern, columns: headers(columns).slice(0, 4) },
    encoding: found.writing.encoding,
    delimiter: found.writing.delimiter,
    missingValues: [''],
    codes: draftCodes(columns, decide),
    fields: draftFields(found),
    setAside: [],
    longRows: false,
    shortRows: found.raggedRows.short > 0,
    onRepeat: 'refuse',
    period: match.period,
    covers: match.period.from === 'column' ? 'history' : 'period',
    subjects: [draftSubject(found, decide)],
    observations: draftObservations(found, indicators, decide),
    totals: [],
    indicators,
    notes: [...seen(found), ...notes],
  }
}

type Decide = (text: string) => void

const headers = (columns: readonly ColumnProfile[]): string[] =>
  [...new Set(columns.map((c) => c.name))].filter((name) => name !== '')

/** What was seen and needs nobody's word. */
function seen({ columns, rows, key, writing, raggedRows }: Found): string[] {
  const names = key?.map((at) => columns[at]?.name ?? '')
  const mark = writing.byteOrderMark ? ', with a byte-order mark' : ''
  const empty = columns.filter((c) => c.rows === c.empty).map((c) => c.name)
  return [
    `Drafted from ${number.format(rows)} rows of ${columns.length} columns${mark}.`,
    names
      ? `A row is told by ${quoted(names)}.`
      : 'No column, nor two or three, tells all rows apart.',
    ...(raggedRows.short > 0
      ? [
          `${number.format(raggedRows.short)} rows end early: the cells that they lack are read as missing.`,
        ]
      : []),
    ...(raggedRows.long > 0
      ? [
          `${number.format(raggedRows.long)} rows have more cells than the header and are refused, unless "longRows" is true.`,
        ]
      : []),
    ...(empty.length > 0 ? [`Empty throughout: ${quoted(empty)}.`] : []),
  ]
}

function nameAndPeriod(
  found: Found,
  decide: Decide,
): { stem: string; pattern: string; period: Descriptor['period'] } {
  const file = found.file.replace(/\.gz$/, '')
  const base = file.replace(/\.[a-z]+$/i, '')
  const told = periodInName(base)
  const stem = (told ? base.replace(told.pattern, '') : base).replace(/^[-_. ]+|[-_. ]+$/g, '')
  const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const group = found.pattern === null ? null : namedGroup(found.pattern, found.file)
  const periodColumn = found.period === null ? undefined : found.columns[found.period.at]
  const parts = told ? base.split(told.pattern.exec(base)?.[0] ?? '') : [base]
  const useGroup = told && !periodColumn
  const pattern =
    found.pattern ??
    `^${parts.map(escaped).join(told ? (useGroup ? `(?<${told.group}>${told.text})` : told.text) : '')}`
  if (found.period && periodColumn) {
    if (found.period.doubtful) {
      decide(`whether "${periodColumn.name}" is a financial-year or a school-year.`)
    }
    const { kind } = found.period
    return { stem, pattern, period: { from: 'column', column: periodColumn.name, kind } }
  }
  if (group) return { stem, pattern, period: { from: 'name', ...group } }
  if (told && found.pattern === null) {
    decide(`whether the file's name tells a ${told.kind.replace('-', ' ')}.`)
    return { stem, pattern, period: { from: 'name', group: told.group, kind: told.kind } }
  }
  decide('the period: nothing in the file or its name tells it; 2000 stands in its place.')
  return { stem, pattern, period: { from: 'fixed', value: '2000', kind: 'year' } }
}

/** The first named group of a person's pattern that holds a period in this file's name. */
function namedGroup(
  pattern: string,
  file: string,
): { group: string; kind: 'day' | 'month' | 'year' | 'financial-year' } | null {
  const groups = new RegExp(pattern, 'u').exec(file)?.groups ?? {}
  for (const [group, text] of Object.entries(groups)) {
    for (const kind of ['year', 'financial-year', 'month', 'day'] as const) {
      if (normalisePeriod(text, kind) !== null) return { group, kind }
    }
  }
  return null
}

function draftCodes(columns: readonly ColumnProfile[], decide: Decide): Descriptor['codes'] {
  const codes: Descriptor['codes'] = {}
  for (const column of columns.filter((c) => !c.isCategory())) {
    for (const code of column.codes()) {
      const known = codeMeaning(code)
      if (!(code in codes)) {
        decide(
          known
            ? `whether "${code}" (first in "${column.name}") means ${known.replace('-', ' ')}.`
            : `what "${code}" (first in "${column.name}") means; missing is only a guess.`,
        )
      }
      codes[code] = known ?? 'missing'
    }
  }
  return codes
}

function draftFields({ columns, rows, unique, key, subject }: Found): Field[] {
  const fields: Field[] = []
  const names = new Set<string>()
  const tells = new Set([subject?.at, key?.length === 1 ? key[0] : undefined])
  columns.forEach((column, at) => {
    if (column.name === '' || names.has(column.name)) return
    names.add(column.name)
    const guess = column.type()
    const words = column.isCategory() && column.codes().length > 0
    const { type, format } = words ? { type: 'string' as const, format: undefined } : guess
    const constraints: Field['constraints'] = {}
    if (column.empty === 0 && rows > 0) constraints.required = true
    if (unique.includes(at) && rows > 1 && tells.has(at)) constraints.unique = true
    const list = type === 'string' ? fewValues(column) : null
    if (list) constraints.enum = list
    const pattern = type === 'string' && !list ? column.shapes.pattern() : null
    if (pattern) constraints.pattern = pattern
    const description = seenIn(column)
    fields.push({
      name: column.name,
      type,
      ...(format ? { format } : {}),
      ...(description ? { description } : {}),
      optional: false,
      constraints,
    })
  })
  return fields
}

/** A list of values where there are few and each stands several times. */
function fewValues({ values, rows, empty }: ColumnProfile): string[] | null {
  if (!values || values.size > 12 || values.size < 1) return null
  return rows - empty >= 4 * values.size ? [...values.keys()].sort() : null
}

function seenIn(column: ColumnProfile): string | null {
  const parts: string[] = []
  const { type } = column.type()
  if (column.numbers > 0 && (type === 'integer' || type === 'number')) {
    parts.push(`${number.format(column.least)} to ${number.format(column.most)}`)
  }
  if (column.empty > 0) parts.push(`${number.format(column.empty)} empty`)
  for (const code of column.codes()) {
    parts.push(`${number.format(column.others?.get(code) ?? 0)} x ${code}`)
  }
  return parts.length > 0 ? `Seen: ${parts.join(', ')}.` : null
}

function draftSubject(found: Found, decide: Decide): Descriptor['subjects'][number] {
  const { subject, columns } = found
  const plain = {
    scheme: 'code',
    unknown: 'register',
    authority: 10,
    parents: [],
    aliases: [],
    facts: {},
  } as const
  const usual = { ...plain, parents: [], aliases: [] }
  const name = (at: number | null): string => `{${at === null ? '' : (columns[at]?.name ?? '')}}`
  if (!subject) {
    const first = columns.findIndex((c) => c.name !== '')
    decide(
      `who or what a row is about: no column looks like a code, ${name(first)} is only the first.`,
    )
    return { ...usual, kind: 'provider', code: name(first) }
  }
  decide(
    `whether ${name(subject.at)} is the code of a ${subject.kind} (${subject.because})${subject.kind === 'place' ? ', and of which level' : subject.service === null ? ', and of which service' : ` of the service ${subject.service}`}.`,
  )
  const called = findName(columns, subject.at)
  const postcode = findPostcode(columns)
  return {
    ...usual,
    kind: subject.kind,
    code: name(subject.at),
    ...(called === null ? {} : { name: name(called) }),
    ...(postcode === null ? {} : { postcode: name(postcode) }),
  }
}

/** Columns of few words beyond subject and period that tell rows apart: groups of people. */
function dimensions({ columns, key, subject, period }: Found): ColumnProfile[] {
  const about = new Set([subject?.at, period?.at])
  const name = subject ? findName(columns, subject.at) : null
  const one = subject !== null && columns[subject.at]?.different() === 1
  const tells = one || key?.includes(subject?.at ?? -1)
  return (tells ? (key ?? []) : [])
    .filter((at) => !about.has(at) && at !== name)
    .flatMap((at) => columns[at] ?? [])
}

function draftObservations(
  found: Found,
  indicators: readonly Indicator[],
  decide: Decide,
): Descriptor['observations'] {
  const { columns, figures } = found
  const groups = dimensions(found)
  if (groups.length > 0) {
    decide(
      `whether ${quoted(groups.map((g) => g.name))} tells groups of people, or indicators apart.`,
    )
  }
  const breakdown = Object.fromEntries(groups.map((g) => [g.name.toLowerCase(), `{${g.name}}`]))
  return figures.map((figure, i) => {
    const { scale: _, value, ...others } = figure
    const named = Object.entries(others).map(([role, at]) => [role, columns[at]?.name ?? ''])
    return {
      indicator: indicators[i]?.code ?? '',
      value: columns[value]?.name ?? '',
      ...Object.fromEntries(named),
      groups: { '': {} },
      breakdown,
      everyone: {},
    }
  })
}

/** Long names that begin alike get a number each. */
function apart(indicators: readonly Indicator[]): Indicator[] {
  const times = new Map<string, number>()
  return indicators.map((indicator) => {
    const n = (times.get(indicator.code) ?? 0) + 1
    times.set(indicator.code, n)
    return n === 1 ? indicator : { ...indicator, code: `${indicator.code}-no-${n}` }
  })
}

function draftIndicator(
  figure: FigureRole,
  columns: readonly ColumnProfile[],
  id: string,
  found: Found,
): Indicator {
  const column = columns[figure.value]
  const name = column?.name ?? 'figure'
  const proportion = figure.scale === 100
  const whole = column?.type().type === 'integer'
  return {
    code: slug(`${id} ${name}`),
    name: name.length < 3 ? `Figure ${name}` : name,
    service: found.subject?.service ?? null,
    topic: 'Decide: the topic',
    unit: proportion ? '%' : '',
    kind: proportion ? 'proportion' : figure.scale === null ? (whole ? 'count' : 'mean') : 'rate',
    scale: figure.scale ?? 1,
    polarity: 'neither',
    decimals: whole ? 0 : 1,
    why: 'Decide: why it matters.',
    definition: 'Decide: what it means.',
    method: 'As published.',
    caveats: ['Drafted from the file: its definition has not been reviewed.'],
    headline: false,
  }
}
