import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dcatCatalogue } from '../downloads/dcat.ts'
import { type DownloadRoutes, readableAnywhere } from './downloads.ts'
import { forAll } from './guard.ts'
import { homeOf } from './home-address.ts'
import { sitemap, sitePaths } from './sitemap.ts'
import { asAsked, json, stateOf, whole } from './whole-answer.ts'

/** What harvesters ask for: the catalogue of all data sets, and the site map. */
export async function addCatalogue(app: FastifyInstance, routes: DownloadRoutes): Promise<void> {
  await app.register(async (scope) => {
    readableAnywhere(scope)
    addDescriptions(scope, routes)
  })
}

function addDescriptions(
  app: FastifyInstance,
  { reader, downloads, address }: DownloadRoutes,
): void {
  for (const path of ['/catalog', '/catalog.jsonld']) {
    app.get(path, forAll, async (request, reply) => {
      const state = await stateOf(reader, request)
      const rows = await reader.releases(state, { limit: Number.POSITIVE_INFINITY })
      const current = rows.filter((r) => r.status === 'published')
      const about = {
        home: homeOf(request, address),
        state,
        asked: asAsked(request),
        contents: await downloads.contents.indicators(state),
        indicators: await reader.indicators(state),
        releases: new Map(current.map((r) => [r.id, r])),
      }
      return json(request, reply, 'application/ld+json', dcatCatalogue(about), state.at)
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
    return whole(request, reply, 'application/xml', body, state.at)
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
