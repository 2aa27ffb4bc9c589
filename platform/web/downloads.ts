import { basename, dirname } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ReleaseRow } from '../comparison/figures.ts'
import type { Reader, State } from '../comparison/reader.ts'
import { columns } from '../downloads/columns.ts'
import { csvOnTheWeb } from '../downloads/csv-on-the-web.ts'
import { dataPackage } from '../downloads/data-package.ts'
import { dcatCatalogue } from '../downloads/dcat.ts'
import type { Downloads } from '../downloads/downloads.ts'
import { DownloadRefused } from '../downloads/make-file.ts'
import {
  type Asked,
  addressOf,
  fileName,
  forms,
  mediaTypes,
  type Scope,
} from '../downloads/scope.ts'
import { forAll } from './guard.ts'
import { homeOf } from './home.ts'
import { query, text } from './query.ts'
import { addReadOnly, BadRequest, type Refuse } from './refusals.ts'
import { sitemap, sitePaths } from './sitemap.ts'

export interface DownloadRoutes {
  readonly reader: Reader
  readonly downloads: Downloads
  /** Where visitors find this Plumbline; null for the address by which each asks. */
  readonly address: string | null
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

async function stateOf(reader: Reader, request: FastifyRequest): Promise<State> {
  const found = query.safeParse(request.query)
  if (found.success) return reader.state(found.data['as-of'])
  const issue = found.error.issues[0]
  throw new BadRequest(`The part “${issue?.path.join('.')}” of the address ${issue?.message}.`)
}

const json = (reply: FastifyReply, type: string, value: unknown): FastifyReply =>
  reply
    .type(`${type}; charset=utf-8`)
    .header('cache-control', 'no-cache')
    .send(JSON.stringify(value, null, 2))

/** Every address below `/downloads`: files, and what is said of them for machines. */
export async function addDownloads(
  app: FastifyInstance,
  routes: DownloadRoutes,
  refuse: Refuse,
): Promise<void> {
  await app.register(fastifyStatic, { serve: false })
  const { reader, downloads } = routes
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = (request.url.split('?')[0] ?? '').slice('/downloads/'.length)
    const asked = askedFor(path.split('/').map(decodeURIComponent))
    const state = await stateOf(reader, request)
    if (asked?.scope && 'code' in asked.scope && !text.safeParse(asked.scope.code).success) {
      throw new BadRequest('The address holds characters that cannot be typed.')
    }
    const about = asked && (await aboutScope(routes, state, asked.scope))
    if (!about) {
      reply.callNotFound()
      return reply
    }
    try {
      if (asked.what === 'file') return await send(reply, asked.asked, about.state)
      if (asked.what === 'csv-metadata') return await metadataOf(reply, asked.scope, about)
      return await packageOf(request, reply, asked.scope, about)
    } catch (error) {
      if (!(error instanceof DownloadRefused)) throw error
      reply.header('retry-after', '60')
      return refuse(reply, 503, 'This file cannot be made now', error.message)
    }
  }
  const send = async (reply: FastifyReply, asked: Asked, state: State): Promise<FastifyReply> => {
    const { path } = await downloads.file(state, asked)
    const name = `${fileName(asked.scope)}.${asked.form}`
    if (asked.form === 'csv') {
      const metadata = `<${addressOf(asked.scope)}.csv-metadata.json>`
      reply.header('link', `${metadata}; rel="describedby"; type="application/csvm+json"`)
    }
    return reply
      .type(mediaTypes[asked.form])
      .header('cache-control', 'no-cache')
      .header('content-disposition', `attachment; filename="${name}"`)
      .sendFile(basename(path), dirname(path), { contentType: false, cacheControl: false })
  }
  const packageOf = async (
    request: FastifyRequest,
    reply: FastifyReply,
    scope: Scope,
    { title, state, releases: known }: About,
  ): Promise<FastifyReply> => {
    const home = homeOf(request, routes.address)
    const file = await downloads.file(state, { scope, form: 'csv' })
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
      path: `${home}${addressOf(scope)}.csv`,
      title,
      file,
      format: 'csv',
      mediatype: 'text/csv',
      columns,
    }
    return json(reply, 'application/json', dataPackage(of, [resource]))
  }
  const metadataOf = async (
    reply: FastifyReply,
    scope: Scope,
    { title, state, releases: known }: About,
  ): Promise<FastifyReply> => {
    const file = await downloads.file(state, { scope, form: 'csv' })
    const releases = known.filter((r) => file.releases?.includes(r.id))
    const url = `${addressOf(scope).split('/').at(-1) ?? ''}.csv`
    const of = { url, title, description, modified: state.at, releases }
    return json(reply, 'application/csvm+json', csvOnTheWeb(of))
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

/** What harvesters ask for: the catalogue of all data sets, and the site map. */
export function addCatalogue(app: FastifyInstance, routes: DownloadRoutes): void {
  const { reader, downloads, address } = routes
  for (const path of ['/catalog', '/catalog.jsonld']) {
    app.get(path, forAll, async (request, reply) => {
      const state = await stateOf(reader, request)
      const rows = await reader.releases(state, { limit: Number.POSITIVE_INFINITY })
      const current = rows.filter((r) => r.status === 'published')
      const about = {
        home: homeOf(request, address),
        state,
        contents: await downloads.contents.indicators(state),
        indicators: await reader.indicators(state),
        releases: new Map(current.map((r) => [r.id, r])),
      }
      return json(reply, 'application/ld+json', dcatCatalogue(about))
    })
  }
  const site = async (request: FastifyRequest, reply: FastifyReply, part: number | null) => {
    const state = await reader.state()
    const paths = await sitePaths({ reader, state }, downloads.contents)
    const body = sitemap(paths, { home: homeOf(request, address), state, part })
    if (body === null) {
      reply.callNotFound()
      return reply
    }
    return reply
      .type('application/xml; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(body)
  }
  app.get('/sitemap.xml', forAll, (request, reply) => site(request, reply, null))
  app.get<{ Params: { part: string } }>('/sitemap-:part(^\\d{1,4}).xml', forAll, (request, reply) =>
    site(request, reply, Number(request.params.part)),
  )
  app.get('/robots.txt', forAll, (request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .send(`User-agent: *\nAllow: /\nSitemap: ${homeOf(request, address)}/sitemap.xml\n`),
  )
}
