import type { County, Provider } from './county.ts'
import { csvFile, type PublishedFile } from './csv.ts'

/** Who the providers are: one register for each service. */
export function registerFiles(county: County): PublishedFile[] {
  return [
    registerFile('general-practices', county, county.practices, ['Rurality']),
    registerFile('primary-schools', county, county.primaries, ['Rurality', 'Phase']),
    registerFile('secondary-schools', county, county.secondaries, ['Rurality', 'Sixth form']),
    registerFile('hospitals', county, county.hospitals, ['Rurality', 'Major A&E']),
    registerFile('police-teams', county, county.teams, ['Rurality', 'Wards']),
    registerFile('councils', county, [county.council], []),
  ]
}

function registerFile(
  kind: string,
  county: County,
  providers: readonly Provider[],
  facts: readonly string[],
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
  ]
  const rows = providers.map((p) => [
    p.code,
    p.name,
    p.address,
    p.ward.name,
    p.postcode,
    p.ward.code,
    p.ward.district.code,
    county.code,
    kind === 'police-teams' ? county.force.code : '',
    ...facts.map((fact) => p.facts[fact] ?? ''),
  ])
  return csvFile(`aldermere-register-${kind}.csv`, [...header, ...facts], rows)
}
