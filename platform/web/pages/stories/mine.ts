import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isWithin } from '../../../people/counts.ts'
import { keyed } from '../../../people/secret.ts'
import { Unsaid } from '../../../replies/said.ts'
import { sinceHelped } from '../../../stories/helped.ts'
import { asShown } from '../../../stories/shown.ts'
import { whyNot } from '../../../stories/standing.ts'
import { type OwnStory, ownStory } from '../../../stories/store.ts'
import {
  appeal,
  forgetTeller,
  rewordStory,
  sayWhetherHelped,
  tellerAddress,
  withdrawStory,
} from '../../../stories/teller.ts'
import { unseal } from '../../../subscriptions/links.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { answerForm, type Fault, today } from '../../sent-form.ts'
import { nameOf } from '../../story-place.ts'
import { beneath, helpShown, refusalShown, wordsShown } from './story-words.ts'

const route = { config: { act: 'tell-story' } } as const

const broken = 'Part of it is missing. Copy the whole line from one of our emails about your story.'
const tooOften = 'This was done very often within an hour. Please go on in an hour.'

/** What a teller may do, by the word that a form sends. */
const deeds = ['reword', 'appeal', 'helped', 'forget', 'withdraw'] as const

const stages = {
  waiting: 'Somebody reads your story before it is published.',
  returned: 'Please change your story: it cannot be published as it is.',
  published: 'Your story is published.',
  hidden: 'Your story is not shown.',
  withdrawn: 'You have taken this story back. Its words have gone.',
} as const

/** A teller's own page, by the link in each of their letters. */
export function addOwnStory(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const { db, secret } = door.people

  async function opened(token: unknown): Promise<OwnStory | null> {
    const [id = ''] = (typeof token === 'string' && unseal(secret, 'own-story', token)) || []
    return /^\d{1,9}$/.test(id) ? ownStory(db, Number(id)) : null
  }

  async function show(
    reply: FastifyReply,
    story: OwnStory,
    token: string,
    typed: { readonly words: Record<string, string> | null; readonly text: string },
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const { standing, words } = story
    const name = await nameOf(place, story.provider)
    const may = (act: Parameters<typeof whyNot>[1]): boolean => whyNot(standing, act) === null
    const title = `Your story about ${name}`
    return page(reply, 'pages/stories/mine', {
      title: fault ? `Error: ${title}` : title,
      heading: title,
      ...{ fault, token, name },
      help: story.crisis ? helpShown(place.reader) : [],
      stage: stages[standing.stage],
      refusal: refusalShown(standing),
      isAppealed: standing.appeal !== null,
      words: words && wordsShown(words),
      typed: typed.words ?? words,
      appealText: typed.text,
      mayReword: words !== null && may('reworded'),
      mayAppeal: may('appealed'),
      maySayHelped: may('helped'),
      mayWithdraw: may('withdrawn'),
      isRemembered: (await tellerAddress(db, story.id)) !== null,
      became: standing.stage === 'published' ? beneath(asShown(standing), today()) : null,
      helpedBefore: sinceHelped(standing) === null ? (standing.helped?.answer ?? '') : '',
      didIt: standing.change?.state === 'made' ? 'Did the change help?' : 'Did the reply help?',
      public: standing.stage === 'published' ? `/stories/${story.id}` : null,
    })
  }
  const untyped = { words: null, text: '' }

  app.get<{ Querystring: Record<string, unknown> }>(
    '/stories/mine',
    route,
    async ({ query: { token } }, reply) => {
      const story = await opened(token)
      if (!story) return refuse(reply, 400, 'This link does not work', broken)
      return show(reply, story, String(token), untyped, null)
    },
  )

  async function act(request: FastifyRequest, story: OwnStory): Promise<void> {
    const on = today()
    const deed = deeds.find((d) => d === field(request, 'do'))
    if (!deed) throw new Unsaid('', 'The form was not whole. Please send it again.')
    const { happened, good, better } = wordsTyped(request)
    await db.transaction(async (tx) => {
      if (deed === 'reword') await rewordStory(tx, story.id, { happened, good, better }, on)
      if (deed === 'appeal') await appeal(tx, story.id, { text: field(request, 'text') }, on)
      if (deed === 'helped') {
        await sayWhetherHelped(tx, story.id, { answer: field(request, 'answer') }, on)
      }
      if (deed === 'forget') await forgetTeller(tx, story.id)
      if (deed === 'withdraw') await withdrawStory(tx, story.id, on)
    })
  }

  app.post('/stories/mine', route, async (request, reply) => {
    const token = field(request, 'token')
    const story = await opened(token)
    if (!story) return refuse(reply, 400, 'This link does not work', broken)
    const who = keyed(secret, 'story own', String(story.id))
    const again = async (fault: Fault): Promise<FastifyReply> => {
      const isReworded = field(request, 'do') === 'reword'
      const words = isReworded ? wordsTyped(request) : null
      return show(reply, story, token, { words, text: field(request, 'text') }, fault)
    }
    if (!(await isWithin(db, 'story-own', who))) {
      return answerForm(reply, { field: '', sentence: tooOften, status: 429 }, again)
    }
    try {
      await act(request, story)
    } catch (error) {
      if (!(error instanceof Unsaid)) throw error
      if (await isDone(request, story.id)) return reply.redirect(ownHref(token), 303)
      const fault = { field: error.field, sentence: error.message, status: 400 } as const
      return answerForm(reply, fault, again)
    }
    return reply.redirect(ownHref(token), 303)
  })

  /** Whether what a form asks is done already: it was sent twice. */
  async function isDone(request: FastifyRequest, id: number): Promise<boolean> {
    const now = await ownStory(db, id)
    const sent = (name: string): string => field(request, name).replace(/\r\n?/g, '\n').trim()
    if (field(request, 'do') === 'appeal') return now?.standing.appeal?.text === sent('text')
    return (
      field(request, 'do') === 'reword' &&
      now?.standing.stage === 'waiting' &&
      now.words?.happened === sent('happened') &&
      now.words.good === sent('good') &&
      now.words.better === sent('better')
    )
  }
}

const ownHref = (token: string): string => `/stories/mine?token=${encodeURIComponent(token)}`

const wordsTyped = (request: FastifyRequest) => ({
  happened: field(request, 'happened'),
  good: field(request, 'good'),
  better: field(request, 'better'),
})
