import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportedFile } from './imported.ts'

const count = z.int().min(0)

const rule = z.strictObject({
  /** docs/checks.md lists them. */
  rule: z.string().describe('The rule’s code: duplicate, percentage, limits, total, unknown ...'),
  severity: z
    .enum(['refuse', 'warn', 'note'])
    .describe('refuse: the row is not taken. warn and note: it is, and somebody should know.'),
  count: count.describe('How many cells broke it.'),
  sentence: z.string().describe('What is wrong, in words.'),
  examples: z
    .array(
      z.strictObject({
        line: count.describe('Of the file; 1 is the header’s.'),
        column: z
          .string()
          .nullable()
          .describe('The column’s header; null where it is of the whole row.'),
        value: z.string().nullable().describe('What stands there.'),
        sentence: z
          .string()
          .optional()
          .describe('Where it says more of this cell than the rule’s sentence.'),
      }),
    )
    .describe('The first twenty cells that broke it.'),
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
      descriptor: z.string().describe('By which descriptor it was read.'),
      period: z.string().nullable().describe('Of which period it is; null where its rows say.'),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .describe('The checksum of the file.'),
      bytes: count.describe('Its size.'),
      rowsRead: count.describe('Always rowsAccepted and rowsRefused together.'),
      rowsAccepted: count.describe('Rows that are taken.'),
      rowsRefused: count.describe('Rows that are refused.'),
      observations: count.describe('Figures that were read from them.'),
      columns: z
        .strictObject({
          figures: z.array(z.string()).describe('Those that hold figures.'),
          descriptions: z
            .array(z.string())
            .describe('Those that say whom a figure is about, when and of which group.'),
          checked: z.array(z.string()).describe('Those that were checked and no more.'),
          ignored: z.array(z.string()).describe('Those that nobody reads.'),
        })
        .nullable()
        .describe('The headers of the columns by what became of them; null for boundaries.'),
      rules: z.array(rule).describe('What is wrong, rule by rule.'),
    })
    .nullable(),
  /** Where `check --changes` asked: how many figures differ from what is published. */
  changes: z
    .strictObject({
      supersedes: z.int().nullable().describe('The release whose place it would take; null: none.'),
      same: count.describe('Figures that stay as they are.'),
      suppressed: count.describe('Of the same, those that the source keeps back in both.'),
      changed: count.describe('Figures that become others.'),
      withoutValue: count.describe(
        'Of the changed, those that have a value there and none in the file.',
      ),
      added: count.describe('Figures that were not there.'),
      gone: count.describe('Figures that the file has no more.'),
      hidden: count.describe(
        'Those that the release hides, keeps back or rounds, since few people are behind some: not compared.',
      ),
    })
    .optional(),
  /** A check of a file whose small counts are hidden: what would come of it, in counts alone. */
  disclosure: z
    .strictObject({
      safe: z.boolean().describe('Whether nobody’s count could be worked out.'),
      figures: count.describe('Figures in all.'),
      hidden: count
        .nullable()
        .describe('Figures that would be hidden; null where it could not be made safe.'),
      leaks: count.describe('Counts that could be worked out, whatever is hidden.'),
      roundedTo: count
        .nullable()
        .describe('To what all counts would be rounded; null where small ones are hidden instead.'),
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
