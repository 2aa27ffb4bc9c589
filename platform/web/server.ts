import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Reader, State } from '../comparison/reader.ts'
import type { Downloads } from '../downloads/downloads.ts'
import type { PushRoutes } from './api/push.ts'
import { api, asProblems } from './api/serve.ts'
import { loadAssets } from './assets.ts'
import { addCatalogue } from './catalogue.ts'
import { isUnchanged } from './conditional.ts'
import { addDownloads } from './downloads.ts'
import { addOembed } from './embeds/oembed.ts'
import { embedRoutes } from './embeds/routes.ts'
import { embedRefusals, frameAnywhere } from './embeds/serve.ts'
import { atomText, feedUpdated } from './feed.ts'
import { type FinishedPage, FinishedPages, pack, packingOf } from './finished-pages.ts'
import { addForms } from './forms.ts'
import { gone, goneProblem } from './gone.ts'
import { addGuard, forAll } from './guard.ts'
import { addHealth } from './health.ts'
import { homeOf, siteOf } from './home-address.ts'
import { componentsPage } from './pages/components/components.ts'
import type { Page, PageContext } from './pages/context.ts'
import type { PeopleDoor } from './people-door.ts'
import { addPeoplePages } from './people-pages.ts'
import { type Query, query, text } from './query.ts'
import { addRecordFiles, recordFiles } from './record-files.ts'
import {
  addReadOnly,
  addRefusals,
  BadRequest,
  contentPolicy,
  frameworkError,
  type Refuse,
  refusals,
} from './refusals.ts'
import { makeRender, type Render } from './render.ts'
import { type Handler, routes } from './routes.ts'
import { tableCsv } from './table-csv.ts'

export interface ServerOptions {
  readonly reader: Reader
  readonly logLevel: string
  /** What every page says while the state that it shows holds invented figures. */
  readonly example: string | null
  readonly ready: () => Promise<boolean>
  /** The files that can be downloaded; without them there is no such address. */
  readonly downloads?: Downloads
  /** What publishers send over the network; without them, nothing can be sent. */
  readonly pushes?: PushRoutes
  /** Where visitors find this Plumbline; null or left out for the address by which each asks. */
  readonly address?: string | null
  /** Signing in and what needs it; without it, only what anyone may read is there. */
  readonly people?: PeopleDoor
  /** Web servers in front that may say who asks (`X-Forwarded-For`). Default: none. */
  readonly trustProxy?: false | number | string[]
  /** Shows every component on one page, `/components`: for developers and tests. */
  readonly components?: boolean
}

