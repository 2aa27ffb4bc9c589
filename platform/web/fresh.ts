import type { FastifyReply, FastifyRequest } from 'fastify'
import { keepCookie, typedIn } from './forms.ts'
import type { FormPlace } from './people-door.ts'

/** How long ago somebody may have signed in who changes ways to sign in, or roles, in seconds. */
export const freshSeconds = 600

const sentence = `You signed in more than ${freshSeconds / 60} minutes ago. To be sure that it is still you, this asks you to sign in anew. Then do it again.`

/** Whether the viewer signed in a moment ago. */
export const isFresh = ({ signedInAt }: FastifyRequest, now = Date.now()): boolean =>
  signedInAt !== null && now - signedInAt.getTime() < freshSeconds * 1000

/**
 * The setting of a route for those alone who have signed in a moment ago: whoever finds a browser that somebody
 * left open cannot make a way of their own into the account. What was typed is given back.
 * @param next where they are led after they have signed in: a path of ours. Left out: the path that was asked for,
 * where a form and its page have the same.
 */
export const freshly = ({ door, refuse }: Pick<FormPlace, 'door' | 'refuse'>, next?: string) => ({
  preHandler: async (request: FastifyRequest, reply: FastifyReply) => {
    if (isFresh(request)) return
    keepCookie(reply, door.people, 'next', next ?? request.url.slice(0, 1000), 1800)
    const instead = [{ href: '/sign-in', text: 'Sign in again' }]
    const typed = typedIn(request)
    return refuse(reply, 403, 'Sign in again first', sentence, { instead, typed })
  },
})
