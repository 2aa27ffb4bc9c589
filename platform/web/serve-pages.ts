import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Reader, State } from '../comparison/reader.ts'
import type { Downloads } from '../downloads/downloads.ts'
import { formOfRefusal } from './api/refusing.ts'
import { changesFile } from './changes-files.ts'
import { isUnchanged } from './conditional.ts'
import { atomText, feedUpdated } from './feed.ts'
import { type FinishedPage, type FinishedPages, pack, packingOf } from './finished-pages.ts'
import { goneAt } from './gone.ts'
import { forAll } from './guard.ts'
import { homeOf, siteOf } from './home-address.ts'
import type { Page, PageContext } from './pages/context.ts'
import { faultOf, type Query, query, text } from './query.ts'
import { BadRequest, type Refuse } from './refusals.ts'
import type { Render } from './render.ts'
import type { Handler, routes } from './routes.ts'
import { tableCsv } from './table-csv.ts'

/** What pages need of the server. */
export interface PagesOptions {
  readonly reader: Reader
  readonly downloads?: Downloads
  readonly address?: string | null
  readonly example: string | null
}

/** What an address asks. @throws BadRequest where it cannot mean anything. */
export function parseQuery(request: FastifyRequest): Query {
  const found = query.safeParse(request.query)
  if (found.success) return found.data
  throw new BadRequest(faultOf(found.error, request.routeOptions.url?.replace(endings, '')))
}

/** What an address ends in where it asks for data or a picture rather than for the page. */
const endings = /\.(json|csv|svg|geojson|atom|pdf)$/

const types: Readonly<Record<string, string>> = {
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  geojson: 'application/geo+json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
}

/** What a page is made from, in the state that is asked for. */
export async function contextOf(
  { reader, downloads, address, example }: PagesOptions,
  request: FastifyRequest,
  q: Query,
): Promise<PageContext> {
  const state = await reader.state(q['as-of'])
  const indicators = await reader.indicators(state)
  const path = (request.url.split('?')[0] ?? '/').replace(endings, '')
  return {
    reader,
    state,
    indicators,
    path,
    site: address ? new URL(address).host : siteOf(request),
    home: homeOf(request, address),
    example: state.invented ? example : null,
    asOf: q['as-of'] ?? null,
    downloads,
  }
}

/** A code in the address without its ending; refused where it holds what cannot be typed. */
function codeOf(code = ''): string {
  if (!text.safeParse(code).success) {
    throw new BadRequest('The address holds characters that cannot be typed.')
  }
  return code.replace(endings, '')
}

/**
 * What a page changes with: what is published, answered, put on the record (each reply is) or erased; on
 * the desk, of corrections and stories, the day, since data and answers become late by its passing; how many files
 * have been made, where their sizes are shown; and jobs with every moment.
 */
function versionOf({ state, path, downloads }: PageContext): string {
  const made = path === '/downloads' ? `.${downloads?.count ?? 0}` : ''
  const today = `.${new Date().toISOString().slice(0, 10)}`
  const day = path === '/desk' || /^\/(corrections|stories)/.test(path) ? today : ''
  const moment = path === '/jobs' ? `.${Date.now()}` : ''
  const { publication, answers, record, checkpoint, erased } = state
  return `${[publication, answers, record, checkpoint, erased].join('.')}${day}${made}${moment}`
}

/** Pages change with the program too: its start is part of their tag. */
const started = Date.now().toString(36)

/** A feed as it is sent, before it is packed. */
type Made = { readonly body: string } & Required<Pick<FinishedPage, 'feed'>>

/** Sets a page of a state. */
export type RenderState = (...of: [...Parameters<Render>, State]) => string

