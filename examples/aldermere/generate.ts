import { type County, makeCounty } from './county.ts'
import type { PublishedFile } from './csv.ts'
import { injuryFiles } from './injuries.ts'
import { stillListed } from './merged.ts'
import { withheldLate } from './mistake.ts'
import { monthlyFile } from './monthly.ts'
import { placeFiles } from './places.ts'
import { practicesRegister, registerFiles } from './registers.ts'
import { tableFiles } from './table.ts'
import {
  councilTables,
  hospitalTables,
  policeTables,
  practiceTables,
  primaryTables,
  secondaryTables,
} from './tables.ts'

/** What is published together; the second batch corrects files of the first. */
export interface Batch {
  readonly reason: string
  readonly files: readonly PublishedFile[]
}

/** The file that is published with a mistake first. */
export const correctedFile = 'aldermere-primary-results-2023-24.csv'

/**
 * All that Aldermere's bodies have published, in the order in which they did. The same seed gives
 * the same bytes on every machine.
 * @example makeAldermere(2008)[1].files[1].name // 'aldermere-primary-results-2023-24.csv'
 */
export function makeAldermere(seed: number): readonly [Batch, Batch] {
  const county = makeCounty(seed)
  const files = [
    ...placeFiles(seed, county),
    ...registerFiles(seed, county),
    ...allTables(county).flatMap((table) => tableFiles(seed, county, table)),
    monthlyFile(seed, county),
    ...injuryFiles(seed, county),
  ]
  const asFirst = (file: PublishedFile): PublishedFile => {
    if (file.name === correctedFile) return withheldLate(file, county)
    return file.name === practicesRegister ? stillListed(seed, file, county) : file
  }
  const right = files.filter((f) => f.name === correctedFile || f.name === practicesRegister)
  return [
    {
      reason: 'The figures of Aldermere, an invented county',
      files: files.map(asFirst),
    },
    {
      reason:
        'Corrected: results of pupils who sat their tests late are counted, and a practice that was merged is listed no more',
      files: right,
    },
  ]
}

const allTables = (county: County) => [
  ...practiceTables(county),
  ...primaryTables(county),
  ...secondaryTables(county),
  ...hospitalTables(county),
  ...policeTables(county),
  ...councilTables(county),
]
