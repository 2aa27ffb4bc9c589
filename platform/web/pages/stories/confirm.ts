import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { keyed } from '../../../people/secret.ts'
import { confirmDraft, sentDraft, storyOfDraft, wasCrisis } from '../../../stories/draft.ts'
import { type LetterPlace, ownLink, tellModerators } from '../../../stories/tell.ts'
import { unseal } from '../../../subscriptions/links.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { today } from '../../sent-form.ts'
import { lettersOf, providerOf, thingOfStory } from '../../story-place.ts'
import { helpShown } from './story-words.ts'

const route = { config: { act: 'tell-story' } } as const

const confirmSchema = z.tuple([z.uuid(), z.string()])
const broken =
  'Part of it is missing, or it is too old. Copy the whole line from the email. After 7 days a story that was not confirmed is forgotten: you can tell it anew.'
const ended =
  'It was forgotten after 7 days, or sent to another address since. You can tell it anew.'
const instead = [{ href: '/stories/tell', text: 'Tell a story' }]

/** The page of a mailed link by which a teller says yes: looking at it changes nothing, and its button may be pressed twice. */
export function addStoryConfirm(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const { db, secret } = door.people
  const opened = (token: unknown) => {
    const found = confirmSchema.safeParse(
      typeof token === 'string' ? unseal(secret, 'story', token) : null,
    )
    return found.success ? { id: found.data[0], to: found.data[1] } : null
  }

  /** The story that a draft is by now; null where it was forgotten, or sent to another address since. */
  async function confirmed({ id, to }: { id: string; to: string }, letters: LetterPlace) {
    const draft = await sentDraft(db, id)
    if (!draft) {
      const story = await storyOfDraft(db, id)
      return story === null ? null : { story, crisis: await wasCrisis(db, story) }
    }
    const { provider, email } = draft
    if (keyed(secret, 'story to', email) !== to) return null
    const about = await providerOf(place, provider)
    const of = { service: about?.service ?? '', places: about?.places ?? [] }
    return db.transaction(async (tx) => {
      const told = await confirmDraft(tx, { id, email }, of, today())
      if (told?.crisis && told.isNew) {
        await tellModerators(tx, letters, told.story, thingOfStory({ provider, ...of }))
      }
      return told
    })
  }

  app.get<{ Querystring: Record<string, unknown> }>(
    '/stories/confirm',
    route,
    async ({ query: { token } }, reply) => {
      const found = opened(token)
      if (!found) return refuse(reply, 400, 'This link does not work', broken, { instead })
      const isTold = (await storyOfDraft(db, found.id)) !== null
      const title = isTold ? 'You have told this story' : 'Is this your story?'
      return page(reply, 'pages/stories/confirm', { title, token, isTold })
    },
  )

  app.post('/stories/confirm', route, async (request, reply) => {
    const found = opened(field(request, 'token'))
    if (!found) return refuse(reply, 400, 'This link does not work', broken, { instead })
    const letters = lettersOf(place, request)
    const done = await confirmed(found, letters)
    if (!done) return refuse(reply, 400, 'This link does not work any more', ended, { instead })
    door.posted()
    return page(reply, 'pages/stories/confirmed', {
      title: 'Thank you: your story is told',
      ...done,
      help: helpShown(place.reader),
      own: ownLink({ ...letters, home: '' }, done.story),
    })
  })
}
