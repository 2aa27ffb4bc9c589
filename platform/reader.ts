import type { Reader } from './comparison/reader.ts'
import { ComparisonStore } from './comparison/store.ts'
import type { Database } from './database/database.ts'
import type { Catalogue } from './evidence/catalogue.ts'
import { SubjectStore } from './providers/store.ts'
import { storedIndicators } from './publishing/indicators.ts'
import { ReleaseStore } from './publishing/store.ts'

/** Everything that pages and the API read, over one database. */
export function makeReader(db: Database, catalogue: Catalogue): Reader {
  const subjects = new SubjectStore(db, catalogue.services)
  const releases = new ReleaseStore(db)
  const comparisons = new ComparisonStore(db, subjects, releases)
  const indicators = () => storedIndicators(db, catalogue)
  const ofService = async (service?: string) =>
    [...(await indicators()).values()].filter((i) => service === undefined || i.service === service)
  return {
    state: (asOf) => releases.state(asOf),
    services: (state) =>
      catalogue.services.filter((s) => state === undefined || state.invented || !s.invented),
    service: (code) => catalogue.services.find((s) => s.code === code) ?? null,
    indicator: async (code) =>
      catalogue.indicators.get(code) ?? (await indicators()).get(code) ?? null,
    indicators: ofService,
    summaries: async (state, service) =>
      comparisons.summaries(
        state,
        (await ofService(service)).map((i) => i.code),
      ),
    subject: (state, code) => subjects.page(state, code),
    peers: (state, code) => subjects.peers(state, code),
    indicatorPage: (state, code, query) => comparisons.page(state, code, query),
    place: (state, code, page) => subjects.place(state, code, page),
    release: (state, id) => releases.page(state, id),
    releases: (state, filter) => releases.list(state, filter),
    search: async (q, limit) => subjects.search(await releases.state(), q, limit),
    providersWithin: async (state, place, service) => {
      const row = await subjects.listing(state, place)
      return row ? (await subjects.within(state, row.id, service)).map((h) => h.code) : []
    },
  }
}
