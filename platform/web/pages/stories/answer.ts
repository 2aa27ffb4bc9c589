import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Queries } from '../../../database/database.ts'
import { allowed } from '../../../people/rules.ts'
import { lastEntryOf } from '../../../record/append-after.ts'
import { mostWords, Unsaid } from '../../../replies/said.ts'
import { changeMade, dropChange, type Lead, replyToStory } from '../../../stories/answer.ts'
import { isOpen } from '../../../stories/standing.ts'
import type { OwnStory } from '../../../stories/store.ts'
import { storySubject } from '../../../stories/story.ts'
import { tellTeller } from '../../../stories/tell.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import {
  answerForm,
  type Fault,
  newForm,
  personOf,
  seenOf,
  sendForm,
  today,
} from '../../sent-form.ts'
import { lettersOf, nameOf, numberedStory, replyThing } from '../../story-place.ts'
import { leadOf } from '../reply/reply.ts'
import { beneath, paragraphs, replySentence, wordsShown } from './story-words.ts'

const unknown = 'There is no published story with this number.'
const back = [{ href: '/stories', text: 'Stories' }]

/** Whoever leads a service replies to what is told of it, and says what became of a change that they promised. */
export function addStoryAnswers(app: FastifyInstance, place: FormPlace): void {
  addReplying(app, place)
  addChanging(app, place)
}

/** The story of an address, while it stands in public. */
async function publishedStory(place: FormPlace, request: FastifyRequest): Promise<OwnStory | null> {
  const story = await numberedStory(place, request)
  return story?.standing.stage === 'published' ? story : null
}

async function leadBy(
  place: FormPlace,
  request: FastifyRequest,
  { provider, service }: OwnStory,
): Promise<Lead> {
  const role = leadOf(place, { service: service === '' ? null : service })
  const name = await nameOf(place, provider)
  const { grant } = allowed(request.viewer, 'reply-story', await replyThing(place)(request))
  const successor =
    grant?.scope.kind === 'provider' && grant.scope.code !== provider
      ? `${await nameOf(place, grant.scope.code)}, which came after `
      : ''
  return { role, providerName: `${successor}${name}`, person: personOf(request) }
}

/** What every form about a story shows and carries. */
async function around({ door }: FormPlace, story: OwnStory, by: Lead) {
  return {
    name: by.providerName,
    words: story.words && wordsShown(story.words),
    back: `/stories/${story.id}`,
    form: newForm(),
    seen: await lastEntryOf(door.people.db, storySubject(story.id)),
  }
}

/** A day that lies ahead, as an example of one. */
const inThreeMonths = (): string =>
  new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)

interface Typed {
  readonly text: string
  readonly change: string
  readonly changeBy: string
}

function addReplying(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const route = { config: { act: 'reply-story', thing: replyThing(place) } } as const

  async function form(
    request: FastifyRequest,
    reply: FastifyReply,
    story: OwnStory,
    typed: Typed,
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const by = await leadBy(place, request, story)
    const { standing } = story
    const title = standing.reply ? 'Change your reply' : 'Reply to a story'
    return page(reply, 'pages/stories/reply', {
      ...(await around(place, story, by)),
      title: fault ? `Error: ${title}` : title,
      heading: title,
      ...{ fault, typed, mostWords },
      due: replySentence(standing, today()),
      signed: `The ${by.role} of ${by.providerName}`,
      isOpen: isOpen(standing),
      standing: standing.reply?.text ? paragraphs(standing.reply.text) : [],
      aside: beneath(standing, today()).reply?.aside ?? null,
      dayHint: inThreeMonths(),
      action: `/stories/${story.id}/reply`,
    })
  }

  app.get('/stories/:number/reply', route, async (request, reply) => {
    const story = await publishedStory(place, request)
    if (!story) return refuse(reply, 404, 'There is no such story', unknown, { instead: back })
    const text = story.standing.reply?.text ?? ''
    return form(request, reply, story, { text, change: '', changeBy: '' }, null)
  })

  app.post('/stories/:number/reply', route, async (request, reply) => {
    const story = await publishedStory(place, request)
    if (!story) return refuse(reply, 404, 'There is no such story', unknown, { instead: back })
    const typed = {
      text: field(request, 'text'),
      change: field(request, 'change'),
      changeBy: field(request, 'changeBy').trim(),
    }
    const by = await leadBy(place, request, story)
    const sent = await sendForm(place, request, async (tx) => {
      const { text, change, changeBy } = typed
      const isPromise = change.trim() !== '' || changeBy !== ''
      const given = { text, on: today(), ...(isPromise ? { change, changeBy } : {}) }
      await replyToStory(tx, story.id, given, by, seenOf(request))
      await tellTeller(tx, lettersOf(place, request), story.id, 'replied', by.providerName)
      return `/stories/${story.id}`
    })
    door.posted()
    return answerForm(reply, sent, (fault) => form(request, reply, story, typed, fault))
  })
}

function addChanging(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const route = { config: { act: 'reply-story', thing: replyThing(place) } } as const

  async function form(
    request: FastifyRequest,
    reply: FastifyReply,
    story: OwnStory,
    typed: { readonly text: string; readonly why: string },
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const title = 'The change that you promised'
    const became = beneath(story.standing, today())
    return page(reply, 'pages/stories/change', {
      ...(await around(place, story, await leadBy(place, request, story))),
      title: fault ? `Error: ${title}` : title,
      heading: title,
      ...{ fault, typed },
      change: became.change,
      isRead: story.standing.change?.isAccepted === true,
      forms: { made: newForm(), dropped: newForm() },
      action: `/stories/${story.id}/change`,
    })
  }
  const noChange = 'No change is promised there, or it is made or dropped already.'

  app.get('/stories/:number/change', route, async (request, reply) => {
    const story = await publishedStory(place, request)
    if (!story || !isOpen(story.standing)) {
      return refuse(reply, 404, 'There is no open change', noChange, { instead: back })
    }
    return form(request, reply, story, { text: '', why: '' }, null)
  })

  async function act(
    tx: Queries,
    request: FastifyRequest,
    story: OwnStory,
    by: Lead,
  ): Promise<string> {
    const [on, seen, letters] = [today(), seenOf(request), lettersOf(place, request)]
    const deed = field(request, 'do')
    if (deed === 'made') {
      await changeMade(tx, story.id, { text: field(request, 'text'), on }, by, seen)
      await tellTeller(tx, letters, story.id, 'change-made', by.providerName)
    } else if (deed === 'dropped') {
      await dropChange(tx, story.id, { why: field(request, 'why'), on }, by, seen)
      await tellTeller(tx, letters, story.id, 'change-dropped', by.providerName)
    } else throw new Unsaid('', 'The form was not whole. Please send it again.')
    return `/stories/${story.id}`
  }

  app.post('/stories/:number/change', route, async (request, reply) => {
    const story = await publishedStory(place, request)
    if (!story) return refuse(reply, 404, 'There is no open change', noChange, { instead: back })
    const typed = { text: field(request, 'text'), why: field(request, 'why') }
    const by = await leadBy(place, request, story)
    const sent = await sendForm(place, request, (tx) => act(tx, request, story, by))
    door.posted()
    return answerForm(reply, sent, (fault) => form(request, reply, story, typed, fault))
  })
}
