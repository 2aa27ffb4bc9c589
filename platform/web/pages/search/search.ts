import { hitLine, type Page, type PageContext } from '../context.ts'

const most = 30

/** "3 found", "no exact match": what is only like the words is not counted as found. */
function found(exact: number, near: number): string {
  if (exact === 0) return near === 0 ? 'nothing found' : 'no exact match'
  return exact === most ? `the first ${most}` : `${exact} found`
}

/** Providers and places by name, code, town, postcode or street; `service` narrows to one service. */
export async function searchPage(
  q: string,
  service: string | null,
  context: PageContext,
): Promise<Page> {
  const known = service === null ? null : context.reader.service(service)
  const all = q === '' ? [] : await context.reader.search(context.state, q, known ? 200 : most)
  const hits = (known ? all.filter((h) => h.service === known.code) : all).slice(0, most)
  const exact = hits.filter((h) => h.exact)
  const near = hits.filter((h) => !h.exact)
  // Whoever looked for a street sees that it is the right one.
  const lines = (some: typeof hits) =>
    some.map((h) => {
      const line = hitLine(context.reader, h)
      return h.street ? { ...line, about: `${line.about} · ${h.street}` } : line
    })
  return {
    view: 'pages/search/search',
    data: hits,
    values: {
      title: q === '' ? 'Search' : `“${q}”: ${found(exact.length, near.length)}`,
      q,
      service: known,
      exact: lines(exact),
      near: lines(near),
      crumbs: known ? [{ text: known.name, href: `/services/${known.code}` }] : [],
    },
  }
}
