import { controlChartSvg } from '../../components/control-chart/control-chart.ts'
import { intervalBar } from '../../components/interval-bar/interval-bar.ts'
import { rangeBar } from '../../components/range-bar/range-bar.ts'
import { type ScatterPoint, scatter } from '../../components/scatter/scatter.ts'
import { spread } from '../../components/spread/spread.ts'
import { trend } from '../../components/trend/trend.ts'
import type { Page } from '../context.ts'

const limits = (value: number, half: number) => ({
  lower95: value - half,
  upper95: value + half,
  lower998: value - 1.6 * half,
  upper998: value + 1.6 * half,
  method: 'published' as const,
})

const percent = (x: number): string => `${Math.round(x)}%`
const whole = { value: 65, name: 'Inventedshire' }
/** A bell of values without chance in it: the same picture every time. */
const bell = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => 60 + 8 * Math.log((i + 0.5) / (n - i - 0.5)))

const years = (values: readonly (number | null)[]) =>
  values.map((value, i) => ({
    period: String(2015 + i),
    value,
    limits: value === null ? null : limits(value, 6),
  }))

const trendOf = (values: readonly (number | null)[]) =>
  trend({
    figures: years(values),
    compared: values.map((_, i) => 60 + i),
    comparedName: 'Inventedshire',
    words: 'An invented measure, 2015 on',
    format: percent,
    period: (p) => p,
  })

const spreadOf = (n: number, size: 'card' | 'page', own: number | null) =>
  spread({
    values: bell(n),
    own: own === null ? null : { value: own, limits: limits(own, 7) },
    peers: own === null ? [] : [own - 4, own + 1, own + 9],
    whole,
    words: 'How invented values are spread',
    format: percent,
    size,
  })

/** Points along a slope without chance in them: the same picture every time. */
const slope = (n: number, half: number | null): ScatterPoint[] =>
  Array.from({ length: n }, (_, i) => {
    const [x, y] = [100 + 60 * Math.sin(i * 1.7) + 20 * Math.sin(i * 0.31), 60 + 15 * Math.cos(i)]
    const around = (v: number, by: number) => ({ lower95: v - by, upper95: v + by })
    return {
      x,
      y,
      xLimits: half === null ? null : around(x, 2 * half),
      yLimits: half === null ? null : around(y, half),
    }
  })

const scatterOf = (n: number, half: number | null) => {
  const points = slope(n, half)
  return scatter({
    points,
    own: points[3] ?? null,
    marked: points.slice(5, 8),
    middle: { x: 100, y: 60 },
    quarters: ['less, better', 'more, better', 'less, worse', 'more, worse'],
    xName: 'Cost',
    yName: 'Outcome',
    xFormat: (x) => `£${Math.round(x)}`,
    yFormat: percent,
    words: 'An invented outcome against its cost',
  })
}

/** Every picture that a page can show, in each of its states. */
export const pictures: readonly { name: string; svg: string }[] = [
  {
    name: 'Control chart with a special cause',
    svg: controlChartSvg({
      points: [0.7, 0.72, 0.68, 0.71, 0.4].map((value, i) => ({
        ...{ name: `week ${i + 1}`, value, centre: 0.65, lower: 0.5, upper: 0.8 },
        isSpecial: value < 0.5,
      })),
      words: 'Invented shares, week by week',
      format: (x) => percent(100 * x),
      bounds: [0, 1],
    }),
  },
  { name: 'Interval bar', svg: intervalBar(63, limits(63, 8), 65, [40, 90], '63% (55 to 71)') },
  { name: 'Interval bar without an interval', svg: intervalBar(63, null, 65, [40, 90], '63%') },
  { name: 'Range bar', svg: rangeBar([48, 56, 60, 64, 72], 65, 'Half lie between 56% and 64%') },
  { name: 'Spread of few, one marked', svg: spreadOf(40, 'card', 71) },
  { name: 'Spread of many, one marked', svg: spreadOf(900, 'card', 46) },
  { name: 'Spread of many', svg: spreadOf(6000, 'page', null) },
  { name: 'Scatter of few', svg: scatterOf(60, 3) },
  { name: 'Scatter of many', svg: scatterOf(900, null) },
  { name: 'Trend', svg: trendOf([58, 61, 63, 66, 69]) },
  { name: 'Trend with a gap', svg: trendOf([58, null, 55, 52, null, 49]) },
]

const tones = [
  { tone: 'better', shape: '▲▲', word: 'much better' },
  { tone: 'better', shape: '▲', word: 'better' },
  { tone: 'similar', shape: '●', word: 'similar' },
  { tone: 'worse', shape: '▼', word: 'worse' },
  { tone: 'worse', shape: '▼▼', word: 'much worse' },
  { tone: 'neutral', shape: '▲', word: 'higher' },
  { tone: 'unknown', shape: '–', word: 'not enough data to say' },
]

/** All components on one page, for those who make pages. */
export const componentsPage = (): Page => ({
  view: 'pages/components/components',
  data: null,
  values: { title: 'Components', pictures, tones },
})
