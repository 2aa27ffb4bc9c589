import type { Block } from './boundaries.ts'
import {
  districtNames,
  practiceName,
  primaryName,
  secondaryName,
  street,
  townNames,
} from './names.ts'
import { Random } from './random.ts'

export interface District {
  readonly code: string
  readonly name: string
  readonly block: Block
}

export interface Ward {
  readonly code: string
  readonly name: string
  readonly district: District
  readonly block: Block
  readonly population: number
  readonly children: number
  /** An invented deprivation score, from about 4 (least deprived) to 65. */
  readonly deprivation: number
  readonly rurality: string
}

/** A provider and what makes it what it is. */
export interface Provider {
  readonly code: string
  readonly name: string
  readonly ward: Ward
  readonly address: string
  readonly postcode: string
  /** Patients, pupils or residents. */
  readonly size: number
  /** The deprivation of the people it serves: near its ward's. */
  readonly deprivation: number
  /** How good it is, in standard deviations: what its figures have in common. */
  readonly quality: number
  readonly facts: Readonly<Record<string, string>>
}

export interface County {
  readonly code: string
  readonly name: string
  readonly force: { readonly code: string; readonly name: string }
  readonly districts: readonly District[]
  readonly wards: readonly Ward[]
  readonly practices: readonly Provider[]
  readonly primaries: readonly Provider[]
  readonly secondaries: readonly Provider[]
  readonly hospitals: readonly Provider[]
  readonly teams: readonly Provider[]
  readonly council: Provider
}

/** The mean score that is neither rich nor poor, and what one step away from it is. */
export const typicalDeprivation = 22
export const deprivationStep = 12

const two = (n: number): string => String(n).padStart(2, '0')

/** Aldermere: who and what there is, before anything is measured. */
export function makeCounty(seed: number): County {
  const districts = makeDistricts()
  const wards = makeWards(seed, districts)
  const make = (spec: Omit<Spec, 'seed' | 'wards'>): Provider[] =>
    makeProviders({ seed, wards, ...spec })
  const [council] = make({
    kind: 'council',
    prefix: 'ALDC',
    count: 1,
    size: () => 0,
    named: () => 'Aldermere County Council',
    facts: () => ({}),
  })
  return {
    code: 'ALD',
    name: 'Aldermere',
    force: { code: 'ALDF01', name: 'Aldermere Constabulary' },
    districts,
    wards,
    practices: make({
      kind: 'practice',
      prefix: 'ALDG',
      count: 40,
      size: (r) => Math.round(3000 + 14_000 * r.share() * r.share() + 2500 * r.share()),
      named: practiceName,
      facts: () => ({}),
    }),
    primaries: make({
      kind: 'primary',
      prefix: 'ALDP',
      count: 90,
      size: (r, ward) => r.whole(60, ward.rurality === 'Urban' ? 480 : 230),
      named: primaryName,
      facts: () => ({ Phase: 'Primary' }),
    }),
    secondaries: make({
      kind: 'secondary',
      prefix: 'ALDS',
      count: 14,
      size: (r) => r.whole(620, 1550),
      named: secondaryName,
      facts: (r) => ({ 'Sixth form': r.share() < 0.5 ? 'Yes' : 'No' }),
    }),
    hospitals: make({
      kind: 'hospital',
      prefix: 'ALDH',
      count: 2,
      size: (r) => r.whole(420, 780),
      named: (_, town, i) => (i === 0 ? 'Aldermere Royal Infirmary' : `${town} General Hospital`),
      facts: () => ({ 'Major A&E': 'Yes' }),
    }),
    teams: makeTeams(seed, wards),
    council: council as Provider,
  }
}

/** Blocks of the ten by six grid: 9, 6, 9 and 6 wards above, and the same below. */
function makeDistricts(): District[] {
  const columns = [
    [0, 3],
    [3, 2],
    [5, 3],
    [8, 2],
  ] as const
  return districtNames.map((name, i) => {
    const [left, width] = columns[i % 4] as (typeof columns)[number]
    return {
      code: `ALDD${two(i + 1)}`,
      name,
      block: { left, width, top: i < 4 ? 0 : 3, height: 3 },
    }
  })
}

/** How deprived each district is at its middle: two ports, farmland, and a rich vale. */
const districtDeprivation = [17, 33, 12, 21, 24, 38, 10, 22]
const urbanShare = [0.2, 0.8, 0.1, 0.5, 0.5, 1, 0.2, 0.4]

