import { type Located, type PlaceSum, placeSums } from './counts.ts'

type Chain = readonly string[]
type Locate = (subject: number) => Located | null

/**
 * Which of the subjects add up to which: by the chains that a descriptor declares, and wherever a place is known to
 * lie in another that has figures too, declared or not. Of the latter nobody promised that they add up, so where their
 * parts come to more than their total there is no sum.
 * @throws LiesInNone where a place of a declared chain lies in none of the larger ones that have figures.
 */
export function placeSumsOf(
  subjects: readonly number[],
  locate: Locate,
  declared: readonly Chain[],
): PlaceSum[] {
  const asDeclared = placeSums(subjects, locate, declared)
  const found = chainsKnown(subjects, locate)
  const chains = [...found, ...found.flatMap((chain) => skipping(chain, declared))]
  const keyOf = ({ total, parts }: PlaceSum): string => `${total}=${parts.join()}`
  const known = new Set(asDeclared.map(keyOf))
  const more = placeSums(subjects, locate, chains, 'may lie in none').filter((sum) => {
    const isNew = !known.has(keyOf(sum))
    known.add(keyOf(sum))
    return isNew
  })
  return [
    ...asDeclared,
    ...more.map((sum) => ({ ...sum, chain: declared.length + (sum.chain ?? 0), undeclared: true })),
  ]
}

/**
 * The levels of a chain that are not next to each other, two by two, where nobody promised that those between add up:
 * where their parts come to more than their total, of the larger one nothing would be known.
 */
const skipping = (chain: Chain, declared: readonly Chain[]): Chain[] =>
  chain.flatMap((level, at) =>
    chain
      .slice(at + 2)
      .map((top): Chain => [level, top])
      .filter((pair) => !isWithinAny(pair, declared))
      .filter(([, top = '']) =>
        chain
          .slice(at + 1, chain.indexOf(top))
          .some((between) => !isWithinAny([level, between], declared)),
      ),
  )

/** Whether all levels of a chain are in one of others, in their order. */
const isWithinAny = (chain: Chain, others: readonly Chain[]): boolean =>
  others.some((other) => {
    let at = 0
    for (const level of other) if (level === chain[at]) at += 1
    return at === chain.length
  })

/** Which levels lie in which others, as far as places of both have figures, as chains: the smallest first. */
function chainsKnown(subjects: readonly number[], locate: Locate): Chain[] {
  const { above, crossing } = levelsAbove(subjects, locate)
  const next = new Map([...above].map(([level, all]) => [level, nextOf(level, all, above)]))
  const isAbove = new Set([...next.values()].flat())
  const from = (chain: Chain): Chain[] => {
    const more = (next.get(chain.at(-1) ?? '') ?? []).filter((level) => !chain.includes(level))
    return more.length === 0 ? [chain] : more.flatMap((level) => from([...chain, level]))
  }
  const chains = [...next.keys()].filter((level) => !isAbove.has(level)).flatMap((l) => from([l]))
  // Levels of which each lies in the other begin no chain.
  const pairs = [...next].flatMap(([level, all]) => all.map((other): Chain => [level, other]))
  const rest = pairs.filter((pair) => !isWithinAny(pair, chains))
  return [...chains, ...rest, ...crossing]
}

/** The levels next above one: those above it that are not above another of them. */
const nextOf = (
  level: string,
  all: ReadonlySet<string>,
  above: ReadonlyMap<string, ReadonlySet<string>>,
): string[] =>
  [...all].filter(
    (one) => ![...all].some((other) => other !== level && above.get(other)?.has(one) === true),
  )

/**
 * Of each level those in which some place of it lies; and pairs of levels with a place that lies in one of the larger,
 * while that which holds it on the way does not: a ward in a county, whose district crosses the county's border.
 */
function levelsAbove(subjects: readonly number[], locate: Locate) {
  const present = new Set(subjects)
  const above = new Map<string, Set<string>>()
  const crossing = new Map<string, Chain>()
  for (const subject of subjects) {
    const own = locate(subject)
    if (!own) continue
    const holding = own.parents.flatMap((id) => {
      const place = present.has(id) ? locate(id) : null
      return place && place.level !== own.level ? [{ id, place }] : []
    })
    for (const { place } of holding)
      above.set(own.level, (above.get(own.level) ?? new Set()).add(place.level))
    for (const { id, place } of holding) {
      const between = holding.filter((b) => b.id !== id && b.place.level !== place.level)
      const onTheWay = between.filter((b) => b.place.parents.includes(id))
      if (between.length > 0 && onTheWay.length === 0)
        crossing.set(`${own.level}|${place.level}`, [own.level, place.level])
    }
  }
  // Places that no way through another level leads to are told already by the pair of their levels.
  const isByAnother = ([level = '', top = '']: Chain): boolean =>
    [...(above.get(level) ?? [])].some((b) => b !== top && above.get(b)?.has(top) === true)
  return { above, crossing: [...crossing.values()].filter(isByAnother) }
}
