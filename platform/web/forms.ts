import { parse } from 'node:querystring'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { People } from '../people/people.ts'
import { rules } from '../people/rules.ts'
import { keyed } from '../people/secret.ts'

const hasBody = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * What browsers keep for us: a secret by which each is known again; the address that a visitor wanted before
 * they had to sign in; the email address that a code was asked for.
 */
export type CookieUse = 'browser' | 'next' | 'asked'

/** The name of a cookie; over https none of another host can set it. */
export const cookieName = ({ isSecure }: Pick<People, 'isSecure'>, use: CookieUse): string =>
  `${isSecure ? '__Host-' : ''}plumbline-${use}`

/** Letters that are none, such as %FF: what was meant cannot be known, and a guess would be kept. */
export class BrokenForm extends Error {
  override name = 'BrokenForm'
  readonly statusCode = 400
}

/** Stands for a form whose letters are broken until it is refused; the library catches nothing here. */
const brokenForm = Object.freeze({})

function readForm(text: string): Record<string, unknown> {
  try {
    if (text.includes('\uFFFD')) return brokenForm
    decodeURIComponent(text)
  } catch {
    return brokenForm
  }
  return parse(text)
}

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
  await app.register(formbody, { bodyLimit: 64_000, parser: readForm })
  await app.register(csrf, {
    cookieKey: cookieName(people, 'browser'),
    cookieOpts: { ...cookies, signed: true },
    logLevel: 'info',
  })
  app.addHook('preHandler', (request, reply, done) => {
    if (request.body === brokenForm) return done(new BrokenForm())
    const { act } = request.routeOptions.config
    const isForm = act !== undefined && act !== 'read' && rules[act].by !== 'token'
    if (!isForm || !hasBody.has(request.method)) return done()
    app.csrfProtection(request, reply, done)
  })
}

/** The secret of this browser, by which it is known again; empty where it has none yet. */
export function browserOf(request: FastifyRequest, people: People): string {
  const { valid, value } = request.unsignCookie(
    request.cookies[cookieName(people, 'browser')] ?? '',
  )
  return valid ? (value ?? '') : ''
}

/** What browsers keep of this server for one use. */
type KeptUse = Exclude<CookieUse, 'browser'>

/** Has the browser keep something, signed together with its use: it passes for nothing else. */
export function keepCookie(
  reply: FastifyReply,
  people: People,
  use: KeptUse,
  value: string,
  seconds: number,
): void {
  reply.setCookie(cookieName(people, use), `${use} ${value}`, { maxAge: seconds })
}

/** What the browser has kept for a use; null where it is not there, or not ours. */
export function keptCookie(request: FastifyRequest, people: People, use: KeptUse): string | null {
  const { valid, value } = request.unsignCookie(request.cookies[cookieName(people, use)] ?? '')
  return valid && value?.startsWith(`${use} `) ? value.slice(use.length + 1) : null
}

export function dropCookies(reply: FastifyReply, people: People, ...uses: KeptUse[]): void {
  for (const use of uses) reply.clearCookie(cookieName(people, use))
}

/** What every form carries, and nobody typed. */
const notTyped = ['_csrf', 'form', 'seen', 'chosenFor']

/** What was typed into a form, field by field, as far as it is more than a word: a text, an address. */
export function typedIn({ body }: Pick<FastifyRequest, 'body'>): string[] {
  if (body === null || typeof body !== 'object') return []
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' && !notTyped.includes(name) && /\S\s+\S|\S@\S/.test(value)
      ? [value]
      : [],
  )
}

/** All that was typed into a form, in one text: the same for the same words. */
export function wholeForm({ body }: Pick<FastifyRequest, 'body'>): string {
  const fields = body === null || typeof body !== 'object' ? [] : Object.entries(body)
  const typed = fields.filter(([name]) => !notTyped.includes(name))
  return JSON.stringify(typed.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** One field of a form as text; empty where it was not sent, or was sent more than once. */
export function field(request: FastifyRequest, name: string): string {
  const { body } = request
  if (body === null || typeof body !== 'object') return ''
  const value = Object.getOwnPropertyDescriptor(body, name)?.value
  return typeof value === 'string' ? value : ''
}

/** Every value of a field that may be sent more than once. */
export function fieldsOf({ body }: FastifyRequest, name: string): string[] {
  if (body === null || typeof body !== 'object') return []
  const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value
  return [value].flat().filter((v) => typeof v === 'string')
}
