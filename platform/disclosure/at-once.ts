import { type Counted, figureKey } from './counts.ts'

/** Of which place and indicator a figure is. */
const placeOf = ({ indicator = '', subject }: Counted): string => `${indicator}|${subject}`

/** Whether two releases may say the same with a figure: one may give of how many people it is and the other not. */
function agree(one: Counted, other: Counted): boolean {
  const [own, its] = [one.people ?? null, other.people ?? null]
  const isSame = own === null || its === null || own === its
  return isSame && Object.is(one.part, other.part) && one.base === other.base
}

/**
 * What several releases say, as if one had said all of it: whoever kept them reads a total in one and its parts in
 * others. Of places of which two releases say different things nothing is taken: nobody knows what of the one still
 * holds in the other.
 */
export class AtOnce {
  readonly #found = new Map<string, Counted>()
  readonly #differ = new Set<string>()

  /** Adds what a release says. */
  add(figures: readonly Counted[]): void {
    for (const figure of figures) {
      const key = figureKey(figure)
      const other = this.#found.get(key)
      if (other === undefined) this.#found.set(key, figure)
      else if (!agree(figure, other)) this.#differ.add(placeOf(figure))
      else if ((other.people ?? null) === null) this.#found.set(key, figure)
    }
  }

  /** In an order that hangs on no release's. */
  figures(): readonly Counted[] {
    return [...this.#found]
      .filter(([, figure]) => !this.#differ.has(placeOf(figure)))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, figure]) => figure)
  }
}

/**
 * What several releases say at once.
 * @returns nothing where one of them lists all of that: its own cells say the same.
 */
export function saidAtOnce(releases: readonly (readonly Counted[])[]): readonly Counted[] {
  const all = new AtOnce()
  for (const figures of releases) all.add(figures)
  const said = all.figures()
  const listsAll = (figures: readonly Counted[]): boolean => {
    const own = new Set(figures.map(figureKey))
    return said.every((figure) => own.has(figureKey(figure)))
  }
  return releases.some(listsAll) ? [] : said
}
