import type { Descriptor, Status } from '../evidence/descriptor.ts'
import type { Indicator } from '../evidence/indicator.ts'
import type { Answers } from './upload.ts'

/** So many figures are asked for on a page; a file with more needs a descriptor written by hand. */
export const mostFigures = 12
/** Columns that may tell groups apart. */
export const mostGroups = 2

/** What kind of number a figure is, in the words of the form. */
export const figureKinds = [
  { kind: 'proportion', words: 'A percentage, from 0 to 100' },
  { kind: 'rate', words: 'A rate, such as for each 1,000 people' },
  { kind: 'mean', words: 'An average or a score' },
  { kind: 'money', words: 'An amount of money, in pounds' },
  { kind: 'count', words: 'A number of people or things' },
] as const satisfies readonly { kind: Indicator['kind']; words: string }[]

export const codeMeanings = [
  { status: 'suppressed', words: 'Hidden, because few people are behind it' },
  { status: 'missing', words: 'Missing: nobody gave a figure' },
  { status: 'not-applicable', words: 'Does not apply there' },
  { status: 'unreliable', words: 'Too unreliable to show' },
] as const satisfies readonly { status: Status; words: string }[]

export const licences = [
  'Open Government Licence v3.0',
  'CC BY 4.0',
  'CC0 1.0',
  'Not open: shown with the permission of its publisher',
] as const

/** A column's name in the braces of a template. */
export const columnOf = (template: string | undefined): string =>
  /^\{([^{}@][^{}]*)\}$/.exec(template ?? '')?.[1] ?? ''

/** The columns of a file, by their names. */
export const columnsOf = (draft: Descriptor): string[] => draft.fields.map((f) => f.name)

/** Whether a draft leaves this to a person. */
const isOpen = (text: string): boolean => /^Decide:|example\.org\/decide/.test(text)
const decided = (text: string): string => (isOpen(text) ? '' : text)

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The name of a question about one figure: `f1-value`. */
export const figureField = (i: number, what: string): string => `f${i}-${what}`
export const groupField = (i: number, what: 'column' | 'everyone'): string => `g${i}-${what}`
export const codeField = (i: number): string => `code-${i}`
export const commaField = (i: number): string => `comma-${i}`

/** The columns whose commas can be read in two ways, or stand for the point. */
export const commaColumnsOf = (draft: Descriptor): Descriptor['fields'] =>
  draft.fields.filter((f) => f.decimalChar !== undefined)

/** What a draft found out already, as answers for a person to look over. */
export function firstAnswers(draft: Descriptor): Answers {
  const [subject] = draft.subjects
  const { period } = draft
  const groups = Object.values(draft.observations[0]?.breakdown ?? {}).map(columnOf)
  const answers: Record<string, string> = {
    title: sentenceCase(draft.title.replace(/ \(draft\)$/, '').replaceAll(/[-_]+/g, ' ')),
    publisher: decided(draft.publisher),
    source: decided(draft.source),
    licence: decided(draft.licence),
    service: draft.service ?? '',
    who: columnOf(subject?.code),
    kind: subject?.kind ?? 'provider',
    level: '',
    name: columnOf(subject?.name),
    unknown: subject?.unknown ?? 'register',
    when: period.from === 'column' ? `column:${period.column}` : period.from,
    'when-kind': period.kind,
    'when-value': '',
  }
  for (let i = 1; i <= mostGroups; i++) answers[groupField(i, 'column')] = groups[i - 1] ?? ''
  for (const [i, f] of commaColumnsOf(draft).entries()) answers[commaField(i)] = f.decimalChar ?? ''
  for (const [i, meaning] of Object.values(draft.codes).entries()) answers[codeField(i)] = meaning
  for (const [at, o] of draft.observations.slice(0, mostFigures).entries()) {
    const indicator = draft.indicators.find((x) => x.code === o.indicator)
    const i = at + 1
    answers[figureField(i, 'value')] = o.value
    answers[figureField(i, 'name')] = sentenceCase(indicator?.name ?? o.value)
    answers[figureField(i, 'kind')] = indicator?.kind ?? ''
    answers[figureField(i, 'per')] = indicator?.kind === 'rate' ? String(indicator.scale) : ''
    answers[figureField(i, 'numerator')] = o.numerator ?? ''
    answers[figureField(i, 'denominator')] = o.denominator ?? ''
  }
  return answers
}

/** How many figures the form asks for: those that were found, and one that was not. */
export const figureCount = (draft: Descriptor): number =>
  Math.min(draft.observations.length + 1, mostFigures)
