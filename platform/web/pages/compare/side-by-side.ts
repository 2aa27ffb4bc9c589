import type { Figure, SubjectPage } from '../../../comparison/figures.ts'
import { comparisonOf } from '../../../comparison/sheet.ts'
import { boundsOf, type Indicator, kindApart } from '../../../evidence/indicator.ts'
import { intervalBar } from '../../components/interval-bar/interval-bar.ts'
import { commonScale } from '../../components/scale.ts'
import * as words from '../../words.ts'
import { type PageContext, subjectHref } from '../context.ts'
import { compareAddress } from './compare-address.ts'
import { conclusion, type Named } from './conclusion.ts'

interface Entry {
  readonly subject: SubjectPage
  readonly figure: Figure
}

/** The latest figures for everyone, by indicator, of those that at least two of the subjects have. */
export function commonFigures(
  subjects: readonly SubjectPage[],
  context: PageContext,
): [Indicator, Entry[]][] {
  const latest = new Map<string, Entry[]>()
  for (const subject of subjects) {
    for (const s of subject.series) {
      const figure = s.figures.at(-1)
      if (s.breakdown !== '' || !figure) continue
      const list = latest.get(s.indicator)
      if (list) list.push({ subject, figure })
      else latest.set(s.indicator, [{ subject, figure }])
    }
  }
  return [...context.indicators.values()].flatMap((indicator): [Indicator, Entry[]][] => {
    const list = latest.get(indicator.code) ?? []
    return list.length < 2 ? [] : [[indicator, list]]
  })
}

/** The ends of everything that a table draws. */
const marks = (entries: readonly Entry[], whole: number | undefined): number[] =>
  [
    ...entries.flatMap(({ figure: f }) => [f.value, f.limits?.lower998, f.limits?.upper998]),
    whole,
  ].filter((x) => x !== null && x !== undefined)

/** An entry as its conclusion knows it. */
export function namedOf({ subject, figure }: Entry, { reader }: PageContext): Named {
  const service = subject.service === null ? null : reader.service(subject.service)
  return { name: subject.name, kind: kindApart(service, subject.facts), figure }
}

/** Its period, whether it has closed, and what it is held against where that is not what the others are. */
function aboutEntry(subject: SubjectPage, figure: Figure, whole: string | undefined): string {
  const own = comparisonOf(figure, 'whole')?.name
  return [
    words.period(figure.period),
    subject.closed ? words.closed(subject.facts.Closed) : '',
    own === undefined || own === whole ? '' : `held against ${own}`,
  ]
    .filter((x) => x !== '')
    .join(' · ')
}

/** One indicator of two to eight providers, a row each on one scale. */
export function sideBySide(indicator: Indicator, entries: readonly Entry[], context: PageContext) {
  const whole = entries.map((l) => comparisonOf(l.figure, 'whole')).find((c) => c)
  const domain = commonScale(marks(entries, whole?.value), boundsOf(indicator))
  return {
    href: `/indicators/${indicator.code}`,
    name: indicator.name,
    embed: compareAddress({
      providers: entries.map((e) => e.subject.code),
      place: null,
      service: null,
      indicator: indicator.code,
      group: null,
    }),
    polarity: words.whichWay(indicator),
    meaning: indicator.meaning,
    conclusion: conclusion(
      indicator,
      entries.map((e) => namedOf(e, context)),
    ),
    whole: whole
      ? `${words.sentenceCase(whole.name)}: ${words.comparedValue(indicator, whole)}`
      : '',
    // A rating or a size is held against nothing.
    head: !whole
      ? ['Name', 'Value', 'Interval']
      : ['Name', 'Value', 'Interval', `Against ${words.shortName(whole?.name ?? 'the whole')}`],
    rows: entries.map(({ subject, figure }) => ({
      href: subjectHref(subject),
      name: subject.name,
      about: aboutEntry(subject, figure, whole?.name),
      text: words.noted(indicator, figure),
      bar:
        figure.value === null || indicator.labels
          ? ''
          : intervalBar(
              figure.value,
              figure.limits,
              whole?.value ?? null,
              domain,
              words.figure(indicator, figure),
            ),
      word: whole ? words.word(indicator, comparisonOf(figure, 'whole')?.direction ?? null) : null,
    })),
  }
}
