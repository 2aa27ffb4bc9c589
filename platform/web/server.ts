import { randomUUID } from 'node:crypto'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import helmet from 'helmet'
import type { Reader, State } from '../comparison/reader.ts'
import type { Downloads } from '../downloads/downloads.ts'
import type { Uploads } from '../uploads/uploads.ts'
import type { PushRoutes } from './api/push.ts'
import { asProblems } from './api/refusing.ts'
import { api } from './api/serve.ts'
import { loadAssets } from './assets.ts'
import { addCatalogue } from './catalogue.ts'
import { clientErrors } from './client-errors.ts'
import { addDownloads } from './downloads.ts'
import { addOembed } from './embeds/oembed.ts'
import { embedRoutes } from './embeds/routes.ts'
import { embedRefusals, frameAnywhere } from './embeds/serve.ts'
import { FinishedPages, packingOf } from './finished-pages.ts'
import { addForms } from './forms.ts'
import { addGuard, forAll } from './guard.ts'
import { addHealth } from './health.ts'
import { componentsPage } from './pages/components/components.ts'
import type { PeopleDoor } from './people-door.ts'
import { addPeoplePages } from './people-pages.ts'
import { addRecordFiles, recordFiles } from './record-files.ts'
import { addReadOnly, addRefusals, contentPolicy, frameworkError, refusals } from './refusals.ts'
import { makeRender, type Render } from './render.ts'
import { withNames } from './role-name.ts'
import { routes } from './routes.ts'
import { addSecurityContact, warnOfUnknownProxy } from './security-contact.ts'
import { addPages, contextOf, parseQuery, type RenderState } from './serve-pages.ts'

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
  /** Files that analysts hand in by the browser; without them, or without people, nobody can. */
  readonly uploads?: Uploads
  /** Where visitors find this Plumbline; null or left out for the address by which each asks. */
  readonly address?: string | null
  /** Whom to tell of a hole: `mailto:`, `tel:` or `https:`. Default: nobody is named. */
  readonly securityContact?: string | null
  /** Web servers in front that may say who asks (`X-Forwarded-For`). Default: none. */
  readonly trustProxy?: false | number | string[]
  /** Signing in and what needs it; without it, only what anyone may read is there. */
  readonly people?: PeopleDoor
  /** Shows every component on one page, `/components`: for developers and tests. */
  readonly components?: boolean
}

/** Where a page is asked for from that the server makes beforehand: no visitor's address, so not in the log. */
export const nobody = 'nobody'

/** For how long browsers are told to come by https alone, in seconds. */
const aYear = 31_536_000

/** The web server: pages and, at the same addresses with an ending, their data. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const assets = loadAssets()
  const render = makeRender({
    styles: assets.styles.path,
    icon: assets.icon.path,
    zoom: assets.zoom,
    passkeyScript: assets.passkey.path,
    keepScript: assets.keep.path,
    partScripts: assets.parts,
    root: options.address ?? '',
    hasAccounts: options.people !== undefined,
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
      serializers: { req: (r) => ({ method: r.method, path: r.url.split('?')[0] }), err: errorOf },
    },
    // Whoever starts the server looks for its address, not for pages that no visitor asked for.
    logController: new LogController({
      disableRequestLogging: ({ raw }) => raw.socket.remoteAddress === nobody,
    }),
    trustProxy: believed(options.trustProxy),
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    frameworkErrors: frameworkError(refuse),
    clientErrorHandler: clientErrors,
  })
  // Made once: @fastify/helmet makes all of it anew for each request, and what it makes holds on to the
  // request until the next major collection of garbage.
  const secure = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy },
    strictTransportSecurity: options.address?.startsWith('https:') ? { maxAge: aYear } : false,
  })
  app.addHook('onRequest', (request, reply, next) =>
    secure(request.raw, reply.raw, (error) => next(error as Error | undefined)),
  )
  warnOfUnknownProxy(app, options.trustProxy)
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
  addGuard(app, { people, refuse, named: (viewer) => withNames(options.reader, viewer) })
  addRefusals(app, refuse)
  for (const [path] of routes) addReadOnly(app, path, refuse)
  for (const path of recordFiles) addReadOnly(app, path, refuse)
  addHealth(app, options)
  const { securityContact: contact = null, address = null } = options
  addSecurityContact(app, { contact, address })
  await app.register(api, {
    reader: options.reader,
    pushes: options.pushes,
    appointments: options.people && { reader: options.reader, door: options.people },
    secret: people?.secret,
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
    const { reader, downloads } = options
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
      const refuseSmall = asProblems(embedRefusals(renderRefusal))
      frameAnywhere(embeds, refuseSmall)
      for (const [path] of embedRoutes) addReadOnly(embeds, path, refuseSmall)
      addPages(embeds, embedRoutes, options, pages, refuseSmall, renderState)
    },
    { prefix: '/embed' },
  )
  addReadOnly(app, '/oembed', refuse)
  addOembed(app, (request, q) => contextOf(options, request, q))
  addRecordFiles(app, { reader: options.reader, ask: parseQuery, refuse })
  if (options.people) {
    const { reader, people: door } = options
    addPeoplePages(app, {
      reader,
      door,
      refuse,
      uploads: options.uploads,
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

/** Bytes of finished pages that are kept. */
const mostFinished = 64_000_000

/** What is logged of an error: a database's `detail` and `parameters` would hold what people typed. */
const errorOf = ({ name, message, stack, code }: Error & { readonly code?: string }) => ({
  type: name,
  message,
  stack: stack ?? '',
  ...(code === undefined ? {} : { code }),
})

/** So many servers in front, from the nearest on; or those of some addresses. */
const believed = (proxies: ServerOptions['trustProxy'] = false) =>
  typeof proxies === 'number' ? (_: string, hop: number): boolean => hop < proxies : proxies
