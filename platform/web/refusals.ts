import type { FastifyInstance, FastifyReply } from 'fastify'
import { AccountShut } from '../people/shutting.ts'
import { BrokenForm, typedIn } from './forms.ts'
import { forAll } from './guard.ts'
import type { Render } from './render.ts'

/** A request that says what it cannot mean; the sentence goes on the page. */
export class BadRequest extends Error {}

/**
 * What every answer may load: nothing but our own scripts, styles, type and pictures. No script may write HTML (Trusted
 * Types) but by the policy of the map's script, which knows what Leaflet writes.
 */
export const contentPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  // The preview of an embed: of our pages, embeds alone may be framed.
  frameSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
  requireTrustedTypesFor: ["'script'"],
  trustedTypes: ['default'],
}

/** A policy as its header says it. */
export const policyText = (policy: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(policy)
    .map(
      ([name, from]) => `${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} ${from.join(' ')}`,
    )
    .join(';')

/** The same for answers that the framework gives before any hook of ours runs. */
const bareHeaders = {
  'content-security-policy': policyText(contentPolicy),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

export type Refuse = (
  reply: FastifyReply,
  status: number,
  title: string,
  sentence: string,
  more?: {
    /** Where to go instead, before the usual ways on. */
    readonly instead?: readonly Link[]
    /** What was sent with a form, which its sender may want to copy. */
    readonly typed?: readonly string[]
  },
) => FastifyReply

interface Link {
  readonly href: string
  readonly text: string
}

/** Answers that say no: each is a page of ours that says what happened and what can be done. */
export function refusals(render: Render): Refuse {
  const links = [
    { href: '/', text: 'Start page' },
    { href: '/search', text: 'Search' },
    { href: '/about', text: 'About Plumbline' },
  ]
  return (reply, status, title, sentence, { instead = [], typed = [] } = {}) =>
    reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(
        render('pages/about/text', {
          title,
          sections: [{ text: sentence }],
          typed,
          links: [...instead, ...links],
        }),
      )
}

const formTooOld =
  'Or it did not come from a page of ours. Go back, load its page again, and send it from there. Your browser must keep cookies for that.'

const accountShut =
  'Whoever runs this Plumbline has shut it, so nobody can sign in to it; why, the public record says. If that is a mistake, write to them. Everything public can be read without an account.'

const unreadable = 'This address cannot be read'

/** For the framework's own refusals, which come before its error handler. */
export const frameworkError =
  (refuse: Refuse) => (_: unknown, __: unknown, reply: FastifyReply) => {
    void refuse(
      reply.headers(bareHeaders),
      400,
      unreadable,
      'It holds characters that no address of ours has.',
    )
  }

/** Errors and addresses where there is nothing. No detail of an error reaches the page. */
export function addRefusals(app: FastifyInstance, refuse: Refuse): void {
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof BadRequest) return refuse(reply, 400, unreadable, error.message)
    if (error instanceof AccountShut) {
      return refuse(reply, 403, 'This account is shut', accountShut)
    }
    const { statusCode: status = 500, code } = error as { statusCode?: number; code?: string }
    if (code?.startsWith('FST_CSRF')) {
      return refuse(reply, 400, 'This form is too old', formTooOld, { typed: typedIn(request) })
    }
    if (error instanceof BrokenForm) {
      const sentence =
        'Some of its letters are broken, so nobody can know what was meant. Nothing of it was kept. Please go back and send it again.'
      return refuse(reply, 400, unreadable, sentence)
    }
    if (status === 413) {
      const sentence =
        'It is longer than anything that is asked for here (64,000 letters). Nothing of it was kept. Please send less.'
      return refuse(reply, status, 'This is too long', sentence)
    }
    if (status < 500) {
      const sentence = 'The request is not one that we can answer.'
      return refuse(reply, status, 'This cannot be done', sentence)
    }
    request.log.error({ err: error }, 'failed')
    const sentence = `Please try again. If it goes on, tell the operator this number: ${request.id}`
    return refuse(reply, 500, 'Something went wrong on our side', sentence)
  })
  app.setNotFoundHandler((_, reply) =>
    refuse(
      reply,
      404,
      'There is nothing at this address',
      'It may have been mistyped, or what stood here is shown no longer. Search for a name, a street, a town or a postcode instead.',
    ),
  )
}

/** Addresses that can only be read refuse every other method before a body is read. */
export function addReadOnly(app: FastifyInstance, path: string, refuse: Refuse): void {
  app.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url: path,
    ...forAll,
    onRequest: async (_, reply) =>
      refuse(
        reply.header('allow', 'GET, HEAD'),
        405,
        'This page can only be read',
        'Open it by its address; nothing can be sent to it.',
      ),
    handler: () => undefined,
  })
}
