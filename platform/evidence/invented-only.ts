import { indicatorsOf as indicatorsOfCard } from '../cards/card.ts'
import { indicatorsOf as indicatorsOfStudy } from '../value/study.ts'
import type { Catalogue } from './catalogue.ts'

/** Indicators that only sources of invented figures give. */
function inventedIndicators({ descriptors }: Catalogue): ReadonlySet<string> {
  const [invented, real] = [true, false].map((is) =>
    descriptors
      .filter((d) => d.invented === is)
      .flatMap((d) => d.observations.map((o) => o.indicator)),
  ) as [string[], string[]]
  return new Set(invented.filter((code) => !real.includes(code)))
}

/**
 * A catalogue for real figures: what judges invented ones alone (the example area's standards, cards,
 * studies and what is looked at for fairness) is left out. Its sources stay, so that its files are known.
 */
export function withoutInvented(catalogue: Catalogue): Catalogue {
  const invented = inventedIndicators(catalogue)
  const kept = <T>(all: ReadonlyMap<string, T>, of: (value: T, key: string) => Iterable<string>) =>
    new Map([...all].filter(([key, value]) => ![...of(value, key)].some((i) => invented.has(i))))
  return {
    ...catalogue,
    standards: new Map(
      [...kept(catalogue.standards, (s) => [s.indicator])].filter(([, s]) => s.invented !== true),
    ),
    fairness: kept(catalogue.fairness, (_, indicator) => [indicator]),
    cards: kept(catalogue.cards, indicatorsOfCard),
    studies: kept(catalogue.studies, indicatorsOfStudy),
  }
}
