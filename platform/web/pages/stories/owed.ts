import type { FastifyInstance } from 'fastify'
import { allowed } from '../../../people/rules.ts'
import { type OwedStory, owedStories } from '../../../stories/owed.ts'
import { ownStory } from '../../../stories/store.ts'
import type { FormPlace } from '../../people-door.ts'
import { today } from '../../sent-form.ts'
import { nameOf } from '../../story-place.ts'
import { startOf } from './stories.ts'
import { changeSentence, isReplyLate, replySentence } from './story-words.ts'

/** Of whoever leads a service: the stories that wait for their reply, and the changes that they promised. */
export function addOwedStories(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, page } = place
  const { db } = door.people

  async function line({ id, provider, what }: OwedStory) {
    const story = await ownStory(db, id)
    if (!story) return []
    const [{ standing }, day] = [story, today()]
    const { change } = standing
    const isReply = what === 'reply'
    return [
      {
        href: `/stories/${id}/${isReply ? 'reply' : 'change'}`,
        text: isReply ? 'Reply to a story' : 'Say what became of a promised change',
        name: await nameOf(place, provider),
        isLate: isReply ? isReplyLate(standing, day) : (change?.by ?? day) < day,
        due: isReply ? replySentence(standing, day) : change && changeSentence(change, day),
        start: startOf((isReply ? story.words?.happened : change?.what) ?? ''),
      },
    ]
  }

  app.get('/stories/owed', { config: { act: 'reply-story' } }, async ({ viewer }, reply) => {
    const state = await reader.state()
    const own = viewer.grants
      .flatMap(({ scope }) => (scope.kind === 'provider' ? [scope.code] : []))
      .filter((provider) => allowed(viewer, 'reply-story', { provider }).yes)
    const before = await Promise.all(own.map((code) => reader.precededBy(state, code)))
    const owed = await owedStories(db, [...new Set([...own, ...before.flat()])])
    return page(reply, 'pages/stories/owed', {
      title: 'Stories that wait for your reply',
      rows: (await Promise.all(owed.map(line))).flat(),
      all: await Promise.all(
        own.map(async (code) => ({
          href: `/stories?provider=${encodeURIComponent(code)}`,
          text: `All stories about ${await nameOf(place, code)}`,
        })),
      ),
    })
  })
}
