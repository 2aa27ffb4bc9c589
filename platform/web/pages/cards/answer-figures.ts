import type { SubjectPage } from '../../../comparison/figures.ts'
import { indicatorCode } from '../../../surveys/results-descriptor.ts'
import { answerers } from '../../../surveys/who.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'
import { known } from '../subject-figures.ts'

/** What a card says of surveys: how good people find it overall, and whether they were treated with respect. */
const shown = ['overall', 'dignity']

/** What people answered of one provider at the last publication, with intervals; those who were asked first. */
export function answerFigures(subject: SubjectPage, context: PageContext) {
  const { service } = subject
  if (service === null) return []
  const codes = answerers.flatMap((who) => shown.map((part) => indicatorCode(service, part, who)))
  return known(subject, context)
    .filter(({ indicator, series }) => series.breakdown === '' && codes.includes(indicator.code))
    .filter(({ latest }) => latest.status === 'value')
    .sort((a, b) => codes.indexOf(a.indicator.code) - codes.indexOf(b.indicator.code))
    .map(({ indicator, latest }) => ({
      code: indicator.code,
      name: indicator.name,
      href: `/indicators/${indicator.code}?q=${encodeURIComponent(subject.code)}`,
      text: `${words.figure(indicator, latest)}, ${words.when(indicator, latest)}`,
      release: latest.release,
    }))
}
