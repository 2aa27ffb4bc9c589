import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { post } from '../../../mail/post.ts'
import { isWithin, networkOf } from '../../../people/counts.ts'
import { emailSchema } from '../../../people/proof.ts'
import { keyed } from '../../../people/secret.ts'
import { Unsaid } from '../../../replies/said.ts'
import {
  beginDraft,
  type Draft,
  draftOf,
  draftsOf,
  keepAbout,
  keepWords,
  lastSent,
  sendDraft,
  storyOfDraft,
} from '../../../stories/draft.ts'
import { confirmLetter, confirmSeconds } from '../../../stories/letters.ts'
import { isCrisis, noticedIn } from '../../../stories/notice.ts'
import { feelings, tellers } from '../../../stories/story.ts'
import { seal } from '../../../subscriptions/links.ts'
import { field } from '../../forms.ts'
import { partOf } from '../../matter-address.ts'
import { type FormPlace, homeForLetters, isOpenTo } from '../../people-door.ts'
import { answerForm, type Fault, newForm } from '../../sent-form.ts'
import { draftKey, nameOf, providerOf } from '../../story-place.ts'
import * as words from '../../words.ts'
import { hitLine } from '../context.ts'
import { aboutSentence, helpShown, wordsShown } from './story-words.ts'

const route = { config: { act: 'tell-story' } } as const

const tooOften =
  'Very many stories come from your network just now. Nothing is lost: please send it again in an hour.'
const noDraft =
  'It was sent and confirmed, or begun in another browser, or it is older than 7 days. You can tell it anew.'
const noSuch = 'Nothing here has this code. It may have been closed, or its figures withdrawn.'
const again = [{ href: '/stories/tell', text: 'Tell a story' }]

/** A text of a query, as it was typed; empty where it is no text. */
function asked(request: FastifyRequest, name: string): string {
  const { query } = request
  const value =
    query !== null && typeof query === 'object'
      ? Object.getOwnPropertyDescriptor(query, name)?.value
      : ''
  return typeof value === 'string' && /^[^\u0000-\u001f\u007f]{0,200}$/.test(value) ? value : ''
}

/** Every value of a field that may be sent more than once. */
export function fieldsOf({ body }: FastifyRequest, name: string): string[] {
  if (body === null || typeof body !== 'object') return []
  const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value
  return [value].flat().filter((v) => typeof v === 'string')
}

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

/** Telling a story, in three small steps, each of which is kept as soon as it is sent. */
export function addTelling(app: FastifyInstance, place: FormPlace): void {
  addWordsStep(app, place)
  addAboutStep(app, place)
  addSending(app, place)
}

type Step = (request: FastifyRequest, reply: FastifyReply, draft: Draft) => Promise<FastifyReply>

/** Finds the draft of an address for a step; one that became a story leads to where that is said. */
function withDraft(place: FormPlace, step: Step) {
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
async function kept(
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
const helpFor = (place: FormPlace, { happened, good, better }: TypedWords) => ({
  help: helpShown(place.reader),
  isCrisis: isCrisis([happened, good, better].join('\n')),
})

interface TypedWords {
  readonly happened: string
  readonly good: string
  readonly better: string
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

  app.get('/stories/tell', route, async (request, reply) => {
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

  app.post('/stories/tell', route, async (request, reply) => {
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
    route,
    withDraft(place, (_, reply, draft) => form(reply, { ...draft, typed: draft }, null)),
  )
}

function addAboutStep(app: FastifyInstance, place: FormPlace): void {
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
    route,
    withDraft(place, (_, reply, draft) => form(reply, draft, draft, null)),
  )

  app.post(
    '/stories/tell/:draft/about',
    route,
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

function addSending(app: FastifyInstance, place: FormPlace): void {
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
    route,
    withDraft(place, (_, reply, draft) => form(reply, draft, draft.email ?? '', null)),
  )

  app.post(
    '/stories/tell/:draft/check',
    route,
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

  app.get('/stories/tell/sent', route, async (request, reply) => {
    const last = await lastSent(db, draftKey(place, request, '').browser)
    return page(reply, 'pages/stories/tell-sent', {
      title: 'Look at your email',
      showsLetters: isOpenTo(door.letters, request),
      ...helpFor(place, last ?? { happened: '', good: '', better: '' }),
    })
  })
}
