import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Refuse } from '../refusals.ts'
import { base } from './base.ts'
import { type Problem, type ProblemKind, problem, Refused } from './problem.ts'

/** Methods that read. */
export const reading = ['GET', 'HEAD', 'OPTIONS']

function send(request: FastifyRequest, reply: FastifyReply, found: Problem): FastifyReply {
  return reply
    .code(found.status)
    .removeHeader('etag')
    .removeHeader('last-modified')
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send({ ...found, instance: (request.raw.url ?? '').slice(0, 2000) })
}

const isOfApi = (url: string): boolean => /^\/api\/v1(?:[/?]|$)/.test(url)

/** Addresses of data: downloads, the catalogue, and pages' data by their endings. */
const isData = (url: string): boolean => {
  const [path = ''] = url.split('?')
  return (
    /^\/(?:downloads\/|catalog$)/.test(path) || /\.(?:csv|json|jsonl|parquet|zip|atom)$/.test(path)
  )
}

/**
 * The form in which an address of data is refused. Browsers name text/html and get a page; programs, which
 * take anything or data, a problem; who takes plain text alone, the sentence.
 */
export function formOfRefusal({ headers, raw }: FastifyRequest): 'page' | 'problem' | 'plain' {
  if (!isData(raw.url ?? '')) return 'page'
  const accept = headers.accept?.toLowerCase() ?? ''
  if (/text\/html|application\/xhtml\+xml/.test(accept)) return 'page'
  return /text\/plain/.test(accept) && !/json|\*\/\*/.test(accept) ? 'plain' : 'problem'
}

const kindOf = (status: number): ProblemKind => {
  if (status >= 500) return status === 503 ? 'busy' : 'our-fault'
  const kinds: Readonly<Record<number, ProblemKind>> = {
    401: 'not-signed-in',
    403: 'not-allowed',
    404: 'nothing-here',
    405: 'read-only',
    410: 'gone',
    413: 'too-large',
    429: 'too-many-requests',
  }
  return kinds[status] ?? 'unreadable-request'
}

/**
 * Refusals as programs read them: of the API (what never came as far as its own routes: an address that
 * cannot be read, a method that nobody knows) and of addresses of data; all others as before.
 */
export const asProblems =
  (refuse: Refuse): Refuse =>
  (reply, status, title, sentence, more) => {
    const { request } = reply
    if (isOfApi(request.raw.url ?? '')) {
      if (status === 404) {
        return reading.includes(request.raw.method ?? '')
          ? nothing(request, reply)
          : readOnly(request, reply)
      }
      const kind = status < 500 ? 'unreadable-request' : 'our-fault'
      return send(request, reply, problem(kind, status, sentence))
    }
    if (!isData(request.raw.url ?? '')) return refuse(reply, status, title, sentence, more)
    reply.header('vary', 'accept')
    const form = formOfRefusal(request)
    if (form === 'page') return refuse(reply, status, title, sentence, more)
    reply.removeHeader('content-disposition')
    if (form === 'problem') return send(request, reply, problem(kindOf(status), status, sentence))
    const text = `${title}. ${sentence}\n`
    return reply.code(status).type('text/plain; charset=utf-8').send(text)
  }

export function nothing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const detail = `There is nothing at this address. All that there is stands in ${base}/openapi.json and, in words, at /api.`
  return send(request, reply, problem('nothing-here', 404, detail))
}

export function readOnly(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const detail = 'This address can only be read: ask with GET or HEAD.'
  return send(request, reply.header('allow', 'GET, HEAD'), problem('read-only', 405, detail))
}

/** Every refusal of the API is a problem; no detail of an error of ours is in it. */
export function addProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof Refused) return send(request, reply.headers(error.headers), error.problem)
    const status = (error as { statusCode?: number }).statusCode ?? 500
    if (status < 500) {
      const detail = 'The request is not one that we can answer.'
      const kinds: Readonly<Record<number, ProblemKind>> = { 413: 'too-large', 415: 'wrong-type' }
      const kind = kinds[status] ?? 'unreadable-request'
      return send(request, reply, problem(kind, status, detail))
    }
    request.log.error({ err: error }, 'failed')
    const detail = `Please try again. If it goes on, tell the operator this number: ${request.id}`
    return send(request, reply, problem('our-fault', 500, detail))
  })
}
