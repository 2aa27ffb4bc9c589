import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportedFile } from './imported.ts'

const count = z.int().min(0)

const rule = z.strictObject({
  /** `duplicate`, `percentage`, `limits`, `total`, `unknown` ...: docs/checks.md lists them. */
  rule: z.string(),
  /** `refuse`: the row is not taken. `warn` and `note`: it is, and somebody should know. */
  severity: z.enum(['refuse', 'warn', 'note']),
  count,
  sentence: z.string(),
  /** The first twenty cells that broke it; 1 is the header's line. */
  examples: z.array(
    z.strictObject({
      line: count,
      column: z.string().nullable(),
      value: z.string().nullable(),
      /** Where it says more of this cell than the rule's sentence. */
      sentence: z.string().optional(),
    }),
  ),
})

export const reportFile = z.strictObject({
  file: z.string(),
  path: z.string(),
  /** `draft`: taken, or would be. `same`: published already. `skipped`: of no known kind. */
  outcome: z.enum(['draft', 'same', 'refused', 'skipped']),
  /** Why a file was not taken; of one that was, which unpublished draft of the same bytes it replaces, or null. */
  sentence: z.string().nullable(),
  release: z.int().nullable(),
  /** Null where the file could not be read by any descriptor. */
  read: z
    .strictObject({
      descriptor: z.string(),
      period: z.string().nullable(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: count,
      /** Always rowsAccepted + rowsRefused. */
      rowsRead: count,
      rowsAccepted: count,
      rowsRefused: count,
      observations: count,
      /**
       * The headers of the columns by what became of them; null for boundaries. `descriptions` say
       * whom a figure is about, when and of which group; `checked` ones were checked and no more.
       */
      columns: z
        .strictObject({
          figures: z.array(z.string()),
          descriptions: z.array(z.string()),
          checked: z.array(z.string()),
          ignored: z.array(z.string()),
        })
        .nullable(),
      rules: z.array(rule),
    })
    .nullable(),
  /** Where `check --changes` asked: how many figures differ from what is published. */
  changes: z
    .strictObject({
      supersedes: z.int().nullable(),
      same: count,
      /** Of the same, those that the source keeps back in both. */
      suppressed: count,
      changed: count,
      /** Of the changed, those that have a value there and none in the file. */
      withoutValue: count,
      added: count,
      gone: count,
      /** Those that the release hides, keeps back or rounds, since few people are behind some: not compared. */
      hidden: count,
    })
    .optional(),
  /** A check of a file whose small counts are hidden: what would come of it, in counts alone. */
  disclosure: z
    .strictObject({
      safe: z.boolean(),
      figures: count,
      /** Null where it could not be made safe. */
      hidden: count.nullable(),
      /** Counts that could be worked out, whatever is hidden. */
      leaks: count,
      /** To what all counts would be rounded; null where small ones are hidden instead. */
      roundedTo: count.nullable(),
    })
    .optional(),
})

/** What `--report json` prints, for programs. `version` grows when a member changes its meaning. */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  /** False when any file was refused: then nothing is imported. */
  accepted: z.boolean(),
  files: z.array(reportFile),
  total: z.strictObject({
    files: count,
    rowsRead: count,
    rowsAccepted: count,
    rowsRefused: count,
    observations: count,
  }),
})
export type Report = z.infer<typeof reportSchema>

/** The report of a check or an import, in the one shape that is documented. */
export function makeReport(files: readonly ImportedFile[]): Report {
  const sum = (of: 'rowsRead' | 'rowsAccepted' | 'rowsRefused' | 'observations'): number =>
    files.reduce((total, f) => total + (f.report?.[of] ?? 0), 0)
  return {
    version: 1,
    accepted: files.every((f) => f.outcome !== 'refused'),
    files: files.map(({ path, outcome, sentence, release, report, changes, disclosure }) => {
      const read = report === null ? null : readPart(report)
      return {
        ...{ file: basename(path), path, outcome, sentence, release, read },
        ...(changes && { changes: { ...changes } }),
        ...(disclosure && { disclosure: { ...disclosure } }),
      }
    }),
    total: {
      files: files.length,
      rowsRead: sum('rowsRead'),
      rowsAccepted: sum('rowsAccepted'),
      rowsRefused: sum('rowsRefused'),
      observations: sum('observations'),
    },
  }
}

type Read = NonNullable<Report['files'][number]['read']>

function readPart(report: NonNullable<ImportedFile['report']>): Read {
  const { file: _, rules, columns, ...read } = report
  return {
    ...read,
    columns: columns && {
      figures: [...columns.figures],
      descriptions: [...columns.descriptions],
      checked: [...columns.checked],
      ignored: [...columns.ignored],
    },
    rules: rules.map((r) => ({ ...r, examples: r.examples.map((e) => ({ ...e })) })),
  }
}
