import type { Figure, PlaceLink } from '../comparison/figures.ts'
import type { Indicator } from '../evidence/indicator.ts'

/** The four parts by which services are measured (para 19), in its order. */
export const parts = ['outcomes', 'experience', 'fairness', 'value for money'] as const

const prefix = 'Yardstick: '

/** The part that an indicator of a yardstick belongs to, as its topic says; null for all others. */
export const partOf = (indicator: Indicator): string | null =>
  indicator.topic.startsWith(prefix) ? indicator.topic.slice(prefix.length) : null

/** One figure of a yardstick: of which place, and of whom there. */
export interface YardstickFigure {
  readonly place: PlaceLink
  readonly breakdown: string
  readonly figure: Figure
}

export type Side = 'home' | 'abroad' | 'local'

const home = ['E92000001', 'K02000001']
const abroad = ['nation', 'group-of-nations', 'province', 'city']

/** England and the United Kingdom are at home; other countries and their parts abroad; the rest are single services and regions. */
export function sideOf({ code, level }: PlaceLink): Side {
  if (home.includes(code)) return 'home'
  return abroad.includes(level) ? 'abroad' : 'local'
}

/** Whether it holds a figure of England or the United Kingdom and one of another country. */
export const isShared = (figures: readonly YardstickFigure[]): boolean =>
  figures.some((f) => sideOf(f.place) === 'home') &&
  figures.some((f) => sideOf(f.place) === 'abroad')

/** Whether a value is a place among countries by itself: a rank, or words such as "above the average". */
export const isStanding = ({ kind, unit }: Indicator): boolean =>
  kind === 'rating' || (kind === 'mean' && unit === '')

const repeated = 'group=said again'

/** Said once more in another place of the source, in other words. */
export const isRepeated = ({ breakdown }: YardstickFigure): boolean =>
  breakdown.startsWith(repeated)

const order: readonly Side[] = ['home', 'abroad', 'local']

/** At home first, then abroad; of one place by group, and the latest year last. */
export function inOrder(figures: readonly YardstickFigure[]): YardstickFigure[] {
  const key = ({ place, breakdown, figure }: YardstickFigure): string =>
    [order.indexOf(sideOf(place)), place.name, breakdown, figure.period].join('\u0001')
  return [...figures].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** The latest figure of each place and group at home and abroad, in order. */
export function latestOfEach(figures: readonly YardstickFigure[]): YardstickFigure[] {
  const of = (f: YardstickFigure): string => `${f.place.code} ${f.breakdown}`
  return [...Map.groupBy(inOrder(figures), of).values()].flatMap((some) => some.slice(-1))
}
