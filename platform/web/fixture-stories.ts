import { storyClock } from '../stories/deadline.ts'
import { type StoryAct, standingOf } from '../stories/standing.ts'
import type { StoriesReader, Story } from '../stories/store.ts'

const hostile = '<script>alert("story")</script> & more'

const act = (more: Partial<StoryAct> & Pick<StoryAct, 'entry' | 'act'>): StoryAct => ({
  ...{
    role: 'citizen',
    on: '2024-11-02',
    at: '2024-11-02T10:00:00Z',
    version: null,
    rule: null,
    themes: [],
    due: null,
  },
  ...{ changeBy: null, accepted: null, answer: null, text: null, change: null, about: null },
  ...more,
})

const told = [
  act({ entry: 1, act: 'told', version: 1 }),
  act({ entry: 2, act: 'published', version: 1, themes: ['staff'], due: '2024-11-18' }),
]
const promise = { text: hostile, change: `${hostile} by then`, changeBy: '2024-12-01' }

const about = { provider: 'X10001', service: 'primary-school', teller: 'family' } as const
const answered: Story = {
  ...{ ...about, id: 1, month: '2024-10', feelings: ['ignored', 'angry'] },
  words: { happened: hostile, good: 'The teacher.', better: `Call back.\n\n${hostile}` },
  standing: standingOf([
    ...told,
    act({ entry: 3, act: 'replied', role: 'head of Ash', ...promise }),
    act({ entry: 4, act: 'claim-read', role: 'moderator', accepted: true }),
    act({ entry: 5, act: 'change-made', role: 'head of Ash', text: hostile }),
    act({ entry: 6, act: 'helped', answer: 'partly' }),
  ]),
}
const hidden: Story = {
  ...{ ...about, id: 2, month: '', feelings: [], words: null },
  standing: standingOf([
    ...told,
    act({ entry: 5, act: 'hidden', role: 'moderator', rule: 'person', text: hostile }),
  ]),
}

/** A story with all that may become of one, in words that must be escaped, and one that is not shown any more. */
export const fixtureStories: StoriesReader = {
  clock: storyClock(),
  help: [
    { when: `Now ${hostile}`, name: hostile, number: '116 123', source: 'https://example.org' },
  ],
  story: async (_, id) => [answered, hidden].find((s) => s.id === id) ?? null,
  list: async (_, { provider, q }) => {
    const all = (provider || about.provider) === about.provider && q !== 'zzzz' ? [answered] : []
    return { total: all.length, stories: all }
  },
  counts: async (_, { provider }) => {
    const n = (provider || about.provider) === about.provider ? 1 : 0
    return { published: n, replied: n, changed: n }
  },
  clockOf: async (_, id) => (id === 1 ? storyClock() : null),
}