function makeWards(seed: number, districts: readonly District[]): Ward[] {
  const random = new Random(seed, 'wards')
  const names = townNames(random, 60)
  let n = 0
  return districts.flatMap((district, d) => {
    const { left, top, width, height } = district.block
    return Array.from({ length: width * height }, (_, i): Ward => {
      const urban = random.share() < (urbanShare[d] as number)
      const score = (districtDeprivation[d] as number) + (urban ? 4 : -2) + 6.5 * random.normal()
      const population = random.whole(urban ? 7200 : 3100, urban ? 13_500 : 7000)
      n += 1
      return {
        code: `ALDW${two(n)}`,
        name: names[n - 1] as string,
        district,
        block: { left: left + (i % width), top: top + Math.floor(i / width), width: 1, height: 1 },
        population,
        children: Math.round(population * random.between(0.17, 0.23)),
        deprivation: Math.max(3.2, score),
        rurality: urban ? 'Urban' : random.share() < 0.4 ? 'Rural town' : 'Rural village',
      }
    })
  })
}

interface Spec {
  readonly seed: number
  readonly wards: readonly Ward[]
  readonly kind: string
  readonly prefix: string
  readonly count: number
  readonly size: (random: Random, ward: Ward) => number
  readonly named: (random: Random, town: string, i: number) => string
  readonly facts: (random: Random) => Record<string, string>
}

/**
 * Providers spread over the wards. The first two of every eight or more are much better than where
 * they lie would let one expect, the next two much worse: the outliers that pages should find.
 */
function makeProviders(spec: Spec): Provider[] {
  const random = new Random(spec.seed, spec.kind)
  const order = random.shuffled(spec.wards)
  const names = new Set<string>()
  const width = spec.count > 99 ? 3 : 2
  const all = Array.from({ length: spec.count }, (_, i): Provider => {
    const ward = order[i % order.length] as Ward
    const district = Number(ward.district.code.slice(4))
    const name = unlike(names, () => spec.named(random, ward.name, i), ward.district.name)
    const usual = 0.8 * random.normal()
    const quality = spec.count >= 8 && i < 4 ? (i < 2 ? 3.2 : -3.2) : usual
    return {
      code: `${spec.prefix}${String(i + 1).padStart(width, '0')}`,
      name,
      ward,
      address: street(random),
      postcode: `ZZ${district} ${random.whole(1, 9)}${letters(random)}`,
      size: spec.size(random, ward),
      deprivation: Math.max(3, ward.deprivation + 3 * random.normal()),
      quality,
      facts: { Rurality: ward.rurality, ...spec.facts(random) },
    }
  })
  return all
}

/** A name that nobody has yet. */
function unlike(taken: Set<string>, draw: () => string, district: string): string {
  let name = draw()
  for (let i = 0; i < 20 && taken.has(name); i++) name = draw()
  if (taken.has(name)) name = `${name}, ${district}`
  taken.add(name)
  return name
}

/** The last two letters of a postcode, without those that postcodes leave out. */
function letters(random: Random): string {
  const all = [...'ABDEFGHJLNPQRSTUWXYZ']
  return random.pick(all) + random.pick(all)
}

/** Twelve teams of five wards each, in the order of the wards. */
function makeTeams(seed: number, wards: readonly Ward[]): Provider[] {
  const teams = makeProviders({
    seed,
    wards,
    kind: 'team',
    prefix: 'ALDN',
    count: 12,
    size: () => 0,
    named: () => '',
    facts: () => ({}),
  })
  return teams.map((team, i) => {
    const beat = wards.slice(5 * i, 5 * i + 5)
    const ward = beat[0] as Ward
    const residents = beat.reduce((sum, w) => sum + w.population, 0)
    const poverty = beat.reduce((sum, w) => sum + w.deprivation * w.population, 0)
    return {
      ...team,
      name: `${ward.name} Neighbourhood Team`,
      ward,
      size: residents,
      deprivation: poverty / residents,
      facts: { Rurality: ward.rurality, Wards: beat.map((w) => w.name).join(', ') },
      postcode: `ZZ${ward.district.code.slice(5)} ${team.postcode.split(' ')[1]}`,
    }
  })
}
