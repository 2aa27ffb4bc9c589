import { parts } from '../../../cards/card.ts'
import { letters } from '../../../cards/grade.ts'
import type { OwnCard, ServiceCards } from '../../../cards/store.ts'
import { nameFilter } from '../../../providers/name-filter.ts'
import { chance } from '../../components/grade/grade.ts'
import { csvLines } from '../../csv.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext, paging } from '../context.ts'
import { type MissedFloor, missedFloors, missedText } from '../standards/missed-floors.ts'
import { partNames } from './part-words.ts'

export interface CardsQuery {
  readonly q: string
  /** A letter, `none`, or '' for all. */
  readonly grade: string
  readonly sort: 'name' | 'value' | '-value'
  readonly page: number
  readonly search: URLSearchParams
}

const pageSize = 50

const letterOf = (grade: number | null): string => (grade === null ? '' : (letters[grade] ?? ''))

/** Those that are asked for, in the order that is asked for. */
function chosen(all: ServiceCards, asked: CardsQuery): OwnCard[] {
  const isNamed = nameFilter(asked.q)
  const found = all.codes.flatMap((code) => {
    const own = all.of(code)
    if (!own) return []
    const letter = letterOf(own.overall.grade)
    const named = isNamed(`${own.name} ${own.code}`)
    const graded =
      asked.grade === '' || (asked.grade === 'none' ? letter === '' : letter === asked.grade)
    return named && graded ? [own] : []
  })
  const byName = (a: OwnCard, b: OwnCard): number =>
    a.name.localeCompare(b.name, 'en-GB') || (a.code < b.code ? -1 : 1)
  // What has closed is not what most look for: it comes last, in every order.
  const openFirst = (a: OwnCard, b: OwnCard): number => Number(a.closed) - Number(b.closed)
  if (asked.sort === 'name') return found.sort((a, b) => openFirst(a, b) || byName(a, b))
  const turned = asked.sort === 'value' ? 1 : -1
  // Those without a score come last either way.
  const score = (own: OwnCard): number => own.overall.score ?? Number.POSITIVE_INFINITY * turned
  return found.sort((a, b) => {
    const [x, y] = [score(a), score(b)]
    return openFirst(a, b) || (x === y ? byName(a, b) : turned * (x - y))
  })
}

/** "B, 75% likely", "B; no interval". */
function gradeText({ overall }: OwnCard): string {
  if (overall.grade === null) return 'no overall grade'
  const sure = overall.likely?.[overall.grade]
  return sure === undefined
    ? `${letterOf(overall.grade)}; no interval`
    : `${letterOf(overall.grade)}, ${chance(sure)} likely`
}

/** "2 to 6 of 40": short, for a table. */
const placeOf = ({ standing }: OwnCard): string => {
  if (!standing) return ''
  const [from, to, of] = [standing.lowest, standing.highest, standing.among].map((n) =>
    words.number(n, 0),
  )
  return from === to ? `${from} of ${of}` : `${from} to ${to} of ${of}`
}

const csvHead = [
  'code',
  'name',
  'closed',
  'floors_missed',
  'grade',
  'score',
  'standard_error',
  ...letters.map((l) => `probability_${l}`),
  'place_from',
  'place_to',
  'of',
  ...parts.flatMap((p) => [`${p}_grade`, `${p}_score`, `${p}_standard_error`]),
]

const csvRow = (own: OwnCard, missed: readonly MissedFloor[]): (string | number | null)[] => [
  own.code,
  own.name,
  own.closed ? 'closed' : '',
  missed.map((f) => f.code).join(' '),
  letterOf(own.overall.grade),
  own.overall.score,
  own.overall.error,
  ...letters.map((_, i) => own.overall.likely?.[i] ?? null),
  own.standing?.lowest ?? null,
  own.standing?.highest ?? null,
  own.standing?.among ?? null,
  ...parts.flatMap((p) => [letterOf(own.parts[p].grade), own.parts[p].score, own.parts[p].error]),
]

/** How many have each letter, in a sentence. */
function tally(all: ServiceCards, providers: string): string {
  const cards = all.codes.flatMap((code) => all.of(code) ?? [])
  const open = cards.filter((own) => !own.closed)
  const closed = cards.length - open.length
  const grades = open.map((own) => letterOf(own.overall.grade))
  const n = (letter: string): number => grades.filter((g) => g === letter).length
  const counts = [...letters].reverse().map((l) => `${words.number(n(l), 0)} have ${l}`)
  const without = n('')
  const rest =
    without === 0 ? '' : ` ${words.number(without, 0)} have too little known for an overall grade.`
  const gone = closed === 0 ? '' : ` ${words.number(closed, 0)} more have closed: they come last.`
  return `Of ${words.number(grades.length, 0)} ${providers}, ${words.list(counts)}.${rest}${gone}`
}

/** All report cards of a service, with their doubt; null where the service has none. */
export async function cardsPage(
  code: string,
  asked: CardsQuery,
  context: PageContext,
): Promise<Page | null> {
  const { reader, state, path } = context
  const service = reader.services(state).find((s) => s.code === code)
  const all = await reader.cards.all(state, code)
  if (!service || !all) return null
  const wanted = chosen(all, asked)
  const from = (asked.page - 1) * pageSize
  const shown = wanted.slice(from, from + pageSize)
  const missed = await missedFloors(code, context)
  const search = asked.search.toString()
  return {
    view: 'pages/cards/cards',
    data: {
      card: all.card,
      total: wanted.length,
      cards: shown.map(({ card: _, ...own }) => ({
        ...own,
        floorsMissed: (missed.get(own.code) ?? []).map((f) => f.code),
      })),
    },
    forms: {
      csv: () =>
        csvLines(
          csvHead,
          wanted.map((own) => csvRow(own, missed.get(own.code) ?? [])),
        ),
    },
    values: {
      title: `Report cards: ${service.name}`,
      lead: tally(all, service.providers),
      service,
      action: path,
      q: asked.q,
      grades: choices(['', ...[...letters].reverse(), 'none'], asked.grade, (g) =>
        g === '' ? 'All' : g === 'none' ? 'No overall grade' : g,
      ),
      sorts: choices(['name', '-value', 'value'], asked.sort, (s) =>
        s === 'name'
          ? 'Name'
          : s === '-value'
            ? 'Score, the highest first'
            : 'Score, the lowest first',
      ),
      total: words.number(wanted.length, 0),
      head: ['Name', 'Overall', 'Its place', ...parts.map((p) => partNames[p])],
      rows: shown.map((own) => [
        {
          text: own.closed ? `${own.name} (closed)` : own.name,
          href: `/providers/${encodeURIComponent(own.code)}/card`,
        },
        { text: [gradeText(own), missedText(missed.get(own.code))].filter((t) => t).join('; ') },
        { text: placeOf(own) },
        ...parts.map((p) => ({ text: letterOf(own.parts[p].grade) || '–' })),
      ]),
      pages: paging(path, asked.search, asked.page, Math.ceil(wanted.length / pageSize)),
      csv: `${path}.csv${search === '' ? '' : `?${search}`}`,
      json: `${path}.json`,
      crumbs: [{ text: service.name, href: `/services/${code}` }],
    },
  }
}
