import { slug } from '../evidence/describe/draft-descriptor.ts'
import { lasting } from '../evidence/describe/shapes.ts'
import {
  type Descriptor,
  descriptorSchema,
  type Field,
  periodKinds,
} from '../evidence/descriptor.ts'
import type { Service } from '../evidence/indicator.ts'
import { normalisePeriod } from '../evidence/period.ts'
import { periodExamples } from '../evidence/period-asked.ts'
import { levels } from '../places/levels.ts'
import { finishFigures } from './finish-figures.ts'
import {
  codeField,
  codeMeanings,
  columnsOf,
  commaColumnsOf,
  commaField,
  groupField,
  mostGroups,
} from './questions.ts'
import type { Answers } from './upload.ts'

/** What a new kind of file must fit in with. */
export interface Around {
  readonly services: readonly Pick<Service, 'code' | 'invented'>[]
  readonly isTaken: (descriptor: string) => boolean
  readonly isIndicatorTaken: (code: string) => boolean
  /** Whether what is shown now is invented: then whoever hands in figures says whether theirs are. */
  readonly invented: boolean
  /** Why whoever answers may not hand in figures of a service, or of none; null where they may. */
  readonly mayNot: (service: string | null) => string | null
}

/** What is wrong with an answer, beside its question. */
export interface Problem {
  readonly field: string
  readonly sentence: string
}

export type Finished =
  | { readonly descriptor: Descriptor; readonly problems: readonly [] }
  | { readonly descriptor: null; readonly problems: readonly Problem[] }

/** Asks the answers, and notes what is wrong with them. */
export class Asking {
  readonly problems: Problem[] = []
  readonly #answers: Answers

  constructor(answers: Answers) {
    this.#answers = answers
  }

  wrong(field: string, sentence: string): void {
    this.problems.push({ field, sentence })
  }

