import { findEmbed } from '../../embeds/routes.ts'
import { snippetOf } from '../../embeds/snippet.ts'
import type { Page, PageContext } from '../context.ts'

/**
 * What to copy for a page of one's own, with a preview; which embeds there are where none is chosen.
 * @param of the embed's address below `/embed`; '' where none is chosen.
 */
export async function snippetPage(of: string, context: PageContext): Promise<Page | null> {
  if (of === '') {
    return {
      view: 'pages/embed/embed',
      data: null,
      values: { title: 'Show figures on your own page', crumbs: [] },
    }
  }
  const found = await findEmbed(of, context)
  if (!found) return null
  const { home } = context
  const { name, page, svg, full, height, iframe, img } = snippetOf(found, context)
  const markup = { iframe: iframe('100%', height), img }
  return {
    view: 'pages/embed/embed',
    data: { page: `${home}${page}`, svg: `${home}${svg}`, height, ...markup },
    values: {
      title: 'Show this on your own page',
      name,
      ...markup,
      page,
      svg,
      height,
      full,
      crumbs: [],
    },
  }
}
