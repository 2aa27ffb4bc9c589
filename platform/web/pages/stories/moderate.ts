import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Queries } from '../../../database/database.ts'
import { allowed } from '../../../people/rules.ts'
import { lastEntryOf } from '../../../record/append-after.ts'
import { Unsaid } from '../../../replies/said.ts'
import { publishStory, readClaim, refuseStory, weighStory } from '../../../stories/moderate.ts'
import { marked } from '../../../stories/notice.ts'
import { whyNot } from '../../../stories/standing.ts'
import { type OwnStory, queueOf, type Waiting } from '../../../stories/store.ts'
import {
  gravityWords,
  moderationRules,
  storySubject,
  themeCodes,
  themes,
} from '../../../stories/story.ts'
import { tellLeads, tellTeller } from '../../../stories/tell.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { answerForm, type Fault, newForm, seenOf, sendForm, today } from '../../sent-form.ts'
import {
  lettersOf,
  moderatorOf,
  nameOf,
  numberedStory,
  storyThing,
  thingOfStory,
} from '../../story-place.ts'
import * as words from '../../words.ts'
import { aboutSentence, beneath, helpShown, refusalShown } from './story-words.ts'
import { fieldsOf } from './tell.ts'

const unknown = 'There is no story with this number.'

/** What a moderator may do, by the word that a form sends. */
const deeds = ['weigh', 'publish', 'returned', 'hidden', 'claim'] as const

const waitsFor = {
  new: 'A story to read',
  appeal: 'An appeal',
  claim: 'A promised change to read',
} as const

interface Typed {
  readonly themes: readonly string[]
  readonly gravity: string
  readonly rule: string
  readonly why: string
  readonly accepted: string
}

const typedIn = (request: FastifyRequest): Typed => ({
  themes: fieldsOf(request, 'themes'),
  gravity: field(request, 'gravity'),
  rule: field(request, 'rule'),
  why: field(request, 'why'),
  accepted: field(request, 'accepted'),
})

/** The queue of those who moderate, and the page on which they decide. */
export function addModeration(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const { db } = door.people

  app.get('/stories/moderate', { config: { act: 'moderate' } }, async ({ viewer }, reply) => {
    const all = await queueOf(db)
    const mine = all.filter((w) => allowed(viewer, 'moderate', thingOfStory(w)).yes)
    const line = async (w: Waiting) => ({
      href: `/stories/moderate/${w.id}`,
      text: `${waitsFor[w.why]}, ${await nameOf(place, w.provider)}`,
      since: words.date(w.waitsSince),
      isUrgent: w.why === 'new' && w.crisis,
      gravity: w.gravity === null ? '' : words.sentenceCase(gravityWords[w.gravity] ?? ''),
    })
    return page(reply, 'pages/stories/queue', {
      title: 'Stories that wait for you',
      rows: await Promise.all(mine.map(line)),
    })
  })

  const route = { config: { act: 'moderate', thing: storyThing(place) } } as const

  async function show(
    reply: FastifyReply,
    story: OwnStory,
    typed: Typed,
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const { standing, words: told } = story
    const name = await nameOf(place, story.provider)
    const may = (act: Parameters<typeof whyNot>[1]): boolean => whyNot(standing, act) === null
    const title = `Story ${story.id}, about ${name}`
    const radios = (all: readonly (readonly [string, string])[], chosen: string) =>
      all.map(([value, text]) => ({ value, text, checked: value === chosen }))
    return page(reply, 'pages/stories/moderate', {
      help: helpShown(place.reader),
      title: fault ? `Error: ${title}` : title,
      heading: title,
      ...{ fault, typed, name },
      crisis: story.crisis,
      parts: told && [
        { name: 'What happened', marked: marked(told.happened) },
        ...(told.good ? [{ name: 'What was good', marked: marked(told.good) }] : []),
        ...(told.better ? [{ name: 'What could be better', marked: marked(told.better) }] : []),
      ],
      about: aboutSentence(story),
      refusal: refusalShown(standing),
      appeal: standing.appeal?.text ?? '',
      became: standing.reply ? beneath(standing, today()) : null,
      isPublished: standing.stage === 'published',
      mayPublish: told !== null && may('published'),
      mayReturn: may('returned'),
      mayHide: may('hidden'),
      mayReadClaim: may('claim-read'),
      themes: themeCodes.map((value) => ({
        value,
        text: words.sentenceCase(themes[value]),
        checked: typed.themes.includes(value),
      })),
      gravities: radios(
        gravityWords.map((text, i) => [String(i), `${i}: ${text}`] as const),
        typed.gravity,
      ),
      rules: radios(Object.entries(moderationRules), typed.rule),
      action: `/stories/moderate/${story.id}`,
      forms: { weigh: newForm(), publish: newForm(), refuse: newForm(), claim: newForm() },
      seen: await lastEntryOf(db, storySubject(story.id)),
    })
  }

  app.get('/stories/moderate/:number', route, async (request, reply) => {
    const story = await numberedStory(place, request)
    if (!story) return refuse(reply, 404, 'There is no such story', unknown)
    const typed = {
      themes: story.standing.published?.themes ?? [],
      gravity: story.gravity === null ? '' : String(story.gravity),
      ...{ rule: '', why: '', accepted: '' },
    }
    return show(reply, story, typed, null)
  })

  async function decide(
    tx: Queries,
    request: FastifyRequest,
    story: OwnStory,
    typed: Typed,
    name: string,
  ): Promise<string> {
    const deed = deeds.find((d) => d === field(request, 'do'))
    const { grant } = allowed(request.viewer, 'moderate', thingOfStory(story))
    const by = moderatorOf(place, request, grant?.role ?? 'moderator')
    const letters = lettersOf(place, request)
    const [id, on, seen] = [story.id, today(), seenOf(request)]
    if (deed === 'weigh') {
      await weighStory(tx, id, { gravity: typed.gravity })
      return `/stories/moderate/${id}`
    }
    if (deed === 'publish') {
      const given = { themes: typed.themes, gravity: typed.gravity, on }
      const { due } = await publishStory(tx, id, given, by, place.reader.stories.clock, seen)
      await tellTeller(tx, letters, id, 'published', name)
      await tellLeads(tx, letters, story, { name, due: words.date(due) })
    } else if (deed === 'returned' || deed === 'hidden') {
      await refuseStory(tx, id, deed, { rule: typed.rule, why: typed.why, on }, by, seen)
      await tellTeller(tx, letters, id, deed, name)
    } else if (deed === 'claim') {
      const given = { accepted: typed.accepted, why: typed.why, on }
      await readClaim(tx, id, given, by, seen)
    } else throw new Unsaid('', 'The form was not whole. Please send it again.')
    return '/stories/moderate'
  }

  app.post('/stories/moderate/:number', route, async (request, reply) => {
    const story = await numberedStory(place, request)
    if (!story) return refuse(reply, 404, 'There is no such story', unknown)
    const typed = typedIn(request)
    // Read before: within the transaction nothing else may ask the database.
    const name = await nameOf(place, story.provider)
    const sent = await sendForm(place, request, (tx) => decide(tx, request, story, typed, name))
    door.posted()
    return answerForm(reply, sent, async (fault) => {
      const now = (await numberedStory(place, request)) ?? story
      return show(reply, now, typed, fault)
    })
  })
}
