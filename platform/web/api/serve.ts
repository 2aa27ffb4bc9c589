import { randomBytes } from 'node:crypto'
import cors from '@fastify/cors'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Kept } from '../../comparison/kept.ts'
import type { Reader, State } from '../../comparison/reader.ts'
import { isUnchanged } from '../conditional.ts'
import { forAll } from '../guard.ts'
import { text } from '../query.ts'
import { type AppointmentRoutes, addAppointments } from './appointments.ts'
import { parse, pick, type Raw } from './asked.ts'
import { type Cursors, cursorsBy, questionOf } from './cursor.ts'
import { base, openapi } from './openapi.ts'
import { asOfParameter, type Operation } from './operation.ts'
import { operations } from './operations.ts'
import { Refused } from './problem.ts'
import { addPushes, type PushRoutes } from './push.ts'
import { addProblems, nothing, reading, readOnly } from './refusing.ts'
import { sampleOf } from './sample.ts'

export interface ApiOptions {
  readonly reader: Reader
  /** What publishers send; without it, nothing can be sent. */
  readonly pushes?: PushRoutes | undefined
  /** Who may be asked after appointments; without it, none is taken. */
  readonly appointments?: AppointmentRoutes | undefined
  /** Signs cursors; without it, those of this process are known to it alone. */
  readonly secret?: string | undefined
  /** Requests that one address may make in ten seconds. */
  readonly limit?: number
}

/** Generous: a script that asks for one thing after another never meets it. */
const usualLimit = 2000
const window = 10_000

/** The program is part of an answer's tag: answers change with it too. */
const started = Date.now().toString(36)

/** `/api/v1`: the same stored results that pages show, for machines. */
export async function api(
  app: FastifyInstance,
  { reader, pushes, appointments, secret, limit }: ApiOptions,
): Promise<void> {
  await app.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD'],
    // Not `authorization`: pages of others read, and send nothing.
    allowedHeaders: ['accept', 'if-none-match', 'if-modified-since', 'range', 'if-range'],
    exposedHeaders: [
      'etag',
      'link',
      'retry-after',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
    ],
    strictPreflight: false,
    // Who sends a tag from a page of another site has it asked first, each time unless this is kept.
    maxAge: 86_400,
  })
  await app.register(rateLimit, {
    max: limit ?? usualLimit,
    timeWindow: window,
    enableDraftSpec: true,
    errorResponseBuilder: (_, { after }) =>
      new Refused('too-many-requests', 429, `Too many requests: go on in ${after}.`),
  })
  addProblems(app)
  const documents = new Kept<object>(2)
  const cursors = cursorsBy(secret ?? randomBytes(32).toString('base64url'))
  app.get(`${base}/openapi.json`, forAll, async (request, reply) => {
    const state = await reader.state()
    if (unchanged(request, reply, state)) return reply.code(304).send()
    return documents.get(String(state.publication), async () =>
      openapi(await sampleOf(reader, state)),
    )
  })
  for (const operation of operations) addOperation(app, reader, cursors, operation)
  if (pushes) await app.register(addPushes, pushes)
  if (appointments) await app.register(addAppointments, appointments)
  addTry(app)
  app.all(`${base}/*`, forAll, (request, reply) =>
    reading.includes(request.method) ? nothing(request, reply) : readOnly(request, reply),
  )
  app.get(base, forAll, (request, reply) => nothing(request, reply))
}

function addOperation(
  app: FastifyInstance,
  reader: Reader,
  cursors: Cursors,
  operation: Operation,
): void {
  const url = `${base}${operation.path.replace('{code}', ':code')}`
  app.get<{ Params: { code?: string } }>(url, forAll, async (request, reply) => {
    const raw = request.query as Raw
    const code = text.safeParse(request.params.code ?? '')
    if (!code.success) {
      throw new Refused(
        'unreadable-request',
        400,
        'The address holds characters that cannot be typed.',
      )
    }
    const path = request.url.split('?')[0] ?? url
    const state = await stateOf(reader, cursors, raw, path)
    const indicators = await reader.indicators(state)
    const call = { reader, state, indicators, cursors }
    // Before anything is called unchanged: what cannot be asked, or is not there, is refused with any tag.
    const answer = await operation.run(call, { code: code.data }, raw, path)
    // What people say comes between publications: of it, the tag alone tells whether it has changed.
    const at = operation.topic === 'replies' ? null : state.at
    if (unchanged(request, reply, { ...state, at })) return reply.code(304).send()
    const next = (answer as { links?: { next?: string | null } }).links?.next
    if (next) reply.header('link', `<${next}>; rel="next"`)
    return answer
  })
}

/** Leads a form of the page about the API to the address that it asks for. */
function addTry(app: FastifyInstance): void {
  app.get<{ Params: { id: string } }>('/api/try/:id', forAll, (request, reply) => {
    const operation = operations.find((o) => o.id === request.params.id)
    if (!operation) return nothing(request, reply)
    const search = new URLSearchParams()
    const asked = request.query as Raw
    if (
      operation.path.includes('{code}') &&
      (typeof asked.code !== 'string' || asked.code === '')
    ) {
      const detail = 'The parameter “code” is missing: say of what you ask.'
      throw new Refused('unreadable-value', 400, detail, { parameter: 'code' })
    }
    let path = operation.path
    for (const [name, value] of Object.entries(asked)) {
      if (typeof value !== 'string' || value === '') continue
      if (name === 'empty') continue
      if (name === 'code') path = path.replace('{code}', encodeURIComponent(value))
      else search.set(name, value)
    }
    // A form sends every field: which of those that are empty is meant so, it says besides.
    const meant = Object.keys(operation.query.shape).find((name) => name === asked.empty)
    if (meant !== undefined && asked[meant] === '') search.set(meant, '')
    return reply.redirect(`${base}${path}${search.size > 0 ? `?${search}` : ''}`, 303)
  })
}

/** The state that is asked for: where a cursor goes on, the one in which its list began. */
async function stateOf(reader: Reader, cursors: Cursors, raw: Raw, path: string): Promise<State> {
  if (typeof raw.cursor === 'string' && raw.cursor.length <= 400) {
    const { at } = cursors.read(raw.cursor, questionOf(path, raw))
    if (at !== null) return reader.state(at)
  }
  const asked = z.object(asOfParameter)
  return reader.state(parse(asked, pick(raw, asked))['as-of'])
}

function unchanged(request: FastifyRequest, reply: FastifyReply, state: State): boolean {
  // Weak: the packed answer and the plain one are the same answer.
  const tag = `W/"${state.publication}.${state.answers}.${state.record}.${state.erased}-${started}"`
  reply.header('etag', tag).header('cache-control', 'no-cache')
  if (state.at !== null) reply.header('last-modified', new Date(state.at).toUTCString())
  return isUnchanged(request.headers, tag, state.at)
}
