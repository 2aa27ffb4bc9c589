import type { FastifyReply } from 'fastify'
import { csvLines } from './csv.ts'
import type { PageContext } from './pages/context.ts'
import { indicatorQuery, type Query } from './query.ts'
import { word } from './words.ts'

/** An indicator's whole table as CSV, filtered and sorted as its page is. */
export async function tableCsv(code: string, q: Query, context: PageContext, reply: FastifyReply) {
  const page = await context.reader.indicatorPage(
    context.state,
    code,
    indicatorQuery({ ...q, page: 1 }, 500),
  )
  if (!page) return reply.callNotFound()
  const rows = [...page.rows]
  for (let n = 2; rows.length < page.total; n += 1) {
    const more = await context.reader.indicatorPage(
      context.state,
      code,
      indicatorQuery({ ...q, page: n }, 500),
    )
    if (!more || more.rows.length === 0) break
    rows.push(...more.rows)
  }
  const header = [
    'code',
    'name',
    'area',
    'period',
    'group',
    'status',
    'value',
    'lower95',
    'upper95',
    'lower998',
    'upper998',
    'method',
    'numerator',
    'denominator',
    'difference',
    'release',
    'closed',
    'apart',
    'note',
    'comparedWithWhole',
  ]
  const { period, breakdown } = page.summary
  const indicator = context.indicators.get(code)
  const lines = rows.map((r) => [
    r.code,
    r.name,
    r.area,
    period,
    breakdown,
    r.status,
    r.value,
    r.limits?.lower95 ?? null,
    r.limits?.upper95 ?? null,
    r.limits?.lower998 ?? null,
    r.limits?.upper998 ?? null,
    r.limits?.method ?? null,
    r.numerator,
    r.denominator,
    r.direction,
    r.release,
    r.closed ? 'closed' : '',
    r.apart,
    r.note,
    indicator === undefined || r.direction === null ? null : word(indicator, r.direction).word,
  ])
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${code}.csv"`)
    .send(csvLines(header, lines))
}
