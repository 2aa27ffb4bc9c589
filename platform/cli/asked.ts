import { parseArgs } from 'node:util'
import { z } from 'zod'

const flags = {
  accept: { type: 'string' },
  reason: { type: 'string' },
  by: { type: 'string' },
  draft: { type: 'boolean' },
  report: { type: 'string' },
  out: { type: 'string' },
  columns: { type: 'boolean' },
  paper: { type: 'boolean' },
  name: { type: 'string' },
  'header-line': { type: 'string' },
  as: { type: 'string' },
  period: { type: 'string' },
  role: { type: 'string' },
  changes: { type: 'boolean' },
  after: { type: 'string' },
  unnamed: { type: 'boolean' },
} as const

export const reportForms = ['text', 'json', 'html'] as const
export type ReportForm = (typeof reportForms)[number]

/** What the user typed after a verb. */
export interface Asked {
  readonly positionals: readonly string[]
  /** How many refused rows are taken. */
  readonly accept: number
  readonly reason: string | undefined
  readonly by: string
  readonly draft: boolean
  readonly report: ReportForm
  /** The file that takes the report or the draft; undefined for the terminal. */
  readonly out: string | undefined
  /** Whether a report names the columns in its text. */
  readonly columns: boolean
  /** `import`: the paper's own figures, which ship with Plumbline. */
  readonly paper: boolean
  /** `describe`: a regular expression on the file's name. */
  readonly name: string | undefined
  /** `describe`: the line that names the columns; undefined for the first. */
  readonly headerLine: number | undefined
  /** The descriptor by which files are read, whatever others fit. */
  readonly as: string | undefined
  /** When the files are of, where files of their kind do not say it. */
  readonly period: string | undefined
  /** Whose act a publication is on the record, such as "publisher". */
  readonly role: string | undefined
  /** `check`: whether what is published is held against the files. */
  readonly changes: boolean
  /** `publish`: the last publication that whoever asks has seen; undefined where any will do. */
  readonly after: number | undefined
  /** Whether what is said of small counts names no figure: for whoever may not know which are small. */
  readonly unnamed: boolean
}

const asked = z.object({
  accept: z
    .string()
    .regex(/^\d{1,9}$/, '--accept takes how many refused rows you accept, such as --accept 3.')
    .default('0')
    .transform(Number),
  after: z
    .string()
    .regex(/^\d{1,9}$/, '--after takes the number of a publication, such as --after 12.')
    .transform(Number)
    .optional(),
  'header-line': z
    .string()
    .regex(
      /^[1-9]\d{0,2}$/,
      '--header-line takes the line that names the columns, such as --header-line 3.',
    )
    .transform(Number)
    .optional(),
  report: z.enum(reportForms, { error: '--report takes text, json or html.' }).default('text'),
})

/**
 * Reads the words after a verb. `--report` alone means JSON, as it did before it took a form.
 * Throws an error with a sentence for words that nobody knows.
 * @example readAsked(['--accept', '3', 'a.csv']).accept // 3
 */
export function readAsked(args: readonly string[]): Asked {
  const forms: readonly (string | undefined)[] = reportForms
  const words = args.flatMap((word, i) =>
    word === '--report' && !forms.includes(args[i + 1]) ? ['--report=json'] : [word],
  )
  const { values, positionals } = parseArgs({ args: words, options: flags, allowPositionals: true })
  const { data, error } = asked.safeParse(values)
  if (!data) throw new Error(error.issues[0]?.message)
  return {
    positionals,
    accept: data.accept,
    report: data.report,
    after: data.after,
    headerLine: data['header-line'],
    reason: values.reason,
    by: values.by ?? 'the operator',
    draft: values.draft === true,
    out: values.out,
    columns: values.columns === true,
    paper: values.paper === true,
    name: values.name,
    as: values.as,
    period: values.period,
    role: values.role,
    changes: values.changes === true,
    unnamed: values.unnamed === true,
  }
}
