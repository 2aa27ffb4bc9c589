import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ReleaseRow } from '../comparison/figures.ts'
import type { Reader, State } from '../comparison/reader.ts'
import { columns } from '../downloads/columns.ts'
import { csvOnTheWeb } from '../downloads/csv-on-the-web.ts'
import { dataPackage } from '../downloads/data-package.ts'
import type { Downloads } from '../downloads/downloads.ts'
import { DownloadRefused, type MadeFile } from '../downloads/make-file.ts'
import {
  type Asked,
  addressOf,
  fileName,
  forms,
  mediaTypes,
  type Scope,
} from '../downloads/scope.ts'
import { problem } from './api/problem.ts'
import { forAll } from './guard.ts'
import { homeOf } from './home-address.ts'
import { noSuchFile, refuseFilters } from './no-such-file.ts'
import { text } from './query.ts'
import { addReadOnly, BadRequest, type Refuse } from './refusals.ts'
import { NotInRange, sendFile } from './send-file.ts'
import { asAsked, json, stateOf } from './whole-answer.ts'

export interface DownloadRoutes {
  readonly reader: Reader
  readonly downloads: Downloads
  /** Where visitors find this Plumbline; null for the address by which each asks. */
  readonly address: string | null
  /** Files that one address may have made in ten minutes. Default: 60. */
  readonly makings?: number
}

/** What an address below `/downloads` asks for. */
type AskedFor =
  | { readonly what: 'file'; readonly asked: Asked; readonly scope: Scope | null }
  | { readonly what: 'datapackage' | 'csv-metadata'; readonly scope: Scope }

const scopeKinds = ['indicators', 'releases', 'places'] as const

/** Reads the parts of an address; null where there is nothing. */
export function askedFor(parts: readonly string[]): AskedFor | null {
  if (parts.length === 1 && parts[0] === 'plumbline.zip') {
    return { what: 'file', asked: { scope: null, form: 'zip' }, scope: null }
  }
  const isPackage = parts.at(-1) === 'datapackage.json'
  const names = isPackage ? parts.slice(0, -1) : parts
  const last = names.at(-1) ?? ''
  const ending = isPackage ? '' : (/\.(csv-metadata\.json|[a-z]+)$/.exec(last)?.[0] ?? '')
  const name = last.slice(0, last.length - ending.length)
  const kind = scopeKinds.find((k) => k === names[0])
  const scope: Scope | null =
    names.length === 1 && name === 'everything'
      ? { kind: 'everything' }
      : names.length === 2 && kind && name !== ''
        ? { kind, code: name }
        : null
  if (scope === null) return null
  if (scope.kind === 'releases' && !/^\d{1,9}$/.test(scope.code)) return null
  if (isPackage) return { what: 'datapackage', scope }
  if (ending === '.csv-metadata.json') return { what: 'csv-metadata', scope }
  const form = forms.find((f) => `.${f}` === ending)
  return form ? { what: 'file', asked: { scope, form }, scope } : null
}

/** What a scope is called, of which releases it is, and in which state it is read. */
interface About {
  readonly title: string
  readonly state: State
  readonly releases: readonly ReleaseRow[]
}

async function aboutScope(
  { reader, downloads }: DownloadRoutes,
  state: State,
  scope: Scope | null,
): Promise<About | null> {
  if (state.publication === 0) return null
  const rows = await reader.releases(state, { limit: Number.POSITIVE_INFINITY })
  const current = rows.filter((r) => r.status === 'published')
  if (scope === null || scope.kind === 'everything') {
    return { title: 'All figures', state, releases: current }
  }
  const { code } = scope
  if (scope.kind === 'releases') {
    const release = rows.find((r) => r.id === Number(code))
    const then = release && (await downloads.contents.stateOfRelease(state, release.id))
    if (!release || !then) return null
    const title = `${release.title}, ${release.period}, release ${release.id}`
    return { title, state: then, releases: [release] }
  }
  const contents = await downloads.contents.indicators(state)
  if (scope.kind === 'indicators') {
    const found = contents.find((c) => c.indicator === code)
    const known = (await reader.indicators(state)).get(code)
    if (!found) return null
    const releases = current.filter((r) => found.releases.includes(r.id))
    return { title: known?.name ?? code, state, releases }
  }
  const place = await reader.subject(state, code)
  if (place?.kind !== 'place') return null
  return { title: `All figures of ${place.name} and what lies in it`, state, releases: current }
}

const description =
  'A row for each figure. A figure without a value is empty, never 0, and its status says why.'

/** Every address below `/downloads`: files, and what is said of them for machines. */
export async function addDownloads(
  app: FastifyInstance,
  routes: DownloadRoutes,
  refuse: Refuse,
): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, { serve: false })
    readableAnywhere(scope)
    await scope.register(rateLimit, { global: false })
    scope.setErrorHandler((error, request, reply) => {
      if (!(error instanceof NotInRange)) throw error
      const found = problem('not-in-range', 416, error.message)
      return reply
        .code(416)
        .removeHeader('content-disposition')
        .header('content-range', `bytes */${error.bytes}`)
        .type('application/problem+json; charset=utf-8')
        .send({ ...found, instance: request.url })
    })
    addFiles(scope, routes, refuse)
  })
}

