import { basename } from 'node:path'
import { type Descriptor, descriptorSchema } from '../descriptor.ts'
import { type ParsedRow, readRows, type SourceFile } from '../rows.ts'
import type { Subjects } from '../subjects.ts'
import { ColumnProfile } from './column-profile.ts'
import { commaColumns } from './comma-columns.ts'
import { draftDescriptor } from './draft-descriptor.ts'
import { findFigures, measures, smallFigures } from './figures.ts'
import { Keys } from './keys.ts'
import { findRelations } from './relations.ts'
import { findPeriod, findSubject } from './roles.ts'
import { sniff, type Writing } from './sniff.ts'
import { unfitness } from './unfitness.ts'

export interface DescribeOptions {
  /** A regular expression that such files' names fit; its named groups may hold the period. */
  readonly name?: string
  /** The line that names the columns, where it is not the first. */
  readonly headerLine?: number | undefined
  /** Codes that are known already tell which column holds them. */
  readonly known?: Subjects
  readonly onProgress?: (bytes: number, of: number, rows: number) => void
  readonly signal?: AbortSignal
}

/** Rows on which columns of numbers are tried against each other. */
const rowsTried = 400
/** Columns of which sets are tried as keys. */
const keyColumns = 12

/** So many columns, with names of so many letters, are drafted: each is a line of every list of the form. */
const mostColumns = 2000
const longestName = 300

/** The file cannot be described as it is; the sentence says what to do. */
export class NothingToDescribe extends Error {
  override name = 'NothingToDescribe'
}

export interface FirstLook {
  readonly columns: readonly ColumnProfile[]
  readonly first: readonly (readonly string[])[]
  readonly rows: number
  readonly raggedRows: { short: number; long: number }
}

/**
 * Drafts a descriptor of an unknown delimited file for a person to finish. Reads all rows once for
 * what the columns hold, and the first million again for what tells rows apart; memory does not grow
 * with the file. Throws NothingToDescribe and the file system's own errors.
 * @example const draft = await describeFile('clinics-2024.csv')
 */
export async function describeFile(
  path: string,
  options: DescribeOptions = {},
): Promise<Descriptor> {
  const writing = { ...(await sniff(path)), headerLine: options.headerLine }
  const seen = await firstLook(path, writing, options)
  const commas = commaColumns(seen.columns)
  const look = commas.size === 0 ? seen : await firstLook(path, writing, options, commas)
  const { columns, first } = look
  const unfit = unfitness(look)
  if (unfit !== null) throw new NothingToDescribe(unfit)
  const period = findPeriod(columns)
  const keys = await findKeys(path, writing, columns, { ...options, periodAt: period?.at })
  const unique = keys.flatMap((set) => (set.length === 1 ? set : []))
  const subject = findSubject(columns, unique, options.known ?? null)
  const taken = new Set([subject?.at ?? -1, period?.at ?? -1, ...coordinates(columns)])
  // Amounts below 0 are neither a part nor a whole.
  const numeric = measures(columns, taken).filter((at) => (columns[at]?.least ?? -1) >= 0)
  const large = findFigures(columns, findRelations(first, numeric, columns), taken)
  const key = keys[0] ?? null
  const told = new Set([...taken, ...(key ?? [])])
  const figures = large.length > 0 ? large : smallFigures(columns, told)
  const file = basename(path)
  const pattern = options.name ?? null
  const draft = draftDescriptor({
    ...look,
    file,
    pattern,
    writing,
    unique,
    key,
    subject,
    period,
    figures,
  })
  return descriptorSchema.parse(draft)
}

async function* allRows(
  path: string,
  writing: Writing,
  options: DescribeOptions,
): AsyncGenerator<{ rows: readonly ParsedRow[]; source: SourceFile }> {
  let source: SourceFile | null = null
  for await (const item of readRows(path, writing)) {
    options.signal?.throwIfAborted()
    if (!Array.isArray(item)) source = item
    else if (source) yield { rows: item, source }
  }
}

/** @throws NothingToDescribe where the line that names the columns is more than anybody could look over. */
function tooMuch(names: readonly string[]): void {
  if (names.length > mostColumns) {
    throw new NothingToDescribe(
      `It has ${names.length} columns, and at most ${mostColumns} are drafted. Keep those that are needed, or put what stands side by side below each other.`,
    )
  }
  const long = names.findIndex((name) => name.length > longestName)
  if (long >= 0) {
    throw new NothingToDescribe(
      `The name of column ${long + 1} has ${(names[long] as string).length} letters, and at most ${longestName} are read: it is probably no name. Is the line that names the columns missing?`,
    )
  }
}

async function firstLook(
  path: string,
  writing: Writing,
  options: DescribeOptions,
  commas: ReadonlySet<number> = new Set(),
): Promise<FirstLook> {
  let columns: ColumnProfile[] | null = null
  const first: string[][] = []
  const raggedRows = { short: 0, long: 0 }
  let count = 0
  for await (const { rows, source } of allRows(path, writing, options)) {
    for (const { cells } of rows) {
      if (!columns) {
        tooMuch(cells)
        columns = cells.map(
          (name, at) => new ColumnProfile(name.trim(), commas.has(at) ? ',' : '.'),
        )
        continue
      }
      count += 1
      if (cells.length < columns.length) raggedRows.short += 1
      if (cells.length > columns.length) raggedRows.long += 1
      for (const [at, column] of columns.entries()) column.add(cells[at] ?? '')
      if (first.length < rowsTried) first.push(cells)
    }
    options.onProgress?.(source.read(), source.bytes, count)
  }
  return { columns: columns ?? [], first, rows: count, raggedRows }
}

/**
 * The smallest sets of columns that tell rows apart, of one, two or three; measures are never asked. One size is
 * tried after another, so that no set is kept beside one within it. What may be a count is asked last: in a short
 * file no two are the same, and in the next they are.
 */
async function findKeys(
  path: string,
  writing: Writing,
  columns: readonly ColumnProfile[],
  options: DescribeOptions & { readonly periodAt: number | undefined },
): Promise<(readonly number[])[]> {
  const mayCount = (at: number): boolean => {
    const column = columns[at]
    return at !== options.periodAt && column?.type().type === 'integer' && !column.isCode()
  }
  let counting: (readonly number[])[] = []
  const tried = columns.flatMap((c, at) => {
    const { type } = c.type()
    const counts = type === 'integer' && c.different() > 50 && !c.isCode()
    const measure = type === 'number' || c.codes().length > 0 || counts
    return (measure && !c.isCategory()) || c.different() <= 1 ? [] : [at]
  })
  for (const size of [1, 2, 3]) {
    const keys = new Keys(tried.slice(0, keyColumns), size)
    let header = true
    for await (const { rows } of allRows(path, writing, options)) {
      for (const { cells } of header ? rows.slice(1) : rows) keys.add(cells)
      header = false
      if (keys.done()) break
    }
    const found = keys.found()
    const sound = found.filter((set) => !set.some(mayCount))
    if (sound.length > 0) return sound
    if (counting.length === 0) counting = found
  }
  return counting
}

/** Where things lie on a map is no figure. */
function coordinates(columns: readonly ColumnProfile[]): number[] {
  return columns.flatMap((c, at) =>
    /^(easting|northing|lat(itude)?|long?(itude)?|x|y)$/i.test(c.name) ? [at] : [],
  )
}
