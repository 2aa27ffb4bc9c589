import { embedHeight } from '../../embeds/embed-svg.ts'
import { findEmbed } from '../../embeds/routes.ts'
import type { Page, PageContext } from '../context.ts'

/** Air for the letters of a narrow frame, where lines break sooner. */
const air = 1.4

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

const pastOf = (search: string, asOf: string | null): string => {
  if (asOf === null) return search
  return `${search}${search === '' ? '?' : '&'}as-of=${encodeURIComponent(asOf)}`
}

/**
 * What to copy for a page of one's own, with a preview.
 * @param of the embed's address below `/embed`; '' where none is chosen.
 */
export async function snippetPage(of: string, context: PageContext): Promise<Page | null> {
  const { home, asOf, example } = context
  const found = of === '' ? null : await findEmbed(of, context)
  if (of !== '' && !found) return null
  if (!found) {
    return {
      view: 'pages/embed/embed',
      data: null,
      values: { title: 'Show figures on your own page', crumbs: [] },
    }
  }
  const { embed, path, search } = found
  const frame = { asOf, home, example, shown: '' }
  const [page, svg] = ['', '.svg'].map((e) => `/embed${path}${e}${pastOf(search, asOf)}`)
  const full = pastOf(embed.href.split('#')[0] ?? '', asOf)
  const height = Math.round((embedHeight(embed, frame) * air) / 10) * 10
  const name = `${embed.about}: ${embed.title}`
  const iframe = `<iframe src="${attribute(`${home}${page}`)}" title="${attribute(name)}" width="100%" height="${height}" style="border:1px solid #b1b4b6" loading="lazy"></iframe>`
  const img = `<a href="${attribute(`${home}${full}`)}"><img src="${attribute(`${home}${svg}`)}" alt="${attribute(`${name}. The linked page has the figures.`)}" width="400"></a>`
  return {
    view: 'pages/embed/embed',
    data: { page: `${home}${page}`, svg: `${home}${svg}`, iframe, img, height },
    values: {
      title: 'Show this on your own page',
      name,
      iframe,
      img,
      page,
      svg,
      height,
      full: embed.href,
      crumbs: [],
    },
  }
}
