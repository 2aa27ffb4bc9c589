import type { FastifyReply, FastifyRequest } from 'fastify'
import type { People } from '../../../people/people.ts'
import type { Asker, NotSignedIn, SignedIn } from '../../../people/sign-in.ts'
import { browserOf, signedCookie } from '../../forms.ts'
import { nextCookie } from '../../guard.ts'
import type { FormPlace } from '../../people-door.ts'

/** What is remembered between asking for a code and typing it: the address, for this browser alone. */
export const askedCookie = 'plumbline-asked'

export const tooOften =
  'Too much was asked from your network within an hour. Please try again in an hour.'

/** Who asks, as far as it is counted or remembered. */
export const askerOf = (request: FastifyRequest, people: People): Asker => ({
  ip: request.ip,
  browser: browserOf(request, people),
})

/** A new session in place of the browser's old one, and on to where the visitor wanted to go. */
export async function enter(
  { door: { people }, refuse }: FormPlace,
  request: FastifyRequest,
  reply: FastifyReply,
  found: SignedIn | Exclude<NotSignedIn, { kind: 'wrong' }>,
): Promise<FastifyReply> {
  if (found.kind === 'too-often') return refuse(reply, 429, 'Too many tries', tooOften)
  if (request.session !== null) await (await people.open()).sessions.end(request.session)
  reply.header('set-cookie', found.cookies)
  const next = signedCookie(request, nextCookie)
  reply.clearCookie(askedCookie).clearCookie(nextCookie)
  return reply.redirect(isOwnPath(next) ? next : '/account', 303)
}

/**
 * A path of ours, as the guard wrote it into a signed cookie. Asked again all the same: a browser reads
 * `//host` and `/\host` as another site.
 */
export function isOwnPath(path: string | null): path is string {
  return path !== null && /^\/(?![/\\])[^\\\u0000-\u0020\u007f]*$/.test(path)
}
