import { CardStore } from './cards/store.ts'
import { Kept } from './comparison/kept.ts'
import type { Reader, State } from './comparison/reader.ts'
import { ComparisonStore } from './comparison/store.ts'
import type { Database } from './database/database.ts'
import { DeskStore } from './desk/store.ts'
import { roundedReleases } from './disclosure/rounded-releases.ts'
import type { Catalogue } from './evidence/catalogue.ts'
import type { Indicator } from './evidence/indicator.ts'
import { periodKinds } from './evidence/period-kinds.ts'
import { FairnessStore } from './fairness/store.ts'
import { JobStore } from './jobs/store.ts'
import { NewsStore } from './news/store.ts'
import { MapStore } from './places/store.ts'
import { Register } from './providers/register.ts'
import { SubjectStore } from './providers/store.ts'
import { storedIndicators } from './publishing/indicators.ts'
import { ReleaseStore } from './publishing/store.ts'
import { ActsAbout } from './record/acts-about.ts'
import { RecordStore } from './record/store.ts'
import { RepliesStore } from './replies/store.ts'
import { StandardsStore } from './standards/store.ts'
import { storyClock } from './stories/deadline.ts'
import { StoriesStore } from './stories/store.ts'
import { SurveysStore } from './surveys/reader.ts'
import { ValueStore } from './value/store.ts'
import { YardstickStore } from './yardstick/store.ts'

/** Everything that pages and the API read, over one database. */
export function makeReader(db: Database, catalogue: Catalogue): Reader {
  const subjects = new SubjectStore(db, catalogue.services)
  const releases = new ReleaseStore(db)
  const comparisons = new ComparisonStore(db, subjects, releases)
  // Files that name their own indicators bring new ones with a publication, never between.
  const kept = new Kept<ReadonlyMap<string, Indicator>>(2)
  const indicators = (state: State) =>
    kept.get(String(state.publication), () => storedIndicators(db, catalogue))
  const ofService = async (state: State, service: string) =>
    [...(await indicators(state)).values()].filter((i) => i.service === service)
  const standards = new StandardsStore(db)
  const about = new ActsAbout(db)
  return {
    cards: new CardStore(db),
    standards,
    fairness: new FairnessStore(db),
    jobs: new JobStore(db),
    news: new NewsStore(db),
    record: new RecordStore(db),
    replies: new RepliesStore(db, catalogue.corrections, about),
    stories: new StoriesStore(
      db,
      storyClock(catalogue.corrections, catalogue.stories?.workingDays),
      catalogue.stories?.help,
      about,
    ),
    surveys: new SurveysStore(db),
    yardstick: new YardstickStore(db),
    desk: new DeskStore(db, subjects, standards, indicators, about),
    value: new ValueStore(db),
    register: new Register(db, (state) => subjects.listedIn(state)),
    state: (asOf) => releases.state(asOf),
    services: (state) =>
      catalogue.services.filter((s) => state === undefined || state.invented || !s.invented),
    service: (code) => catalogue.services.find((s) => s.code === code) ?? null,
    indicators,
    periodKind: periodKinds(catalogue.descriptors),
    summaries: async (state, service) =>
      comparisons.summaries(
        state,
        (await ofService(state, service)).map((i) => i.code),
      ),
    subject: (state, code) => subjects.page(state, code),
    ended: (state, code) => subjects.ended(state, code),
    precededBy: (state, code) => subjects.precededBy(state, code),
    peers: (state, code) => subjects.peers(state, code),
    indicatorPage: (state, code, query) => comparisons.page(state, code, query),
    spread: (state, code, period, breakdown = '') =>
      comparisons.spread(state, code, period, breakdown),
    seriesKeys: (state) => comparisons.keys(state),
    tableRows: (state, key, within) => comparisons.rows(state, key, within),
    rowsOf: (state, code, key, codes) => comparisons.rowsOf(state, code, key, codes),
    providersOf: (state, service, limit) => subjects.ofService(state, service, limit),
    providerCounts: (state) => subjects.counts(state),
    place: (state, code, page) => subjects.place(state, code, page),
    indicatorEnded: (state, code) => releases.indicatorEnded(state, code),
    release: (state, id) => releases.page(state, id),
    changes: (state, id, query) => releases.changes(state, id, query),
    allChanges: (state, by, query) => releases.allChanges(state, by, query),
    roundedReleases: () => roundedReleases(db),
    releases: (state, filter) => releases.list(state, filter),
    search: (state, q, limit) => subjects.search(state, q, limit),
    providersWithin: async (state, place, service) => {
      const row = await subjects.listing(state, place)
      return row ? (await subjects.openWithin(state, row.id, service)).map((h) => h.code) : []
    },
    maps: new MapStore(db, subjects),
  }
}
