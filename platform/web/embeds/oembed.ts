import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Problem, problem } from '../api/problem.ts'
import { goneProblem } from '../gone.ts'
import { forAll } from '../guard.ts'
import type { PageContext } from '../pages/context.ts'
import { type Query, query, text, wholeNumber } from '../query.ts'
import { decoded, findEmbed } from './routes.ts'
import { snippetOf, usualWidth } from './snippet.ts'

const pixels = wholeNumber(10_000).optional()

const askedSchema = z.object({
  url: z.string().max(3000),
  maxwidth: pixels,
  maxheight: pixels,
  format: z.string().optional(),
})

/**
 * What is embedded for the address of a page, below `/embed`: a provider's card, the figure that the
 * address leads to (`#smoking`), a measure, its map (`#map`), a comparison, or the embed itself.
 */
export function embedOf({ pathname, search, hash }: URL): string {
  const [, kind, code, ...rest] = pathname.split('/')
  if (kind === 'embed') return `${pathname.slice('/embed'.length)}${search}`
  const isSubject = (kind === 'providers' || kind === 'places') && rest.length === 0
  if (isSubject && hash.length > 1) return `/${kind}/${code}/indicators/${hash.slice(1)}`
  if (kind === 'providers' && rest.length === 0) return `/providers/${code}/card`
  const isMap = kind === 'indicators' && rest.length === 0 && hash === '#map'
  return `${pathname}${isMap ? '/map' : ''}${search}`
}

/** What is said of a provider or place that stood at an address and is listed no more; null for all else. */
async function endedAt(url: URL, { reader, state }: PageContext): Promise<Problem | null> {
  const [, kind, code = ''] = embedOf(url).split('/')
  if (kind !== 'providers' && kind !== 'places') return null
  const named = text.safeParse(decoded(code))
  const ended = named.success ? await reader.ended(state, named.data) : null
  return ended && goneProblem(code, ended)
}

/**
 * oEmbed 1.0 (https://oembed.com): programs that are given an address of ours ask here for its frame.
 * @param contextOf what a page is made from, in the state that the address asks for.
 */
export function addOembed(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest, q: Query) => Promise<PageContext>,
): void {
  const refuse = (reply: FastifyReply, status: number, detail: string): FastifyReply => {
    const kind = status === 404 ? 'nothing-here' : 'unreadable-request'
    return reply
      .code(status)
      .type('application/problem+json; charset=utf-8')
      .send(problem(kind, status, detail))
  }
  app.get('/oembed', forAll, async (request, reply) => {
    reply.header('access-control-allow-origin', '*').header('cache-control', 'no-cache')
    const asked = askedSchema.safeParse(request.query)
    if (!asked.success) {
      const detail =
        'Ask with url=, the address of a page of ours; maxwidth and maxheight in pixels.'
      return refuse(reply, 400, detail)
    }
    const { url: address, maxwidth, maxheight, format = 'json' } = asked.data
    if (format !== 'json') return refuse(reply, 501, 'Only format=json is spoken here.')
    const now = await contextOf(request, {})
    const url = URL.parse(address, now.home)
    if (!url || url.host !== new URL(now.home).host) {
      return refuse(reply, 404, 'This is not an address of ours.')
    }
    const asOf = query.shape['as-of'].safeParse(url.searchParams.get('as-of') ?? undefined)
    if (!asOf.success) return refuse(reply, 404, 'The address names no date that can be.')
    const context = asOf.data === undefined ? now : await contextOf(request, { 'as-of': asOf.data })
    const found = await findEmbed(embedOf(url), context)
    if (!found) {
      const ended = await endedAt(url, context)
      if (!ended) return refuse(reply, 404, 'Nothing at this address can be embedded.')
      return reply.code(410).type('application/problem+json; charset=utf-8').send(ended)
    }
    const snippet = snippetOf(found, context)
    const width = Math.min(usualWidth, maxwidth ?? usualWidth)
    const height = Math.min(snippet.height, maxheight ?? snippet.height)
    return reply.type('application/json; charset=utf-8').send({
      version: '1.0',
      type: 'rich',
      title: snippet.name,
      provider_name: 'Plumbline',
      provider_url: now.home,
      html: snippet.iframe(width, height),
      width,
      height,
    })
  })
}
