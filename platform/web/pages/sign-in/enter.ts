import type { FastifyReply, FastifyRequest } from 'fastify'
import type { NotByService } from '../../../people/open-id.ts'
import type { People } from '../../../people/people.ts'
import { AccountShut } from '../../../people/shutting.ts'
import type { Asker, NotSignedIn, SignedIn } from '../../../people/sign-in.ts'
import { browserOf, dropCookies, keptCookie } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'

export const tooOften =
  'Too much was asked from your network within an hour. Please try again in an hour.'

/** Who asks, as far as it is counted or remembered. */
export const askerOf = (request: FastifyRequest, people: People): Asker => ({
  ip: request.ip,
  browser: browserOf(request, people),
})

/** By what somebody signs in. */
export type Way = 'code' | 'link' | 'passkey' | 'service'

/** Notes in the log how a try to sign in ended; nothing of who it was. */
export function logTry(
  request: FastifyRequest,
  by: Way,
  kind: (SignedIn | NotSignedIn | NotByService)['kind'] | 'shut',
): void {
  request.log.info({ event: 'sign-in', by, end: kind }, 'a try to sign in')
}

/** Tries to sign somebody in. Where their account is shut, which a page says, the log notes that too. */
export async function tried<Found>(
  request: FastifyRequest,
  by: Way,
  found: Promise<Found>,
): Promise<Found> {
  try {
    return await found
  } catch (error) {
    if (error instanceof AccountShut) logTry(request, by, 'shut')
    throw error
  }
}

/** A new session in place of the browser's old one, and on to where the visitor wanted to go. */
export async function enter(
  { door: { people }, refuse }: FormPlace,
  request: FastifyRequest,
  reply: FastifyReply,
  by: Way,
  found: SignedIn | Exclude<NotSignedIn, { kind: 'wrong' }>,
): Promise<FastifyReply> {
  logTry(request, by, found.kind)
  if (found.kind === 'too-often') return refuse(reply, 429, 'Too many tries', tooOften)
  if (request.session !== null) await (await people.open()).sessions.end(request.session)
  reply.header('set-cookie', found.cookies)
  const next = keptCookie(request, people, 'next')
  dropCookies(reply, people, 'asked', 'next')
  return reply.redirect(isOwnPath(next) ? next : '/account', 303)
}

/**
 * A path of ours, as the guard wrote it into a signed cookie. Asked again all the same: a browser reads
 * `//host` and `/\host` as another site.
 */
export function isOwnPath(path: string | null): path is string {
  return path !== null && /^\/(?![/\\])[^\\\u0000-\u0020\u007f]*$/.test(path)
}
