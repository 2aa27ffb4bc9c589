import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isAtWork, type Upload } from '../../../uploads/upload.ts'
import { field, typedIn } from '../../forms.ts'
import { sentFormOf } from '../../sent-form.ts'
import { answerQuestions, type Seen } from './answer-questions.ts'
import { dropPage, droppedBy } from './drop.ts'
import { filePage } from './file-page.ts'
import { idOf, mayPublish, type PublishPlace, reaches, thingOf } from './place.ts'
import { questionsPage } from './questions-page.ts'
import { sentBefore } from './sent-before.ts'

/** Seconds after which a page that waits asks again. */
const refreshAfter = 5
/** Milliseconds for which an answer waits for what is soon done. */
const patience = 2000

/** The page of one file that was handed in: what it waits for, and the forms by which it goes on. */
export function addFile(app: FastifyInstance, place: PublishPlace): void {
  const { uploads, page, refuse } = place
  const thing = async (request: FastifyRequest) => {
    const upload = await find(request)
    return upload && thingOf(upload)
  }
  const find = async (request: FastifyRequest): Promise<Upload | null> => {
    const id = idOf(request)
    return id === null ? null : uploads.find(id)
  }
  const draft = { config: { act: 'draft-release', thing } } as const

  const notYours = (reply: FastifyReply, why: string): FastifyReply =>
    refuse(reply, 403, 'This is not yours to do', why)

  app.get('/publish/:code', draft, async (request, reply) => {
    let upload = await find(request)
    if (!upload) return reply.callNotFound()
    const reach = reaches(request.viewer, 'draft-release', upload)
    if (!reach.yes) return notYours(reply, reach.why)
    const isJson = request.url.split('?')[0]?.endsWith('.json')
    if (isAtWork(upload) && !isJson) {
      await uploads.quiet(patience)
      upload = (await uploads.find(upload.id)) ?? upload
    }
    const shown = await filePage(request, place, upload)
    if (isJson) return shown.data
    if (isAtWork(upload)) {
      reply.header('refresh', String(refreshAfter))
      return page(reply, 'pages/publish/working', { ...shown, refreshAfter })
    }
    if (upload.state === 'questions') {
      const asked = await questionsPage(request, place, upload, upload.answers ?? {}, [])
      return page(reply, 'pages/publish/questions', { ...shown, ...asked })
    }
    return page(reply, 'pages/publish/file', { ...shown })
  })

  /** A form of the page of a file, which acts on the file as whoever sent it has seen it. */
  const form = (
    path: string,
    act: 'draft-release' | 'publish-release',
    go: (request: FastifyRequest, reply: FastifyReply, seen: Seen) => Promise<FastifyReply>,
  ): void => {
    app.post(`/publish/:code/${path}`, { config: { act, thing } }, async (request, reply) => {
      const upload = await find(request)
      if (!upload) return reply.callNotFound()
      const reach = reaches(request.viewer, act, upload)
      if (!reach.yes) return notYours(reply, reach.why)
      const version = /^\d{1,9}$/.test(field(request, 'version'))
        ? Number(field(request, 'version'))
        : 0
      return go(request, reply, { upload, version })
    })
  }
  const back = (reply: FastifyReply, { id }: Upload): FastifyReply =>
    reply.redirect(`/publish/${id}`, 303)
  /** Somebody was first. Pressed twice by one person, it is done as they asked; else they hear that it is not. */
  const changedSince = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { id, fileName }: Upload,
    isAsAsked: (now: Upload) => boolean,
  ): Promise<FastifyReply> => {
    const now = await uploads.find(id)
    if (now && isAsAsked(now)) return back(reply, now)
    return refuse(
      reply,
      409,
      'Somebody else changed this meanwhile',
      `Nothing was done. Go back to “${fileName}”, load its page again and look at it as it is now.`,
      { instead: [{ href: `/publish/${id}`, text: fileName }], typed: typedIn(request) },
    )
  }

  form('questions', 'draft-release', (request, reply, seen) =>
    answerQuestions(request, reply, place, seen, () =>
      changedSince(request, reply, seen.upload, () => false),
    ),
  )

  form('check', 'draft-release', async (request, reply, { upload, version }) => {
    const text = field(request, 'accept')
    const accept = /^\d{1,9}$/.test(text) ? Number(text) : 0
    const outcome = await uploads.acts.check(upload, version, accept)
    if (outcome === 'done') return back(reply, upload)
    return changedSince(
      request,
      reply,
      upload,
      (now) => now.accept === accept && ['checking', 'ready'].includes(now.state),
    )
  })

  form('reopen', 'draft-release', async (request, reply, { upload, version }) => {
    const outcome = await uploads.acts.reopen(upload, version)
    if (outcome === 'done') return back(reply, upload)
    const isOpen = ({ state }: Upload): boolean => state === 'reading' || state === 'questions'
    return changedSince(request, reply, upload, isOpen)
  })

  form('period', 'draft-release', async (request, reply, { upload, version }) => {
    const outcome = await uploads.acts.askPeriod(upload, version)
    if (outcome === 'done') return back(reply, upload)
    return changedSince(request, reply, upload, ({ state }) => state === 'questions')
  })

  form('rows', 'draft-release', async (request, reply, { upload, version }) => {
    const outcome = await uploads.acts.intoRows(upload, version)
    if (outcome === 'done') return back(reply, upload)
    return changedSince(request, reply, upload, ({ state }) => state === 'reading')
  })

  app.get('/publish/:code/drop', draft, async (request, reply) => {
    const upload = await find(request)
    if (!upload) return reply.callNotFound()
    const reach = reaches(request.viewer, 'draft-release', upload)
    if (!reach.yes) return notYours(reply, reach.why)
    return page(reply, 'pages/publish/drop', dropPage(request, upload))
  })

  form('drop', 'draft-release', async (request, reply, { upload, version }) => {
    const outcome = await uploads.acts.drop(upload, version, droppedBy(request, upload))
    if (outcome === 'done') return reply.redirect('/publish', 303)
    return changedSince(request, reply, upload, ({ state }) => state === 'dropped')
  })

  form('publish', 'publish-release', async (request, reply, { upload, version }) => {
    const reason = field(request, 'reason')
      .replace(/\p{C}+/gu, ' ')
      .trim()
    if (upload.state === 'ready' && (reason === '' || reason.length > 500)) {
      const error = reason === '' ? 'Say why you publish it' : 'Use at most 500 characters'
      const shown = await filePage(request, place, upload)
      const values = { ...shown, title: `Error: ${shown.title}`, error, reason }
      return page(reply.code(400), 'pages/publish/file', values)
    }
    const { yes, why, grant } = await mayPublish(place, request.viewer, upload)
    if (!yes) return notYours(reply, why)
    const role = grant?.role ?? 'steward'
    const sent = sentFormOf(place, request)
    const outcome = await uploads.acts.publish(upload, version, { reason, role }, sent)
    if (outcome === 'done') return back(reply, upload)
    if (outcome === 'sent-otherwise') {
      const file = { href: `/publish/${upload.id}`, text: upload.fileName }
      return sentBefore(place, reply, { reason, file })
    }
    return changedSince(
      request,
      reply,
      upload,
      (now) => now.reason === reason && ['publishing', 'published', 'checking'].includes(now.state),
    )
  })
}
