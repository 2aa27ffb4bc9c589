import { z } from 'zod'
import { disclosureSchema } from '../disclosure/declaration.ts'
import { indicatorSchema } from './indicator.ts'

/**
 * A source descriptor says, as data, how one kind of published file becomes providers, places and
 * observations. The field part is Frictionless Table Schema (specs.frictionlessdata.io/table-schema).
 *
 * Text in braces is a template over a row's columns: `{LA (code)}/{EstablishmentNumber}`; with an @,
 * over the named groups of the file's name: `fingertips-{@indicator}`.
 */

/** Rows to which a clause applies: every named column must hold one of the values. */
const condition = z.record(z.string(), z.array(z.string()))

const pattern = z.string().refine(isPattern, 'is no regular expression')

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp
  } catch {
    return false
  }
}

const constraints = z
  .strictObject({
    required: z.boolean().optional(),
    unique: z.boolean().optional(),
    minimum: z.union([z.number(), z.string()]).optional(),
    maximum: z.union([z.number(), z.string()]).optional(),
    pattern: pattern.optional(),
    enum: z.array(z.string()).optional(),
    minLength: z.int().optional(),
    maxLength: z.int().optional(),
  })
  .default({})

/** What kind of cells a column holds. */
const kind = {
  type: z
    .enum(['string', 'integer', 'number', 'date', 'year', 'yearmonth', 'boolean'])
    .default('string'),
  /** Dates: default `YYYY-MM-DD`, or `DD/MM/YYYY`, `DD-MM-YYYY`. Numbers: `percent` allows a % sign. */
  format: z.string().optional(),
  /** What stands in its numbers for the point, a point if not said: with `,` they are like 12,5 and 1.062,5. */
  decimalChar: z.enum(['.', ',']).optional(),
}

const field = z.strictObject({
  name: z.string(),
  /** Other headers that the same field has had in other years. */
  aliases: z.array(z.string()).optional(),
  ...kind,
  title: z.string().optional(),
  description: z.string().optional(),
  /** The file is still of this kind when the column is not there (other years had it). */
  optional: z.boolean().default(false),
  constraints,
})
export type Field = z.infer<typeof field>

/**
 * What every column of a family promises (`P.*`: percentages), where a file has too many to name each.
 * `columns` is held against the whole header. It counts for columns that no field names and no figure
 * is read from; the first family that fits is taken.
 */
const family = z.strictObject({ columns: pattern, ...kind, constraints })

export const periodKinds = [
  'financial-year',
  'school-year',
  'year',
  'quarter',
  'month',
  'day',
] as const
/**
 * `name`: a named group of `match.name`. `column`: a column of each row. `fixed`: the same for all rows and files; where
 * it is `asked`, each file is of another, which whoever hands it in says, and `value` is that of the first.
 */
const period = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('name'), group: z.string(), kind: z.enum(periodKinds) }),
  z.strictObject({ from: z.literal('column'), column: z.string(), kind: z.enum(periodKinds) }),
  z.strictObject({
    from: z.literal('fixed'),
    value: z.string(),
    kind: z.enum(periodKinds),
    asked: z.literal(true).optional(),
  }),
])

