import { slug } from '../evidence/describe/draft-descriptor.ts'
import type { Descriptor } from '../evidence/descriptor.ts'
import type { Indicator } from '../evidence/indicator.ts'
import type { Asking } from './finish.ts'
import { columnsOf, figureCount, figureField, figureKinds } from './questions.ts'

interface Of {
  readonly id: string
  readonly service: string | null
  readonly breakdown: Readonly<Record<string, string>>
  readonly everyone: Readonly<Record<string, readonly string[]>>
  /** Whether small counts are hidden or all are rounded, for which they must be known. */
  readonly needsCounts: boolean
  readonly isTaken: (code: string) => boolean
}

const polarities = ['higher', 'lower', 'neither'] as const
const limits = ['lower95', 'upper95', 'lower998', 'upper998'] as const

/** What people answered of each figure, as indicators and the columns that they are read from. */
export function finishFigures(ask: Asking, draft: Descriptor, of: Of) {
  const indicators: Indicator[] = []
  const observations: Record<string, unknown>[] = []
  const codes = new Set<string>()
  const wanted = Array.from({ length: figureCount(draft) }, (_, i) => i + 1).filter(
    (i) => ask.said(figureField(i, 'value')) !== '',
  )
  if (wanted.length === 0) {
    ask.wrong(figureField(1, 'value'), 'Choose at least one column of figures')
  }
  for (const i of wanted) {
    const indicator = indicatorOf(ask, i, of)
    if (codes.has(indicator.code) || of.isTaken(indicator.code)) {
      ask.wrong(
        figureField(i, 'name'),
        'Another figure has this name. Give this one a name of its own',
      )
    }
    codes.add(indicator.code)
    const columns = columnsFor(ask, i, draft, indicator, of.needsCounts)
    const isWhole = draft.fields.find((f) => f.name === columns.value)?.type === 'integer'
    const decimals = isWhole ? 0 : indicator.kind === 'money' ? 2 : 1
    indicators.push({ ...indicator, decimals, headline: wanted.length <= 3 })
    const { when } = draft.observations[i - 1] ?? {}
    observations.push({
      ...(when ? { when } : {}),
      indicator: indicator.code,
      ...columns,
      breakdown: of.breakdown,
      everyone: of.everyone,
    })
  }
  return { indicators, observations, setAside: unwanted(draft, wanted) }
}

/** Rows of a long table whose figure nobody wants: the report says how many. */
function unwanted(draft: Descriptor, wanted: readonly number[]): Descriptor['setAside'] {
  return draft.observations.flatMap(({ when }, at) =>
    when === undefined || wanted.includes(at + 1)
      ? []
      : [{ when, reason: 'nobody asked for this figure.' }],
  )
}

function indicatorOf(ask: Asking, i: number, { id, service }: Of): Indicator {
  const field = (what: string): string => figureField(i, what)
  const name = ask.text(field('name'), 'Give the figure a name', 120)
  if (name !== '' && name.length < 3) ask.wrong(field('name'), 'Use at least 3 characters')
  const kinds = figureKinds.map((k) => k.kind)
  const kind = ask.oneOf(field('kind'), kinds, 'Choose what kind of number it is') ?? 'mean'
  const per = kind === 'rate' ? perOf(ask, field('per')) : null
  return {
    code: slug(`${id} ${name}`),
    name,
    service,
    topic: ask.said(field('topic')).slice(0, 80) || 'Other figures',
    unit: unitOf(ask, i, kind, per),
    kind,
    scale: kind === 'proportion' ? 100 : (per ?? 1),
    polarity: ask.oneOf(field('polarity'), polarities, 'Say whether high is good') ?? 'neither',
    decimals: 1,
    why: ask.text(field('why'), 'Say in one sentence why it matters', 500),
    definition: ask.text(field('definition'), 'Say what it counts', 2000),
    method: 'As published.',
    caveats: ['Described by whoever handed the file in. Nobody else has reviewed it yet.'],
    headline: false,
  }
}

function perOf(ask: Asking, field: string): number | null {
  const text = ask.said(field).replaceAll(',', '')
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  ask.wrong(field, 'Say for how many, such as 1,000')
  return null
}

function unitOf(ask: Asking, i: number, kind: Indicator['kind'], per: number | null): string {
  if (kind === 'proportion') return '%'
  if (kind === 'money') return '£'
  if (kind === 'rate' && per !== null) return `per ${per.toLocaleString('en-GB')}`
  const unit = ask.said(figureField(i, 'unit'))
  if (unit.length > 40) ask.wrong(figureField(i, 'unit'), 'Use at most 40 characters')
  return unit
}

function columnsFor(
  ask: Asking,
  i: number,
  draft: Descriptor,
  { kind, name }: Pick<Indicator, 'kind' | 'name'>,
  needsCounts: boolean,
) {
  const columns = columnsOf(draft)
  const optional = (what: string): string | undefined => {
    if (ask.said(figureField(i, what)) === '') return undefined
    return ask.oneOf(figureField(i, what), columns, 'Choose a column of the file') ?? undefined
  }
  const value = ask.oneOf(figureField(i, 'value'), columns, 'Choose a column of the file') ?? ''
  const numerator = optional('numerator')
  const denominator = optional('denominator')
  if ((numerator === undefined) !== (denominator === undefined) && kind === 'proportion') {
    const field = figureField(i, numerator === undefined ? 'numerator' : 'denominator')
    ask.wrong(field, 'Choose both the part and the whole, or neither')
  }
  if (needsCounts && numerator === undefined && kind !== 'count') {
    ask.wrong(
      figureField(i, 'numerator'),
      `“${name || value}” stands in the way: small counts can be hidden or rounded only where the count behind each figure is known. Choose the column that holds it, leave this figure out (“None”) and hand it in as a file of its own, or, where nobody can be known by a small number, say so below.`,
    )
  }
  const drafted = draft.observations.find((o) => o.value === value)
  const own = limits.flatMap((l) => (drafted?.[l] === undefined ? [] : [[l, drafted[l]]]))
  return { value, numerator, denominator, ...Object.fromEntries(own) }
}
