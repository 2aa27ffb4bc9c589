import type { FastifyInstance } from 'fastify'
import { forAll } from './guard.ts'
import { homeOf } from './home-address.ts'

/** For how many days the contact is said to hold from when it is asked for: less than a year, says the RFC. */
const daysItHolds = 90
const aDay = 86_400_000

/**
 * Whom to tell of a hole, for those who look for one: `/.well-known/security.txt` (RFC 9116).
 * @param contact `mailto:`, `tel:` or `https:`; null where the operator has said none, and then nothing is there.
 */
export function addSecurityContact(
  app: FastifyInstance,
  { contact, address }: { readonly contact: string | null; readonly address: string | null },
): void {
  if (contact === null) return
  const path = '/.well-known/security.txt'
  app.get(path, forAll, (request, reply) => {
    const today = Math.floor(Date.now() / aDay) * aDay
    const lines = [
      `Contact: ${contact}`,
      `Expires: ${new Date(today + daysItHolds * aDay).toISOString()}`,
      'Preferred-Languages: en',
      `Canonical: ${homeOf(request, address)}${path}`,
    ]
    return reply.type('text/plain; charset=utf-8').send(`${lines.join('\n')}\n`)
  })
}

/**
 * Says once if requests come through a web server in front that is not believed: all visitors are one network
 * then, and one of them uses up the tries to sign in of all.
 */
export function warnOfUnknownProxy(app: FastifyInstance, trustProxy: unknown): void {
  if (trustProxy !== undefined && trustProxy !== false) return
  let said = false
  app.addHook('onRequest', (request, _, next) => {
    if (!said && request.headers['x-forwarded-for'] !== undefined) {
      said = true
      request.log.warn({ event: 'unknown-proxy' }, unknownProxy)
    }
    next()
  })
}

const unknownProxy =
  'A request says for whom it is forwarded (X-Forwarded-For), and PLUMBLINE_TRUST_PROXY is off: if a web server stands in front, all visitors count as one, and one of them can shut out the rest from signing in. Set it: docs/operations.md'
