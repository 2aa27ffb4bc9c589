import { z } from 'zod'
import type { ReleaseRow } from '../../../comparison/figures.ts'
import { statuses } from '../../../evidence/descriptor.ts'
import { filters, page } from '../list.ts'
import { type Call, list, one, oneOf, word } from '../operation.ts'
import { known, knownService } from './known.ts'

const states = ['published', 'superseded', 'withdrawn'] as const

const line = {
  id: z.int().describe('Its number: observations name it as `release`.'),
  dataset: z.string().describe('The code of what it is a release of: corrections have the same.'),
  title: z.string().describe('What the dataset is called.'),
  publisher: z.string().describe('Who published the file.'),
  source: z.string().describe('The address of the file or of the page that tells of it.'),
  licence: z.string().describe('Under which licence its figures may be used.'),
  period: z.string().describe('Of which period its figures are.'),
  part: z
    .string()
    .nullable()
    .describe('Which part of a dataset that comes in several; null for the whole.'),
  service: z
    .string()
    .nullable()
    .describe('The code of its service; null where it is of places or of several.'),
  status: z
    .enum(states)
    .describe(
      'published: it counts. superseded: a correction took its place. withdrawn: it was taken back.',
    ),
  fileName: z.string().describe('What the file was called.'),
  sha256: z.string().meta({
    description:
      'Of the file that it was read from; withheld where its small counts are hidden or rounded.',
  }),
  bytes: z.number().meta({
    description:
      'The size of that file; where its small counts are hidden or rounded, rounded up to the next 10,000.',
  }),
  rowsRead: z.int().describe('Rows of the file.'),
  rowsAccepted: z.int().describe('Rows that were taken.'),
  rowsRefused: z.int().describe('Rows that were refused: `checks` of one release says why.'),
  publishedOn: z.string().nullable().meta({ description: 'When its source published it.' }),
  publishedAt: z.string().nullable().meta({ description: 'When it was published here.' }),
  supersedes: z
    .int()
    .nullable()
    .describe('The release whose place it took; null where it is the first.'),
  supersededBy: z
    .int()
    .nullable()
    .describe('The release that took its place; null while it counts.'),
  reason: z.string().describe('Why it was published.'),
  endReason: z.string().nullable().describe('Why it counts no more; null while it does.'),
  page: z.string().describe('Where its page is, on the same site.'),
}
const item = z.strictObject(line)

const lineOf = (r: ReleaseRow) => ({
  id: r.id,
  dataset: r.dataset,
  title: r.title,
  publisher: r.publisher,
  source: r.source,
  licence: r.licence,
  period: r.period,
  part: r.part,
  service: r.service,
  status: r.status === 'draft' ? ('published' as const) : r.status,
  fileName: r.fileName,
  sha256: r.sha256,
  bytes: Number(r.bytes),
  rowsRead: r.rowsRead,
  rowsAccepted: r.rowsAccepted,
  rowsRefused: r.rowsRefused,
  publishedOn: r.publishedOn,
  publishedAt: r.publishedAt,
  supersedes: r.supersedes,
  supersededBy: r.supersededBy,
  reason: r.reason,
  endReason: r.endReason,
  page: `/releases/${r.id}`,
})

const all = async ({ reader, state }: Call) =>
  (await reader.releases(state, { limit: 100_000 })).filter((r) => r.status !== 'draft')

export const releases = list({
  id: 'listReleases',
  path: '/releases',
  topic: 'releases',
  summary: 'What was published, corrected and withdrawn',
  description: 'Every release, newest first, with the checksum of its file and what was refused.',
  filters: {
    service: word('The code of a service.'),
    dataset: word('The code of a dataset.'),
    state: oneOf(states, 'Current, replaced by a correction, or withdrawn.'),
  },
  item,
  sorts: {
    id: (r) => r.id,
    dataset: (r) => r.dataset,
    title: (r) => r.title,
    period: (r) => r.period,
    publishedAt: (r) => r.publishedAt,
    publishedOn: (r) => r.publishedOn,
  },
  example: (s) => `/releases?service=${s.service}&limit=3`,
  async find(call, { service, dataset, state }, asked) {
    const rows = (await all(call)).map(lineOf)
    known('dataset', dataset, () => [...new Set(rows.map((r) => r.dataset))].sort())
    return page(
      rows,
      filters({
        service: [knownService(call, service), (r) => r.service === service],
        dataset: [dataset, (r) => r.dataset === dataset],
        state: [state, (r) => r.status === state],
      }),
      asked,
      asked.sort,
    )
  },
})

const check = z.strictObject({
  rule: z.string().describe('The code of a rule that rows broke.'),
  severity: z
    .enum(['refuse', 'warn', 'note'])
    .describe('refuse: the row was not taken. warn and note: it was, and somebody should know.'),
  count: z.int().describe('How many cells broke it.'),
  sentence: z.string().describe('What is wrong, in words.'),
})

const changeStatus = z
  .enum([...statuses, 'absent'])
  .nullable()
  .meta({
    description:
      'Whether there was a value, or why there was none; `absent` where the file had nothing of it. Null of corrections that were published before statuses were kept.',
  })

export const release = one({
  id: 'getRelease',
  path: '/releases/{code}',
  topic: 'releases',
  summary: 'One release',
  description:
    'A release by its number, with its checks and the figures that it changed of the one whose place it took.',
  item: z.strictObject({
    ...line,
    indicators: z.array(z.string()).describe('Codes of the indicators of which it has figures.'),
    checks: z.array(check).describe('What the checks found, rule by rule.'),
    changes: z
      .array(
        z.strictObject({
          subject: z.string().describe('The code of the provider or place.'),
          kind: z.enum(['provider', 'place']).describe('Whether it is a provider or a place.'),
          name: z.string().describe('What it is called.'),
          indicator: z.string().describe('The code of the indicator.'),
          breakdown: z.string().describe('As `group` of /observations: empty for everyone.'),
          period: z
            .string()
            .describe('Such as 2022-23, 2024 or 2024-03, as the indicator names its periods.'),
          before: z
            .number()
            .nullable()
            .describe('The value that stood before; null where there was none.'),
          beforeStatus: changeStatus,
          after: z.number().nullable().describe('The value since then; null where there is none.'),
          afterStatus: changeStatus,
        }),
      )
      .meta({
        description:
          'What this release itself changed, never what a later one did (that stands with `supersededBy`). The first 100; all of them are at `/releases/{code}/changes.json` and `.csv`, beside the pages.',
      }),
    changeCount: z.int().describe('How many figures it changed in all.'),
  }),
  example: (s) => `/releases/${s.release}`,
  async find({ reader, state }, code) {
    const found = /^\d{1,9}$/.test(code) ? await reader.release(state, Number(code)) : null
    if (!found || found.release.status === 'draft') return null
    return {
      ...lineOf(found.release),
      indicators: [...found.indicators],
      checks: found.checks.map(({ rule, severity, count, sentence }) => ({
        rule,
        severity,
        count,
        sentence,
      })),
      changes: [...found.changes],
      changeCount: found.changeCount,
    }
  },
})
