import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Reader } from '../comparison/reader.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { loadAssets } from './assets.ts'
import { aboutPage } from './pages/about.ts'
import type { Page, PageContext } from './pages/context.ts'
import { indicatorPage } from './pages/indicator.ts'
import {
  comparePage,
  homePage,
  releasePage,
  releasesPage,
  searchPage,
  servicePage,
} from './pages/others.ts'
import { ownGroup } from './pages/own-group.ts'
import { peersPage, placePage, providerPage } from './pages/subject.ts'
import { indicatorQuery, type Query, query, text } from './query.ts'
import { makeRender } from './render.ts'
import { tableCsv } from './table-csv.ts'

export interface ServerOptions {
  readonly reader: Reader
  readonly logLevel: string
  /** A sentence on every page of an invented area. */
  readonly example: string | null
  readonly ready: () => Promise<boolean>
}

/** A request that says what it cannot mean; the sentence goes on the page. */
class BadRequest extends Error {}

function parseQuery(request: FastifyRequest): Query {
  const found = query.safeParse(request.query)
  if (found.success) return found.data
  const issue = found.error.issues[0]
  throw new BadRequest(`The part “${issue?.path.join('.')}” of the address ${issue?.message}.`)
}

type Handler = (
  context: PageContext,
  params: Record<string, string>,
  q: Query,
  request: FastifyRequest,
) => Promise<Page | null>

const searchOf = (request: FastifyRequest): URLSearchParams =>
  new URLSearchParams(request.url.split('?')[1] ?? '')

const routes: readonly [string, Handler][] = [
  ['/', (c) => homePage(c)],
  ['/search', (c, _, q) => searchPage(q.q?.trim() ?? '', c)],
  ['/services/:code', (c, p) => servicePage(p.code ?? '', c)],
  [
    '/providers/:code',
    (c, p, q) => providerPage(p.code ?? '', c, ownGroup(p.code ?? '', q.peers, q.group)),
  ],
  ['/providers/:code/peers', (c, p) => peersPage(p.code ?? '', c)],
  ['/places/:code', (c, p, q) => placePage(p.code ?? '', q.page ?? 1, c)],
  [
    '/indicators/:code',
    (c, p, q, r) => indicatorPage(p.code ?? '', indicatorQuery(q, 50), searchOf(r), c),
  ],
  ['/releases', (c) => releasesPage(c)],
  [
    '/releases/:code',
    (c, p) =>
      /^\d{1,9}$/.test(p.code ?? '') ? releasePage(Number(p.code), c) : Promise.resolve(null),
  ],
  [
    '/compare',
    (c, _, q) =>
      comparePage(
        (q.providers ?? '')
          .split(',')
          .map((x) => x.trim())
          .filter((x) => x !== ''),
        c,
      ),
  ],
  ['/about', () => Promise.resolve(aboutPage('about'))],
  ['/about/words', () => Promise.resolve(aboutPage('words'))],
  ['/about/methods', () => Promise.resolve(aboutPage('methods'))],
]

const policy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

