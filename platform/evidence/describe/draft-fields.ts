import type { Descriptor, Field } from '../descriptor.ts'
import type { ColumnProfile } from './column-profile.ts'
import { isDoubtful } from './comma-columns.ts'
import { type Decide, type Found, number } from './found.ts'
import { findName, holdsPeriods } from './roles.ts'
import { codeMeaning } from './value-codes.ts'

/** Whether a column of numbers tells groups apart, rather than being a figure of few different ones. */
const tellsGroups = ({ columns, figures }: Found, at: number): boolean =>
  columns[at]?.isCategory() === true && !figures.some((f) => f.value === at)

/** Codes that stand where numbers do, each with what it likely means. */
export function draftCodes(found: Found, decide: Decide): Descriptor['codes'] {
  const codes: Descriptor['codes'] = {}
  for (const column of found.columns.filter((_, at) => !tellsGroups(found, at))) {
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

/** Each column as a Frictionless field: its type, and the constraints that all rows keep. */
export function draftFields(found: Found): Field[] {
  const { columns, rows, unique, key, subject } = found
  const changing = changes(found)
  const fields: Field[] = []
  const names = new Set<string>()
  const tells = new Set([subject?.at, key?.length === 1 ? key[0] : undefined])
  columns.forEach((column, at) => {
    if (column.name === '' || names.has(column.name)) return
    names.add(column.name)
    const guess = column.type()
    const words = tellsGroups(found, at) && column.codes().length > 0
    const { type, format } = words ? { type: 'string' as const, format: undefined } : guess
    const constraints: Field['constraints'] = {}
    if (column.empty === 0 && rows > 0) constraints.required = true
    if (unique.includes(at) && rows > 1 && tells.has(at)) constraints.unique = true
    const list = type === 'string' && !changing.has(at) ? fewValues(column) : null
    if (list) constraints.enum = list
    const isWritten = type === 'string' && !list && (at === subject?.at || !changing.has(at))
    const pattern = isWritten ? column.shapes.pattern() : null
    if (pattern) constraints.pattern = pattern
    const description = seenIn(column)
    fields.push({
      name: column.name,
      type,
      ...(format ? { format } : {}),
      ...(type === 'integer' || type === 'number' ? writtenWith(column) : {}),
      ...(description ? { description } : {}),
      optional: false,
      constraints,
    })
  })
  return fields
}

/** Columns that hold others in the next file of the kind, however few they hold in this one: whom, and when. */
function changes({ columns, subject, period }: Found): ReadonlySet<number | undefined> {
  const name = subject ? (findName(columns, subject.at) ?? undefined) : undefined
  const times = columns.flatMap((column, at) => (holdsPeriods(column) ? [at] : []))
  return new Set([subject?.at, name, period?.at, ...times])
}

/** What stands for the point, where a person may want to look. */
const writtenWith = (column: ColumnProfile): Pick<Field, 'decimalChar'> =>
  column.decimalChar === ',' || isDoubtful(column) ? { decimalChar: column.decimalChar } : {}

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
