import type { FastifyInstance, FastifyRequest } from 'fastify'
import { unseal } from '../../../subscriptions/links.ts'
import { addressOf, endAll } from '../../../subscriptions/store.ts'
import type { FormPlace } from '../../people-door.ts'

const route = { config: { act: 'unsubscribe' } } as const

const noLink =
  'Part of it is missing. Copy the whole line from the email, or ask at “What you follow” for a page to stop them.'
const instead = [{ href: '/subscriptions', text: 'What you follow' }]

/**
 * Stopping all letters of news by the address in each of them. Mail programs send its POST by themselves (RFC
 * 8058): without cookies, without a page of ours. Looking at it changes nothing, and it may be done twice.
 */
export function addUnsubscribe(app: FastifyInstance, place: FormPlace): void {
  void app.register(async (own) => {
    // What mail programs may send as well: it says nothing that the address does not.
    own.addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'buffer', bodyLimit: 10_000 },
      (_, __, done) => done(null, null),
    )
    addRoutes(own, place)
  })
}

function addRoutes(app: FastifyInstance, { door, refuse, page }: FormPlace): void {
  const { db, secret } = door.people
  const tokenOf = ({ query }: FastifyRequest): string => {
    const token =
      query !== null && typeof query === 'object'
        ? Object.getOwnPropertyDescriptor(query, 'token')?.value
        : ''
    return typeof token === 'string' ? token : ''
  }

  app.get('/unsubscribe', route, async (request, reply) => {
    reply.header('cache-control', 'private, no-store')
    const token = tokenOf(request)
    const [subscriber] = unseal(secret, 'end', token) ?? []
    if (subscriber === undefined) {
      return refuse(reply, 403, 'This link does not work', noLink, { instead })
    }
    return page(reply, 'pages/subscribe/unsubscribe', {
      title: 'Stop emails from Plumbline',
      token,
      email: await addressOf(db, subscriber),
    })
  })

  app.post('/unsubscribe', route, async (request, reply) => {
    reply.header('cache-control', 'private, no-store')
    const [subscriber] = unseal(secret, 'end', tokenOf(request)) ?? []
    if (subscriber === undefined) {
      return refuse(reply, 403, 'This link does not work', noLink, { instead })
    }
    await endAll(db, subscriber)
    return page(reply, 'pages/subscribe/stopped', { title: 'You get no more of these emails' })
  })
}
