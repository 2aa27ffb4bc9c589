import { exitCodes, type ProgressEvent, type Verb } from '../control/verb.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { makeReader } from '../reader.ts'
import type { KeyPlace } from '../record/key.ts'
import { moveDeadlines } from '../stories/calendar.ts'
import { publishStories } from '../stories/release.ts'
import { queueOf } from '../stories/store.ts'
import { signAfterwards } from './record-verb.ts'

/** The verbs' own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { wrongWords: 3 } as const

const usage = `Say what to do with stories, such as:
  plumbline stories
  plumbline stories publish
  plumbline stories calendar`

/**
 * `plumbline stories`: how many stand in public and what waits for a moderator. `publish` counts them into
 * releases; `calendar` moves open deadlines by the calendar as it is now.
 */
export const makeStoriesVerb =
  (catalogue: Catalogue, keys: KeyPlace | null): Verb =>
  async ([act, ...more], { db }, emit: (event: ProgressEvent) => void, signal) => {
    const say = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): void =>
      emit({ kind: 'line', stream, text })
    const reader = makeReader(db, catalogue)
    const day = new Date().toISOString().slice(0, 10)
    if (more.length > 0 || !['publish', 'calendar', undefined].includes(act)) {
      say(usage, 'stderr')
      return codes.wrongWords
    }
    if (act === 'publish') {
      const { invented } = await reader.state()
      const done = await db.lock('releases', () =>
        publishStories(db, catalogue, { by: 'operator', day, invented, signal }),
      )
      await signAfterwards(db, keys, say)
      say(
        done.publication === null
          ? 'There is nothing new to publish.'
          : `Published ${done.releases.length} ${done.releases.length === 1 ? 'release' : 'releases'} as publication ${done.publication}.`,
      )
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
