import type { FastifyInstance, FastifyReply } from 'fastify'
import { allowed } from '../../../people/rules.ts'
import { lastEntryOf } from '../../../record/append-after.ts'
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
import type { FormPlace } from '../../people-door.ts'
import { answerForm, type Fault, newForm, sendForm, today } from '../../sent-form.ts'
import {
  nameOf,
  numberedStory,
  storyThing,
  thingOfStory,
  withSuccessors,
} from '../../story-place.ts'
import * as words from '../../words.ts'
import { surveysToRead } from '../survey-themes/moderate.ts'
import { decide, type Typed, typedIn } from './decide.ts'
import { aboutSentence, beneath, helpShown, refusalShown, repliesShown } from './story-words.ts'

const unknown = 'There is no story with this number.'

const waitsFor = {
  new: 'A story to read',
  appeal: 'An appeal',
  claim: 'A promised change to read',
} as const

/** Which field of the page a fault is about: three of its forms ask why. */
function whereOf({ field }: Fault, { reply, accepted }: Typed): string {
  if (field !== 'why') return field
  if (reply !== '') return `reply-why-${Number(reply)}`
  return accepted === '' ? 'why' : 'claim-why'
}

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
      urgent: (await surveysToRead(db, viewer))
        .filter((s) => s.urgent > 0)
        .map(({ survey }) => ({
          href: `/surveys/moderate/${survey.id}`,
          text: survey.title,
        })),
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
      replies:
        standing.stage === 'published'
          ? repliesShown(standing).map((r) => ({ ...r, form: newForm() }))
          : [],
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
      ...{ rule: '', why: '', accepted: '', reply: '' },
    }
    return show(reply, story, typed, null)
  })

  app.post('/stories/moderate/:number', route, async (request, reply) => {
    const story = await numberedStory(place, request)
    if (!story) return refuse(reply, 404, 'There is no such story', unknown)
    const typed = typedIn(request)
    // Read before: within the transaction nothing else may ask the database.
    const name = await nameOf(place, story.provider)
    const { successors = [] } = await withSuccessors(place, thingOfStory(story))
    const sent = await sendForm(place, request, (tx) =>
      decide(tx, place, request, { story, typed, name, successors }),
    )
    door.posted()
    return answerForm(reply, sent, async (fault) => {
      const now = (await numberedStory(place, request)) ?? story
      return show(reply, now, typed, { ...fault, field: whereOf(fault, typed) })
    })
  })
}
