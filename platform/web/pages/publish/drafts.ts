import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { PublishPlace } from './place.ts'

/** Drafts that came over the network or by the command line, gone on with here. */
export function addDrafts(app: FastifyInstance, { uploads, refuse }: PublishPlace): void {
  const numberOf = ({ params }: FastifyRequest): number | null => {
    const { code = '' } = params as { code?: string }
    return /^[1-9]\d{0,8}$/.test(code) ? Number(code) : null
  }
  const thing = async (request: FastifyRequest) => {
    const release = numberOf(request)
    const found = release === null ? null : await uploads.draftService(release)
    return found && (found.service === null ? {} : { service: found.service })
  }

  app.post(
    '/publish/drafts/:code',
    { config: { act: 'draft-release', thing } },
    async (request, reply) => {
      const release = numberOf(request)
      if (release === null) return reply.callNotFound()
      const id = await uploads.adopt(release)
      if (id !== null) return reply.redirect(`/publish/${id}`, 303)
      return refuse(
        reply,
        404,
        'There is no such draft now',
        'It was published or dropped, or a later one has taken its place. “Publish figures” lists those that are there.',
        { instead: [{ href: '/publish', text: 'Publish figures' }] },
      )
    },
  )
}
