import { parse } from 'csv-parse/sync'
import { z } from 'zod'

/**
 * What CSV on the Web asks of a table and its metadata, typed in by hand after the W3C's recommendations “Metadata
 * Vocabulary for Tabular Data” (5 and 6) and “Model for Tabular Data” (6.4 and 6.6), as far as a table here uses them:
 * no registry that we build from has a validator. Tests alone use it.
 */
const name = z.string().regex(/^(?!_)[\p{L}\p{N}_.%-]+$/u)
const language = z.strictObject({ '@language': z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/) })
const address = z.union([z.url(), z.string().regex(/^(dc|xsd):[A-Za-z]+$/)])
const note = z.union([
  z.string(),
  z.number(),
  z.strictObject({ '@id': z.url() }),
  z.strictObject({ '@value': z.string(), '@type': address }),
  z.strictObject({ '@value': z.string(), '@language': z.string() }),
])
/** Properties of other vocabularies, of which only prefixed names are taken. */
const notes = z.record(z.string().regex(/^dc:[a-z][A-Za-z]*$/), z.union([note, z.array(note)]))

const datatype = z.union([
  z.enum(['string', 'number', 'integer', 'date']),
  z.strictObject({ base: z.literal('string'), format: z.string() }),
])
const columnSchema = z.intersection(
  z.object({ name, titles: z.string(), datatype, required: z.boolean().optional() }),
  z.looseObject({}),
)
const own = ['@context', 'url', 'tableSchema', 'name', 'titles', 'datatype', 'required']

/** All but the properties that CSV on the Web itself has. */
const others = (of: object) =>
  Object.fromEntries(Object.entries(of).filter(([key]) => !own.includes(key)))

const tableSchema = z.looseObject({
  '@context': z.tuple([z.literal('http://www.w3.org/ns/csvw'), language]),
  url: z.string().min(1),
  tableSchema: z.strictObject({ columns: z.array(columnSchema).min(1) }),
})

/** Values of a datatype as they may stand in a cell, where no format is given. */
const written: Readonly<Record<string, RegExp>> = {
  string: /^[^]*$/,
  number: /^([+-]?(\d+(\.\d*)?|\.\d+)([Ee][+-]?\d+)?|NaN|[+-]?INF)$/,
  integer: /^[+-]?\d+$/,
  date: /^-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
}

type ColumnRules = z.infer<typeof columnSchema>

function wrongCell({ datatype: type, required }: ColumnRules, cell: string): string | null {
  // The default of `null` is the empty string, and of a date or a number spaces around it do not count.
  const text = typeof type === 'string' && type !== 'string' ? cell.trim() : cell
  if (text === '') return required ? 'is required' : null
  const fits = typeof type === 'string' ? written[type] : new RegExp(type.format, 'u')
  return fits?.test(text) ? null : `“${text}” is no ${JSON.stringify(type)}`
}

/**
 * What of a table and its metadata breaks the rules, a line each.
 * @param csv the table, as it is sent with no more said of it than `text/csv`: a line of titles, commas, `"` doubled.
 */
export function brokenRules(metadata: unknown, csv: string): string[] {
  const parsed = tableSchema.safeParse(metadata)
  if (!parsed.success) return parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`)
  const { columns } = parsed.data.tableSchema
  const found = [parsed.data, ...columns].flatMap((of) => {
    const { error } = notes.safeParse(others(of))
    return (error?.issues ?? []).map((i) => `${i.path.join('.')}: ${i.message}`)
  })
  const names = columns.map((c) => c.name)
  if (new Set(names).size < names.length) found.push('Two columns have one name.')
  const [titles = [], ...rows]: string[][] = parse(csv, { relax_column_count: true })
  if (titles.join('\n') !== columns.map((c) => c.titles).join('\n'))
    found.push(`The titles are ${titles.join(', ')}.`)
  for (const [at, row] of rows.entries()) {
    if (row.length !== columns.length) found.push(`Row ${at + 2} has ${row.length} cells.`)
    for (const [i, column] of columns.entries()) {
      const wrong = wrongCell(column, row[i] ?? '')
      if (wrong !== null) found.push(`Row ${at + 2}, ${column.name}: ${wrong}.`)
    }
  }
  return found
}
