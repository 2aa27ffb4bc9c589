import type { Figure } from '../../comparison/figures.ts'
import type { Indicator } from '../../evidence/indicator.ts'
import type { Page, PageContext } from '../pages/context.ts'
import { releaseLine } from '../pages/context.ts'
import type { Word } from '../words.ts'
import * as words from '../words.ts'
import { embedSvg } from './embed-svg.ts'

/** A table behind a picture, as the data table takes it: shown on the page, not in the SVG. */
interface PictureTable {
  readonly summary: string
  readonly head: readonly unknown[]
  readonly rows: readonly unknown[]
}

/** A row of a comparison: a name, its figure in words, and a bar where it has a value. */
export interface EmbedRow {
  readonly name: string
  readonly about?: string
  readonly text: string
  readonly bar?: string
  readonly word?: Word | null
}

/** A part of an embed. */
export type Block =
  | {
      readonly kind: 'value'
      readonly value: string
      readonly limits: string | null
      readonly hidden: boolean
    }
  | { readonly kind: 'text'; readonly text: string; readonly quiet?: boolean; readonly word?: Word }
  | {
      readonly kind: 'picture'
      readonly svg: string
      readonly key?: string
      /** What its colours and patterns mean, each with a picture of its own. */
      readonly legend?: readonly { readonly swatch: string; readonly text: string }[]
      readonly table?: PictureTable
    }
  | { readonly kind: 'rows'; readonly rows: readonly EmbedRow[] }
  | {
      readonly kind: 'grade'
      readonly letter: string | null
      readonly name: string
      readonly text: string
      readonly bar: string
      readonly large?: boolean
    }

/** What can stand on pages of others: drawn as a small page and as an SVG that say the same. */
export interface Embed {
  /** Whom or what it is of. */
  readonly about: string
  readonly title: string
  /** The figure in words, with its interval or that there is none. */
  readonly words: string
  readonly blocks: readonly Block[]
  readonly source: string
  /** The whole page that it is a part of, and what the link to it says. */
  readonly href: string
  readonly link: string
  readonly data: Readonly<Record<string, unknown>>
}

type Valued = Pick<Figure, 'value' | 'limits'>

/** That some figures have no interval, where they could have one: a size or a rating has none anywhere. */
export function withoutInterval(figures: readonly (readonly [Indicator, Valued])[]): Block[] {
  const measured = figures.filter(
    ([i, f]) => f.value !== null && i.kind !== 'count' && i.kind !== 'rating' && !i.labels,
  )
  const none = measured.filter(([, f]) => f.limits === null)
  if (none.length === 0) return []
  const where = none.length === measured.length ? 'No interval' : 'Where there is no interval'
  return [{ kind: 'text', quiet: true, text: `${where}: the source gives no counts or limits.` }]
}

/** Sources named in full; more are counted. */
const mostNamed = 2

/** Where some figures are from: "Source: NHS Digital, NHS Payments, 2022-23. Published ... . OGL." */
export async function sourceLine(ids: Iterable<number>, { reader, state }: PageContext) {
  const wanted = new Set(ids)
  if (wanted.size === 0) return ''
  const all = await reader.releases(state, { limit: Number.POSITIVE_INFINITY })
  const found = all.filter((r) => wanted.has(r.id)).map(releaseLine)
  const named = found
    .slice(0, mostNamed)
    .map((r) => `${r.publisher}, ${r.title}, ${r.about}. ${r.dated}. ${r.licence}.`)
  const more = found.length - named.length
  const rest = more > 0 ? ` And ${more} more, named on the whole page.` : ''
  return `Source: ${named.join(' ')}${rest}`
}

/** An embed as the server answers it: a page without header, JSON, and SVG. */
export function embedPage(embed: Embed, context: PageContext): Page {
  const { asOf, home, state, example } = context
  const { data, blocks, ...said } = embed
  const shown = state.at === null ? '' : `Plumbline, as published ${words.date(state.at)}.`
  return {
    view: 'embeds/embed',
    data: { ...said, publishedAt: state.at, ...data },
    forms: { svg: () => embedSvg(embed, { asOf, home, example, shown }) },
    values: { ...said, blocks, shown, json: `${context.path}.json` },
  }
}
