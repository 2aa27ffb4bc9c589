import type { PageContext } from '../pages/context.ts'
import { embedHeight } from './embed-svg.ts'
import type { FoundEmbed } from './routes.ts'

/** Air for the letters of a narrow frame, where lines break sooner. */
const air = 1.4

/** How wide an embed is where nothing makes it narrower, in pixels. */
export const usualWidth = 400

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

const pastOf = (address: string, asOf: string | null): string =>
  asOf === null
    ? address
    : `${address}${address.includes('?') ? '&' : '?'}as-of=${encodeURIComponent(asOf)}`

/** What a page of somebody else needs to show an embed. */
export interface Snippet {
  /** "Larkrise School: Pupils who reach the expected standard". */
  readonly name: string
  /** Addresses from the root on: of the frame, the picture, the whole page. */
  readonly page: string
  readonly svg: string
  readonly full: string
  /** In pixels, for a frame that is 280 to 400 wide. */
  readonly height: number
  /** A frame of a width ("100%" or pixels) and a height, as markup. */
  iframe(width: string | number, height: number): string
  /** A picture that leads to the whole page, as markup. */
  readonly img: string
}

export function snippetOf(
  { embed, path, search }: FoundEmbed,
  { home, asOf, example }: Pick<PageContext, 'home' | 'asOf' | 'example'>,
): Snippet {
  const name = `${embed.about}: ${embed.title}`
  const page = pastOf(`/embed${path}${search}`, asOf)
  const svg = pastOf(`/embed${path}.svg${search}`, asOf)
  const full = pastOf(embed.href.split('#')[0] ?? '', asOf)
  const height = embedHeight(embed, { home, asOf, example, shown: '' })
  const said = attribute(`${name}. The linked page has the figures.`)
  return {
    name,
    page,
    svg,
    full,
    height: Math.round((height * air) / 10) * 10,
    iframe: (width, high) =>
      `<iframe src="${attribute(`${home}${page}`)}" title="${attribute(name)}" width="${width}" height="${high}" style="border:1px solid #b1b4b6" loading="lazy"></iframe>`,
    img: `<a href="${attribute(`${home}${full}`)}"><img src="${attribute(`${home}${svg}`)}" alt="${said}" width="${usualWidth}" style="max-width:100%;height:auto"></a>`,
  }
}
