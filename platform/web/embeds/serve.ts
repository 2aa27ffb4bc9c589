import type { FastifyInstance, FastifyReply } from 'fastify'
import { BadRequest, type Refuse } from '../refusals.ts'
import type { Render } from '../render.ts'
import { embedSvg } from './embed-svg.ts'
import { pictureStylesHash } from './picture-styles.ts'

/**
 * What an embed may load and where it may stand: anywhere. No other page of ours may be framed. As a
 * picture it may load nothing at all, and does nothing: it has no script, and could run none.
 */
const policies = {
  page: "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *",
  svg: `default-src 'none'; style-src ${pictureStylesHash}; base-uri 'none'; form-action 'none'; frame-ancestors *; sandbox allow-top-navigation-by-user-activation`,
}

const isPicture = (url: string): boolean => (url.split('?')[0] ?? '').endsWith('.svg')

/** A refusal in the frame where the embed would stand: as small, and as a picture where one was asked for. */
export const embedRefusals =
  (render: Render): Refuse =>
  (reply, status, title, sentence) => {
    reply.code(status).removeHeader('etag').header('cache-control', 'no-cache')
    if (!isPicture(reply.request.url)) {
      return reply
        .type('text/html; charset=utf-8')
        .send(render('embeds/refusal', { title, sentence }))
    }
    const embed = {
      about: 'Plumbline',
      title,
      words: sentence,
      blocks: [{ kind: 'text', text: sentence } as const],
      source: '',
      href: '/',
      link: 'Plumbline',
      data: {},
    }
    const frame = { asOf: null, home: '', example: null, shown: '' }
    return reply.type('image/svg+xml; charset=utf-8').send(embedSvg(embed, frame))
  }

/** Headers and refusals of all that stands below `/embed`. */
export function frameAnywhere(app: FastifyInstance, refuse: Refuse): void {
  app.addHook('onRequest', async (request, reply: FastifyReply) => {
    reply
      .header('content-security-policy', policies[isPicture(request.url) ? 'svg' : 'page'])
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('x-robots-tag', 'noindex')
      .removeHeader('x-frame-options')
  })
  app.setNotFoundHandler((_, reply) =>
    refuse(
      reply,
      404,
      'There is nothing at this address',
      'It may have been mistyped, or what stood here is shown no longer.',
    ),
  )
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof BadRequest) {
      return refuse(reply, 400, 'This address cannot be read', error.message)
    }
    request.log.error({ err: error }, 'failed')
    const sentence = `Please try again. If it goes on, tell the operator this number: ${request.id}`
    return refuse(reply, 500, 'Something went wrong on our side', sentence)
  })
}
