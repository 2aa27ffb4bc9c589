import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Descriptor } from '../../evidence/descriptor.ts'
import { holdsJsonLines } from '../../evidence/json-lines.ts'
import { withPeriodOf } from '../../evidence/period-asked.ts'
import { Busy, type PushAsked, type Pushes, type Taken } from '../../pushes/pushes.ts'
import { type PushResult, pushResult } from '../../pushes/result.ts'
import { Unspoolable } from '../../pushes/spool.ts'
import { maySend, type Token } from '../../tokens/token.ts'
import { forAll } from '../guard.ts'
import { text } from '../query.ts'
import { parse, type Raw, refuseUnknown } from './asked.ts'
import { base } from './base.ts'
import { tokenOf } from './bearer.ts'
import { Refused, type RefusedCell, unknownValue } from './problem.ts'
import { keyHeader, mediaTypes, pushQuery } from './push-schema.ts'

export interface PushRoutes {
  readonly pushes: Pushes
  /** How long a sender waits before it is told where to ask again, in milliseconds. */
  readonly patience?: number
  /** Pushes that one address may send in a minute. */
  readonly limit?: number
}

/**
 * Long enough for a daily file, shorter than what stands between a sender and a server waits: a script
 * learns by its one request what became of its figures.
 */
const usualPatience = 25_000
const usualLimit = 60

/** `POST /releases`, and `/pushes/ID`, which says what came of it. */
export async function addPushes(
  app: FastifyInstance,
  { pushes, patience = usualPatience, limit = usualLimit }: PushRoutes,
): Promise<void> {
  // What is sent is a stream for us to read, whatever it says that it is.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  // Pages of others read; who sends is a program, which asks nobody whether it may.
  app.addHook('onSend', async (request, reply) => {
    if (request.routeOptions.config.act === 'push') {
      reply.removeHeader('access-control-allow-origin')
    }
  })
  const byToken = { act: 'push' } as const
  const config = { ...byToken, rateLimit: { max: limit, timeWindow: 60_000 } }
  app.post(`${base}/releases`, { config }, async (request, reply) => {
    const token = await tokenOf(request, (sent) => pushes.token(sent))
    const asked = askedOf(request, token, pushes)
    const packed = packingOf(request, asked.file)
    const body = request.body instanceof Readable ? request.body : Readable.from([])
    const taken = await pushes.take(asked, body, packed).catch((error: unknown) => {
      throw error instanceof Unspoolable || error instanceof Busy ? unspoolable(error) : error
    })
    return answer(reply, await resultOf(taken, patience))
  })
  app.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: `${base}/releases`,
    ...forAll,
    onRequest: async () => {
      const detail =
        'A release is never changed: send a corrected file with POST, which takes its place.'
      throw new Refused('read-only', 405, detail, {}, { allow: 'GET, HEAD, POST' })
    },
    handler: () => undefined,
  })
  const own = { config: byToken }
  app.get<{ Params: { code: string } }>(`${base}/pushes/:code`, own, async (request, reply) => {
    refuseUnknown(request.query as Raw, z.object({}))
    const token = await tokenOf(request, (sent) => pushes.token(sent))
    const id = text.safeParse(request.params.code).data
    const found = id === undefined ? null : await pushes.find(token, id)
    if (!found) {
      throw new Refused('nothing-here', 404, 'This token has sent no push of that name.')
    }
    reply.header('cache-control', 'no-store')
    if (found.result === null) {
      return { data: { id, state: found.state }, links: linksOf(id ?? '', null) }
    }
    return { data: found.result, links: linksOf(found.result.id, found.result) }
  })
}

function askedOf(request: FastifyRequest, token: Token, pushes: Pushes): PushAsked {
  const raw = request.query as Raw
  refuseUnknown(raw, pushQuery)
  const asked = parse(pushQuery, raw)
  const descriptor = pushes.descriptors.find((d) => d.id === asked.descriptor)
  const own = pushes.descriptors.filter((d) => maySend(token, d)).map((d) => d.id)
  if (!descriptor) throw unknownValue('descriptor', asked.descriptor, own)
  if (!own.includes(descriptor.id)) {
    const detail = `This token may not send “${descriptor.id}”.`
    throw new Refused('not-yours', 403, detail, { parameter: 'descriptor', allowed: own })
  }
  const period = periodOf(descriptor, asked)
  const publish = asked.publish === undefined ? token.publishes : asked.publish === 'true'
  if (publish && !token.publishes) {
    const detail = 'This token brings drafts, which a steward publishes: leave “publish” out.'
    throw new Refused('not-yours', 403, detail, { parameter: 'publish', allowed: ['false'] })
  }
  const reason = asked.reason || `New figures from ${token.name}`
  const dryRun = asked['dry-run'] === 'true'
  const { file } = asked
  return {
    token,
    descriptor: descriptor.id,
    file,
    period,
    dryRun,
    publish,
    reason,
    key: keyOf(request),
  }
}

