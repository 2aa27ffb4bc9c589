import type { Operation } from './operation.ts'
import { cards } from './resources/cards.ts'
import { comparisons } from './resources/comparisons.ts'
import { fairness } from './resources/fairness.ts'
import { indicator, indicators } from './resources/indicators.ts'
import { observations } from './resources/observations.ts'
import { place, places } from './resources/places.ts'
import { provider, providers } from './resources/providers.ts'
import { release, releases } from './resources/releases.ts'
import { corrections, replies } from './resources/replies.ts'
import { search } from './resources/search.ts'
import { service, services } from './resources/services.ts'
import { judgements, standard, standards } from './resources/standards.ts'
import { stories } from './resources/stories.ts'
import { oneSurvey, surveys } from './resources/surveys.ts'
import { yardstick } from './resources/yardstick.ts'

/** Every operation of the API. */
export const operations: readonly Operation[] = [
  services,
  service,
  indicators,
  indicator,
  providers,
  provider,
  places,
  place,
  observations,
  comparisons,
  standards,
  standard,
  judgements,
  cards,
  fairness,
  yardstick,
  releases,
  release,
  replies,
  corrections,
  stories,
  surveys,
  oneSurvey,
  search,
]
