import { moderationRules, replyRules } from '../../../stories/story.ts'
import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'
import { helpShown } from './story-words.ts'

/** The rules by which stories are published, and what happens with them on the way. */
export function moderationRulesPage({ reader, path }: PageContext): Page {
  const { rule, calendar } = reader.stories.clock
  const days = { days: rule.amount, calendar: calendar.title }
  return {
    view: 'pages/stories/rules',
    data: {
      rules: moderationRules,
      help: reader.stories.help,
      replyRules,
      reply: { workingDays: rule.amount, calendar: calendar.name },
    },
    values: {
      title: 'By which rules stories are published',
      rules: Object.values(moderationRules),
      replyRules: Object.values(replyRules),
      help: helpShown(reader).map((h, i) => ({ ...h, source: reader.stories.help[i]?.source })),
      ...days,
      workingDays: words.number(rule.amount, 0),
      json: `${path}.json`,
      crumbs: [{ text: 'Stories', href: '/stories' }],
    },
  }
}