/** The web server: pages and, at the same addresses with an ending, their data. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const assets = loadAssets()
  const render = makeRender({
    styles: assets.styles.path,
    icon: assets.icon.path,
    zoom: assets.zoom,
    hasAccounts: options.people !== undefined,
    root: options.address ?? '',
  })
  const sentence = (state: State | null): string | null =>
    state?.invented ? options.example : null
  // A refusal has no state of its own: it says what the latest page did.
  let latest = await options.reader.state().catch(() => null)
  const renderRefusal: Render = (view, values) =>
    render(view, { example: sentence(latest), ...values })
  const refuse = asProblems(refusals(renderRefusal))
  const app = Fastify({
    logger: {
      level: options.logLevel,
      // No query: what people search for is theirs.
      serializers: { req: (r) => ({ method: r.method, path: r.url.split('?')[0] }) },
    },
    trustProxy: believed(options.trustProxy),
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    frameworkErrors: frameworkError(refuse),
  })
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy },
    strictTransportSecurity: false,
  })
  await app.register(compress, {
    threshold: 1024,
    // What is sent to us is unpacked where it is limited.
    globalDecompression: false,
    encodings: ['br', 'gzip'],
    // Half the work of the usual levels for a tenth more bytes.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } },
    zlibOptions: { level: 3 },
  })
  const people = options.people?.people ?? null
  if (people) await addForms(app, people)
  addGuard(app, people, refuse)
  addRefusals(app, refuse)
  for (const [path] of routes) addReadOnly(app, path, refuse)
  for (const path of recordFiles) addReadOnly(app, path, refuse)
  addHealth(app, options)
  await app.register(api, {
    reader: options.reader,
    pushes: options.pushes,
  })
  app.get('/assets/:name', forAll, (request, reply) => {
    const asset = assets.all.get(request.url.split('?')[0] ?? '')
    if (!asset) return reply.callNotFound()
    reply.type(asset.type).header('cache-control', 'public, max-age=31536000, immutable')
    reply.header('vary', 'accept-encoding')
    const packing = packingOf(request.headers['accept-encoding'])
    if (packing && asset.packed) {
      return reply.header('content-encoding', packing).send(asset.packed[packing])
    }
    return reply.send(asset.body)
  })
  if (options.downloads) {
    const { reader, downloads, address = null } = options
    await addDownloads(app, { reader, downloads, address }, refuse)
    await addCatalogue(app, { reader, downloads, address })
  }
  const renderState: RenderState = (view, values, state) => {
    latest = state
    return render(view, { example: sentence(state), ...values })
  }
  const pages = new FinishedPages(mostFinished)
  addPages(app, routes, options, pages, refuse, renderState)
  await app.register(
    async (embeds) => {
      const refuseSmall = embedRefusals(renderRefusal)
      frameAnywhere(embeds, refuseSmall)
      for (const [path] of embedRoutes) addReadOnly(embeds, path, refuseSmall)
      addPages(embeds, embedRoutes, options, pages, refuseSmall, renderState)
    },
    { prefix: '/embed' },
  )
  addReadOnly(app, '/oembed', refuse)
  addOembed(app, (request, q) => contextOf(options, request, q))
  addRecordFiles(app, options.reader, parseQuery)
  if (options.people) {
    const { reader, people: door } = options
    addPeoplePages(app, {
      reader,
      door,
      refuse,
      render: (view, values) => render(view, { example: sentence(latest), ...values }),
    })
  }
  if (options.components) {
    const { view, values } = componentsPage()
    app.get('/components', forAll, (_, reply) =>
      reply.type('text/html; charset=utf-8').send(render(view, values)),
    )
  }
  return app
}

/** So many servers in front, from the nearest on; or those of some addresses. */
const believed = (proxies: ServerOptions['trustProxy'] = false) =>
  typeof proxies === 'number' ? (_: string, hop: number): boolean => hop < proxies : proxies

function parseQuery(request: FastifyRequest): Query {
  const found = query.safeParse(request.query)
  if (found.success) return found.data
  const issue = found.error.issues[0]
  throw new BadRequest(`The part “${issue?.path.join('.')}” of the address ${issue?.message}.`)
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

async function contextOf(
  { reader, downloads, address, example }: ServerOptions,
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
 * the desk and of corrections, the day, since data and answers become late by its passing; how many files
 * have been made, where their sizes are shown; and jobs with every moment.
 */
function versionOf({ state, path, downloads }: PageContext): string {
  const made = path === '/downloads' ? `.${downloads?.count ?? 0}` : ''
  const today = `.${new Date().toISOString().slice(0, 10)}`
  const day = path === '/desk' || path.startsWith('/corrections') ? today : ''
  const moment = path === '/jobs' ? `.${Date.now()}` : ''
  const { publication, answers, record, checkpoint, erased } = state
  return `${[publication, answers, record, checkpoint, erased].join('.')}${day}${made}${moment}`
}

/** Pages change with the program too: its start is part of their tag. */
const started = Date.now().toString(36)

/** Bytes of finished pages that are kept. */
const mostFinished = 64_000_000

/** A feed as it is sent, before it is packed. */
type Made = { readonly body: string } & Required<Pick<FinishedPage, 'feed'>>

type RenderState = (...of: [...Parameters<Render>, State]) => string

/** Answers some addresses with their pages, their data and their pictures. */
function addPages(
  app: FastifyInstance,
  of: typeof routes,
  options: ServerOptions,
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
          const ended = /^\/(providers|places)\//.test(path)
            ? await context.reader.ended(context.state, code)
            : null
          if (ended && ending === 'json') {
            const found = { ...goneProblem(code, ended), instance: request.url }
            return reply.code(410).type('application/problem+json; charset=utf-8').send(found)
          }
          if (ended) {
            const { title, sentence, instead } = gone(ended)
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
        pages.put(key, finished)
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
