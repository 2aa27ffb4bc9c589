import type { Random } from './random.ts'

/** The eight districts, west to east, north to south. */
export const districtNames = [
  'North Fenmarch',
  'Saltmarrow',
  'Kestrel Wolds',
  'Brackwater',
  'Marrowdale',
  'Port Alder',
  'Hollin Vale',
  'Thornmere',
] as const

const firsts =
  'Aldver Brindle Cinder Dapple Elver Fennick Gorsel Hizzle Juniper Kettle Lanter Mallin Nimble Ottle Pebble Quill Rushel Sorrel Tansel Umber Wether Yarrel'.split(
    ' ',
  )
const lasts = 'wick by thorpe ham stow combe ley mere holt ford'.split(' ')

/** So many names of wards and towns, all different: "Sorrelthorpe", "Ottleford". */
export function townNames(random: Random, count: number): string[] {
  const all = firsts.flatMap((first) => lasts.map((last) => first + last))
  return random.shuffled(all).slice(0, count)
}

const practiceEndings = ['Surgery', 'Medical Centre', 'Health Centre', 'Practice', 'Family Doctors']
const streets =
  'Mill Lane,Chapel Street,Station Road,Quay Street,Orchard Way,Windmill Hill,Market Place,Ferry Road,Beacon Lane,Weir Street'.split(
    ',',
  )
const patrons = 'St Elver,St Wilgyth,St Osk,St Brannoc of the Fen,Holy Lantern'.split(',')
const primaryEndings = [
  'Primary School',
  'Community Primary School',
  'Junior and Infant School',
  'Church Primary School',
]

export const practiceName = (random: Random, town: string): string =>
  `${town} ${random.pick(practiceEndings)}`

export function primaryName(random: Random, town: string): string {
  const ending = random.pick(primaryEndings)
  return ending.startsWith('Church')
    ? `${random.pick(patrons)} ${ending}, ${town}`
    : `${town} ${ending}`
}

export const secondaryName = (random: Random, town: string): string =>
  `${town} ${random.pick(['Academy', 'High School', 'School', 'Community College'])}`

export const street = (random: Random): string => `${random.whole(1, 140)} ${random.pick(streets)}`
