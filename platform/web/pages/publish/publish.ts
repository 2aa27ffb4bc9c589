import { randomUUID } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { NotTaken } from '../../../uploads/receive.ts'
import { field } from '../../forms.ts'
import { addFile } from './file.ts'
import { fileOf, readFields } from './form-of-file.ts'
import { listPage } from './list.ts'
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

  app.get('/publish', { config: draft }, async (request, reply) =>
    page(reply, 'pages/publish/list', { ...(await listPage(request, place)), form: randomUUID() }),
  )

  app.get(
    '/publish.json',
    { config: draft },
    async (request) => (await listPage(request, place)).data,
  )

  app.post('/publish', { config: draft, preValidation: readFields }, async (request, reply) => {
    const id = z.uuid().safeParse(field(request, 'form')).data
    const sent = fileOf(request)
    const refused = async (error: string): Promise<FastifyReply> =>
      page(reply.code(400), 'pages/publish/list', {
        ...(await listPage(request, place)),
        title: 'Error: Publish figures',
        form: randomUUID(),
        error,
      })
    if (id === undefined || sent === null || sent.fileName === '') {
      return refused('Choose a file to hand in')
    }
    try {
      const person = request.viewer.person?.id ?? ''
      await uploads.take({ id, person, fileName: sent.fileName }, sent.file)
    } catch (error) {
      if (error instanceof NotTaken) return refused(error.message)
      throw error
    }
    return reply.redirect(`/publish/${id}`, 303)
  })

  addFile(app, place)
  addWithdraw(app, place)
}
