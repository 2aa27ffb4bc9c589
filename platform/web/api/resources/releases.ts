import { z } from 'zod'
import type { ReleaseRow } from '../../../comparison/figures.ts'
import { statuses } from '../../../evidence/descriptor.ts'
import { filters, page } from '../list.ts'
import { type Call, list, one, oneOf, word } from '../operation.ts'
import { known, knownService } from './known.ts'

const states = ['published', 'superseded', 'withdrawn'] as const

const line = {
  id: z.int(),
  dataset: z.string(),
  title: z.string(),
  publisher: z.string(),
  source: z.string(),
  licence: z.string(),
  period: z.string(),
  part: z.string().nullable(),
  service: z.string().nullable(),
  status: z.enum(states),
  fileName: z.string(),
  sha256: z.string().meta({
    description:
      'Of the file that it was read from; withheld where its small counts are hidden or rounded.',
  }),
  bytes: z.number().meta({
    description:
      'The size of that file; where its small counts are hidden or rounded, rounded up to the next 10,000.',
  }),
  rowsRead: z.int(),
  rowsAccepted: z.int(),
  rowsRefused: z.int(),
  publishedOn: z.string().nullable().meta({ description: 'When its source published it.' }),
  publishedAt: z.string().nullable().meta({ description: 'When it was published here.' }),
  supersedes: z.int().nullable(),
  supersededBy: z.int().nullable(),
  reason: z.string(),
  endReason: z.string().nullable(),
  page: z.string(),
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
  rule: z.string(),
  severity: z.enum(['refuse', 'warn', 'note']),
  count: z.int(),
  sentence: z.string(),
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
    indicators: z.array(z.string()),
    checks: z.array(check),
    changes: z
      .array(
        z.strictObject({
          subject: z.string(),
          kind: z.enum(['provider', 'place']),
          name: z.string(),
          indicator: z.string(),
          breakdown: z.string(),
          period: z.string(),
          before: z.number().nullable(),
          beforeStatus: changeStatus,
          after: z.number().nullable(),
          afterStatus: changeStatus,
        }),
      )
      .meta({
        description:
          'What this release itself changed, never what a later one did (that stands with `supersededBy`). The first 100; all of them are at `/releases/{code}/changes.json` and `.csv`, beside the pages.',
      }),
    changeCount: z.int(),
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
