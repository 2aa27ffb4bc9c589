import * as words from '../../words.ts'
import { choices, type Page, type PageContext } from '../context.ts'
import { foundSentence, shareText, trendSentence } from './gap-words.ts'
import { type Measured, measuredData, measuredIn, newestLottery } from './measured.ts'

/** Of each service so many measures, and of each so many gaps; the rest stands on their own pages. */
const shownEach = 3
const gapsEach = 2

/** What was last found in one indicator, a line for each gap and one for the lottery. */
function row(measured: Measured) {
  const { indicator, gaps } = measured
  const share = newestLottery(measured, 'lottery')?.lottery.share
  return {
    name: indicator.name,
    href: `/indicators/${indicator.code}/fairness`,
    period: words.period(gaps[0]?.period ?? measured.of.periods.at(-1)?.period ?? ''),
    lines: [
      ...gaps
        .slice(0, gapsEach)
        .map((g) =>
          [
            foundSentence(indicator, g),
            ...(g.trend ? [trendSentence(indicator, g.trend)] : []),
          ].join(' '),
        ),
      ...(gaps.length === 0 ? ['Too few are known here to say whom it leaves behind.'] : []),
      ...(share ? [`${words.sentenceCase(shareText(share))}.`] : []),
    ],
  }
}

const widestShown = 5

/** "The widest gap that is certain is in “Cost for each patient”. The most deprived fifth: £9.40 less ..." */
export function widestLead(all: readonly Measured[]): string {
  const [widest] = all
  const gap = widest?.gaps[0]
  if (!widest || !gap) return 'Nothing published here says how services differ with deprivation.'
  if (!gap.certain) return 'No gap here is certain: each of them may be chance.'
  return `The widest gap that is certain is in “${widest.indicator.name}”. ${foundSentence(widest.indicator, gap)}`
}

/** What is fair and what is not in every service: the widest certain gaps first. */
export async function fairnessPage(asked: string, context: PageContext): Promise<Page> {
  const { reader, state } = context
  const services = reader.services(state)
  const all = await measuredIn(context, null)
  const codes = [...new Set(all.map((m) => m.of.declared.service))]
  const nameOf = (code: string): string => reader.service(code)?.name ?? code
  const chosen = all.filter((m) => asked === '' || m.of.declared.service === asked)
  const certain = chosen.filter((m) => m.gaps[0]?.certain)
  const sections = services.flatMap(({ code, name }) => {
    const some = chosen.filter((m) => m.of.declared.service === code)
    return some.length === 0
      ? []
      : [
          {
            name,
            href: `/services/${code}/fairness`,
            count: words.number(some.length, 0),
            rows: some.slice(0, shownEach).map(row),
          },
        ]
  })
  return {
    view: 'pages/fairness/fairness',
    data: chosen.map(measuredData),
    values: {
      title: 'Fairness',
      lead: widestLead(chosen),
      next: certain.slice(1, widestShown).flatMap(({ indicator, gaps: [gap] }) =>
        gap
          ? [
              {
                name: indicator.name,
                href: `/indicators/${indicator.code}/fairness`,
                text: foundSentence(indicator, gap),
              },
            ]
          : [],
      ),
      counted: `In ${words.number(certain.length, 0)} of ${words.number(chosen.length, 0)} measures there is a gap that is more than chance.`,
      sections,
      services: choices(['', ...codes], asked, (c) => (c === '' ? 'All services' : nameOf(c))),
      json: `${context.path}.json`,
    },
  }
}
