import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { post } from '../../../mail/post.ts'
import { isWithin, networkOf } from '../../../people/counts.ts'
import { emailSchema } from '../../../people/proof.ts'
import { keyed } from '../../../people/secret.ts'
import { type Draft, lastSent, sendDraft } from '../../../stories/draft.ts'
import { confirmLetter, confirmSeconds } from '../../../stories/letters.ts'
import { noticedIn } from '../../../stories/notice.ts'
import { seal } from '../../../subscriptions/links.ts'
import { field } from '../../forms.ts'
import { type FormPlace, homeForLetters, isOpenTo } from '../../people-door.ts'
import { answerForm, type Fault } from '../../sent-form.ts'
import { draftKey, nameOf } from '../../story-place.ts'
import { aboutSentence, wordsShown } from './story-words.ts'
import { helpFor, kept, telling, tooOften, withDraft } from './tell-step.ts'

/** The last step of telling: the story is looked at, and sent with an address that confirms it. */
export function addSending(app: FastifyInstance, place: FormPlace): void {
  const { door, page } = place
  const { db, secret } = door.people

  const form = async (
    reply: FastifyReply,
    draft: Draft,
    email: string,
    fault: Fault | null,
  ): Promise<FastifyReply> => {
    if (draft.teller === '') return reply.redirect(`/stories/tell/${draft.id}/about`, 303)
    const title = 'Look at your story, and send it'
    return page(reply, 'pages/stories/tell-check', {
      title: fault ? `Error: ${title}` : title,
      heading: title,
      ...{ fault, email, canPost: door.canPost },
      name: await nameOf(place, draft.provider),
      words: wordsShown(draft),
      noticed: noticedIn([draft.happened, draft.good, draft.better]),
      ...helpFor(place, draft),
      about: aboutSentence(draft as Parameters<typeof aboutSentence>[0]),
      back: `/stories/tell/${draft.id}`,
      action: `/stories/tell/${draft.id}/check`,
    })
  }

  app.get(
    '/stories/tell/:draft/check',
    telling,
    withDraft(place, (_, reply, draft) => form(reply, draft, draft.email ?? '', null)),
  )

  app.post(
    '/stories/tell/:draft/check',
    telling,
    withDraft(place, async (request, reply, draft) => {
      if (!door.canPost) return form(reply.code(503), draft, '', null)
      const email = emailSchema.safeParse(field(request, 'email'))
      const typed = field(request, 'email').slice(0, 254)
      if (!email.success) {
        const sentence = 'Enter an email address, such as ada@example.org'
        return form(reply.code(400), draft, typed, { field: 'email', sentence, status: 400 })
      }
      const network = keyed(secret, 'network', networkOf(request.ip))
      if (!(await isWithin(db, 'story-from', network))) {
        return form(reply.code(429), draft, typed, { field: '', sentence: tooOften, status: 429 })
      }
      const sent = await kept(place, request, async () => {
        await sendByLetter(request, draft, email.data)
        return '/stories/tell/sent'
      })
      return answerForm(reply, sent, (fault) => form(reply, draft, typed, fault))
    }),
  )

  /** Sends the draft with its letter; one letter too many to an address is left out without a word. */
  async function sendByLetter(request: FastifyRequest, draft: Draft, email: string): Promise<void> {
    const key = draftKey(place, request, draft.id)
    const to = keyed(secret, 'story to', email)
    const name = await nameOf(place, draft.provider)
    const until = new Date(Date.now() + confirmSeconds * 1000)
    await db.transaction(async (tx) => {
      if (!(await sendDraft(tx, key, email))) return
      if (!(await isWithin(tx, 'story-to', to))) return
      const token = seal(secret, 'story', [draft.id, to], until)
      const link = `${homeForLetters(request, door)}/stories/confirm?token=${token}`
      await post(tx, { ...confirmLetter(name, link), to: email })
    })
    door.posted()
  }

  app.get('/stories/tell/sent', telling, async (request, reply) => {
    const last = await lastSent(db, draftKey(place, request, '').browser)
    return page(reply, 'pages/stories/tell-sent', {
      title: 'Look at your email',
      showsLetters: isOpenTo(door.letters, request),
      ...helpFor(place, last ?? { happened: '', good: '', better: '' }),
    })
  })
}
