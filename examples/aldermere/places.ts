import { boundaryFile, Grid } from './boundaries.ts'
import type { County, Provider, Ward } from './county.ts'
import { type Cell, csvFile, fixed, type PublishedFile } from './csv.ts'
import { proportion, years } from './measure.ts'

/** The register of places, their boundaries, and children in poor families by ward. */
export function placeFiles(seed: number, county: County): PublishedFile[] {
  const grid = new Grid(seed)
  return [
    placesFile(county),
    boundaryFile('aldermere-district-boundaries.geojson', grid, county.districts),
    boundaryFile('aldermere-ward-boundaries.geojson', grid, county.wards),
    ...childFiles(seed, county),
  ]
}

const people = (wards: readonly Ward[]): number => wards.reduce((n, w) => n + w.population, 0)

const deprivation = (wards: readonly Ward[]): string =>
  fixed(wards.reduce((n, w) => n + w.population * w.deprivation, 0) / people(wards), 1)

function placesFile(county: County): PublishedFile {
  const header = [
    'level',
    'code',
    'name',
    'district',
    'county',
    'rurality',
    'population',
    'deprivation',
  ]
  const { districts, wards, force } = county
  const whole = [people(wards), deprivation(wards)]
  const rows: Cell[][] = [
    ['county', county.code, county.name, '', '', '', ...whole],
    ['force', force.code, force.name, '', '', '', ...whole],
    ...districts.map(({ code, name }) => {
      const within = wards.filter((w) => w.district.code === code)
      return ['district', code, name, '', county.code, '', people(within), deprivation(within)]
    }),
    ...wards.map((w) => [
      'ward',
      w.code,
      w.name,
      w.district.code,
      county.code,
      w.rurality,
      w.population,
      deprivation([w]),
    ]),
  ]
  return csvFile('aldermere-places.csv', header, rows)
}

/** A ward is measured as a provider is: by its people and how deprived they are. */
const asProvider = (ward: Ward): Provider => ({
  code: ward.code,
  name: ward.name,
  ward,
  address: '',
  postcode: '',
  size: ward.children,
  deprivation: ward.deprivation,
  quality: 0,
  facts: {},
})

function childFiles(seed: number, county: County): PublishedFile[] {
  const column = 'poor_children'
  const model = {
    column,
    base: 0.19,
    trend: 0.03,
    deprivation: 0.65,
    spread: 0.12,
    good: 0,
  } as const
  const measure = proportion(model, [], { as: 'it is' })
  const wards = county.wards.map(asProvider)
  return years.map((label, year) => {
    const measured = measure.measure(seed, wards, year)
    const members = (code: string): number[] =>
      county.wards.flatMap((w, i) => (w.district.code === code ? [i] : []))
    const rows: Cell[][] = [
      ...county.wards.map((w, i) => ['ward', w.code, w.name, ...measured.own(i)]),
      ...county.districts.map((d) => [
        'district',
        d.code,
        d.name,
        ...measured.together(members(d.code)),
      ]),
      ['county', county.code, county.name, ...measured.together(wards.map((_, i) => i))],
    ]
    const header = ['area', 'code', 'name', ...measure.columns]
    return csvFile(`aldermere-children-${label}.csv`, header, rows)
  })
}
