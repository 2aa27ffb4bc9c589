import { type ColumnReport, ColumnUse } from './column-use.ts'
import type { OptionalColumn } from './columns.ts'
import type { Descriptor, ObservationClause, Status, SubjectClause } from './descriptor.ts'
import { type FieldCheck, familyChecks, fieldChecks } from './field-plan.ts'
import { normalisePeriod, type PeriodKind } from './period.ts'
import { successorFact } from './subjects.ts'
import {
  type Cell,
  compileCondition,
  compileOptional,
  compileTemplate,
  type Locate,
  type Row,
} from './template.ts'

export interface ParentPlan {
  readonly level: string
  readonly scheme: string
  readonly code: Cell
  readonly name: Cell
  /** Whether a place that is not known becomes one. */
  readonly registers: boolean
}

export interface SubjectPlan {
  readonly clause: SubjectClause
  readonly applies: (row: Row) => boolean
  readonly code: Cell
  readonly name: Cell
  readonly level: Cell
  readonly postcode: Cell
  readonly address: readonly Cell[]
  readonly town: Cell
  readonly type: Cell
  readonly status: Cell
  readonly easting: Cell
  readonly northing: Cell
  readonly parents: readonly ParentPlan[]
  readonly children: { list: Cell; split: string } | null
  readonly aliases: readonly { scheme: string; value: Cell; applies: (row: Row) => boolean }[]
  readonly facts: readonly { name: string; value: Cell }[]
}

/** One figure that each row gives: from which cell, of which indicator and group. */
export interface FigurePlan {
  readonly clause: ObservationClause
  readonly applies: (row: Row) => boolean
  readonly indicator: Cell
  /** Known beforehand, or null where the rows name their indicator. */
  readonly indicatorCode: string | null
  /** The file names its own indicators, which may be unknown. */
  readonly drafts: boolean
  readonly column: string
  readonly value: number
  readonly others: readonly { column: OptionalColumn; at: number; name: string }[]
  /** Groups of the columns themselves. */
  readonly group: Readonly<Record<string, string>>
  /** Groups that the row names. */
  readonly dimensions: readonly { name: string; value: Cell; everyone: ReadonlySet<string> }[]
  /** The column that holds the group in our spelling. */
  readonly breakdown: number | null
  /** The column that says whether there is a value. */
  readonly status: { readonly at: number; readonly column: string } | null
  readonly note: number | null
  readonly notApplicable: (row: Row) => boolean
}

export interface TotalPlan {
  readonly column: string
  readonly total: number
  readonly parts: readonly number[]
  readonly tolerance: number
  readonly severity: 'refuse' | 'warn'
  readonly applies: (row: Row) => boolean
}

export interface Plan {
  readonly header: readonly string[]
  readonly fields: readonly FieldCheck[]
  readonly subjects: readonly SubjectPlan[]
  readonly figures: readonly FigurePlan[]
  readonly totals: readonly TotalPlan[]
  readonly setAside: readonly { applies: (row: Row) => boolean; reason: string }[]
  readonly period: { cell: Cell; column: string; kind: PeriodKind } | { fixed: string }
  /** The columns whose numbers have a comma for the point. */
  readonly commas: ReadonlySet<number>
  readonly missing: ReadonlySet<string>
  readonly codes: ReadonlyMap<string, Status>
  readonly columns: ColumnReport
}

/** The file is not of the kind that its descriptor says; `columns` are those it lacks. */
export class MissingColumns extends Error {
  readonly columns: readonly string[]
  constructor(columns: readonly string[]) {
    super(`The file has no column ${columns.map((c) => `"${c}"`).join(', ')}.`)
    this.columns = columns
  }
}