/** When the figures are of, where the kind of file does not say it. @throws Refused where that is to be said otherwise. */
function periodOf(
  descriptor: Descriptor,
  { file, period: sent }: z.infer<typeof pushQuery>,
): string | null {
  const way = { option: '“period”', example: (period: string) => `period=${period}` }
  const read = withPeriodOf(descriptor, sent, file, way)
  if (typeof read !== 'string') return sent ?? null
  throw new Refused('unreadable-value', 400, read, {
    parameter: 'period',
    ...(sent ? { sent } : {}),
  })
}

function keyOf({ headers }: FastifyRequest): string | null {
  const sent = headers['idempotency-key']
  if (sent === undefined) return null
  const key = keyHeader.safeParse(sent).data
  if (key !== undefined) return key
  const detail = 'The header “idempotency-key” takes 1 to 200 letters, digits and marks of ASCII.'
  throw new Refused('unreadable-value', 400, detail, { parameter: 'idempotency-key' })
}

/** Whether the body comes as gzip. @throws Refused where it comes in a form that is not taken. */
function packingOf({ headers }: FastifyRequest, file: string): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
  const isJson = mediaTypes.json.includes(type)
  if (!isJson && !mediaTypes.csv.includes(type)) {
    const allowed = [...mediaTypes.csv, ...mediaTypes.json]
    const detail = `Send CSV as “content-type: text/csv” or JSON lines as “application/x-ndjson”.`
    throw new Refused('wrong-type', 415, detail, { parameter: 'content-type', sent: type, allowed })
  }
  if (isJson !== holdsJsonLines(file)) {
    const detail = isJson
      ? 'The name of a file with JSON lines ends in .jsonl or .ndjson.'
      : 'The name of a CSV file does not end in .jsonl or .ndjson.'
    throw new Refused('unreadable-value', 400, detail, { parameter: 'file', sent: file })
  }
  const packing = headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (packing === 'identity') return false
  if (packing === 'gzip' || packing === 'x-gzip') return true
  const detail = 'A body may be packed as gzip, and as nothing else.'
  const more = { parameter: 'content-encoding', sent: packing.slice(0, 200), allowed: ['gzip'] }
  throw new Refused('wrong-type', 415, detail, more, { 'accept-encoding': 'gzip' })
}

function unspoolable(error: Unspoolable | Busy): Refused {
  if (error instanceof Busy) {
    const detail = 'Many files are being read: send it again in a minute.'
    return new Refused('busy', 503, detail, {}, { 'retry-after': '60' })
  }
  return error.kind === 'too-large'
    ? new Refused('too-large', 413, error.message)
    : new Refused('unreadable-request', 400, error.message)
}

type Ended = { readonly id: string; readonly result: PushResult | null }

/** What came of it; nothing yet where that takes longer than a sender waits. */
async function resultOf(taken: Taken, patience: number): Promise<Ended> {
  if (taken.kind === 'other-bytes') {
    const detail =
      'This key was used for other figures, or with another reason or parameter: send these with another key. The same key is for sending the same again.'
    throw new Refused('key-used', 422, detail, { parameter: 'idempotency-key' })
  }
  if (taken.kind === 'under-way') {
    const detail = 'What was sent with this key is being read: ask what came of it.'
    const headers = { 'retry-after': '5', location: `${base}/pushes/${taken.id}` }
    throw new Refused('under-way', 409, detail, { parameter: 'idempotency-key' }, headers)
  }
  if (taken.kind === 'done') return { id: taken.result.id, result: taken.result }
  const late = new AbortController()
  const result = await Promise.race([
    taken.done.finally(() => late.abort()),
    wait(patience, undefined, { signal: late.signal, ref: false }).catch(() => undefined),
  ])
  if (result !== null) return { id: taken.id, result: result ?? null }
  const detail = 'It could not be read to its end, and nothing was kept. Send it again.'
  throw new Refused('our-fault', 500, detail)
}

function linksOf(id: string, result: PushResult | null) {
  const release = result?.release ?? null
  const isPublic = release !== null && result?.publication !== null
  return { self: `${base}/pushes/${id}`, release: isPublic ? `${base}/releases/${release}` : null }
}

function answer(reply: FastifyReply, { id, result }: Ended): FastifyReply {
  const links = linksOf(id, result)
  reply.header('cache-control', 'no-store').header('location', links.release ?? links.self)
  if (result === null) {
    reply.code(202).header('location', links.self).header('retry-after', '5')
    return reply.send({ data: { id, state: 'under-way' }, links })
  }
  if (result.state === 'refused') {
    const push = pushResult.parse(result)
    const detail = result.sentence ?? ''
    throw new Refused('refused-figures', 422, detail, { errors: errorsOf(result), push })
  }
  const isNew = result.state === 'published' || result.state === 'draft'
  return reply.code(isNew ? 201 : 200).send({ data: result, links })
}

/** Errors that an answer names; the report counts all. */
const mostErrors = 50

function errorsOf({ report }: PushResult): RefusedCell[] {
  const refused = report?.rules.filter((r) => r.severity === 'refuse') ?? []
  return refused
    .flatMap(({ rule, sentence, examples }) =>
      examples.map(({ line, column, value, sentence: own }) => {
        return { line, column, value, rule, detail: own ?? sentence }
      }),
    )
    .sort((a, b) => a.line - b.line)
    .slice(0, mostErrors)
}
