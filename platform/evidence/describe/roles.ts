import { normalisePeriod, type PeriodKind } from '../period.ts'
import type { Subjects } from '../subjects.ts'
import type { ColumnProfile } from './column-profile.ts'

/** Which column says whom a row is about, and how that is known. */
export interface SubjectRole {
  readonly at: number
  readonly kind: 'provider' | 'place'
  /** Of a provider, where the code's shape tells it. */
  readonly service: string | null
  readonly because: string
  /** The share of its first values that are known already. */
  readonly known: number
}

export interface PeriodRole {
  readonly at: number
  readonly kind: PeriodKind
  /** `202122` may be a financial or a school year; a school year `2021` may begin or end in it. */
  readonly doubtful: 'kind' | 'start' | null
}

const shareOf = (texts: readonly string[], fits: (text: string) => boolean): number =>
  texts.length === 0 ? 0 : texts.filter(fits).length / texts.length

const postcode = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i

/** Kinds of code that can be told by their shape, the surest first. */
const codeShapes: readonly {
  readonly fits: RegExp
  readonly header: RegExp
  readonly kind: SubjectRole['kind']
  readonly service: string | null
  readonly because: string
}[] = [
  {
    fits: /^[EWSNK]\d{8}$/,
    header: /./,
    kind: 'place',
    service: null,
    because: 'its values look like codes of places by the Office for National Statistics',
  },
  {
    fits: /^[A-Z]\d{5}$/,
    header: /./,
    kind: 'provider',
    service: 'general-practice',
    because: 'its values look like codes of general practices (ODS)',
  },
  {
    fits: /^\d{6}$/,
    header: /urn/i,
    kind: 'provider',
    service: 'primary-school',
    because: 'its values look like unique reference numbers of schools (URN)',
  },
  {
    fits: /^[A-Z0-9]{3,6}$/,
    header: /org|ods|trust|provider/i,
    kind: 'provider',
    service: null,
    because: 'its header and values look like codes of NHS organisations (ODS)',
  },
  {
    fits: /^\S{1,20}$/,
    header: /(^|[^a-z])(code|id|urn|ref|reference|number|no)([^a-z]|$)/i,
    kind: 'provider',
    service: null,
    because: 'its header says that it is a code',
  },
]

/** Finds the column that says whom a row is about: known codes first, then their look. */
export function findSubject(
  columns: readonly ColumnProfile[],
  unique: readonly number[],
  known: Subjects | null,
): SubjectRole | null {
  let best: { role: SubjectRole; score: number } | null = null
  columns.forEach((column, at) => {
    const role = subjectRole(column, at, known)
    if (!role) return
    const spread = column.different() / 1000
    const score = role.score + (unique.includes(at) ? 0.5 : 0) + spread - at / 1000
    if (!best || score > best.score) best = { role: role.role, score }
  })
  return (best as { role: SubjectRole } | null)?.role ?? null
}

function subjectRole(
  column: ColumnProfile,
  at: number,
  known: Subjects | null,
): { role: SubjectRole; score: number } | null {
  const sample = [...new Set(column.sample)]
  if (sample.length === 0) return null
  const familiar = shareOf(sample, (text) => known?.find('code', text) !== undefined)
  const shape = codeShapes.findIndex(
    (s) => s.header.test(column.name) && shareOf(sample, (t) => s.fits.test(t)) >= 0.9,
  )
  const look = codeShapes[shape]
  // One value throughout: only a place that the whole file is about.
  if (column.different() === 1) {
    if (shape !== 0 || !look) return null
    const { kind, because } = look
    return { role: { at, kind, service: null, because, known: familiar }, score: 1 }
  }
  if (familiar >= 0.5) {
    const first = known?.find('code', sample.find((t) => known.find('code', t)) ?? '')
    const kind = (first === undefined ? undefined : known?.get(first)?.kind) ?? 'provider'
    const because = `${Math.round(100 * familiar)}% of its first values are known already`
    const service = look?.service ?? null
    return { role: { at, kind, service, because, known: familiar }, score: 10 + familiar }
  }
  if (!look) return null
  // A provider's own code says more of a row than that of the area it lies in.
  const score = look.kind === 'provider' && shape < 3 ? 6 : 5 - shape
  const { kind, service, because } = look
  return { role: { at, kind, service, because, known: familiar }, score }
}

/** The column with the subject's name: one headed as a name, and rather of the same kind of thing. */
export function findName(columns: readonly ColumnProfile[], subject: number): number | null {
  const words = (text: string): string[] => text.toLowerCase().match(/[a-z]{2,}/g) ?? []
  const own = new Set(words(columns[subject]?.name ?? '').filter((w) => w !== 'code'))
  let best: { at: number; score: number } | null = null
  columns.forEach((column, at) => {
    if (at === subject || column.type().type !== 'string') return
    const shared = words(column.name).filter((w) => own.has(w)).length
    // "Library" beside "Library code" is what that is the code of.
    const isOwn = shared > 0 && shared === words(column.name).length
    if (!isOwn && !/name|title|label/i.test(column.name)) return
    const asMany = column.different() >= 0.8 * (columns[subject]?.different() ?? 0) ? 3 : 0
    const score = shared * 2 + asMany - Math.abs(at - subject) / 10
    if (!best || score > best.score) best = { at, score }
  })
  return (best as { at: number } | null)?.at ?? null
}

