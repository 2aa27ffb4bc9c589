import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Change, ChangesQuery } from '../comparison/release-page.ts'
import { csvCell } from './csv.ts'
import type { PageContext } from './pages/context.ts'
import type { Query } from './query.ts'

const header = [
  'code',
  'kind',
  'name',
  'indicator',
  'group',
  'period',
  'before_status',
  'before',
  'after_status',
  'after',
]

const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`

const cellsOf = (c: Change) => [
  c.subject,
  c.kind,
  c.name,
  c.indicator,
  c.breakdown,
  c.period,
  c.beforeStatus,
  c.before,
  c.afterStatus,
  c.after,
]

async function* csvParts(changes: AsyncIterable<readonly Change[]>): AsyncGenerator<string> {
  yield csvLine(header)
  for await (const some of changes) yield some.map((c) => csvLine(cellsOf(c))).join('')
}

async function* jsonParts(
  head: Readonly<Record<string, unknown>>,
  changes: AsyncIterable<readonly Change[]>,
): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"changes":[`
  let between = ''
  for await (const some of changes) {
    yield between + some.map((c) => JSON.stringify(c)).join(',')
    between = ','
  }
  yield ']}'
}

/**
 * Every figure that a correction changed, narrowed as its page is, by figure: as it is read, since there may be
 * a hundred thousand. Where reading fails the connection ends, so that no half looks whole.
 */
export async function changesFile(
  ending: 'csv' | 'json',
  code: string,
  { q, indicator }: Query,
  { reader, state }: PageContext,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query: ChangesQuery = { ...(q ? { q } : {}), ...(indicator ? { indicator } : {}) }
  const id = /^\d{1,9}$/.test(code) ? Number(code) : null
  const found =
    id === null
      ? null
      : await reader.changes(state, id, { ...query, order: 'figure', page: 1, size: 1 })
  if (!found || found.release.supersedes === null) {
    reply.callNotFound()
    return reply
  }
  const { total, release } = found
  const all = reader.allChanges(state, release.id, query)
  reply.header('cache-control', 'no-cache')
  if (ending === 'json') {
    const parts = jsonParts(
      { release: release.id, takesThePlaceOf: release.supersedes, total },
      all,
    )
    return reply.type('application/json; charset=utf-8').send(Readable.from(parts))
  }
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="release-${release.id}-changes.csv"`)
    .send(Readable.from(csvParts(all)))
}
