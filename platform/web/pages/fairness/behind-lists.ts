import type { Indicator } from '../../../evidence/indicator.ts'
import type { FoundGap } from '../../../fairness/gaps.ts'
import type { LeftBehind } from '../../../fairness/left-behind.ts'
import type { Named } from '../../../fairness/store.ts'
import * as words from '../../words.ts'
import { subjectHref } from '../context.ts'
import { gapText } from './gap-words.ts'

const shown = 20

function rows(indicator: Indicator, { widest }: LeftBehind, names: ReadonlyMap<number, Named>) {
  return widest.slice(0, shown).flatMap((g) => {
    const who = names.get(g.subject)
    return who
      ? [[{ text: who.name, href: subjectHref(who) }, { text: gapText(indicator, g) }]]
      : []
  })
}

/** "Of 320 schools with figures of both, 12 have a gap that is certain; in 11 of them boys have less." */
function countSentence(
  indicator: Indicator,
  { first }: FoundGap,
  { compared, certain, behind }: LeftBehind,
  units: string,
): string {
  const less = indicator.polarity === 'lower' ? 'more' : 'less'
  const standing =
    indicator.polarity === 'neither'
      ? `${less} goes to ${first}`
      : `${first} ${isAre(first)} behind`
  const n = (x: number): string => words.number(x, 0)
  const all = `Of ${n(compared)} ${units} with figures of both`
  if (certain === 0) return `${all}, none has a gap that is certain.`
  if (certain === 1) {
    const side = behind === 1 ? `: there ${standing}` : ', the other way round'
    return `${all}, one has a gap that is certain${side}.`
  }
  return `${all}, ${n(certain)} have a gap that is certain; in ${n(behind)} of them ${standing}.`
}

const isAre = (who: string): string => (/^the .* (half|fifth|tenth)$/.test(who) ? 'is' : 'are')

/** Who is left behind by a gap: providers and places whose own is certain, the widest first. */
export function behindLists(
  indicator: Indicator,
  gap: FoundGap,
  units: { readonly providers: string; readonly places: string },
  names: ReadonlyMap<number, Named>,
) {
  const lists = [
    { found: gap.providers, units: units.providers },
    { found: gap.places, units: units.places },
  ]
  // In a place the two ends of deprivation are its own two halves.
  const halves = gap.kind === 'fifths' ? { ...gap, first: 'the more deprived half' } : gap
  return lists.flatMap(({ found, units: name }) =>
    found === null || found.compared === 0
      ? []
      : [
          {
            title: `${words.sentenceCase(name)} with the widest gap`,
            count: countSentence(indicator, halves, found, name),
            rows: rows(indicator, found, names),
          },
        ],
  )
}
