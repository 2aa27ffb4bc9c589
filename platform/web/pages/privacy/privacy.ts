import { personalTables } from '../../../people/privacy.ts'
import * as words from '../../words.ts'
import type { Page } from '../context.ts'

/** What is kept of people, from the declarations that also decide what is forgotten and handed out. */
export function privacyPage(): Page {
  const kept = personalTables.map(({ table, what, why, kept: how, takeBack, seen }) => ({
    table,
    what,
    why,
    kept: how,
    takeBack: takeBack ?? null,
    seen,
  }))
  return {
    view: 'pages/privacy/privacy',
    values: {
      title: 'What we keep about you',
      description: 'What this Plumbline keeps about people, why, how long, and who sees it.',
      kept: kept.map((k) => ({
        ...k,
        what: words.sentenceCase(k.what),
        seen: words.sentenceCase(k.seen),
      })),
    },
    data: { kept },
  }
}
