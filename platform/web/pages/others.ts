import type { Figure, ReleaseRow } from '../../comparison/figures.ts'
import { commonScale, intervalBar } from '../components/charts.ts'
import * as words from '../words.ts'
import { hitLine, type Page, type PageContext, releaseLine } from './context.ts'
import { against } from './figure-card.ts'

export async function homePage(context: PageContext): Promise<Page> {
  const { reader, state } = context
  const releases = await reader.releases(state, { limit: 8 })
  return {
    view: 'home',
    data: { services: reader.services(), releases },
    values: {
      title: 'How good are your public services?',
      services: reader.services(),
      releases: releases.map(releaseLine),
    },
  }
}

export async function searchPage(q: string, context: PageContext): Promise<Page> {
  const hits = q === '' ? [] : await context.reader.search(q, 30)
  const found = hits.length === 1 ? '1 found' : `${hits.length} found`
  return {
    view: 'search',
    data: hits,
    values: {
      title: q === '' ? 'Search' : `“${q}”: ${found}`,
      q,
      list: hits.map((h) => hitLine(context.reader, h)),
    },
  }
}

export async function servicePage(code: string, context: PageContext): Promise<Page | null> {
  const { reader, state, indicators } = context
  const service = reader.service(code)
  if (!service) return null
  const summaries = await reader.summaries(state, code)
  const lines = summaries.flatMap((s) => {
    const indicator = indicators.get(s.indicator)
    if (!indicator) return []
    const of = (at: number): string => words.value(indicator, s.percentiles?.[at] ?? 0)
    const whole = s.whole ? `${words.value(indicator, s.whole.value)} (${s.whole.name})` : ''
    const spread = s.percentiles ? `${of(1)} and ${of(3)}` : ''
    return [
      {
        topic: indicator.topic,
        headline: indicator.headline,
        code: s.indicator,
        name: indicator.name,
        whole,
        spread,
        period: words.period(s.period),
      },
    ]
  })
  const main = lines.filter((l) => l.headline)
  const rest = Map.groupBy(
    lines.filter((l) => !l.headline),
    (l) => l.topic,
  )
  return {
    view: 'service',
    data: { service, summaries },
    values: {
      title: service.name,
      about: service.about,
      topics: [
        ...(main.length > 0 ? [{ name: 'The main figures', indicators: main }] : []),
        ...[...rest].map(([name, some]) => ({ name, indicators: some })),
      ],
      releases: (await reader.releases(state, { service: code, limit: 8 })).map(releaseLine),
    },
  }
}

function releaseSentence(r: ReleaseRow): string {
  const rows = `${words.number(r.rowsRead, 0)} rows read, ${words.number(r.rowsAccepted, 0)} accepted, ${words.number(r.rowsRefused, 0)} refused.`
  if (r.status === 'superseded') return `A later release has taken its place. ${rows}`
  return r.status === 'withdrawn' ? `It has been withdrawn. ${rows}` : rows
}

