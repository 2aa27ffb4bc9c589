import type { Descriptor } from '../descriptor.ts'
import { draftCaveat } from '../draft-indicator.ts'
import type { Indicator } from '../indicator.ts'
import type { ColumnProfile } from './column-profile.ts'
import { draftCodes, draftFields } from './draft-fields.ts'
import type { FigureRole } from './figures.ts'
import { type Decide, type Found, number } from './found.ts'
import { findLongTable, type LongTable, type Measure } from './long-table.ts'
import { nameAndPeriod } from './name-and-period.ts'
import { findAddress, findName, findPostcode, findTown } from './roles.ts'

/** So many of its codes are known already that another is rather a mistake than a newcomer. */
const mostKnown = 0.9

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
  const long = findLongTable(found)
  const indicators = apart(
    found.figures.flatMap((f) => {
      const drafted = draftIndicator(f, columns, id, found)
      return long ? long.measures.map((m) => ofMeasure(drafted, m, id)) : [drafted]
    }),
  )
  if (indicators.length > 0) {
    decide(
      'for each indicator: name, unit, what it means, whether higher or lower is better, and what limits its figures, in place of its caveat (no caveat where nothing does).',
    )
  }
  return {
    id,
    title: `${match.stem} (draft)`,
    publisher: 'Decide: who publishes it',
    source: 'https://example.org/decide',
    licence: 'Decide: its licence',
    invented: false,
    yardstick: false,
    dataset: id,
    service: subject?.service ?? null,
    kind: 'table',
    order: 50,
    match: { name: match.pattern, columns: headers(columns).slice(0, 4) },
    encoding: found.writing.encoding,
    delimiter: found.writing.delimiter,
    ...((found.writing.headerLine ?? 1) > 1 ? { headerLine: found.writing.headerLine } : {}),
    missingValues: [''],
    codes: draftCodes(found, decide),
    fields: long ? withMeasures(draftFields(found), long) : draftFields(found),
    families: [],
    setAside: [],
    longRows: false,
    shortRows: found.raggedRows.short > 0,
    onRepeat: 'refuse',
    period: match.period,
    covers: match.period.from === 'column' ? 'history' : 'period',
    subjects: [draftSubject(found, decide)],
    observations: draftObservations(found, long, indicators, decide),
    totals: [],
    indicators,
    notes: [...seen(found), ...notes],
  }
}

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
  const unknown = subject.known >= mostKnown ? 'refuse' : 'register'
  if (unknown === 'refuse') {
    decide('whether a row with a code that is not known yet is refused, as drafted, or adds it.')
  }
  const called = findName(columns, subject.at)
  const postcode = findPostcode(columns)
  const town = subject.kind === 'provider' ? findTown(columns) : null
  const address = subject.kind === 'provider' ? findAddress(columns) : []
  return {
    ...usual,
    kind: subject.kind,
    unknown,
    code: name(subject.at),
    ...(called === null ? {} : { name: name(called) }),
    ...(postcode === null ? {} : { postcode: name(postcode) }),
    ...(town === null ? {} : { town: name(town) }),
    ...(address.length === 0 ? {} : { address: address.map(name) }),
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
  long: LongTable | null,
  indicators: readonly Indicator[],
  decide: Decide,
): Descriptor['observations'] {
  const { columns, figures } = found
  const groups = dimensions(found).filter((g) => g !== columns[long?.at ?? -1])
  if (long) {
    decide(`whether "${long.column}" tells indicators apart, as drafted, or groups of people.`)
  }
  if (groups.length > 0) {
    decide(
      `whether ${quoted(groups.map((g) => g.name))} tells groups of people, or indicators apart.`,
    )
  }
  const breakdown = Object.fromEntries(groups.map((g) => [g.name.toLowerCase(), `{${g.name}}`]))
  const observation = ({ scale: _, value, ...others }: FigureRole, indicator?: Indicator) => ({
    indicator: indicator?.code ?? '',
    value: columns[value]?.name ?? '',
    ...Object.fromEntries(
      Object.entries(others).map(([role, at]) => [role, columns[at]?.name ?? '']),
    ),
    groups: { '': {} },
    breakdown,
    everyone: {},
  })
  const [only] = figures
  if (!long || !only) return figures.map((figure, i) => observation(figure, indicators[i]))
  return long.measures.map(({ code }, i) => ({
    when: { [long.column]: [code] },
    ...observation(only, indicators[i]),
  }))
}

/** The rows of one measure as an indicator of its own. */
function ofMeasure(drafted: Indicator, { code, name, unit }: Measure, id: string): Indicator {
  const own = {
    ...drafted,
    code: slug(`${id} ${code}`),
    name: name.length < 3 ? `Measure ${name}` : name,
  }
  if (unit === '' || drafted.kind === 'proportion') return own
  if (/^(%|per ?cent(age)?)$/i.test(unit)) {
    return { ...own, unit: '%', kind: 'proportion', scale: 100 }
  }
  if (isMoney(unit)) return { ...own, unit: '£', kind: 'money' }
  if (/^(counts?|numbers?|no\.?|n)$/i.test(unit)) return { ...own, kind: 'count' }
  return { ...own, unit }
}

/** A header or a unit that says pounds. */
const isMoney = (text: string): boolean =>
  /£|(^|[^a-z])(gbp|pounds?|sterling)([^a-z]|$)/i.test(text)

/** A row of a measure that nobody has described is refused: it would go nowhere. */
const withMeasures = (fields: Descriptor['fields'], { column, measures }: LongTable) =>
  fields.map((f) => {
    if (f.name !== column) return f
    const { pattern: _, ...constraints } = f.constraints
    const list = measures.map((m) => m.code)
    return { ...f, type: 'string' as const, constraints: { ...constraints, enum: list } }
  })

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
  const money = figure.scale === null && isMoney(name)
  const plain = money ? 'money' : whole ? 'count' : 'mean'
  return {
    code: slug(`${id} ${name}`),
    name: name.length < 3 ? `Figure ${name}` : name,
    service: found.subject?.service ?? null,
    topic: 'Decide: the topic',
    unit: proportion ? '%' : money ? '£' : '',
    kind: proportion ? 'proportion' : figure.scale === null ? plain : 'rate',
    scale: figure.scale ?? 1,
    polarity: 'neither',
    decimals: whole ? 0 : money ? 2 : 1,
    why: 'Decide: why it matters.',
    definition: 'Decide: what it means.',
    method: 'As published.',
    caveats: [draftCaveat],
    headline: false,
  }
}