/** Finds columns by name or by a name that they had in other years; header cells are trimmed. */
function locator(descriptor: Descriptor, header: readonly string[]): Locate {
  const at = new Map<string, number>()
  header.forEach((name, i) => {
    const t = name.trim()
    if (!at.has(t)) at.set(t, i)
  })
  for (const field of descriptor.fields) {
    for (const alias of field.aliases ?? []) {
      const place = at.get(alias.trim())
      if (place !== undefined && !at.has(field.name)) at.set(field.name, place)
    }
  }
  return (column) => at.get(column.trim())
}

const never = (): boolean => false

const otherColumns = ['lower95', 'upper95', 'lower998', 'upper998', 'numerator'] as const

/** How columns are found: those that hold figures, and those that say what a figure is. */
interface Locates {
  readonly figures: Locate
  readonly descriptions: Locate
}

function figurePlans(
  clause: ObservationClause,
  { figures, descriptions }: Locates,
  names: Readonly<Record<string, string>>,
): FigurePlan[] {
  const plans: FigurePlan[] = []
  const indicator = clause.indicator.replace(/\{@(\w+)\}/g, (_, name) => names[name] ?? '')
  for (const [token, group] of Object.entries(clause.groups)) {
    const of = (column: string): string => column.replaceAll('{g}', token)
    const value = figures(of(clause.value))
    if (value === undefined) continue // a column that this year's file does not have
    const others: { column: OptionalColumn; at: number; name: string }[] = []
    for (const column of otherColumns) {
      const name = clause[column]
      const at = name === undefined ? undefined : figures(of(name))
      if (name !== undefined && at !== undefined) others.push({ column, at, name: of(name) })
    }
    const denominator = clause.denominators?.[token] ?? clause.denominator
    const at = denominator === undefined ? undefined : figures(of(denominator))
    if (denominator !== undefined && at !== undefined) {
      others.push({ column: 'denominator', at, name: of(denominator) })
    }
    const note = clause.note === undefined ? undefined : descriptions(clause.note)
    const breakdown = clause.breakdownColumn && descriptions(clause.breakdownColumn)
    const status = clause.status === undefined ? undefined : descriptions(clause.status)
    plans.push({
      clause,
      applies: compileCondition(clause.when, descriptions),
      indicator: compileTemplate(indicator, descriptions),
      indicatorCode: indicator.includes('{') ? null : indicator,
      drafts: clause.indicator.includes('{'),
      column: of(clause.value),
      value,
      others,
      group,
      dimensions: Object.entries(clause.breakdown).map(([name, template]) => ({
        name,
        value: compileOptional(template, descriptions),
        everyone: new Set(clause.everyone[name] ?? []),
      })),
      breakdown: typeof breakdown === 'number' ? breakdown : null,
      status: status === undefined ? null : { at: status, column: clause.status ?? '' },
      note: note ?? null,
      notApplicable: clause.notApplicable
        ? compileCondition(clause.notApplicable, descriptions)
        : never,
    })
  }
  return plans
}

/** Who came after, as a fact: every code that the pattern finds. */
function successorOf({ successor }: SubjectClause, optional: (template: string) => Cell) {
  if (!successor) return []
  const cell = optional(successor.value)
  const found = new RegExp(successor.pattern ?? '([^,;\\s]+)', 'gu')
  const value: Cell = (row) =>
    [...new Set(Array.from(cell(row).matchAll(found), (m) => m[1] ?? m[0]))].join(', ')
  return [{ name: successorFact, value }]
}

/** What the first group of a pattern finds in a cell; '' where it finds nothing. */
function part(cell: Cell, pattern: string | undefined): Cell {
  if (pattern === undefined) return cell
  const found = new RegExp(pattern, 'u')
  return (row) => found.exec(cell(row))?.[1] ?? ''
}

