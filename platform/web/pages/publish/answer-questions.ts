import type { FastifyReply, FastifyRequest } from 'fastify'
import { allowed } from '../../../people/rules.ts'
import type { Upload } from '../../../uploads/upload.ts'
import { field } from '../../forms.ts'
import { filePage } from './file-page.ts'
import type { PublishPlace } from './place.ts'
import { answersOf, answersTag, questionsPage } from './questions-page.ts'

/** A file as whoever sent a form about it has seen it. */
export interface Seen {
  readonly upload: Upload
  /** The version that the form was made from. */
  readonly version: number
}

/**
 * Takes the answers about a file of a new kind. Where somebody else was first, nothing of theirs is
 * overwritten and nothing that was typed is lost, whatever has become of the file: both are shown.
 * @param gone answers where there is nothing to show beside: the file was dropped, or is of a known kind.
 */
export async function answerQuestions(
  request: FastifyRequest,
  reply: FastifyReply,
  place: PublishPlace,
  { upload, version }: Seen,
  gone: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const { uploads, page } = place
  const answers = answersOf(request.body)
  const mayNot = (service: string | null): string | null => {
    const about = service === null ? {} : { service }
    const { yes, why } = allowed(request.viewer, 'draft-release', about)
    return yes ? null : why
  }
  let outcome = await uploads.acts.answer(upload, version, answers, mayNot)
  const now = (await uploads.find(upload.id)) ?? upload
  const theirAnswers = answersTag(now.answers ?? {})
  const isSame = answersTag(answers) === theirAnswers
  // The file alone went on: nobody answered otherwise than the answers that the form stood beside.
  const hasSeen = field(request, 'seen') === theirAnswers
  // Pressed twice, and something is wrong with it: the second press hears of it as the first did.
  const again = isSame ? now.state === 'questions' : hasSeen
  if (outcome === 'changed-since' && again) {
    outcome = await uploads.acts.answer(now, now.version, answers, mayNot)
  }
  if (outcome === 'done' || (outcome === 'changed-since' && isSame)) {
    return reply.redirect(`/publish/${upload.id}`, 303)
  }
  const isLate = outcome === 'changed-since'
  if (isLate && (now.draft === null || now.answers === null)) return gone()
  const problems = outcome === 'changed-since' ? [] : outcome
  const current = isLate ? now : ((await uploads.find(upload.id)) ?? now)
  const shown = await filePage(request, place, current)
  const theirs = isLate ? (current.answers ?? {}) : null
  const asked = await questionsPage(request, place, current, answers, problems, theirs)
  reply.code(isLate ? 409 : 400)
  return page(reply, 'pages/publish/questions', {
    ...shown,
    ...asked,
    title: `Error: ${shown.title}`,
    standing: isLate ? standing(current) : null,
  })
}

/** What somebody who was too late must know of the file before they send their answers again. */
function standing({ state }: Upload): string | null {
  if (state === 'published') {
    return 'It is published with their answers. To change it, hand the file in once more.'
  }
  if (state === 'publishing') return 'It is being published with their answers.'
  if (state === 'checking' || state === 'reading') {
    return 'The file is being checked with their answers. Send yours when that is done.'
  }
  return null
}
