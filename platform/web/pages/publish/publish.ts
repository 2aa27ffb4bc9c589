import { randomUUID } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { NotTaken } from '../../../uploads/receive.ts'
import { fileOf, readFields } from '../../form-of-file.ts'
import { field } from '../../forms.ts'
import { contentPolicy, policyText } from '../../refusals.ts'
import { addDrafts } from './drafts.ts'
import { addFile } from './file.ts'
import { listPage } from './list.ts'
import { addParts, addRemove, mayBegin, tooOften } from './parts.ts'
import type { PublishPlace } from './place.ts'
import { addWithdraw } from './withdraw.ts'

/** Publishing in the browser: from a file to a public page. */
export async function addPublish(app: FastifyInstance, place: PublishPlace): Promise<void> {
  const { uploads, page } = place
  await app.register(multipart, {
    throwFileSizeLimit: false,
    // What is too large is told by its bytes as they come.
    limits: {
      fields: 10,
      fieldSize: 1000,
      files: 1,
      fileSize: Number.POSITIVE_INFINITY,
      parts: 12,
    },
  })
  const draft = { act: 'draft-release' } as const

  const list = async (
    request: FastifyRequest,
    reply: FastifyReply,
    values: Record<string, unknown> = {},
  ): Promise<FastifyReply> =>
    page(sendsParts(reply), 'pages/publish/list', {
      ...(await listPage(request, place)),
      usesParts: true,
      form: randomUUID(),
      ...values,
    })

  app.get('/publish', { config: draft }, (request, reply) => list(request, reply))

  app.get(
    '/publish.json',
    { config: draft },
    async (request) => (await listPage(request, place)).data,
  )

  app.post('/publish', { config: draft, preValidation: readFields }, async (request, reply) => {
    const id = z.uuid().safeParse(field(request, 'form')).data
    const sent = fileOf(request)
    const refused = (error: string): Promise<FastifyReply> =>
      list(request, reply.code(400), { title: 'Error: Publish figures', error })
    if (id === undefined || sent === null || sent.fileName === '') {
      return refused('Choose a file to hand in')
    }
    if (!(await mayBegin(place.door, request))) return refused(tooOften)
    try {
      const person = request.viewer.person?.id ?? ''
      await uploads.take({ id, person, fileName: sent.fileName }, sent.file)
    } catch (error) {
      if (error instanceof NotTaken) return refused(error.message)
      throw error
    }
    return reply.redirect(`/publish/${id}`, 303)
  })

  addParts(app, place)
  addRemove(app, place)
  addDrafts(app, place)
  addFile(app, place)
  addWithdraw(app, place)
}

/** The page's script talks to us, and to nobody else. */
const partsPolicy = policyText({
  ...contentPolicy,
  connectSrc: ["'self'"],
})
const sendsParts = (reply: FastifyReply): FastifyReply =>
  reply.header('content-security-policy', partsPolicy)
