import type { SubjectPage } from '../../../comparison/figures.ts'
import { storyCodes } from '../../../stories/measures.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'
import { ownLine } from '../standards/judgement-words.ts'
import { known } from '../subject-figures.ts'

/** What stories came to for one provider at the last publication, with intervals; nothing is graded by it. */
export function storyFigures(subject: SubjectPage, context: PageContext) {
  if (subject.service === null) return []
  const own = storyCodes({ code: subject.service })
  const codes: readonly string[] = Object.values(own)
  return (
    known(subject, context)
      .filter(({ indicator, series }) => series.breakdown === '' && codes.includes(indicator.code))
      // Of few replies there is no figure, and nothing to say.
      .filter(({ indicator, latest }) => indicator.code !== own.days || latest.status === 'value')
      // Where nobody told a story there are no shares of them either.
      .filter(({ latest }) => latest.status !== 'not-applicable')
      .map(({ indicator, latest }) => ({
        code: indicator.code,
        name: indicator.name,
        href: `/indicators/${indicator.code}?q=${encodeURIComponent(subject.code)}`,
        text:
          indicator.code === own.told && latest.value === 0
            ? `nobody told a story, ${words.when(indicator, latest)}`
            : `${words.figure(indicator, latest)}, ${words.when(indicator, latest)}${indicator.code === own.days ? `, ${repliesWords(latest.denominator)}` : ''}`,
        release: latest.release,
      }))
  )
}

const repliesWords = (n: number | null): string => `of ${words.number(n ?? 0, 0)} replies`

/** Whether the provider gives what everyone who tells a story may expect: in the words of its latest judgement. */
export async function storyEntitlement(subject: SubjectPage, context: PageContext) {
  const { reader, state } = context
  if (subject.service === null) return null
  const { inTime } = storyCodes({ code: subject.service })
  const all = await reader.standards.of(state, subject.code)
  const own = all.find(({ standard }) => standard.indicator === inTime)
  return own ? ownLine(own, known(subject, context), context) : null
}