/** Who or what a row is about. The first clause whose condition holds is taken. */
const subject = z.strictObject({
  when: condition.optional(),
  kind: z.enum(['provider', 'place']),
  /** Providers only: overrides the descriptor's service. */
  service: z.string().optional(),
  /** Template of the code, e.g. `{Practice Code}`; `England` rows may name a constant: `E92000001`. */
  code: z.string(),
  /** `code`: the code is the lasting one. Otherwise it is looked up among aliases (`dfe`, `dfe-la`). */
  scheme: z.string().default('code'),
  /** Places only: country, region, county, district, icb, sub-icb, pcn, ward, lsoa ... A template. */
  level: z.string().optional(),
  /** What to do with a code not seen before: add it, or refuse the row. */
  unknown: z.enum(['register', 'refuse']).default('register'),
  name: z.string().optional(),
  /** Higher wins when two releases describe the same subject; a register is 100. */
  authority: z.int().default(10),
  postcode: z.string().optional(),
  address: z.array(z.string()).optional(),
  town: z.string().optional(),
  type: z.string().optional(),
  status: z.string().optional(),
  easting: z.string().optional(),
  northing: z.string().optional(),
  /** Where it lies, from the smallest to the largest. `scheme` as above. */
  parents: z
    .array(
      z.strictObject({
        level: z.string(),
        code: z.string(),
        /** The code is what the first group of this finds in `code`; nothing found, no parent. */
        pattern: pattern.optional(),
        scheme: z.string().default('code'),
        /** A place not known by the scheme: register its code as the lasting one, or leave it out. */
        unknown: z.enum(['register', 'leave']).optional(),
        name: z.string().optional(),
      }),
    )
    .default([]),
  /** A column that lists the codes of the places within this one, split by `split`. */
  children: z.strictObject({ column: z.string(), split: z.string() }).optional(),
  /** Other names by which files look it up; `pattern` as above. */
  aliases: z
    .array(
      z.strictObject({
        scheme: z.string(),
        value: z.string(),
        pattern: pattern.optional(),
        when: condition.optional(),
      }),
    )
    .default([]),
  /** Who came after it, by their lasting codes: each that the first group of `pattern` finds in `value`. */
  successor: z.strictObject({ value: z.string(), pattern: pattern.optional() }).optional(),
  /** Other things worth knowing: rurality, phase, contract. Name to template. */
  facts: z.record(z.string(), z.string()).default({}),
})
export type SubjectClause = z.infer<typeof subject>

/**
 * Which columns are which indicator. Where a file repeats the same columns for groups of people,
 * `groups` gives, for each text that replaces `{g}` in the columns, the breakdown it stands for:
 * `{"": {}, "_B": {"sex": "boys"}}` with `value: "READPROG{g}"`.
 */
const observation = z.strictObject({
  when: condition.optional(),
  /** A code, or a template for files that name their own indicator: `fingertips-{Indicator ID}`. */
  indicator: z.string(),
  value: z.string(),
  lower95: z.string().optional(),
  upper95: z.string().optional(),
  lower998: z.string().optional(),
  upper998: z.string().optional(),
  numerator: z.string().optional(),
  /** A column; with `groups` it may hold `{g}` or be given for each group in `denominators`. */
  denominator: z.string().optional(),
  denominators: z.record(z.string(), z.string()).optional(),
  groups: z.record(z.string(), z.record(z.string(), z.string())).default({ '': {} }),
  /** Breakdown dimensions taken from the row: name to template. Empty values are left out. */
  breakdown: z.record(z.string(), z.string()).default({}),
  /** A column that holds the whole group as Plumbline writes it: `sex=boys;year=6`, '' for everyone. */
  breakdownColumn: z.string().optional(),
  /** Values of `breakdown` that mean "everyone" and so are left out. */
  everyone: z.record(z.string(), z.array(z.string())).default({}),
  /** Ratings: the source's word to the value. */
  values: z.record(z.string(), z.number()).optional(),
  /** Published values were rounded to this step before publication (1 for whole percentages). */
  roundedTo: z.number().positive().optional(),
  /** Published counts were rounded to multiples of this, and the value follows from them. */
  countsRoundedTo: z.int().min(2).max(1000).optional(),
  /**
   * Where the source leaves out a part: `count-from-percentage` gives the numerator as value x
   * denominator / scale; `ratio` reads `value` as the numerator and shows scale x it / denominator.
   */
  derive: z.enum(['count-from-percentage', 'ratio']).optional(),
  /**
   * Rows for which the figure means nothing although the source gives a number: pounds a patient of
   * a practice that has none. Numbers are named as the file writes them.
   */
  notApplicable: condition.optional(),
  /** A column that says in our words (`statuses`) whether there is a value, or why there is none. */
  status: z.string().optional(),
  /** A column whose text is kept beside the figure. */
  note: z.string().optional(),
})
export type ObservationClause = z.infer<typeof observation>

