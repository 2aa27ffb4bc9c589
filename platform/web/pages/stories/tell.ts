import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Unsaid } from '../../../replies/said.ts'
import { beginDraft, draftsOf, keepWords } from '../../../stories/draft.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { answerForm, type Fault, newForm } from '../../sent-form.ts'
import { draftKey, nameOf, providerOf } from '../../story-place.ts'
import { hitLine } from '../context.ts'
import { addAboutStep } from './tell-about.ts'
import { addSending } from './tell-check.ts'
import { again, helpFor, kept, type TypedWords, telling, withDraft } from './tell-step.ts'

const noSuch = 'Nothing here has this code. It may have been closed, or its figures withdrawn.'

/** A text of a query, as it was typed; empty where it is no text. */
function asked(request: FastifyRequest, name: string): string {
  const { query } = request
  const value =
    query !== null && typeof query === 'object'
      ? Object.getOwnPropertyDescriptor(query, name)?.value
      : ''
  return typeof value === 'string' && /^[^\u0000-\u001f\u007f]{0,200}$/.test(value) ? value : ''
}

/** Telling a story, in three small steps, each of which is kept as soon as it is sent. */
export function addTelling(app: FastifyInstance, place: FormPlace): void {
  addWordsStep(app, place)
  addAboutStep(app, place)
  addSending(app, place)
}

const typedWords = (request: FastifyRequest): TypedWords => ({
  happened: field(request, 'happened'),
  good: field(request, 'good'),
  better: field(request, 'better'),
})

function addWordsStep(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const { db } = door.people

  const form = async (
    reply: FastifyReply,
    { id, provider, typed }: { id: string; provider: string; typed: TypedWords },
    fault: Fault | null,
  ): Promise<FastifyReply> => {
    const name = await nameOf(place, provider)
    const title = `Tell your story about ${name}`
    return page(reply, 'pages/stories/tell-words', {
      title: fault ? `Error: ${title}` : title,
      heading: title,
      ...{ fault, typed, id, provider, name, ...helpFor(place, typed) },
    })
  }

  app.get('/stories/tell', telling, async (request, reply) => {
    const code = asked(request, 'provider')
    if (code !== '') {
      const found = await providerOf(place, code)
      if (!found) return refuse(reply, 404, 'There is no such provider', noSuch, { instead: again })
      const typed = { happened: '', good: '', better: '' }
      return form(reply, { id: newForm(), provider: code, typed }, null)
    }
    const q = asked(request, 'q').trim()
    const state = await reader.state()
    const found = q === '' ? [] : await reader.search(state, q, 60)
    const hits = found.filter((h) => h.kind === 'provider' && !h.closed).slice(0, 30)
    const begun = await draftsOf(db, draftKey(place, request, '').browser)
    return page(reply, 'pages/stories/tell-find', {
      title: 'Tell a story',
      q,
      hits: hits.map((h) => ({
        ...hitLine(reader, h),
        href: `/stories/tell?provider=${encodeURIComponent(h.code)}`,
      })),
      begun: await Promise.all(
        begun.map(async (d) => ({
          href: `/stories/tell/${d.id}`,
          name: await nameOf(place, d.provider),
        })),
      ),
    })
  })

  app.post('/stories/tell', telling, async (request, reply) => {
    const typed = typedWords(request)
    const provider = field(request, 'provider')
    const isText = /^[^\u0000-\u001f\u007f]{1,200}$/.test(provider)
    const found = isText ? await providerOf(place, provider) : null
    if (!found) return refuse(reply, 404, 'There is no such provider', noSuch, { instead: again })
    const id = z.uuid().safeParse(field(request, 'form'))
    const shown = { id: id.data ?? newForm(), provider, typed }
    const sent = await kept(place, request, async () => {
      if (!id.success) throw new Unsaid('', 'The form was not whole. Please send it again.')
      const key = draftKey(place, request, id.data)
      await db.transaction(async (tx) => {
        await beginDraft(tx, key, provider)
        await keepWords(tx, key, typed)
      })
      return `/stories/tell/${id.data}/about`
    })
    return answerForm(reply, sent, (fault) => form(reply, shown, fault))
  })

  app.get(
    '/stories/tell/:draft',
    telling,
    withDraft(place, (_, reply, draft) => form(reply, { ...draft, typed: draft }, null)),
  )
}
