import { expect, it } from 'vitest'
import type { Change, StoryAct } from '../stories/standing.ts'
import { changeSentence } from './pages/stories/story-words.ts'

const ended = (on: string): StoryAct => ({ on }) as StoryAct
const change = (more: Partial<Change>): Change => ({
  ...{ entry: 1, what: 'A second line.', by: '2024-03-01', state: 'planned', isAccepted: true },
  ended: null,
  ...more,
})

it.each([
  [{}, 'The service promises this change by 1 March 2024. That day has passed.'],
  [
    { state: 'made', ended: ended('2024-03-01') },
    'The service says that it made this change on 1 March 2024. It had promised it by 1 March 2024.',
  ],
  [
    { state: 'made', ended: ended('2024-03-02') },
    'The service says that it made this change on 2 March 2024, later than it had promised (1 March 2024).',
  ],
  [
    { state: 'dropped', ended: ended('2024-02-02') },
    'The service dropped this change on 2 February 2024. It had promised it by 1 March 2024.',
  ],
  [
    { state: 'dropped', isAccepted: false, by: null, ended: ended('2024-02-02') },
    'The service took back a promised change on 2 February 2024, before a moderator had read it.',
  ],
  [
    { state: 'unread', isAccepted: false, by: null },
    'The reply promises a change. A moderator reads it first.',
  ],
] as [Partial<Change>, string][])('says of a change %o what was promised', (more, sentence) => {
  expect(changeSentence(change(more), '2024-03-05')).toBe(sentence)
})
