import { Readable } from 'node:stream'
import { exportHead, exportLine, readCheckpoint, tlogProof } from '@plumbline/record'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Reader, State } from '../comparison/reader.ts'
import { forAll } from './guard.ts'

import type { Query } from './query.ts'
import type { Refuse } from './refusals.ts'

/** How the server reads what an address asks. */
type Ask = (request: FastifyRequest) => Query

interface RecordPlace {
  readonly reader: Reader
  readonly ask: Ask
  readonly refuse: Refuse
}

/** Addresses of `addRecordFiles`, which can only be read. */
export const recordFiles = [
  '/record/checkpoint',
  '/record/inclusion.json',
  '/record/consistency.json',
  '/record/export.ndjson',
] as const

/** The record for programs: the latest checkpoint, proofs, and all of it as a file. */
export function addRecordFiles(
  app: FastifyInstance,
  { reader, ask, refuse: say }: RecordPlace,
): void {
  const stateOf = async (request: FastifyRequest): Promise<{ q: Query; state: State }> => {
    const q = ask(request)
    return { q, state: await reader.state(q['as-of']) }
  }
  const refuse = (reply: FastifyReply, sentence: string): FastifyReply =>
    say(reply.header('cache-control', 'no-cache'), 404, 'There is no such proof', sentence)

  app.get('/record/checkpoint', forAll, async (request, reply) => {
    const { q, state } = await stateOf(request)
    const [found] = await reader.record.checkpoints(state, q.size ?? state.checkpoint)
    reply.header('cache-control', 'no-cache')
    if (!found) return refuse(reply, 'There is no checkpoint of so many entries.')
    return reply.type('text/plain; charset=utf-8').send(found.note)
  })

  app.get('/record/inclusion.json', forAll, async (request, reply) => {
    const { q, state } = await stateOf(request)
    const entry = q.entry ?? 0
    const [found] = await reader.record.checkpoints(state, q.size ?? state.checkpoint)
    if (!found) return refuse(reply, 'There is no checkpoint of so many entries.')
    const proof = await reader.record.inclusion(state, entry, found.size)
    if (!proof) {
      const which = `entry=${q.entry ?? ''} is not one of them`
      return refuse(reply, `The checkpoint covers entries 1 to ${found.size}: ${which}.`)
    }
    return reply.header('cache-control', 'no-cache').send({
      entry,
      index: entry - 1,
      size: found.size,
      root: rootOf(found.note),
      hashes: proof.map(hexOf),
      checkpoint: found.note,
      text: tlogProof(entry - 1, proof, found.note),
    })
  })

  app.get('/record/consistency.json', forAll, async (request, reply) => {
    const { q, state } = await stateOf(request)
    const size = q.size ?? state.checkpoint
    const proof = await reader.record.consistency(state, q.first ?? 0, size)
    if (!proof) {
      const sizes = `1 <= first <= size <= ${state.record}`
      return refuse(reply, `The record has ${state.record} entries: ask for ${sizes}.`)
    }
    const [older] = await reader.record.checkpoints(state, q.first)
    const [newer] = await reader.record.checkpoints(state, size)
    return reply.header('cache-control', 'no-cache').send({
      first: q.first,
      size,
      hashes: proof.map(hexOf),
      firstCheckpoint: older?.note ?? null,
      checkpoint: newer?.note ?? null,
    })
  })

  app.get('/record/export.ndjson', forAll, async (request, reply) => {
    const { state } = await stateOf(request)
    const keys = await reader.record.keys()
    return reply
      .type('application/x-ndjson; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-disposition', 'attachment; filename="plumbline-record.ndjson"')
      .send(Readable.from(exported(keys, reader.record.lines(state))))
  })
}

async function* exported(
  keys: readonly string[],
  lines: ReturnType<Reader['record']['lines']>,
): AsyncGenerator<string> {
  yield exportHead(keys)
  for await (const part of lines) yield part.map(exportLine).join('')
}

const hexOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')
const rootOf = (note: string): string => hexOf(readCheckpoint(note)?.root ?? new Uint8Array())