  /** An answer, without what nobody can type or see. */
  said(field: string): string {
    const text = Object.hasOwn(this.#answers, field) ? (this.#answers[field] ?? '') : ''
    return text.replace(/\p{C}+/gu, ' ').trim()
  }

  text(field: string, missing: string, most = 300): string {
    const text = this.said(field)
    if (text === '') this.wrong(field, missing)
    else if (text.length > most) this.wrong(field, `Use at most ${most} characters`)
    return text
  }

  oneOf<T extends string>(field: string, list: readonly T[], missing: string): T | null {
    const text = this.said(field)
    const found = list.find((x) => x === text)
    if (found === undefined) this.wrong(field, missing)
    return found ?? null
  }
}

/**
 * Makes a descriptor from a draft and from what a person answered. All problems are found at once.
 * @example finish(draft, { ...firstAnswers(draft), title: 'Clinics' }, around)
 */
export function finish(draft: Descriptor, answers: Answers, around: Around): Finished {
  const ask = new Asking(answers)
  const columns = columnsOf(draft)
  const title = ask.text('title', 'Give the file a title')
  const id = slug(title)
  if (title !== '' && around.isTaken(id)) {
    ask.wrong('title', 'Another kind of file has this title. Give this one a title of its own')
  }
  const publisher = ask.text('publisher', 'Say who publishes it')
  const source = sourceOf(ask)
  const licence = ask.text('licence', 'Choose its licence')
  const invented = inventedOf(ask, around)
  const subject = subjectOf(ask, columns)
  const service = serviceOf(ask, around, subject.kind, invented)
  const no = around.mayNot(service)
  if (no !== null && (service !== null || subject.kind === 'place')) ask.wrong('service', no)
  const period = periodOf(ask, draft, columns)
  const { breakdown, everyone } = groupsOf(ask, columns)
  const small = ask.oneOf('small', smallAnswers, 'Say what is to become of small counts')
  const disclosure = disclosureOf(small)
  const { observations, indicators, setAside } = finishFigures(ask, draft, {
    id,
    service,
    breakdown,
    everyone,
    needsCounts: disclosure !== null,
    isTaken: around.isIndicatorTaken,
  })
  const codes = codesOf(ask, draft)
  const fields = fieldsOf(ask, draft, {
    who: ask.said('who'),
    words: new Set([...breakdownColumns(ask), ...draft.observations.flatMap(whenColumns)]),
  })
  if (ask.problems.length > 0 || period === null)
    return { descriptor: null, problems: ask.problems }
  const descriptor = descriptorSchema.parse({
    ...draft,
    id,
    title,
    publisher,
    source,
    licence,
    invented,
    dataset: id,
    service,
    codes,
    fields,
    period,
    covers: period.from === 'column' ? 'history' : 'period',
    subjects: [{ ...draft.subjects[0], service: undefined, ...subject }],
    setAside,
    observations,
    indicators,
    notes: draft.notes.filter((note) => !note.startsWith('Decide:')),
    ...(disclosure ? { disclosure } : {}),
  })
  return { descriptor, problems: [] }
}

/** What can become of small counts: nothing, hidden below a number, or all counts rounded to a multiple. */
const smallAnswers = ['no', '5', '10', 'round-5', 'round-10'] as const

function disclosureOf(small: (typeof smallAnswers)[number] | null) {
  if (small === null || small === 'no') return null
  return small.startsWith('round-')
    ? { round: { base: Number(small.slice('round-'.length)) } }
    : { rules: { threshold: Number(small) } }
}

function sourceOf(ask: Asking): string {
  const source = ask.text('source', 'Give the address of the page where it is published', 2000)
  if (source !== '' && !/^https?:$/.test(URL.parse(source)?.protocol ?? '')) {
    ask.wrong('source', 'Give the whole address, such as https://www.example.org/figures')
  }
  return source
}

function inventedOf(ask: Asking, { invented }: Around): boolean {
  if (!invented) return false
  return ask.oneOf('invented', ['yes', 'no'], 'Say whether the figures are real') === 'yes'
}

function serviceOf(
  ask: Asking,
  { services }: Around,
  kind: 'provider' | 'place' | null,
  invented: boolean,
): string | null {
  if (ask.said('service') === '' && kind !== 'provider') return null
  const codes = services.map((s) => s.code)
  const code = ask.oneOf('service', codes, 'Choose the service that these providers belong to')
  if (services.some((s) => s.code === code && s.invented) && !invented) {
    ask.wrong('service', 'This service is invented: real figures are of a real one')
  }
  return code
}

function subjectOf(ask: Asking, columns: readonly string[]) {
  const who = ask.oneOf('who', columns, 'Choose the column that says whom a row is about')
  const kind = ask.oneOf(
    'kind',
    ['provider', 'place'],
    'Say whether rows are about providers or places',
  )
  const codes = levels.map(([code]) => code)
  const level = kind === 'place' ? ask.oneOf('level', codes, 'Choose what kind of place') : null
  const name = ask.said('name')
  if (name !== '') ask.oneOf('name', columns, 'Choose a column of the file')
  const unknown = ask.oneOf('unknown', ['register', 'refuse'], 'Say what to do with new codes')
  return {
    kind,
    code: `{${who ?? ''}}`,
    name: name === '' ? undefined : `{${name}}`,
    level: level ?? undefined,
    unknown,
  }
}

function periodOf(
  ask: Asking,
  draft: Descriptor,
  columns: readonly string[],
): Descriptor['period'] | null {
  const kind = ask.oneOf('when-kind', periodKinds, 'Choose what kind of time it is')
  const when = ask.said('when')
  const column = columns.find((c) => when === `column:${c}`)
  if (column !== undefined) return kind && { from: 'column', column, kind }
  if (when === 'name' && draft.period.from === 'name') {
    return kind && { from: 'name', group: draft.period.group, kind }
  }
  if (when !== 'fixed') {
    ask.wrong('when', 'Choose where the file says when its figures are of')
    return null
  }
  const text = ask.text('when-value', 'Say when the figures are of, such as 2024')
  const value = kind === null ? null : normalisePeriod(text, kind)
  if (text !== '' && kind !== null && value === null) {
    ask.wrong('when-value', `Write it as ${periodExamples[kind]}`)
  }
  return kind && value !== null ? { from: 'fixed', value, kind, asked: true } : null
}

function groupsOf(ask: Asking, columns: readonly string[]) {
  const breakdown: Record<string, string> = {}
  const everyone: Record<string, string[]> = {}
  for (let i = 1; i <= mostGroups; i++) {
    const field = groupField(i, 'column')
    if (ask.said(field) === '') continue
    const column = ask.oneOf(field, columns, 'Choose a column of the file')
    if (column === null) continue
    const name = slug(column)
    breakdown[name] = `{${column}}`
    const word = ask.said(groupField(i, 'everyone'))
    if (word !== '') everyone[name] = [word]
  }
  return { breakdown, everyone }
}

type Observation = Descriptor['observations'][number]
/** The columns that tell the figures of a long table apart. */
const whenColumns = ({ when }: Observation): string[] => Object.keys(when ?? {})
const breakdownColumns = (ask: Asking): string[] =>
  Array.from({ length: mostGroups }, (_, i) => ask.said(groupField(i + 1, 'column')))

/** Which columns are held to more than their type in later files of the kind. */
interface Held {
  /** Codes, which are written alike. */
  readonly who: string
  /** Words that tell groups and figures apart, which are the same ones. */
  readonly words: ReadonlySet<string>
}

/** The columns, each with what stands in its numbers for the point as a person has said. */
function fieldsOf(ask: Asking, draft: Descriptor, held: Held): Descriptor['fields'] {
  const asked = commaColumnsOf(draft)
  return draft.fields.map((drafted) => {
    const field = { ...drafted, constraints: constraintsOf(drafted, held) }
    const i = asked.indexOf(drafted)
    if (i < 0) return field
    const missing = `Say what the comma in “${field.name}” stands for`
    const decimalChar = ask.oneOf(commaField(i), ['.', ','], missing) ?? field.decimalChar
    const isOther = decimalChar !== field.decimalChar
    return isOther ? { ...field, decimalChar, type: 'number' as const, constraints: {} } : field
  })
}

/** What next year's file has to keep too: not the words and the names that stood in this one by chance. */
function constraintsOf({ name, constraints }: Field, { who, words }: Held): Field['constraints'] {
  if (words.has(name)) return constraints
  const { enum: _, pattern, ...others } = constraints
  return name === who && pattern !== undefined ? { ...others, pattern: lasting(pattern) } : others
}

function codesOf(ask: Asking, draft: Descriptor): Descriptor['codes'] {
  const meanings = codeMeanings.map((m) => m.status)
  return Object.fromEntries(
    Object.keys(draft.codes).map((code, i) => [
      code,
      ask.oneOf(codeField(i), meanings, `Say what “${code}” stands for`) ?? 'missing',
    ]),
  )
}