export const statuses = ['value', 'suppressed', 'missing', 'not-applicable', 'unreliable'] as const
export type Status = (typeof statuses)[number]

/** Sums that the file itself promises: `parts` add up to `total` within `tolerance`. */
const total = z.strictObject({
  total: z.string(),
  parts: z.array(z.string()),
  tolerance: z.number().default(0.5),
  when: condition.optional(),
  /** Refuse the row, or accept it and report it. */
  severity: z.enum(['refuse', 'warn']).default('warn'),
})

export const descriptorSchema = z.strictObject({
  $schema: z.string().optional(),
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string(),
  publisher: z.string(),
  source: z.url(),
  licence: z.string(),
  publishedOn: z.iso.date().optional(),
  /** Its figures are made up, as those of the example area are: they never stand beside real ones. */
  invented: z.boolean().default(false),
  /**
   * Known figures to hold others against, of other countries or other years. They stand beside real and
   * invented ones alike: they displace neither, and neither displaces them.
   */
  yardstick: z.boolean().default(false),
  /** Releases of one dataset follow one another; several descriptors may feed one dataset. */
  dataset: z.string(),
  service: z.string().nullable(),
  /** `table` holds rows; `boundaries` is GeoJSON; `reference` explains other files, adds no figures. */
  kind: z.enum(['table', 'boundaries', 'reference']).default('table'),
  /** Registers come first: files are read in this order. */
  order: z.int().default(50),
  match: z.strictObject({
    /** Regular expression on the file's name; named groups serve `period` and `part`. */
    name: pattern,
    /** Columns that must all be there. */
    columns: z.array(z.string()).default([]),
  }),
  encoding: z.enum(['utf-8', 'windows-1252']).default('utf-8'),
  delimiter: z.string().length(1).default(','),
  /** The line that names the columns, where others stand above it: a title, or where the figures come from. */
  headerLine: z.int().min(1).max(1000).optional(),
  /** Text that a spreadsheet would run has an apostrophe in front, which is not part of it. */
  guarded: z.boolean().optional(),
  missingValues: z.array(z.string()).default(['']),
  /** Codes that stand where a value would: what each means. */
  codes: z.record(z.string(), z.enum(statuses)).default({}),
  fields: z.array(field),
  families: z.array(family).default([]),
  /** Rows about nobody that the loop could use (a total without a code): kept out, and reported. */
  setAside: z.array(z.strictObject({ when: condition, reason: z.string() })).default([]),
  /** The last column holds delimiters without quotes: cells past the header belong to it. */
  longRows: z.boolean().default(false),
  /** Rows with fewer cells than the header: true reads the rest as missing, false refuses the row. */
  shortRows: z.boolean().default(false),
  /** A subject, period and group that stand twice: refuse the row, or take the later and report it. */
  onRepeat: z.enum(['refuse', 'keep-later']).default('refuse'),
  /** Columns not named in `fields` are read as text and kept out of checks. */
  period: period,
  /** What distinguishes files of the same period, e.g. one for each authority. A group of `match.name`. */
  part: z.string().optional(),
  /** `period`: a file is one period of the dataset. `history`: each file brings all periods anew. */
  covers: z.enum(['period', 'history']).default('period'),
  subjects: z.array(subject).min(1),
  observations: z.array(observation).default([]),
  totals: z.array(total).default([]),
  /** GeoJSON only: which properties are code and name, and the level of the places. */
  boundaries: z.strictObject({ code: z.string(), name: z.string(), level: z.string() }).optional(),
  notes: z.array(z.string()).default([]),
  /** Which of its counts are too small to be shown: what is hidden is chosen and attacked at publish. */
  disclosure: disclosureSchema.optional(),
  /** Indicators that only this file has, where they are not in a service's list. */
  indicators: z.array(indicatorSchema).default([]),
})
export type Descriptor = z.infer<typeof descriptorSchema>
