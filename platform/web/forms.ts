import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { People } from '../people/people.ts'
import { rules } from '../people/rules.ts'
import { keyed } from '../people/secret.ts'

const hasBody = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** The name of the cookie that knows a browser again; over https none of another host can set it. */
export const browserCookie = (people: People): string =>
  people.isSecure ? '__Host-plumbline-browser' : 'plumbline-browser'

/**
 * Lets pages hold forms. Every form carries a token (`csrf` in its page's values, by `reply.generateCsrf()`)
 * that only our own pages can give; whatever changes something is refused without it.
 */
export async function addForms(app: FastifyInstance, people: People): Promise<void> {
  const cookies = { path: '/', sameSite: 'lax', httpOnly: true, secure: people.isSecure } as const
  await app.register(cookie, {
    secret: keyed(people.secret, 'page cookies', ''),
    parseOptions: { ...cookies, signed: true },
  })
  await app.register(formbody, { bodyLimit: 64_000 })
  await app.register(csrf, {
    cookieKey: browserCookie(people),
    cookieOpts: { ...cookies, signed: true },
    logLevel: 'info',
  })
  app.addHook('preHandler', (request, reply, done) => {
    const { act } = request.routeOptions.config
    const isForm = act !== undefined && act !== 'read' && rules[act].by !== 'token'
    if (!isForm || !hasBody.has(request.method)) return done()
    app.csrfProtection(request, reply, done)
  })
}

/** The secret of this browser, by which it is known again; empty where it has none yet. */
export function browserOf(request: FastifyRequest, people: People): string {
  const { valid, value } = request.unsignCookie(request.cookies[browserCookie(people)] ?? '')
  return valid ? (value ?? '') : ''
}

/** What a signed cookie of ours holds; null where it is not there, or not ours. */
export function signedCookie(request: FastifyRequest, name: string): string | null {
  const { valid, value } = request.unsignCookie(request.cookies[name] ?? '')
  return valid ? value : null
}

/** What every form carries, and nobody typed. */
const notTyped = ['_csrf', 'form', 'seen']

/** What was typed into a form, field by field, as far as it is more than a word. */
export function typedIn({ body }: Pick<FastifyRequest, 'body'>): string[] {
  if (body === null || typeof body !== 'object') return []
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' && !notTyped.includes(name) && /\S\s+\S/.test(value) ? [value] : [],
  )
}

/** One field of a form as text; empty where it was not sent, or was sent more than once. */
export function field(request: FastifyRequest, name: string): string {
  const { body } = request
  if (body === null || typeof body !== 'object') return ''
  const value = Object.getOwnPropertyDescriptor(body, name)?.value
  return typeof value === 'string' ? value : ''
}