function subjectPlan(clause: SubjectClause, locate: Locate): SubjectPlan {
  const optional = (template: string | undefined): Cell => compileOptional(template, locate)
  const column = (name: string | undefined): Cell =>
    optional(name === undefined || name.includes('{') ? name : `{${name}}`)
  return {
    clause,
    applies: compileCondition(clause.when, locate),
    code: compileTemplate(clause.code, locate),
    name: column(clause.name),
    level: optional(clause.level),
    postcode: column(clause.postcode),
    address: (clause.address ?? []).map(column),
    town: column(clause.town),
    type: column(clause.type),
    status: column(clause.status),
    easting: column(clause.easting),
    northing: column(clause.northing),
    parents: clause.parents.map((p) => ({
      level: p.level,
      scheme: p.scheme,
      code: part(optional(p.code), p.pattern),
      name: optional(p.name),
      registers: (p.unknown ?? (p.scheme === 'code' ? 'register' : 'leave')) === 'register',
    })),
    children: clause.children
      ? { list: optional(`{${clause.children.column}}`), split: clause.children.split }
      : null,
    aliases: clause.aliases.map((a) => ({
      scheme: a.scheme,
      value: part(optional(a.value), a.pattern),
      applies: compileCondition(a.when, locate),
    })),
    facts: [
      ...Object.entries(clause.facts).map(([name, t]) => ({ name, value: optional(t) })),
      ...successorOf(clause, optional),
    ],
  }
}

/**
 * Makes ready a descriptor for one file: columns found once, so that each row costs only reads.
 * Throws MissingColumns where the file lacks a column that is not optional.
 */
export function makePlan(
  descriptor: Descriptor,
  header: readonly string[],
  groups: Readonly<Record<string, string>>,
): Plan {
  const locate = locator(descriptor, header)
  const lacking = descriptor.fields.filter((f) => !f.optional && locate(f.name) === undefined)
  if (lacking.length > 0) throw new MissingColumns(lacking.map((f) => f.name))
  const missing = new Set(descriptor.missingValues)
  const codes = new Map(Object.entries(descriptor.codes))
  const use = new ColumnUse(header)
  const figures = use.noting('figures', locate)
  const descriptions = use.noting('descriptions', locate)
  const checked = use.noting('checked', locate)
  const p = descriptor.period
  const commas = new Set(
    descriptor.fields.flatMap((f) => (f.decimalChar === ',' ? (locate(f.name) ?? []) : [])),
  )
  const plan = {
    header,
    commas,
    missing,
    codes,
    subjects: descriptor.subjects.map((s) => subjectPlan(s, descriptions)),
    figures: descriptor.observations.flatMap((o) =>
      figurePlans(o, { figures, descriptions }, groups),
    ),
    setAside: descriptor.setAside.map(({ when, reason }) => ({
      applies: compileCondition(when, descriptions),
      reason,
    })),
    totals: descriptor.totals.flatMap((t) => {
      const total = checked(t.total)
      const parts = t.parts.map(checked).filter((x) => x !== undefined)
      if (total === undefined || parts.length === 0) return []
      const applies = compileCondition(t.when, descriptions)
      const { tolerance, severity } = t
      return [{ column: t.total, total, parts, tolerance, severity, applies }]
    }),
    period:
      p.from === 'column'
        ? { cell: compileTemplate(`{${p.column}}`, descriptions), column: p.column, kind: p.kind }
        : { fixed: p.from === 'fixed' ? p.value : (groups[p.group] ?? '') },
  }
  const fields = [...fieldChecks(descriptor, locate), ...familyChecks(descriptor, header, use)]
  for (const { at } of fields) use.note(at, 'checked')
  return { ...plan, fields, columns: use.report() }
}

/** The period of a file whose rows do not name theirs; throws where its text is no period. */
export function fixedPeriod(plan: Plan, descriptor: Descriptor): string | null {
  if (!('fixed' in plan.period)) return null
  const label = normalisePeriod(plan.period.fixed, descriptor.period.kind)
  if (label === null) {
    throw new Error(`"${plan.period.fixed}" is no ${descriptor.period.kind.replace('-', ' ')}.`)
  }
  return label
}
