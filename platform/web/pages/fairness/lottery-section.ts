import type { Indicator } from '../../../evidence/indicator.ts'
import type { Lottery } from '../../../fairness/lottery.ts'
import type { FairnessAt, FairnessOf } from '../../../fairness/store.ts'
import { trend } from '../../components/trend/trend.ts'
import * as words from '../../words.ts'
import { shareText } from './gap-words.ts'

type Between = 'lottery' | 'placeLottery'

/** The spread between some units, in a sentence. */
function lotterySentence(indicator: Indicator, lottery: Lottery, units: string): string {
  const ends = `${words.value(indicator, lottery.tenth)} or less, and a tenth ${words.value(indicator, lottery.ninetieth)} or more`
  const share = lottery.share
    ? ` ${words.sentenceCase(shareText(lottery.share))}.`
    : ' Nobody can say how much of that is chance: there are no counts and no intervals.'
  return `Of ${words.number(lottery.units, 0)} ${units}, a tenth have ${ends}.${share}`
}

const percent = (x: number): string => words.number(100 * x, 0)

/** "83 (80 to 86)", "not known". */
const shareCell = (lottery: Lottery | null): string => {
  const share = lottery?.share
  return share
    ? `${percent(share.value)} (${percent(share.lower)} to ${percent(share.upper)})`
    : 'not known'
}

/** The share that is more than chance, period by period; empty where fewer than two are known. */
function picture({ periods }: FairnessOf, between: Between, units: string): string {
  const known = periods.filter((p) => p.found[between]?.share)
  const [first, last] = [known[0]?.period, known.at(-1)?.period]
  if (known.length < 2 || first === undefined || last === undefined) return ''
  const figures = known.map(({ period, found }) => {
    const share = found[between]?.share
    return {
      period,
      value: share ? 100 * share.value : null,
      limits: share
        ? {
            lower95: 100 * share.lower,
            upper95: 100 * share.upper,
            lower998: 100 * share.lower,
            upper998: 100 * share.upper,
            method: 'published' as const,
          }
        : null,
    }
  })
  return trend({
    figures,
    compared: [],
    comparedName: '',
    words: `Parts in 100 of the differences between ${units} that are more than chance, ${words.period(first)} to ${words.period(last)}. The table below has the figures.`,
    format: (x) => words.number(x, 0),
    period: words.period,
    bounds: [0, 100],
  })
}

/** Is it a postcode lottery? The newest spread in words, each period's as picture and table. */
export function lotterySection(
  indicator: Indicator,
  of: FairnessOf,
  at: FairnessAt,
  units: { readonly providers: string; readonly places: string },
) {
  const { lottery, placeLottery } = at.found
  if (!lottery && !placeLottery) return null
  const pictures = [
    { title: `Between ${units.providers}`, picture: picture(of, 'lottery', units.providers) },
    { title: `Between ${units.places}`, picture: picture(of, 'placeLottery', units.places) },
  ]
  return {
    sentences: [
      ...(lottery ? [lotterySentence(indicator, lottery, units.providers)] : []),
      ...(placeLottery ? [lotterySentence(indicator, placeLottery, units.places)] : []),
    ],
    pictures: pictures.filter((p) => p.picture !== ''),
    head: ['Period', words.sentenceCase(units.providers), words.sentenceCase(units.places)],
    rows: of.periods
      .filter(({ found }) => found.lottery || found.placeLottery)
      .map(({ period, found }) => [
        { text: words.period(period) },
        { text: shareCell(found.lottery) },
        { text: shareCell(found.placeLottery) },
      ]),
  }
}
