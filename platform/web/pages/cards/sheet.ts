import { type Part, parts } from '../../../cards/card.ts'
import { cutPoints, letters } from '../../../cards/grade.ts'
import type { ItemMark, OwnCard } from '../../../cards/store.ts'
import type { SubjectPage } from '../../../comparison/figures.ts'
import { chance, likelyText } from '../../components/grade/grade.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'
import type { MissedFloor } from '../standards/missed-floors.ts'
import { changes, itemLine, itemWords, ratingsAge } from './item-words.ts'
import { leadOf } from './lead-words.ts'
import { type GradeShown, gradeShown, partShown } from './part-words.ts'

/** A line that names an indicator and says something of it. */
export interface SheetLine {
  readonly text: string
  readonly rest: string
  readonly href: string
}

/** A report card in words: what the page, its print and its PDF all say. */
export interface CardSheet {
  readonly title: string
  readonly kind: string
  readonly where: string
  /** Floors in force that it misses. */
  readonly floors: readonly SheetLine[]
  readonly lead: string
  readonly overall: GradeShown
  readonly parts: readonly GradeShown[]
  readonly well: readonly SheetLine[]
  readonly improve: readonly SheetLine[]
  readonly changed: readonly SheetLine[]
  readonly sure: readonly string[]
}

const cut = (letter: keyof typeof cutPoints): number => cutPoints[letter] / 100

/**
 * The three items farthest at one end, of those whose score is surely (at 95%) on that side of the middle.
 * What is paid is neither done well nor to improve by itself.
 */
function ends(own: OwnCard, best: boolean): ItemMark[] {
  const wanted = own.items.filter(({ item, score, error }) => {
    if (item.part === 'value' || score === null) return false
    const reach = 1.96 * (error ?? 0)
    return best ? score >= cut('B') && score - reach > 0.5 : score < cut('C') && score + reach < 0.5
  })
  const turned = best ? -1 : 1
  return wanted.sort((a, b) => turned * ((a.score ?? 0) - (b.score ?? 0))).slice(0, 3)
}

const ordinalRules = new Intl.PluralRules('en-GB', { type: 'ordinal' })
const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' }

/** "1st", "22nd", "1,203rd". */
export const ordinal = (n: number): string =>
  `${words.number(n, 0)}${endings[ordinalRules.select(n)] ?? 'th'}`

/** "between 3rd and 9th of 40", "1st of 12". */
export const placeText = (from: number, to: number, of: number): string =>
  from === to
    ? `${ordinal(from)} of ${words.number(of, 0)}`
    : `between ${ordinal(from)} and ${ordinal(to)} of ${words.number(of, 0)}`

/** How sure the grade is: by chance, by the weights, and for what is missing. */
export function howSure(own: OwnCard, providers: string, ages: readonly string[]): string[] {
  const { overall, standing } = own
  const letter = overall.grade === null ? null : letters[overall.grade]
  const spread = own.items.some((i) => i.state === 'spread')
  const asStands = own.items.filter((i) => i.state === 'as it stands' && i.item.part !== 'value')
  return [
    ...(overall.likely ? [`Overall, ${likelyText(overall.likely)}.`] : []),
    ...(standing
      ? [
          `Its place is ${placeText(standing.lowest, standing.highest, standing.among)} ${providers}.`,
          `We could make each part count up to a quarter more or less. The grade would then be ${letter} in ${chance(standing.steady)} of cases.`,
        ]
      : []),
    ...(spread
      ? [
          `Some figures come without an interval. For these we take one doubt for all ${providers}, whatever their size: how far their own figures lie apart.`,
        ]
      : []),
    ...ages,
    ...(asStands.length > 0
      ? ['Nobody can say how sure a figure of it is, so the overall grade has no odds.']
      : []),
  ]
}

/** The floors that it misses, each with its figure: they come before any grade. */
function floorLines(
  floors: readonly MissedFloor[],
  subject: SubjectPage,
  { indicators }: PageContext,
): SheetLine[] {
  return floors.map(({ code, name, indicator, breakdown, period }) => {
    const of = indicators.get(indicator)
    const figure = subject.series
      .find((s) => s.indicator === indicator && s.breakdown === breakdown)
      ?.figures.find((f) => f.period === period)
    const rest = of && figure ? `: ${of.name.toLowerCase()} ${words.figure(of, figure)}` : ''
    return { text: name, rest: `${rest}.`, href: `/standards/${code}` }
  })
}

/** The overall grade; the lead says what its letter means. */
function overallShown(own: OwnCard): GradeShown {
  const shown = gradeShown('Overall', own.overall)
  return { ...shown, text: shown.likely }
}

/** The sheet of one provider; `own` is null where nothing that counts is known of it. */
export function cardSheet(
  subject: SubjectPage,
  own: OwnCard | null,
  floors: readonly MissedFloor[],
  context: PageContext,
): CardSheet {
  const service = subject.service === null ? null : context.reader.service(subject.service)
  const kind = service?.provider ?? 'provider'
  const wordsOf = (mark: ItemMark) => itemWords(mark, subject, context)
  const lines = (marks: readonly ItemMark[]): SheetLine[] =>
    marks.flatMap((mark) => {
      const w = wordsOf(mark)
      return w ? [itemLine(w)] : []
    })
  return {
    title: subject.name,
    kind: words.sentenceCase(kind),
    where: [subject.address, subject.postcode, subject.code].filter((x) => x).join(' · '),
    floors: floorLines(floors, subject, context),
    lead: leadOf(own, kind, floors.length > 0),
    overall: {
      ...(own
        ? overallShown(own)
        : { name: '', letter: null, text: '', bar: '', likely: '', odds: null }),
      large: true,
    },
    parts: own
      ? parts.map((part: Part) =>
          partShown(part, own, subject, context, (mark) => wordsOf(mark)?.figure ?? ''),
        )
      : [],
    well: own ? lines(ends(own, true)) : [],
    improve: own ? lines(ends(own, false)) : [],
    changed: own ? changes(subject, own.items, context) : [],
    sure: own
      ? howSure(own, service?.providers ?? 'providers', ratingsAge(subject, own.items, context))
      : [],
  }
}
