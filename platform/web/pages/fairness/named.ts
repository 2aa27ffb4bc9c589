import type { FoundGap } from '../../../fairness/gaps.ts'
import type { LeftBehind, OwnGap } from '../../../fairness/left-behind.ts'
import type { Fairness } from '../../../fairness/measure.ts'
import type { Named } from '../../../fairness/store.ts'

type Names = ReadonlyMap<number, Named>

/** Everyone who is named in what was found of fairness in a period. */
export const namedIn = ({ halves, groups }: Fairness): OwnGap[] => [
  ...halves.widest,
  ...groups.flatMap((g) => [...g.providers.widest, ...g.places.widest]),
]

/** Who is left behind by code, name and kind, as data gives it: a subject's number is ours alone. */
export const namedBehind = ({ widest, ...counts }: LeftBehind, names: Names) => ({
  ...counts,
  widest: widest.flatMap(({ subject, ...gap }) => {
    const who = names.get(subject)
    return who ? [{ ...who, ...gap }] : []
  }),
})

export const namedFairness = (found: Fairness, names: Names) => ({
  ...found,
  halves: namedBehind(found.halves, names),
  groups: found.groups.map((g) => ({
    ...g,
    providers: namedBehind(g.providers, names),
    places: namedBehind(g.places, names),
  })),
})

/** A gap as data gives it, with how many are behind: who they are stands with the indicator. */
export function gapData({ providers, places, ...gap }: FoundGap) {
  const counts = (found: LeftBehind | null) =>
    found && { compared: found.compared, certain: found.certain, behind: found.behind }
  return { ...gap, providers: counts(providers), places: counts(places) }
}
