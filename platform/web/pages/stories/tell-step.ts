import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isWithin, networkOf } from '../../../people/counts.ts'
import { keyed } from '../../../people/secret.ts'
import { Unsaid } from '../../../replies/said.ts'
import { type Draft, draftOf, storyOfDraft } from '../../../stories/draft.ts'
import { isCrisis } from '../../../stories/notice.ts'
import { partOf } from '../../matter-address.ts'
import type { FormPlace } from '../../people-door.ts'
import type { Fault } from '../../sent-form.ts'
import { draftKey } from '../../story-place.ts'
import { helpShown } from './story-words.ts'

/** What all steps of telling need. */
export const telling = { config: { act: 'tell-story' } } as const

export const tooOften =
  'Very many stories come from your network just now. Nothing is lost: please send it again in an hour.'
const noDraft =
  'It was sent and confirmed, or begun in another browser, or it is older than 7 days. You can tell it anew.'
export const again = [{ href: '/stories/tell', text: 'Tell a story' }]

type Step = (request: FastifyRequest, reply: FastifyReply, draft: Draft) => Promise<FastifyReply>

/** Finds the draft of an address for a step; one that became a story leads to where that is said. */
export function withDraft(place: FormPlace, step: Step) {
  const { door, refuse } = place
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const id = z.uuid().safeParse(partOf(request, 'draft'))
    if (!id.success)
      return refuse(reply, 404, 'There is no such story', noDraft, { instead: again })
    const draft = await draftOf(door.people.db, draftKey(place, request, id.data))
    if (draft) return step(request, reply, draft)
    if ((await storyOfDraft(door.people.db, id.data)) !== null) {
      return reply.redirect('/stories/tell/sent', 303)
    }
    return refuse(reply, 404, 'There is no such story', noDraft, { instead: again })
  }
}

/** Keeps a step, or says what is wrong with it. */
export async function kept(
  place: FormPlace,
  request: FastifyRequest,
  keep: () => Promise<string>,
): Promise<string | Fault> {
  const { db, secret } = place.door.people
  const network = keyed(secret, 'network', networkOf(request.ip))
  if (!(await isWithin(db, 'story-step', network))) {
    return { field: '', sentence: tooOften, status: 429 }
  }
  try {
    return await keep()
  } catch (error) {
    if (!(error instanceof Unsaid)) throw error
    return { field: error.field, sentence: error.message, status: 400 }
  }
}

/** Who can be called, for the step of somebody whose words may speak of a crisis. */
export const helpFor = (place: FormPlace, { happened, good, better }: TypedWords) => ({
  help: helpShown(place.reader),
  isCrisis: isCrisis([happened, good, better].join('\n')),
})

/** The three answers of which a story is made, as they were typed. */
export interface TypedWords {
  readonly happened: string
  readonly good: string
  readonly better: string
}
