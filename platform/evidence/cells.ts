import type { Field, Status } from './descriptor.ts'

/** A number as published, or the reason why there is none. */
export interface NumberCell {
  status: Status
  value: number
}

// Digits in one place alone: in `\d+\.?\d*` a long cell that is no number would be split in every way.
const plainNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
const groupedNumber = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/

/**
 * Reads a number as people publish it: `63%`, `1,234.5`, `£178.81`, ` -1.9 `.
 * NaN when it is no number. Never guesses: `1,23` is not a number.
 */
export function readNumber(text: string): number {
  let t = text.trim()
  if (t.endsWith('%')) t = t.slice(0, -1).trimEnd()
  if (t.startsWith('£')) t = t.slice(1)
  if (plainNumber.test(t)) return Number(t)
  if (groupedNumber.test(t)) return Number(t.replaceAll(',', ''))
  return Number.NaN
}

const commaNumber = /^[+-]?(\d+|\d{1,3}([. \u00a0\u202f]\d{3})+)(,\d+)?$/

/**
 * Reads a number with a comma for the point: `12,5`, `1.062,5 %`, `1 062`. NaN when it is no such number.
 */
export function readDecimalComma(text: string): number {
  let t = text.trim()
  if (t.endsWith('%')) t = t.slice(0, -1).trimEnd()
  if (t.startsWith('£')) t = t.slice(1)
  return commaNumber.test(t)
    ? Number(t.replaceAll(/[. \u00a0\u202f]/g, '').replace(',', '.'))
    : Number.NaN
}

/** How numbers of a column are read, by what stands in it for the point. */
export const numberReader = (decimalChar: Field['decimalChar']): ((text: string) => number) =>
  decimalChar === ',' ? readDecimalComma : readNumber

/** Reads a cell where a value stands: a number, a code of the source, or nothing. */
export function numberCellReader(
  missing: ReadonlySet<string>,
  codes: ReadonlyMap<string, Status>,
  read = readNumber,
): (text: string, into: NumberCell) => boolean {
  return (text, into) => {
    const t = text.trim()
    into.value = Number.NaN
    if (missing.has(t)) {
      into.status = 'missing'
      return true
    }
    const code = codes.get(t)
    if (code !== undefined && code !== 'value') {
      into.status = code
      return true
    }
    into.value = read(t)
    into.status = 'value'
    return !Number.isNaN(into.value)
  }
}

const dateShapes: Record<string, RegExp> = {
  'YYYY-MM-DD': /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$/,
  'DD/MM/YYYY': /^(?<d>\d{2})\/(?<m>\d{2})\/(?<y>\d{4})$/,
  'DD-MM-YYYY': /^(?<d>\d{2})-(?<m>\d{2})-(?<y>\d{4})$/,
}

/** True for a day that exists (2023-02-30 does not) in the field's format. */
export function isDate(text: string, format = 'YYYY-MM-DD'): boolean {
  const m = (dateShapes[format] ?? dateShapes['YYYY-MM-DD'])?.exec(text)?.groups
  if (!m) return false
  const iso = `${m.y}-${m.m}-${m.d}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
}

/** What is wrong with a cell: the rule and a sentence; null when nothing is. */
export type CellProblem = { rule: string; sentence: string } | null

type Written = Pick<Field, 'format' | 'decimalChar'>

const types: Record<string, (t: string, f: Written) => boolean> = {
  integer: (t, f) => Number.isInteger(numberReader(f.decimalChar)(t)),
  number: (t, f) => !Number.isNaN(numberReader(f.decimalChar)(t)),
  year: (t) => /^\d{4}$/.test(t),
  yearmonth: (t) => /^\d{4}-(0[1-9]|1[0-2])$/.test(t),
  date: (t, f) => isDate(t, f.format),
  boolean: (t) => /^(true|false|yes|no|0|1)$/i.test(t),
}

const article: Record<string, string> = {
  integer: 'a whole number',
  number: 'a number',
  year: 'a year',
  yearmonth: 'a month such as 2023-04',
  date: 'a date that exists',
  boolean: 'yes or no',
}

/** Compiles a field's type and constraints (Frictionless Table Schema) to a check of one cell. */
export function compileField(
  field: Pick<Field, 'type' | 'format' | 'decimalChar' | 'constraints'>,
  missing: ReadonlySet<string>,
  codes: ReadonlyMap<string, Status>,
): ((text: string) => CellProblem) | null {
  const c = field.constraints
  const ofType = types[field.type]
  const read = numberReader(field.decimalChar)
  const pattern = c.pattern === undefined ? null : new RegExp(`^(?:${c.pattern})$`, 'u')
  const allowed = c.enum ? new Set(c.enum) : null
  const min = c.minimum === undefined ? null : Number(c.minimum)
  const max = c.maximum === undefined ? null : Number(c.maximum)
  if (!ofType && !pattern && !allowed && !c.required && !c.minLength && !c.maxLength) return null
  return (raw) => {
    const t = raw.trim()
    if (missing.has(t)) {
      return c.required ? { rule: 'required', sentence: 'This cell must not be empty.' } : null
    }
    if (codes.has(t)) return null
    if (ofType && !ofType(t, field)) {
      return { rule: 'type', sentence: `This should be ${article[field.type]}.` }
    }
    if (min !== null && read(t) < min) {
      return { rule: 'minimum', sentence: `This is below ${min}, the least that can be.` }
    }
    if (max !== null && read(t) > max) {
      return { rule: 'maximum', sentence: `This is above ${max}, the most that can be.` }
    }
    if (pattern && !pattern.test(t)) {
      return { rule: 'pattern', sentence: 'This does not have the shape that the file promises.' }
    }
    if (allowed && !allowed.has(t)) {
      return { rule: 'enum', sentence: `This is none of: ${[...allowed].slice(0, 8).join(', ')}.` }
    }
    if (c.minLength && t.length < c.minLength) return { rule: 'length', sentence: 'Too short.' }
    if (c.maxLength && t.length > c.maxLength) return { rule: 'length', sentence: 'Too long.' }
    return null
  }
}
