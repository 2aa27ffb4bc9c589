import type { County, Provider } from './county.ts'
import { type Cell, csvFile, type PublishedFile } from './csv.ts'
import { type Measure, years } from './measure.ts'

/** One table that a body publishes every year. */
export interface Table {
  /** What its files are called before the year: `aldermere-gp-survey`. */
  readonly name: string
  readonly providers: readonly Provider[]
  readonly measures: readonly Measure[]
  /** Years in which it was not published. */
  readonly without?: readonly string[]
  /** Of which places it has a row; the police have one of their force too. */
  readonly places: readonly PlaceRow['area'][]
}

/** A place of a table, and who of its providers lies in it. */
interface PlaceRow {
  readonly area: 'district' | 'county' | 'force'
  readonly code: string
  readonly name: string
  readonly members: readonly number[]
}

function placeRows(county: County, table: Table): PlaceRow[] {
  const { providers } = table
  const everyone = providers.map((_, i) => i)
  const districts = county.districts.map(({ code, name }): PlaceRow => {
    const members = everyone.filter((i) => providers[i]?.ward.district.code === code)
    return { area: 'district', code, name, members }
  })
  const all: PlaceRow[] = [
    ...districts.filter((d) => d.members.length > 0),
    { area: 'force', ...county.force, members: everyone },
    { area: 'county', code: county.code, name: county.name, members: everyone },
  ]
  return all.filter((place) => table.places.includes(place.area))
}

/** The files of one table: one for each year in which it was published. */
export function tableFiles(seed: number, county: County, table: Table): PublishedFile[] {
  const header = ['area', 'code', 'name', ...table.measures.flatMap((m) => m.columns)]
  const places = placeRows(county, table)
  return years.flatMap((label, year) => {
    if (table.without?.includes(label)) return []
    const measured = table.measures.map((m) => m.measure(seed, table.providers, year))
    const rows: Cell[][] = table.providers.map((p, at) => [
      'provider',
      p.code,
      p.name,
      ...measured.flatMap((m) => m.own(at)),
    ])
    for (const { area, code, name, members } of places) {
      rows.push([area, code, name, ...measured.flatMap((m) => m.together(members))])
    }
    return [csvFile(`${table.name}-${label}.csv`, header, rows)]
  })
}
