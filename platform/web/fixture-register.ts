import type { IndicatorRow, SubjectPage } from '../comparison/figures.ts'
import type { Reader, SearchHit } from '../comparison/reader.ts'
import type { Registered } from '../providers/register.ts'

/** The lists of who there is and of what is known, over invented schools. */
export function fixtureLists(
  hits: readonly SearchHit[],
  place: SubjectPage,
  tables: ReadonlyMap<string, { readonly period: string; readonly rows: readonly IndicatorRow[] }>,
): Pick<Reader, 'register' | 'seriesKeys' | 'tableRows'> {
  const registered = (h: SearchHit): Registered => ({ ...h, type: null, within: [place.code] })
  return {
    register: {
      isPlace: async (_, code) => code === place.code,
      providers: async () => hits.map(registered),
      places: async () => [
        {
          kind: 'place',
          code: place.code,
          name: place.name,
          service: null,
          level: place.level,
          type: null,
          postcode: null,
          town: null,
          closed: false,
          closedOn: null,
          within: [],
        },
      ],
    },
    seriesKeys: async () =>
      [...tables].map(([indicator, { period }]) => ({ indicator, period, breakdown: '' })),
    tableRows: async (_, { indicator }) => tables.get(indicator)?.rows ?? [],
  }
}
