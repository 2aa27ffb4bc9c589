import type { Reader } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { JobFailed } from '../jobs/kind.ts'
import { type Handler, handler } from '../jobs/run.ts'
import { storyOf } from './act.ts'
import { storyCalendar, storyCounts, storyMoved } from './kinds.ts'
import { type LetterPlace, tellTeller } from './tell.ts'

export interface StoryWork extends Pick<LetterPlace, 'secret'> {
  /** Where this Plumbline is found now, without a slash at the end. */
  readonly home: () => string
  readonly db: Database
  readonly reader: Pick<Reader, 'state' | 'subject' | 'ended'>
  /** Does what `plumbline stories` does with these words, and gives what was wrong as a sentence, or null. */
  readonly run: (...words: string[]) => Promise<string | null>
}

/** What is done with stories by itself: each night they are counted where that is due, and open deadlines moved. */
export function storyJobs({ db, reader, run, secret, home }: StoryWork): Handler[] {
  const nightly =
    (...words: string[]) =>
    async () => {
      const problem = await run(...words)
      if (problem !== null) throw new JobFailed(problem)
    }
  return [
    handler(storyCounts, nightly('publish', 'due'), '25 2 * * *'),
    handler(storyCalendar, nightly('calendar'), '5 2 * * *'),
    handler(storyMoved, async ({ story }) => {
      const { provider } = await storyOf(db, story)
      const state = await reader.state()
      const known = (await reader.subject(state, provider)) ?? (await reader.ended(state, provider))
      const name = known?.name ?? provider
      const letters = { secret, home: home() }
      await db.transaction((tx) => tellTeller(tx, letters, story, 'due-moved', name))
    }),
  ]
}
