import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { People } from '../people/people.ts'
import { anyone, type Viewer } from '../people/roles.ts'
import { type Act, allowed, isAct, rules, type Thing } from '../people/rules.ts'
import { keepCookie, typedIn } from './forms.ts'
import type { Refuse } from './refusals.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The permission that the route needs: the server does not start without one. */
    act?: Act
    /** What the act is done to, where the address says it; left out, or null, any reach of the role will do. */
    thing?: (request: FastifyRequest) => Thing | null | Promise<Thing | null>
  }
  interface FastifyRequest {
    /** Who asks. On routes that anyone may read it is `anyone`, whoever has signed in: their pages are shared. */
    readonly viewer: Viewer
    /** The number of the viewer's session. */
    readonly session: string | null
    /** When the viewer signed in. */
    readonly signedInAt: Date | null
  }
  interface FastifyInstance {
    /** Every route with its permission, for the test that walks them. */
    readonly permissions: readonly Permission[]
  }
}

export interface Permission {
  readonly method: string
  readonly url: string
  readonly act: Act
}

/** The setting of a route that anyone may read. */
export const forAll = { config: { act: 'read' } } as const

/** A route without a permission: the server does not start. */
export class UnguardedRoute extends Error {
  override name = 'UnguardedRoute'
}

/** The way on for who must sign in first. */
const signIn = [{ href: '/sign-in', text: 'Sign in, then go back to the form' }] as const

interface Known {
  readonly viewer: Viewer
  readonly session: string | null
  readonly signedInAt: Date | null
}

interface Guarded {
  readonly people: People | null
  readonly refuse: Refuse
  /** Gives the viewer’s roles the names of what they reach, for the sentence of a refusal. */
  readonly named: (viewer: Viewer) => Promise<Viewer>
}

/**
 * Asks at every route whether the viewer may do what it does. Without `people` nobody can sign in, and only
 * what anyone may read is answered.
 */
export function addGuard(app: FastifyInstance, { people, refuse, named }: Guarded): void {
  const permissions: Permission[] = []
  const known = new WeakMap<FastifyRequest, Known>()
  /** Forms of nobody who has signed in, with why they are turned away. */
  const unknown = new WeakMap<FastifyRequest, string>()
  app.decorate('permissions', permissions)
  app.decorateRequest('viewer', {
    getter(this: FastifyRequest) {
      return known.get(this)?.viewer ?? anyone
    },
  })
  app.decorateRequest('session', {
    getter(this: FastifyRequest) {
      return known.get(this)?.session ?? null
    },
  })
  app.decorateRequest('signedInAt', {
    getter(this: FastifyRequest) {
      return known.get(this)?.signedInAt ?? null
    },
  })
  app.addHook('onRoute', (route) => addPermission(permissions, route))
  app.addHook('onRequest', async (request, reply) => {
    const { act, thing } = request.routeOptions.config
    if (act === undefined || act === 'read' || rules[act].by === 'token') return
    reply.header('cache-control', 'private, no-store')
    if (people) {
      const { sessions } = await people.open()
      const { cookies, ...seen } = await sessions.seen(request.headers.cookie)
      known.set(request, seen)
      if (cookies.length > 0) reply.header('set-cookie', cookies)
    }
    const about = thing ? await thing(request) : null
    const answer = allowed(request.viewer, act, about)
    if (answer.yes) return
    // Whose session ended while they wrote gets what they wrote back: their form is read first.
    const isForm = /^application\/x-www-form-urlencoded\b/.test(
      request.headers['content-type'] ?? '',
    )
    if (isForm && request.viewer.person === null) {
      unknown.set(request, answer.why)
      return
    }
    const { why } = allowed(await named(request.viewer), act, about)
    return turnAway({ request, reply, people, refuse }, why)
  })
  app.addHook('preValidation', async (request, reply) => {
    const why = unknown.get(request)
    if (why !== undefined)
      return refuse(reply, 401, 'Sign in first', why, { instead: signIn, typed: typedIn(request) })
  })
}

function addPermission(permissions: Permission[], route: RouteOptions): void {
  const { act } = route.config ?? {}
  for (const method of [route.method].flat()) {
    // Says what may be asked, and answers nothing itself.
    if (method === 'OPTIONS') continue
    if (!isAct(act)) {
      throw new UnguardedRoute(
        `${method} ${route.url} names no permission: give it { config: { act } }, of platform/people/rules.ts.`,
      )
    }
    permissions.push({ method, url: route.url, act })
  }
}

function turnAway(
  {
    request,
    reply,
    people,
    refuse,
  }: {
    readonly request: FastifyRequest
    readonly reply: FastifyReply
    readonly people: People | null
    readonly refuse: Refuse
  },
  why: string,
): FastifyReply {
  if (request.viewer.person === null) {
    if (people && request.method === 'GET' && !request.url.split('?')[0]?.endsWith('.json')) {
      keepCookie(reply, people, 'next', request.url.slice(0, 1000), 1800)
      return reply.redirect('/sign-in', 303)
    }
    return refuse(reply, 401, 'Sign in first', why, { instead: signIn })
  }
  return refuse(reply, 403, 'This is not yours to do', why)
}
