import type { County, Provider } from './county.ts'
import { csvLine, type PublishedFile } from './csv.ts'
import { practiceName, street } from './names.ts'
import { Random } from './random.ts'
import { practiceRow } from './registers.ts'

/** The practice that was merged, the day before the years begin that Aldermere has figures of. */
export const mergedCode = 'ALDG41'
const closedOn = '31-03-2020'

/** The practice that took its patients over: one that is like most. */
export const successorCode = 'ALDG09'

/**
 * The register of practices as it was first published, with one more: a practice that had been merged
 * into its neighbour. The next register leaves it out. It is drawn from a stream of its own, so that
 * nobody else is drawn otherwise.
 */
export function stillListed(seed: number, file: PublishedFile, county: County): PublishedFile {
  const random = new Random(seed, 'the practice that was merged')
  const successor = county.practices.find((p) => p.code === successorCode) as Provider
  const { ward } = successor
  const merged: Provider = {
    ...successor,
    code: mergedCode,
    name: nameOfItsOwn(random, ward.name, county),
    address: street(random),
    postcode: `${successor.postcode.slice(0, -3)}${random.whole(1, 9)}ZZ`,
    facts: { ...successor.facts, Closed: closedOn, 'Merged into': successorCode },
  }
  return { name: file.name, text: file.text + csvLine(practiceRow(county, merged, random)) }
}

function nameOfItsOwn(random: Random, town: string, county: County): string {
  const taken = new Set(county.practices.map((p) => p.name))
  let name = practiceName(random, town)
  while (taken.has(name)) name = practiceName(random, town)
  return name
}
