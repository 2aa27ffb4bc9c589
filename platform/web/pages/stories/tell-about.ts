import type { FastifyInstance, FastifyReply } from 'fastify'
import { type Draft, keepAbout } from '../../../stories/draft.ts'
import { feelings, tellers } from '../../../stories/story.ts'
import { field, fieldsOf } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { answerForm, type Fault } from '../../sent-form.ts'
import { draftKey, nameOf } from '../../story-place.ts'
import * as words from '../../words.ts'
import { helpFor, kept, telling, withDraft } from './tell-step.ts'

/** The last two years by their months, the newest first. */
function months(chosen: string) {
  const now = new Date()
  const all = Array.from({ length: 24 }, (_, i) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - i)).toISOString().slice(0, 7),
  )
  return [
    { value: '', text: 'I would rather not say, or longer ago' },
    ...all.map((value) => ({ value, text: words.period(value), selected: value === chosen })),
  ]
}

const choicesOf = (all: Readonly<Record<string, string>>, chosen: readonly string[]) =>
  Object.entries(all).map(([value, text]) => ({
    value,
    text: words.sentenceCase(text),
    checked: chosen.includes(value),
  }))

/** The second step of telling: how it was, who tells it, and when it was. */
export function addAboutStep(app: FastifyInstance, place: FormPlace): void {
  const { db } = place.door.people

  const form = async (
    reply: FastifyReply,
    draft: Draft,
    typed: { feelings: readonly string[]; teller: string; month: string },
    fault: Fault | null,
  ): Promise<FastifyReply> => {
    const title = 'How was it for you?'
    return place.page(reply, 'pages/stories/tell-about', {
      title: fault ? `Error: ${title}` : title,
      heading: title,
      fault,
      name: await nameOf(place, draft.provider),
      ...helpFor(place, draft),
      feelings: choicesOf(feelings, typed.feelings),
      tellers: choicesOf(tellers, [typed.teller]),
      months: months(typed.month),
      back: `/stories/tell/${draft.id}`,
      action: `/stories/tell/${draft.id}/about`,
    })
  }

  app.get(
    '/stories/tell/:draft/about',
    telling,
    withDraft(place, (_, reply, draft) => form(reply, draft, draft, null)),
  )

  app.post(
    '/stories/tell/:draft/about',
    telling,
    withDraft(place, async (request, reply, draft) => {
      const typed = {
        feelings: fieldsOf(request, 'feelings'),
        teller: field(request, 'teller'),
        month: field(request, 'month'),
      }
      const sent = await kept(place, request, async () => {
        await keepAbout(db, draftKey(place, request, draft.id), typed)
        return `/stories/tell/${draft.id}/check`
      })
      return answerForm(reply, sent, (fault) => form(reply, draft, typed, fault))
    }),
  )
}
