import type { SubjectPage } from '../../../comparison/figures.ts'
import { storyCodes } from '../../../stories/measures.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'
import { known } from '../subject-figures.ts'

/** What stories came to for one provider at the last publication, with intervals; nothing is graded by it. */
export function storyFigures(subject: SubjectPage, context: PageContext) {
  if (subject.service === null) return []
  const codes: readonly string[] = Object.values(storyCodes({ code: subject.service }))
  return known(subject, context)
    .filter(({ indicator, series }) => series.breakdown === '' && codes.includes(indicator.code))
    .map(({ indicator, latest }) => ({
      name: indicator.name,
      href: `/indicators/${indicator.code}?q=${encodeURIComponent(subject.code)}`,
      text: `${words.figure(indicator, latest)}, ${words.when(indicator, latest)}`,
      release: latest.release,
    }))
}
