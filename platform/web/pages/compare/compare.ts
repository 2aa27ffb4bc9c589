import type { SubjectPage } from '../../../comparison/figures.ts'
import * as words from '../../words.ts'
import { hitLine, type Page, type PageContext } from '../context.ts'
import { beforeAndAfter } from './before-after.ts'
import { compareAddress } from './compare-address.ts'
import { inShort } from './conclusion.ts'
import { type ManyProviders, oneChart } from './one-chart.ts'
import { commonFigures, namedOf, sideBySide } from './side-by-side.ts'

/** More than so many are laid on one chart instead of side by side. */
const mostSideBySide = 8

export interface CompareQuery {
  readonly providers: readonly string[]
  /** What was typed to add another. */
  readonly add: string
  readonly place: string | null
  readonly service: string | null
  readonly indicator: string | null
  readonly group: string | null
  /** An ISO date, or null. */
  readonly since: string | null
  readonly page: number
  readonly search: URLSearchParams
}

const addressOf = (codes: readonly string[]): string =>
  codes.length === 0 ? '/compare' : `/compare?providers=${codes.map(encodeURIComponent).join(',')}`

/** Providers found by what was typed, each with the address that adds it. */
async function additions(query: CompareQuery, context: PageContext) {
  if (query.add.trim() === '') return []
  const hits = await context.reader.search(context.state, query.add.trim(), 12)
  return hits
    .filter((h) => h.kind === 'provider' && !query.providers.includes(h.code))
    .map((h) => ({
      ...hitLine(context.reader, h),
      href: addressOf([...query.providers, h.code]),
    }))
}

export async function manyOf(
  query: CompareQuery,
  subjects: readonly SubjectPage[],
  context: PageContext,
): Promise<ManyProviders | null> {
  const { reader, state } = context
  if (query.place !== null) {
    const place = await reader.subject(state, query.place)
    const known = query.service === null ? null : reader.service(query.service)
    if (!place || place.kind !== 'place' || !known) return null
    const codes = await reader.providersWithin(state, place.code, known.code)
    return { name: place.name, service: known, codes }
  }
  if (query.providers.length <= mostSideBySide) return null
  const service = subjects[0]?.service ? reader.service(subjects[0].service) : null
  if (!service) return null
  const codes = subjects.filter((s) => s.service === service.code).map((s) => s.code)
  return { name: query.group?.trim() || 'your own group', service, codes }
}

/** The services of a place that its providers can be compared in; null where there is no such place. */
async function offered(code: string, context: PageContext) {
  const { reader, state } = context
  const place = await reader.place(state, code)
  if (!place) return null
  return {
    name: place.page.name,
    services: place.services.flatMap(({ service, count }) => {
      const known = reader.service(service)
      if (!known || count < 2) return []
      return [
        {
          href: `/compare?place=${encodeURIComponent(code)}&service=${service}`,
          name: known.name,
          about: words.providers(known, count),
        },
      ]
    }),
  }
}

/** What the visitor should know of codes that lead nowhere or cannot be compared. */
function problems(query: CompareQuery, subjects: readonly SubjectPage[]): string {
  const found = new Set(subjects.map((s) => s.code))
  const unknown = query.providers.filter((code) => !found.has(code))
  const services = new Set(subjects.map((s) => s.service))
  return [
    ...(unknown.length > 0 ? [`Nothing is known under ${unknown.join(', ')}.`] : []),
    ...(subjects.length === 1 ? ['Add at least one more to compare it with.'] : []),
    ...(services.size > 1
      ? ['They belong to different services and have few figures in common.']
      : []),
  ].join(' ')
}

/**
 * Two to eight providers side by side; more of them, or all of a place, on one chart; and before and
 * after a day. Every state is an address.
 */
export async function comparePage(query: CompareQuery, context: PageContext): Promise<Page> {
  const { reader, state } = context
  const pages = await Promise.all(query.providers.map((code) => reader.subject(state, code)))
  const subjects = pages.filter((s) => s !== null)
  const many = await manyOf(query, subjects, context)
  const chart = many && (await oneChart(many, query, context))
  const offer = query.place !== null && !many ? await offered(query.place, context) : null
  const few = many ? [] : subjects
  const tables = commonFigures(few, context)
  const codes = subjects.map((s) => s.code)
  const named =
    subjects.length > 3 ? `${subjects.length} providers` : subjects.map((s) => s.name).join(', ')
  return {
    view: 'pages/compare/compare',
    data: chart ? { ...chart, figures: undefined, providers: many.codes } : few,
    values: {
      title: chart
        ? `${chart.title}: ${chart.indicator}`
        : subjects.length > 1
          ? `Compare: ${named}`
          : 'Compare',
      problem:
        query.place !== null && !many && (query.service !== null || !offer)
          ? 'No place with such a service is known under this address.'
          : problems(query, many ? [] : subjects),
      chosen: few.map((s) => ({
        name: s.name,
        href: `/providers/${s.code}`,
        without: addressOf(codes.filter((c) => c !== s.code)),
      })),
      query,
      codes: query.providers.join(','),
      mayAdd: !many && few.length < mostSideBySide,
      additions: await additions(query, context),
      chart,
      embed:
        chart?.embed ??
        (few.length > 1 && tables.length > 0
          ? compareAddress({ ...query, providers: codes })
          : null),
      offered: offer,
      short: inShort(
        tables
          .filter(([i]) => i.headline)
          .map(([i, entries]) => [i, entries.map((e) => namedOf(e, context))]),
      ),
      tables: tables
        .filter(([i]) => i.headline)
        .map(([i, entries]) => sideBySide(i, entries, context)),
      more: tables
        .filter(([i]) => !i.headline)
        .map(([i, entries]) => sideBySide(i, entries, context))
        .slice(0, 60),
      change:
        query.since !== null && few.length > 0 ? beforeAndAfter(few, query.since, context) : null,
    },
  }
}
