import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isWithin } from '../../../people/counts.ts'
import { keyed } from '../../../people/secret.ts'
import type { PartUpload } from '../../../uploads/part-store.ts'
import { type Checksum, checksums, PartRefused } from '../../../uploads/parts.ts'
import { NotTaken } from '../../../uploads/receive.ts'
import type { PeopleDoor } from '../../people-door.ts'
import { idOf, type PublishPlace } from './place.ts'

const version = '1.0.0'
const offsetStream = 'application/offset+octet-stream'
const draft = { config: { act: 'draft-release' } } as const
export const tooOften = 'You have begun many files within an hour. Please go on in an hour.'

/**
 * Takes files in parts, by the tus protocol 1.0 with its extensions creation, termination and checksum
 * (https://tus.io/protocols/resumable-upload). A file is there for whoever began it, and for nobody else.
 */
export function addParts(app: FastifyInstance, { uploads, door }: PublishPlace): void {
  const { parts, mostBytes } = uploads
  app.addContentTypeParser(offsetStream, (_, body, done) => done(null, body))

  app.options('/publish/parts', async (_, reply) =>
    spoken(reply)
      .headers({
        'tus-version': version,
        'tus-extension': 'creation,termination,checksum',
        'tus-max-size': mostBytes,
        'tus-checksum-algorithm': checksums.join(','),
      })
      .code(204)
      .send(),
  )

  app.post(
    '/publish/parts',
    draft,
    spoke(async (request, reply) => {
      const file = fileOf(request)
      if (file === null)
        return say(reply, 400, 'Say the length, the name and the form of the file.')
      if (!(await mayBegin(door, request))) return say(reply, 429, tooOften)
      const begun = await parts.begin({ ...file, person: personOf(request) })
      return spoken(reply).header('location', `/publish/parts/${begun.id}`).code(201).send()
    }),
  )

  /** A route of one file, for whoever began it. */
  const one = (
    method: 'HEAD' | 'PATCH' | 'DELETE',
    go: (request: FastifyRequest, reply: FastifyReply, file: PartUpload) => Promise<FastifyReply>,
  ): void => {
    app.route({
      method,
      url: '/publish/parts/:code',
      ...draft,
      handler: spoke(async (request, reply) => {
        const id = idOf(request)
        const file = id && (await parts.find(id, personOf(request)))
        return file ? go(request, reply, file) : say(reply, 404, 'No such file is on its way.')
      }),
    })
  }

  one('HEAD', async (_, reply, { bytes, received }) =>
    spoken(reply).headers({ 'upload-offset': received, 'upload-length': bytes }).code(200).send(),
  )

  one('PATCH', async (request, reply, file) => {
    const offset = numberIn(request, 'upload-offset')
    const length = numberIn(request, 'content-length')
    const checksum = checksumIn(request)
    if (request.headers['content-type'] !== offsetStream) {
      return say(reply, 415, `Send the part as ${offsetStream}.`)
    }
    if (offset === null || length === null || checksum === undefined) {
      return say(reply, 400, 'Say where the part begins, how long it is, and a checksum we know.')
    }
    const body = request.body as Readable
    const received = await parts.add(file, { offset, length, checksum }, body)
    return spoken(reply).header('upload-offset', received).code(204).send()
  })

  one('DELETE', async (request, reply, { id }) => {
    await parts.drop(id, personOf(request))
    return spoken(reply).code(204).send()
  })
}

/** Lets go of a file that is half sent, by a form. */
export function addRemove(app: FastifyInstance, { uploads }: PublishPlace): void {
  app.post('/publish/parts/:code/remove', draft, async (request, reply) => {
    const id = idOf(request)
    if (id !== null) await uploads.parts.drop(id, personOf(request))
    return reply.redirect('/publish', 303)
  })
}

/** Whether a person may begin one more file now. */
export function mayBegin({ people }: PeopleDoor, request: FastifyRequest): Promise<boolean> {
  return isWithin(people.db, 'file-by', keyed(people.secret, 'files', personOf(request)))
}

const personOf = (request: FastifyRequest): string => request.viewer.person?.id ?? ''

const spoken = (reply: FastifyReply): FastifyReply => reply.header('tus-resumable', version)

/** A refusal that a script can show as it is. */
const say = (reply: FastifyReply, status: number, sentence: string): FastifyReply =>
  spoken(reply).code(status).type('text/plain; charset=utf-8').send(sentence)

/** 460 is the protocol's own, for a part that was damaged. */
const statusOf = { elsewhere: 409, damaged: 460, 'broken-off': 400 } as const

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** Answers whoever speaks our version, and says in a sentence why a file or a part is not taken. */
const spoke =
  (go: Handler): Handler =>
  async (request, reply) => {
    if (request.headers['tus-resumable'] !== version) {
      return say(reply.header('tus-version', version), 412, `Speak tus ${version}.`)
    }
    try {
      return await go(request, reply)
    } catch (error) {
      if (error instanceof NotTaken) return say(reply, 400, error.message)
      if (error instanceof PartRefused) return say(reply, statusOf[error.kind], error.message)
      throw error
    }
  }

function numberIn({ headers }: FastifyRequest, name: string): number | null {
  const text = headers[name]
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null
}

const metadata = z.object({
  form: z.uuid(),
  filename: z.string().trim().min(1).max(1000),
  modified: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
})

/** The file that is begun; null where something is missing. */
function fileOf(request: FastifyRequest): Omit<PartUpload, 'received' | 'person'> | null {
  const bytes = numberIn(request, 'upload-length')
  const text = request.headers['upload-metadata']
  const pairs = (typeof text === 'string' ? text : '').split(',').map((pair) => {
    const [key = '', value = ''] = pair.trim().split(' ')
    return [key, Buffer.from(value, 'base64').toString('utf8')] as const
  })
  const said = metadata.safeParse(Object.fromEntries(pairs)).data
  if (!said || bytes === null) return null
  if (bytes === 0) throw new NotTaken('The file is empty. Choose another.')
  const fileName = said.filename.replace(/\p{C}/gu, '').slice(-300)
  return { id: said.form, fileName, modified: said.modified, bytes }
}

/** The checksum of a part; null where there is none, undefined where it is not one that we know. */
function checksumIn({ headers }: FastifyRequest): Checksum | null | undefined {
  const text = headers['upload-checksum']
  if (text === undefined) return null
  const [name, digest = ''] = String(text).split(' ')
  const algorithm = checksums.find((a) => a === name)
  return algorithm && { algorithm, digest: Buffer.from(digest, 'base64') }
}
