import type { Indicator } from '../../../evidence/indicator.ts'
import type { FairnessOf } from '../../../fairness/store.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext } from '../context.ts'
import { gapSentence, isShown, shareText } from './gap-words.ts'

interface Line {
  readonly indicator: Indicator
  readonly of: FairnessOf
}

/** What the newest period says of one indicator, a line for each way to look at it. */
function linesOf({ indicator, of }: Line) {
  const latest = of.periods.at(-1)
  const { fifths, groups, lottery } = latest?.found ?? {}
  const [group] = groups ?? []
  const [declared] = of.declared.groups
  return {
    name: indicator.name,
    href: `/indicators/${indicator.code}/fairness`,
    period: words.period(latest?.period ?? ''),
    lines: [
      fifths
        ? gapSentence(indicator, fifths.gap, 'the most deprived fifth', 'the least deprived')
        : 'How it differs with deprivation is not known here.',
      ...(group && declared
        ? [gapSentence(indicator, group.gap, declared.firstName, declared.secondName)]
        : []),
      ...(lottery?.share ? [`${words.sentenceCase(shareText(lottery.share))}.`] : []),
    ],
  }
}

/** What is fair and what is not in every service: gaps by deprivation and between groups, newest first. */
export async function fairnessPage(asked: string, context: PageContext): Promise<Page> {
  const { reader, state, indicators } = context
  const services = reader.services(state)
  const all = [...(await reader.fairness.all(state)).values()].flatMap((of): Line[] => {
    const indicator = indicators.get(of.indicator)
    const shown = services.some((s) => s.code === of.declared.service)
    return indicator && shown ? [{ indicator, of }] : []
  })
  const codes = [...new Set(all.map((l) => l.of.declared.service))]
  const nameOf = (code: string): string => reader.service(code)?.name ?? code
  const chosen = all.filter((l) => asked === '' || l.of.declared.service === asked)
  const sections = services.flatMap(({ code, name }) => {
    const lines = chosen.filter((l) => l.of.declared.service === code)
    return lines.length === 0 ? [] : [{ name, rows: lines.map(linesOf) }]
  })
  const found = chosen.map((l) => l.of.periods.at(-1)?.found)
  const certain = found.filter((f) => f?.fifths && isShown(f.fifths.gap)).length
  const measured = found.filter((f) => f?.fifths).length
  return {
    view: 'pages/fairness/fairness',
    data: chosen.map(({ indicator, of }) => ({
      indicator: indicator.code,
      name: indicator.name,
      service: of.declared.service,
      latest: of.periods.at(-1) ?? null,
    })),
    values: {
      title: 'Fairness',
      lead:
        measured === 0
          ? 'Nothing published here says how services differ with deprivation.'
          : `In ${words.number(certain, 0)} of ${words.number(measured, 0)} measures the most deprived fifth differs from the least deprived fifth by more than chance.`,
      sections,
      services: choices(['', ...codes], asked, (c) => (c === '' ? 'All services' : nameOf(c))),
      json: `${context.path}.json`,
    },
  }
}
