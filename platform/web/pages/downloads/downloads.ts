import { columns } from '../../../downloads/columns.ts'
import { type Asked, addressOf, forms, type Scope } from '../../../downloads/scope.ts'
import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'

const formNames = { csv: 'CSV', jsonl: 'JSON lines', parquet: 'Parquet' } as const

/** "322 MB" */
function size(bytes: number): string {
  const steps = [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ] as const
  const [step, unit] = steps.find(([s]) => bytes >= s) ?? [1, 'bytes']
  const shown = bytes / step
  return `${words.number(shown, shown < 10 && step > 1 ? 1 : 0)} ${unit}`
}

/** A link to a file, with its size where it has been made. */
async function fileLink(context: PageContext, asked: Asked, href: string, text: string) {
  const made = (await context.downloads?.made(context.state, asked)) ?? null
  return { href, text, size: made ? size(made.bytes) : null, sha256: made?.sha256 ?? null }
}

const links = (context: PageContext, scope: Scope) =>
  Promise.all(
    forms.map((form) =>
      fileLink(context, { scope, form }, `${addressOf(scope)}.${form}`, formNames[form]),
    ),
  )

/** What can be downloaded, and how to read it. */
export async function downloadsPage(context: PageContext): Promise<Page | null> {
  const { reader, state, indicators, downloads } = context
  if (!downloads) return null
  const contents = await downloads.contents.indicators(state)
  const total = contents.reduce((sum, c) => sum + c.rows, 0)
  const each = await Promise.all(
    contents.map(async (c) => {
      const known = indicators.get(c.indicator)
      return {
        ...c,
        name: known?.name ?? c.indicator,
        service: known?.service ?? null,
        files: await links(context, { kind: 'indicators', code: c.indicator }),
      }
    }),
  )
  const everything = await links(context, { kind: 'everything' })
  const whole = await fileLink(
    context,
    { scope: null, form: 'zip' },
    '/downloads/plumbline.zip',
    'ZIP',
  )
  // A small one: the file of a country is as good as everything.
  const places = await reader.register.places(state)
  const place = places.find((p) => p.level === 'district') ?? places[0]
  const services = [
    ...reader.services(state).map((s) => ({ code: s.code as string | null, name: s.name })),
    { code: null, name: 'Places' },
  ]
  return {
    view: 'pages/downloads/downloads',
    data: {
      publication: state.publication,
      rows: total,
      everything,
      package: whole,
      indicators: each,
    },
    values: {
      title: 'Download the data',
      total: words.number(total, 0),
      everything,
      whole,
      place: place ? `${addressOf({ kind: 'places', code: place.code })}.csv` : null,
      services: services
        .map(({ code, name }) => ({
          name,
          rows: each
            .filter((i) => i.service === code)
            .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
            .map((i) => ({
              name: i.name,
              href: `/indicators/${encodeURIComponent(i.indicator)}`,
              count: words.number(i.rows, 0),
              files: i.files,
            })),
        }))
        .filter((s) => s.rows.length > 0),
      columns: columns.map((c) => [{ text: c.name }, { text: c.description }]),
      json: `${context.path}.json`,
    },
  }
}
