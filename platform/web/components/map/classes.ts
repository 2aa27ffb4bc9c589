import type { Direction } from '../../../comparison/figures.ts'
import type { Indicator } from '../../../evidence/indicator.ts'
import * as words from '../../words.ts'

/** A value to be put on a map, with how it compares. */
export interface Shown {
  readonly value: number | null
  readonly direction: Direction | null
}

/** How an area or a point is filled. */
export interface MapClass {
  readonly id: string
  /** What it means, as the legend says it. */
  readonly words: string
  readonly fill: string
  /** Lines over the fill: not different from the whole. Dots: no figure. */
  readonly pattern: 'none' | 'hatched' | 'dotted'
  /** A point's shape, so that it tells without its colour. */
  readonly mark: 'up' | 'round' | 'down'
}

export interface Classes {
  /** All classes of the map, in the order of the legend. */
  readonly all: readonly MapClass[]
  readonly of: (shown: Shown) => MapClass
  /** What colours mean: difference from the whole, or the value's fifth. */
  readonly scheme: 'difference' | 'value'
}

const noFigure: MapClass = {
  id: 'none',
  words: 'no figure',
  fill: '#e3e6e8',
  pattern: 'dotted',
  mark: 'round',
}

// Blue and orange of like weight; the ends are dark, so that they differ in grey as well.
const fills: Readonly<Record<string, string>> = {
  'much better': '#12436d',
  better: '#6bace6',
  similar: '#ffffff',
  worse: '#f6a97a',
  'much worse': '#b8470f',
  'not enough data to say': '#f4f7fa',
}

const fifths = ['#e1ecf7', '#b3d1ee', '#6bace6', '#2073bc', '#12436d']

/** Where a good and a bad way are known and most figures have an interval, the difference is shown. */
function showsDifference(indicator: Indicator, shown: readonly Shown[]): boolean {
  const valued = shown.filter((s) => s.value !== null)
  const known = valued.filter((s) => s.direction !== null)
  return indicator.polarity !== 'neither' && known.length * 2 > valued.length
}

/** The classes that the values of a map fall into. */
export function classesOf(indicator: Indicator, shown: readonly Shown[]): Classes {
  return showsDifference(indicator, shown) ? byDifference(indicator) : byFifth(indicator, shown)
}

function byDifference(indicator: Indicator): Classes {
  const better = indicator.polarity === 'higher' ? 1 : -1
  const directions = [2, 1, 0, -1, -2].map((d) => (d === 0 ? 0 : d * better) as Direction)
  const made = [...directions, null].map((direction): [Direction | null, MapClass] => {
    const { word } = words.word(indicator, direction)
    const mark = direction === null || direction === 0 ? 'round' : direction > 0 ? 'up' : 'down'
    // An arrow up is better, as the words' shapes have it, whichever way the figure goes.
    const turned = mark === 'round' || better === 1 ? mark : mark === 'up' ? 'down' : 'up'
    const pattern = direction === 0 ? 'hatched' : 'none'
    const fill = fills[word] ?? '#ffffff'
    return [direction, { id: word.replaceAll(' ', '-'), words: word, fill, pattern, mark: turned }]
  })
  const byDirection = new Map(made)
  return {
    all: [...made.map(([, c]) => c), noFigure],
    of: ({ value, direction }) =>
      (value === null ? undefined : byDirection.get(direction)) ?? noFigure,
    scheme: 'difference',
  }
}

/** Five classes with as many values each; those that the whole's figure may equal are hatched. */
function byFifth(indicator: Indicator, shown: readonly Shown[]): Classes {
  const values = shown.flatMap((s) => s.value ?? []).sort((a, b) => a - b)
  const at = (share: number): number => values[Math.floor(share * (values.length - 1))] ?? 0
  const tops = [0.2, 0.4, 0.6, 0.8, 1].map(at)
  const made = fifths.flatMap((fill, i): MapClass[] => {
    const from = i === 0 ? at(0) : (tops[i - 1] ?? 0)
    const range = [from, tops[i] ?? 0].map((x) => words.number(x, indicator.decimals))
    const text = words.withUnit(indicator, range.join(' to '))
    const plain = {
      id: `fifth-${i + 1}`,
      words: text,
      fill,
      pattern: 'none',
      mark: 'round',
    } as const
    const similar = {
      id: `${plain.id}-similar`,
      words: `${text}, similar`,
      pattern: 'hatched',
    } as const
    return [plain, { ...plain, ...similar }]
  })
  return {
    all: [...made, noFigure],
    of: ({ value, direction }) => {
      if (value === null) return noFigure
      const fifth = tops.findIndex((top) => value <= top)
      return made[2 * (fifth === -1 ? 4 : fifth) + (direction === 0 ? 1 : 0)] ?? noFigure
    },
    scheme: 'value',
  }
}