export async function releasePage(id: number, context: PageContext): Promise<Page | null> {
  const found = await context.reader.release(context.state, id)
  if (!found) return null
  const { release: r } = found
  const facts = [
    { name: 'Publisher', value: r.publisher },
    { name: 'Source', value: r.source, href: r.source },
    { name: 'Licence', value: r.licence },
    { name: 'Period', value: words.period(r.period) },
    { name: 'File', value: r.fileName },
    { name: 'SHA-256', value: r.sha256 },
    { name: 'Size', value: `${words.number(r.bytes, 0)} bytes` },
    { name: 'Imported', value: `${words.date(r.createdAt)}, by ${r.by}` },
    { name: 'Published', value: words.date(r.publishedAt) },
    { name: 'Status', value: r.status },
    ...(r.supersedes === null
      ? []
      : [
          {
            name: 'Takes the place of',
            value: `Release ${r.supersedes}`,
            href: `/releases/${r.supersedes}`,
          },
        ]),
    ...(r.supersededBy === null
      ? []
      : [
          {
            name: 'Its place was taken by',
            value: `Release ${r.supersededBy}, which says what changed`,
            href: `/releases/${r.supersededBy}#changes`,
          },
        ]),
  ]
  const name = (code: string): string => context.indicators.get(code)?.name ?? code
  const shown = (code: string, x: number | null): string => {
    const indicator = context.indicators.get(code)
    return x === null ? 'no figure' : indicator ? words.value(indicator, x) : String(x)
  }
  return {
    view: 'release',
    data: found,
    values: {
      id,
      title: `${r.title}, ${words.period(r.period)}`,
      sentence: releaseSentence(r),
      facts,
      checks: found.checks.map((c) => ({
        ...c,
        where: c.examples[0]
          ? `line ${c.examples[0].line}${c.examples[0].column ? `, ${c.examples[0].column}` : ''}`
          : '',
      })),
      changes: found.changes.map((c) => ({
        name: c.name,
        indicator: `${name(c.indicator)}${c.breakdown ? ` (${words.group(c.breakdown)})` : ''}, ${words.period(c.period)}`,
        before: shown(c.indicator, c.before),
        after: shown(c.indicator, c.after),
      })),
      changeCount: found.changeCount,
      indicators: found.indicators.map((code) => ({ code, name: name(code) })),
      crumbs: [{ text: 'Releases', href: '/releases' }],
    },
  }
}

export async function releasesPage(context: PageContext): Promise<Page> {
  const releases = await context.reader.releases(context.state, { limit: 200 })
  return {
    view: 'releases',
    data: releases,
    values: { title: 'Releases', releases: releases.map(releaseLine) },
  }
}

/** Two to eight providers side by side, on what they have in common. */
export async function comparePage(codes: readonly string[], context: PageContext): Promise<Page> {
  const subjects = []
  const unknown: string[] = []
  for (const code of codes.slice(0, 8)) {
    const subject = await context.reader.subject(context.state, code)
    if (subject) subjects.push(subject)
    else unknown.push(code)
  }
  const latest = new Map<string, { subject: (typeof subjects)[number]; figure: Figure }[]>()
  for (const subject of subjects) {
    for (const s of subject.series) {
      const figure = s.figures.at(-1)
      if (s.breakdown !== '' || !figure) continue
      const list = latest.get(s.indicator) ?? []
      list.push({ subject, figure })
      latest.set(s.indicator, list)
    }
  }
  const tables = [...latest].flatMap(([code, list]) => {
    const indicator = context.indicators.get(code)
    if (!indicator?.headline || list.length < 2) return []
    const whole = list.map((l) => against(l.figure, 'whole')).find((c) => c)
    const domain = commonScale(
      [
        ...list.flatMap(({ figure: f }) => [f.value, f.limits?.lower998, f.limits?.upper998]),
        whole?.value,
      ].filter((x) => x !== null && x !== undefined),
    )
    const rows = list.map(({ subject, figure }) => ({
      href: subject.kind === 'place' ? `/places/${subject.code}` : `/providers/${subject.code}`,
      name: subject.name,
      period: words.period(figure.period),
      text: words.figure(indicator, figure),
      bar:
        figure.value === null
          ? ''
          : intervalBar(
              figure.value,
              figure.limits,
              whole?.value ?? null,
              domain,
              words.figure(indicator, figure),
            ),
      word: words.word(indicator, against(figure, 'whole')?.direction ?? null),
    }))
    return [
      {
        code,
        name: indicator.name,
        polarity: words.polarityWords[indicator.polarity],
        wholeName: whole?.name ?? 'the whole',
        rows,
      },
    ]
  })
  const problem =
    unknown.length > 0
      ? `Nothing is known under ${unknown.join(', ')}.`
      : codes.length > 8
        ? 'The first 8 are shown.'
        : codes.length === 1
          ? 'Give at least two codes.'
          : ''
  return {
    view: 'compare',
    data: subjects,
    values: {
      title: subjects.length > 1 ? subjects.map((s) => s.name).join(', ') : 'Compare',
      codes: codes.join(','),
      problem,
      tables,
    },
  }
}
