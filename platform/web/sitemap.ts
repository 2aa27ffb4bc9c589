import type { State } from '../comparison/reader.ts'
import type { Contents } from '../downloads/contents.ts'
import type { PageContext } from './pages/context.ts'

/** Addresses that one site map may hold (sitemaps.org). */
export const mostAddresses = 50_000

const pages = [
  '/',
  '/indicators',
  '/standards',
  '/fairness',
  '/stories',
  '/stories/rules',
  '/desk',
  '/yardstick',
  '/releases',
  '/downloads',
  '/privacy',
  '/about',
  '/about/words',
  '/about/cards',
  '/about/methods',
  '/about/statistics',
]

/** The path of every page that a search engine may want, in an order that lasts. */
export async function sitePaths(
  { reader, state }: Pick<PageContext, 'reader' | 'state'>,
  contents: Contents,
): Promise<string[]> {
  const code = encodeURIComponent
  const services = reader.services(state).map((s) => `/services/${code(s.code)}`)
  const indicators = await contents.indicators(state)
  const releases = await reader.releases(state, { limit: Number.POSITIVE_INFINITY })
  const subjects = await contents.subjects(state)
  return [
    ...pages,
    ...services,
    ...indicators.map((i) => `/indicators/${code(i.indicator)}`),
    ...releases.map((r) => `/releases/${r.id}`).reverse(),
    ...subjects.map((s) => `/${s.kind === 'place' ? 'places' : 'providers'}/${code(s.code)}`),
  ]
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')

const xml = '<?xml version="1.0" encoding="UTF-8"?>\n'
const names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

/**
 * The site map, or, where there are more addresses than one may hold, the list of its parts.
 * @param part from 1 up: one of these parts; null for the site map itself.
 * @returns null where there is no such part.
 */
export function sitemap(
  paths: readonly string[],
  about: { home: string; state: State; part: number | null; most?: number },
): string | null {
  const { home, state, part, most = mostAddresses } = about
  const parts = Math.ceil(paths.length / most)
  const when = state.at === null ? '' : `<lastmod>${state.at.slice(0, 10)}</lastmod>`
  if (part === null && parts > 1) {
    const each = Array.from(
      { length: parts },
      (_, i) => `<sitemap><loc>${escaped(`${home}/sitemap-${i + 1}.xml`)}</loc>${when}</sitemap>\n`,
    )
    return `${xml}<sitemapindex ${names}>\n${each.join('')}</sitemapindex>\n`
  }
  if (part !== null && (parts < 2 || part < 1 || part > parts)) return null
  const from = ((part ?? 1) - 1) * most
  const urls = paths
    .slice(from, from + most)
    .map((path) => `<url><loc>${escaped(home + path)}</loc>${when}</url>\n`)
  return `${xml}<urlset ${names}>\n${urls.join('')}</urlset>\n`
}
