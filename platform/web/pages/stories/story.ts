import { isRefused } from '@plumbline/clocks'
import { explainDue } from '../../../replies/deadline.ts'
import { isOpen } from '../../../stories/standing.ts'
import { storySubject } from '../../../stories/story.ts'
import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'
import { dayOf } from '../desk/desk.ts'
import { onTheRecord } from '../record/on-the-record.ts'
import { calledNow } from './called.ts'
import { aboutSentence, beneath, refusalShown, themesSentence, wordsShown } from './story-words.ts'

/** One story: the person's words first, then the reply at the same size, and what became of it. */
export async function storyPage(id: number, context: PageContext): Promise<Page | null> {
  const { reader, state } = context
  const story = await reader.stories.story(state, id)
  if (!story) return null
  const { standing } = story
  const called = await calledNow(story.provider, context)
  const { name } = called
  const clock = await reader.stories.clockOf(state, id)
  const explained = clock && standing.published && explainDue(clock, clock.calendar.from)
  const deadline = explained && !isRefused(explained) ? explained : null
  const day = dayOf(context)
  const isShown = story.words !== null
  return {
    view: 'pages/stories/story',
    data: { ...story, deadline: deadline && deadline.lines },
    values: {
      title: `A story about ${name}`,
      name,
      called,
      tell:
        called.sentence === ''
          ? `/stories/tell?provider=${encodeURIComponent(story.provider)}`
          : null,
      provider: `/providers/${encodeURIComponent(story.provider)}`,
      words: story.words && wordsShown(story.words),
      about: `${aboutSentence(story)} ${themesSentence(standing)}`.trim(),
      on: standing.published ? `Published on ${words.date(standing.published.on)}.` : '',
      refusal: refusalShown(standing),
      isWithdrawn: standing.stage === 'withdrawn',
      became: isShown ? beneath(standing, day) : null,
      deadline: isShown &&
        deadline && {
          sentences: deadline.sentences,
          lines: deadline.lines.map((l) => l.words),
        },
      replyHref: isShown ? `/stories/${id}/reply` : null,
      changeHref: isOpen(standing) ? `/stories/${id}/change` : null,
      moderateHref: `/stories/moderate/${id}`,
      recorded: await onTheRecord(storySubject(id), context),
      json: `${context.path}.json`,
      crumbs: [
        { text: 'Stories', href: '/stories' },
        { text: name, href: `/providers/${encodeURIComponent(story.provider)}` },
      ],
    },
  }
}
