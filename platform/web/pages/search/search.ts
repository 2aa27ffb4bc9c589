import { hitLine, type Page, type PageContext } from '../context.ts'

const most = 30

/** Providers and places by name, code, town or postcode; `service` narrows to one service. */
export async function searchPage(
  q: string,
  service: string | null,
  context: PageContext,
): Promise<Page> {
  const known = service === null ? null : context.reader.service(service)
  const all = q === '' ? [] : await context.reader.search(context.state, q, known ? 200 : most)
  const hits = (known ? all.filter((h) => h.service === known.code) : all).slice(0, most)
  const found = hits.length === 1 ? '1 found' : `${hits.length} found`
  return {
    view: 'pages/search/search',
    data: hits,
    values: {
      title: q === '' ? 'Search' : `“${q}”: ${hits.length === most ? `the first ${most}` : found}`,
      q,
      service: known,
      list: hits.map((h) => hitLine(context.reader, h)),
      crumbs: known ? [{ text: known.name, href: `/services/${known.code}` }] : [],
    },
  }
}