/** Answers some addresses with their pages, their data and their pictures. */
export function addPages(
  app: FastifyInstance,
  of: typeof routes,
  options: PagesOptions,
  pages: FinishedPages,
  refuse: Refuse,
  render: RenderState,
): void {
  const html = (page: Page, context: PageContext): string => {
    const now = `${context.path}?as-of=`
    const values = { path: context.path, asOf: context.asOf, now, ...page.values }
    return render(page.view, values, context.state)
  }
  /** The page in the form that is asked for; null where it has none. */
  const bodyOf = async (
    page: Page,
    ending: string | undefined,
    context: PageContext,
  ): Promise<string | Buffer | null> => {
    if (ending === 'json') return JSON.stringify(page.data)
    if (ending === 'geojson') return page.files?.geojson ?? null
    if (ending === 'svg') return page.files?.svg ?? page.forms?.svg?.() ?? null
    if (ending === 'csv' || ending === 'pdf') return (await page.forms?.[ending]?.()) ?? null
    return html(page, context)
  }
  const feedOf = async (page: Page, home: string): Promise<Made | null> => {
    const feed = await page.forms?.atom?.()
    if (!feed) return null
    const body = atomText(feed, home)
    const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22)
    return { body, feed: { tag: `W/"${hash}"`, updated: feedUpdated(feed) } }
  }
  // An address that ends in a code takes its ending there; the others have an address of their own.
  const withData = of.flatMap(([path, handler]): [string, Handler][] =>
    path === '/' || /:[a-z]+$/.test(path)
      ? [[path, handler]]
      : [
          [path, handler],
          ...['json', 'csv', 'svg', 'atom', 'pdf'].map((e): [string, Handler] => [
            `${path}.${e}`,
            handler,
          ]),
        ],
  )
  for (const [path, handler] of withData) {
    app.get<{ Params: Record<string, string> }>(path, forAll, async (request, reply) => {
      const q = parseQuery(request)
      const code = codeOf(request.params.code)
      const indicator = codeOf(request.params.indicator)
      const ending = endings.exec(request.url.split('?')[0] ?? '')?.[1]
      const context = await contextOf(options, request, q)
      if (ending === 'csv' && path === '/indicators/:code') {
        return tableCsv(code, q, context, reply)
      }
      if ((ending === 'csv' || ending === 'json') && path.startsWith('/releases/:code/changes.')) {
        return changesFile(ending, code, q, context, reply)
      }
      // Weak: the packed page and the plain one are the same page.
      const version = versionOf(context)
      const tag = `W/"${version}-${started}-${ending ?? 'html'}"`
      reply.header('etag', tag).header('cache-control', 'no-cache')
      const packing = packingOf(request.headers['accept-encoding'])
      // What the address asks, without what it only carries (a campaign's tracking, say).
      const isElsewhere = ['pdf', 'svg', 'atom'].includes(ending ?? '') || path === '/embed'
      const printedOn = isElsewhere ? context.home : ''
      const key = [version, packing, printedOn, context.path, ending, JSON.stringify(q)].join(' ')
      let finished = pages.get(key)
      if (!finished) {
        const page = await handler(context, { code, indicator, query: q })
        if (!page) {
          reply.removeHeader('etag')
          const ended = await goneAt(context, code)
          if (ended && (ending === 'json' || formOfRefusal(request) === 'problem')) {
            const found = { ...ended.problem, instance: request.url }
            return reply.code(410).type('application/problem+json; charset=utf-8').send(found)
          }
          if (ended) {
            const { title, sentence, instead } = ended
            return refuse(reply, 410, title, sentence, { instead })
          }
          if (context.asOf === null || context.state.publication > 0) return reply.callNotFound()
          const then = `Nothing had been published by ${context.asOf}.`
          return refuse(reply, 404, 'There was nothing at this address then', then)
        }
        const made =
          ending === 'atom'
            ? await feedOf(page, context.home)
            : { body: await bodyOf(page, ending, context), feed: undefined }
        if (!made || made.body === null) {
          reply.removeHeader('etag')
          return reply.callNotFound()
        }
        const body = await pack(made.body, packing)
        finished = { type: types[ending ?? 'html'] ?? '', body, feed: made.feed }
        // What changes with every moment is never asked for again.
        if (path !== '/jobs') pages.put(key, finished)
      }
      const { feed } = finished
      if (feed) reply.header('last-modified', new Date(feed.updated).toUTCString())
      reply.header('etag', feed?.tag ?? tag).header('vary', 'accept-encoding')
      if (isUnchanged(request.headers, feed?.tag ?? tag, feed?.updated ?? null)) {
        return reply.code(304).send()
      }
      if (packing) reply.header('content-encoding', packing)
      return reply.type(finished.type).send(finished.body)
    })
  }
}
