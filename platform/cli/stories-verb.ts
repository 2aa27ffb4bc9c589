import { exitCodes, type ProgressEvent, type Verb } from '../control/verb.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { makeReader } from '../reader.ts'
import type { KeyPlace } from '../record/key.ts'
import { Unsaid } from '../replies/said.ts'
import { moveDeadlines } from '../stories/calendar.ts'
import {
  type CountingOrder,
  countingOrder,
  countWhenDue,
  orderCounting,
} from '../stories/counting.ts'
import { type PublishedStories, publishStories } from '../stories/release.ts'
import { queueOf } from '../stories/store.ts'
import { signAfterwards } from './record-verb.ts'

/** The verbs' own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { wrongWords: 3 } as const

const usage = `Say what to do with stories, such as:
  plumbline stories
  plumbline stories publish
  plumbline stories publish due
  plumbline stories count month "So that everybody sees them"
  plumbline stories calendar`

/**
 * `plumbline stories`: how many stand in public and what waits for a moderator. `publish` counts them into
 * releases, or, with `due`, where that was ordered and its day has come; `count` orders how often; `calendar`
 * moves open deadlines by the calendar as it is now.
 */
export const makeStoriesVerb =
  (catalogue: Catalogue, keys: KeyPlace | null): Verb =>
  async ([act, ...more], { db }, emit: (event: ProgressEvent) => void, signal) => {
    const say = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): void =>
      emit({ kind: 'line', stream, text })
    const reader = makeReader(db, catalogue)
    const day = new Date().toISOString().slice(0, 10)
    const isPublish = act === 'publish' && (more.length === 0 || more.join(' ') === 'due')
    const isAlone = (act === undefined || act === 'calendar') && more.length === 0
    if (!isPublish && !isAlone && !(act === 'count' && more.length < 3)) {
      say(usage, 'stderr')
      return codes.wrongWords
    }
    if (isPublish) {
      const { invented } = await reader.state()
      const count = (by: string) => publishStories(db, catalogue, { by, day, invented, signal })
      const done = await db.lock('releases', () =>
        more.length === 0 ? count('operator') : countWhenDue(db, day, count),
      )
      await signAfterwards(db, keys, say)
      say(done ? publishedWords(done) : 'It is not ordered, or its day has not come.')
      return exitCodes.done
    }
    if (act === 'count') {
      const [every, why] = more
      if (every === undefined) {
        const order = await countingOrder(db)
        say(order ? orderWords(order) : 'Nobody has ordered that they are published by themselves.')
        return exitCodes.done
      }
      try {
        const request = { every, why: why ?? '', role: 'operator', on: day }
        await db.transaction((tx) => orderCounting(tx, request))
      } catch (error) {
        if (!(error instanceof Unsaid)) throw error
        say(error.message, 'stderr')
        return codes.wrongWords
      }
      await signAfterwards(db, keys, say)
      say('It is ordered, and on the record. A server that runs looks each night.')
      return exitCodes.done
    }
    if (act === 'calendar') {
      const { sentence } = await moveDeadlines(db, reader.stories.clock, day)
      await signAfterwards(db, keys, say)
      say(sentence)
      return exitCodes.done
    }
    const counts = await reader.stories.counts(await reader.state(), {})
    const { published, replied, changed } = counts
    say(`Stories in public: ${published}, replied to: ${replied}, changed something: ${changed}`)
    const queue = await queueOf(db)
    const urgent = queue.filter((w) => w.why === 'new' && w.crisis).length
    say(`Waiting for a moderator: ${queue.length}${urgent > 0 ? `, urgent: ${urgent}` : ''}`)
    return exitCodes.done
  }

const publishedWords = ({ releases, publication }: PublishedStories): string =>
  publication === null
    ? 'There is nothing new to publish.'
    : `Published ${releases.length} ${releases.length === 1 ? 'release' : 'releases'} as publication ${publication}.`

const orderWords = ({ every, role, on }: CountingOrder): string =>
  every === 'never'
    ? `They are not published by themselves: so ordered by a ${role} on ${on}.`
    : `They are published by themselves each ${every}: so ordered by a ${role} on ${on}.`