/** The column of towns: headed so, and nothing else. */
export function findTown(columns: readonly ColumnProfile[]): number | null {
  const at = columns.findIndex((c) => /^\s*(post )?town\s*$/i.test(c.name))
  return at < 0 ? null : at
}

/** The columns of a street address, in their order: headed so, and nothing else. */
export function findAddress(columns: readonly ColumnProfile[]): number[] {
  const headed = /^\s*((street|postal|full)?\s*address(\s*line)?\s*_?\d?|street)\s*$/i
  return columns.flatMap((c, at) => (headed.test(c.name) ? [at] : []))
}

export function findPostcode(columns: readonly ColumnProfile[]): number | null {
  const at = columns.findIndex((c) => shareOf(c.sample, (t) => postcode.test(t)) >= 0.8)
  return at < 0 ? null : at
}

const periodKinds: readonly PeriodKind[] = ['month', 'day', 'quarter', 'financial-year', 'year']

/** So many of its values make a column one of periods: a bad cell is for the check to find, by its row. */
const mostly = 0.7
/** In a few rows one bad cell is a large share: the others of its column must be these at least. */
const fewestGood = 2

/** Whether a column holds values that fit, but for bad ones that are a small share, or one alone. */
function holdsMostly(column: ColumnProfile, fits: (text: string) => boolean): boolean {
  if (column.empty > 1) return false
  const good = column.sample.filter(fits).length
  const bad = column.sample.length - good + column.empty
  return good / (good + bad) >= mostly || (bad === 1 && good >= fewestGood)
}

/** The column that says when: headed so, and its values are periods of one kind, all or nearly all. */
export function findPeriod(columns: readonly ColumnProfile[]): PeriodRole | null {
  for (const [at, column] of columns.entries()) {
    if (!/period|year|month|date|time|quarter|week|day/i.test(column.name)) continue
    if (/open|close|birth|inspect|chang/i.test(column.name)) continue
    for (const kind of periodKinds) {
      const isYears = holdsMostly(column, (t) => /^(19|20)\d{2}$/.test(t))
      if (kind === 'financial-year' && (column.type().type === 'year' || isYears)) continue
      if (!holdsMostly(column, (t) => normalisePeriod(t, kind) !== null)) continue
      const monthly = column.sample.every((t) => /^\d{4}-\d{2}-01$/.test(t))
      if (kind === 'month' && column.sample.some((t) => /^\d{6}$/.test(t))) continue
      if (kind === 'month' && column.type().type === 'date' && !monthly) continue
      return yearRole(column, at, kind)
    }
  }
  return null
}

/** Whether all that a column holds are times of one kind, whatever it is called. */
export const holdsPeriods = ({ sample }: ColumnProfile): boolean =>
  sample.length > 0 &&
  periodKinds.some((kind) => sample.every((t) => normalisePeriod(t, kind) !== null))

/** A year of two years is a school year where its column is called so; else it is taken for a financial year. */
function yearRole(column: ColumnProfile, at: number, kind: PeriodKind): PeriodRole {
  const isSchool = /school|academic/i.test(column.name)
  if (isSchool && kind === 'financial-year') return { at, kind: 'school-year', doubtful: null }
  if (isSchool && kind === 'year') return { at, kind: 'school-year', doubtful: 'start' }
  return { at, kind, doubtful: kind === 'financial-year' ? 'kind' : null }
}

/** The period that a file's name tells, as a pattern with a named group; null where it tells none. */
export function periodInName(
  stem: string,
): { pattern: RegExp; group: string; text: string; kind: PeriodKind } | null {
  const shapes: [RegExp, string, PeriodKind][] = [
    [/(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)/, '\\d{4}-\\d{2}-\\d{2}', 'day'],
    [/(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/, '\\d{8}', 'day'],
    [/(19|20)\d{2}-\d{2}(?!\d)/, '\\d{4}-\\d{2}', 'financial-year'],
    [/(?<!\d)(19|20)\d{2}(?!\d)/, '\\d{4}', 'year'],
  ]
  for (const [pattern, text, usual] of shapes) {
    const found = pattern.exec(stem)?.[0]
    if (found === undefined) continue
    const kind =
      usual === 'financial-year' && normalisePeriod(found, usual) === null ? 'month' : usual
    if (normalisePeriod(found, kind) === null) continue
    return {
      pattern,
      group: kind === 'day' ? 'day' : kind === 'month' ? 'month' : 'year',
      text,
      kind,
    }
  }
  return null
}
