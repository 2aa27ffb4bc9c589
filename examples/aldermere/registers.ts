import { toGrid } from '../../platform/places/grid.ts'
import { placeWithin } from './boundaries.ts'
import type { County, Provider } from './county.ts'
import { type Cell, csvFile, type PublishedFile } from './csv.ts'
import { Random } from './random.ts'

/** What the register of practices says of each beside where it is. */
const practiceFacts = ['Rurality', 'Closed', 'Merged into']

export const practicesRegister = 'aldermere-register-general-practices.csv'

/** Who the providers are: one register for each service. */
export function registerFiles(seed: number, county: County): PublishedFile[] {
  const random = new Random(seed, 'places of providers')
  const registerFile = (kind: string, providers: readonly Provider[], facts: readonly string[]) =>
    register(kind, county, providers, facts, random)
  return [
    registerFile('general-practices', county.practices, practiceFacts),
    registerFile('primary-schools', county.primaries, ['Rurality', 'Phase']),
    registerFile('secondary-schools', county.secondaries, ['Rurality', 'Sixth form']),
    registerFile('hospitals', county.hospitals, ['Rurality', 'Major A&E']),
    registerFile('police-teams', county.teams, ['Rurality', 'Wards']),
    registerFile('councils', [county.council], []),
  ]
}

function register(
  kind: string,
  county: County,
  providers: readonly Provider[],
  facts: readonly string[],
  random: Random,
): PublishedFile {
  const header = [
    'code',
    'name',
    'address',
    'town',
    'postcode',
    'ward',
    'district',
    'county',
    'force',
    'easting',
    'northing',
  ]
  const rows = providers.map((p) => row(kind, county, p, facts, random))
  return csvFile(`aldermere-register-${kind}.csv`, [...header, ...facts], rows)
}

const row = (
  kind: string,
  county: County,
  p: Provider,
  facts: readonly string[],
  random: Random,
): Cell[] => [
  p.code,
  p.name,
  p.address,
  p.ward.name,
  p.postcode,
  p.ward.code,
  p.ward.district.code,
  county.code,
  kind === 'police-teams' ? county.force.code : '',
  ...gridPlace(p, random),
  ...facts.map((fact) => p.facts[fact] ?? ''),
]

/** One practice as the register lists it. */
export const practiceRow = (county: County, practice: Provider, random: Random): Cell[] =>
  row('general-practices', county, practice, practiceFacts, random)

/** Somewhere in its ward, to ten metres on the British National Grid. */
const gridPlace = (p: Provider, random: Random): number[] =>
  toGrid(placeWithin(p.ward.block, random)).map((metres) => Math.round(metres / 10) * 10)
