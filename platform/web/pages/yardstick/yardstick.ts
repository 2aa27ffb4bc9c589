import {
  isShared,
  isStanding,
  partOf,
  parts,
  sideOf,
  type YardstickFigure,
} from '../../../yardstick/standing.ts'
import { verdict } from '../../../yardstick/verdict.ts'
import { readWording } from '../../../yardstick/wording.ts'
import { csvLines } from '../../csv.ts'
import * as words from '../../words.ts'
import { type Page, type PageContext, releaseLine } from '../context.ts'
import { type Measure, measureLines, standingText } from './measure.ts'

/** All measures of the yardstick in a state: those that say how the country stands, then the main ones, then by name. */
export async function measures({ reader, state, indicators }: PageContext): Promise<Measure[]> {
  const all = await reader.yardstick.all(state)
  const found = [...indicators.values()].flatMap((indicator): Measure[] => {
    const part = partOf(indicator)
    const figures = all.get(indicator.code)
    return part && figures ? [{ indicator, part, figures }] : []
  })
  const key = (m: Measure): string =>
    [isInternational(m) ? 0 : 1, m.indicator.headline ? 0 : 1, m.indicator.name].join(' ')
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** Whether a measure says how this country stands among others. */
export const isInternational = ({ indicator, figures }: Measure): boolean =>
  isShared(figures) || (isStanding(indicator) && figures.some((f) => sideOf(f.place) === 'home'))

/** What a figure is as data: the number, and the source's own words for it. */
function dataOf(f: YardstickFigure, { indicator, part }: Measure) {
  const { where, said, year, sentence } = readWording(f.figure.note) ?? {}
  return {
    part,
    indicator: indicator.code,
    name: indicator.name,
    place: f.place.code,
    placeName: f.place.name,
    group: f.breakdown,
    period: f.figure.period,
    /** Whose year it is: the paper says it, only what it cites has one, or nobody does (then 2008). */
    yearOf: year ?? 'said',
    value: f.figure.value,
    unit: indicator.unit,
    limits: f.figure.limits,
    said: said ?? null,
    where: where ?? null,
    sentence: sentence ?? null,
    release: f.figure.release,
  }
}

function csvOf(all: readonly Measure[]): string {
  const rows = all.flatMap((m) => m.figures.map((f) => dataOf(f, m)))
  const header = ['part', 'indicator', 'name', 'place', 'place_name', 'group', 'period']
  const more = ['year_of', 'value', 'unit', 'said', 'where', 'sentence', 'release']
  return csvLines(
    [...header, ...more],
    rows.map((r) => [
      ...[r.part, r.indicator, r.name, r.place, r.placeName, r.group, r.period],
      ...[r.yearOf, r.value, r.unit, r.said, r.where, r.sentence, r.release],
    ]),
  )
}

/** "It gives 109 figures of 83 things. Only 7 of these say how the United Kingdom ... stands." */
function howMany(all: readonly Measure[]): string {
  const some = all.filter(isInternational).length
  const figures = all.reduce((n, m) => n + m.figures.length, 0)
  return `It gives ${words.number(figures, 0)} figures of ${words.number(all.length, 0)} things. Only ${words.number(some, 0)} of these say how the United Kingdom or England stands among other countries.`
}

const partHeadings: Readonly<Record<string, string>> = {
  outcomes: 'Outcomes',
  experience: 'Experience: how people are treated',
  fairness: 'Fairness',
  'value for money': 'Value for money',
}

/** What each part asks, in words that everyone reads. */
const asks: Readonly<Record<string, string>> = {
  outcomes: 'Do services do what they are for?',
  experience: 'Are people treated well, and soon?',
  fairness: 'Does it work for everyone?',
  'value for money': 'What is spent, and is it well spent?',
}

/** One part: how we stand in words first, then each measure. */
function section(part: string, all: readonly Measure[]) {
  const own = all.filter((m) => m.part === part)
  const lead = own.filter((m) => m.indicator.headline)
  return {
    id: part.replaceAll(' ', '-'),
    title: partHeadings[part] ?? words.sentenceCase(part),
    asks: asks[part] ?? '',
    gap: own.some(isInternational)
      ? ''
      : 'The paper gives nothing here that holds this country against another.',
    lead: lead.map((m) => ({
      name: m.indicator.name,
      href: `#${m.indicator.code}`,
      text: standingText(m.figures, m.indicator),
    })),
    measures: own.map(measureLines),
  }
}

/** This country against the best in the world, in the same four parts as services are measured by. */
export async function yardstickPage(context: PageContext): Promise<Page> {
  const { reader, state } = context
  const all = await measures(context)
  const main: readonly string[] = parts
  const others = [...new Set(all.map((m) => m.part))].filter((p) => !main.includes(p))
  const ids = new Set(all.flatMap((m) => m.figures.map((f) => f.figure.release)))
  const releases = await reader.releases(state, { limit: Number.POSITIVE_INFINITY })
  return {
    view: 'pages/yardstick/yardstick',
    data: {
      verdict,
      parts: [...main, ...others].map((part) => ({
        part,
        figures: all
          .filter((m) => m.part === part)
          .flatMap((m) => m.figures.map((f) => dataOf(f, m))),
      })),
    },
    forms: { csv: () => csvOf(all) },
    values: {
      title: 'Against the best in the world',
      verdict,
      count: howMany(all),
      // What the banner says of the area is not so of these figures.
      besideInvented: state.invented,
      known: all.length > 0,
      sections: main.map((part) => section(part, all)),
      others: others.map((part) => section(part, all)),
      sources: releases.filter((r) => ids.has(r.id)).map(releaseLine),
      json: `${context.path}.json`,
      csv: `${context.path}.csv`,
    },
  }
}