/** For answers that the framework gives before any hook of ours runs. */
const bareHeaders = {
  'content-security-policy':
    "default-src 'none';style-src 'self';font-src 'self';img-src 'self' data:;form-action 'self';base-uri 'none';frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** The web server: pages and, at the same addresses with an ending, their data. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { styles, all } = loadAssets()
  const render = makeRender({ styles: styles.path, example: options.example })
  const refuse = (reply: FastifyReply, status: number, title: string, sentence: string) =>
    reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(
        render('text', {
          title,
          sections: [{ text: sentence }],
          links: [
            { href: '/', text: 'Start page' },
            { href: '/search', text: 'Search' },
          ],
        }),
      )
  const app = Fastify({
    logger: {
      level: options.logLevel,
      serializers: { req: (r) => ({ method: r.method, path: r.url.split('?')[0] }) },
    },
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    frameworkErrors: (_error, _request, reply) => {
      void refuse(
        reply.headers(bareHeaders),
        400,
        'This address cannot be read',
        'It holds characters that no address of ours has.',
      )
    },
  })
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    strictTransportSecurity: false,
  })
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { 1: 4 } },
  })
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof BadRequest)
      return refuse(reply, 400, 'This address cannot be read', error.message)
    const status = (error as { statusCode?: number }).statusCode ?? 500
    if (status < 500)
      return refuse(
        reply,
        status,
        'This cannot be done',
        'The request is not one that we can answer.',
      )
    request.log.error({ err: error }, 'failed')
    return refuse(
      reply,
      500,
      'Something went wrong on our side',
      `Please try again. If it goes on, tell the operator this number: ${request.id}`,
    )
  })
  app.setNotFoundHandler((_, reply) =>
    refuse(
      reply,
      404,
      'There is nothing at this address',
      'It may have been mistyped. Search for a name, a town or a postcode instead.',
    ),
  )
  for (const [path] of routes) {
    app.route({
      method: ['POST', 'PUT', 'PATCH', 'DELETE'],
      url: path,
      // Refused before the body is read: nothing here takes one.
      onRequest: async (_, reply) =>
        refuse(
          reply.header('allow', 'GET, HEAD'),
          405,
          'This page can only be read',
          'Open it by its address; nothing can be sent to it.',
        ),
      handler: () => undefined,
    })
  }
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_, reply) => {
    const ready = await options.ready().catch(() => false)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' })
  })
  app.get('/assets/:name', (request, reply) => {
    const asset = all.get(request.url.split('?')[0] ?? '')
    if (!asset) return reply.callNotFound()
    return reply
      .type(asset.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(asset.body)
  })
  addPages(app, options, render)
  return app
}

async function contextOf(reader: Reader, request: FastifyRequest, q: Query): Promise<PageContext> {
  const state = await reader.state(q['as-of'])
  const all = await reader.indicators()
  const indicators = new Map<string, Indicator>(all.map((i) => [i.code, i]))
  const path = (request.url.split('?')[0] ?? '/').replace(/\.(json|csv)$/, '')
  return { reader, state, indicators, path, asOf: q['as-of'] ?? null }
}

function addPages(
  app: FastifyInstance,
  options: ServerOptions,
  render: ReturnType<typeof makeRender>,
): void {
  // An address that ends in a code takes its ending there; the others have an address of their own.
  const withData = routes.flatMap(([path, handler]): [string, Handler][] =>
    path === '/' || path.endsWith(':code')
      ? [[path, handler]]
      : [
          [path, handler],
          [`${path}.json`, handler],
        ],
  )
  for (const [path, handler] of withData) {
    app.get<{ Params: Record<string, string> }>(path, async (request, reply) => {
      const q = parseQuery(request)
      const context = await contextOf(options.reader, request, q)
      const params = { ...request.params }
      const ending = /\.(json|csv)$/.exec(request.url.split('?')[0] ?? '')?.[1]
      for (const [key, value] of Object.entries(params)) {
        if (!text.safeParse(value).success)
          throw new BadRequest('The address holds characters that cannot be typed.')
        params[key] = value.replace(/\.(json|csv)$/, '')
      }
      const tag = `"${context.state.publication}-${started}-${ending ?? 'html'}"`
      if (ending === 'csv' && !path.startsWith('/indicators/')) return reply.callNotFound()
      if (ending === 'csv') return tableCsv(params.code ?? '', q, context, reply)
      const page = await handler(context, params, q, request)
      if (!page) return reply.callNotFound()
      reply.header('etag', tag).header('cache-control', 'no-cache')
      if (request.headers['if-none-match'] === tag) return reply.code(304).send()
      if (ending === 'json') return reply.send(page.data)
      const values = { path: context.path, asOf: context.asOf, ...page.values }
      return reply.type('text/html; charset=utf-8').send(render(page.view, values))
    })
  }
}

/** Pages change with the program too: its start is part of their tag. */
const started = Date.now().toString(36)