/**
 * Lets pages of other sites read answers, in parts too, and see what is said of them (CORS). What a browser
 * asks beforehand is answered for all addresses by the API.
 */
export function readableAnywhere(app: FastifyInstance): void {
  const shown =
    'accept-ranges, content-range, content-disposition, content-length, etag, last-modified, link, retry-after'
  app.addHook('onRequest', async (_, reply) => {
    reply
      .header('access-control-allow-origin', '*')
      .header('access-control-expose-headers', shown)
      .header('cross-origin-resource-policy', 'cross-origin')
  })
}

/** Files that one address may have made in ten minutes; those that are there already cost nothing. */
const mostMakings = 60
const makingsWindow = 600_000

class TooMany extends Error {
  readonly seconds: number

  constructor(seconds: number) {
    super(
      'Each file is made when it is first asked for. Please go on later; those that are made can be had at once.',
    )
    this.seconds = seconds
  }
}

function addFiles(app: FastifyInstance, routes: DownloadRoutes, refuse: Refuse): void {
  const { reader, downloads, makings = mostMakings } = routes
  const making = app.createRateLimit({ max: makings, timeWindow: makingsWindow })
  /** A file, if this visitor may have it made. */
  const fileOf = async (request: FastifyRequest, state: State, asked: Asked): Promise<MadeFile> => {
    const made = await downloads.made(state, asked)
    if (made === null) {
      const limit = await making(request)
      if (!limit.isAllowed && limit.isExceeded) throw new TooMany(limit.ttlInSeconds)
    }
    return downloads.file(state, asked)
  }
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = (request.url.split('?')[0] ?? '').slice('/downloads/'.length)
    const asked = askedFor(path.split('/').map(decodeURIComponent))
    const state = await stateOf(reader, request)
    refuseFilters(request)
    if (asked?.scope && 'code' in asked.scope && !text.safeParse(asked.scope.code).success) {
      throw new BadRequest('The address holds characters that cannot be typed.')
    }
    const about = asked && (await aboutScope(routes, state, asked.scope))
    if (!about) {
      const known = await downloads.contents.indicators(state)
      const codes = known.map((c) => c.indicator)
      const sentence = noSuchFile(asked?.scope ?? null, codes)
      return refuse(reply, 404, 'There is nothing at this address', sentence)
    }
    try {
      if (asked.what === 'file') return await send(request, reply, asked.asked, about.state)
      if (asked.what === 'csv-metadata') return await metadataOf(request, reply, asked.scope, about)
      return await packageOf(request, reply, asked.scope, about)
    } catch (error) {
      if (error instanceof TooMany) {
        reply.header('retry-after', String(error.seconds))
        return refuse(reply, 429, 'Too many files were asked for', error.message)
      }
      if (!(error instanceof DownloadRefused)) throw error
      reply.header('retry-after', '60')
      return refuse(reply, 503, 'This file cannot be made now', error.message)
    }
  }
  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: Asked,
    state: State,
  ): Promise<FastifyReply> => {
    const made = await fileOf(request, state, asked)
    const name = `${fileName(asked.scope)}.${asked.form}`
    if (asked.form === 'csv') {
      const metadata = `<${addressOf(asked.scope)}.csv-metadata.json${asAsked(request)}>`
      reply.header('link', `${metadata}; rel="describedby"; type="application/csvm+json"`)
    }
    reply
      .type(mediaTypes[asked.form])
      .header('content-disposition', `attachment; filename="${name}"`)
    return sendFile(request, reply, made)
  }
  const packageOf = async (
    request: FastifyRequest,
    reply: FastifyReply,
    scope: Scope,
    { title, state, releases: known }: About,
  ): Promise<FastifyReply> => {
    const home = homeOf(request, routes.address)
    const file = await fileOf(request, state, { scope, form: 'csv' })
    const releases = known.filter((r) => file.releases?.includes(r.id))
    const of = {
      name: fileName(scope).toLowerCase().replaceAll('~', '.'),
      title,
      description,
      created: state.at,
      publication: state.publication,
      homepage: home,
      releases,
    }
    const resource = {
      name: 'observations',
      path: `${home}${addressOf(scope)}.csv${asAsked(request)}`,
      title,
      file,
      format: 'csv',
      mediatype: 'text/csv',
      columns,
    }
    return json(request, reply, 'application/json', dataPackage(of, [resource]), state.at)
  }
  const metadataOf = async (
    request: FastifyRequest,
    reply: FastifyReply,
    scope: Scope,
    { title, state, releases: known }: About,
  ): Promise<FastifyReply> => {
    const file = await fileOf(request, state, { scope, form: 'csv' })
    const releases = known.filter((r) => file.releases?.includes(r.id))
    const url = `${addressOf(scope).split('/').at(-1) ?? ''}.csv${asAsked(request)}`
    const of = { url, title, description, modified: state.at, releases }
    return json(request, reply, 'application/csvm+json', csvOnTheWeb(of), state.at)
  }
  // Packed on its way, a file could be neither resumed nor held against its checksum.
  for (const path of [
    '/downloads/:name',
    '/downloads/:kind/:name',
    '/downloads/:kind/:name/:file',
  ]) {
    addReadOnly(app, path, refuse)
    app.get(path, { compress: false, ...forAll }, answer)
  }
}
