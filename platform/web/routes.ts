import { aboutPage } from './pages/about/about.ts'
import { statisticsPage } from './pages/about/statistics.ts'
import { apiPage } from './pages/api/api.ts'
import { cardPage } from './pages/cards/card.ts'
import { cardsPage } from './pages/cards/cards.ts'
import { cardMethodPage } from './pages/cards/method.ts'
import { askedWeights } from './pages/cards/weights.ts'
import { comparePage } from './pages/compare/compare.ts'
import type { Page, PageContext } from './pages/context.ts'
import { correctionPage } from './pages/correction/correction.ts'
import { correctionsPage } from './pages/correction/corrections.ts'
import { deskPage } from './pages/desk/desk.ts'
import { downloadsPage } from './pages/downloads/downloads.ts'
import { snippetPage } from './pages/embed/embed.ts'
import { fairnessPage } from './pages/fairness/fairness.ts'
import { indicatorFairnessPage } from './pages/fairness/indicator-fairness.ts'
import { serviceFairnessPage } from './pages/fairness/service-fairness.ts'
import { homePage } from './pages/home/home.ts'
import { indicatorPage } from './pages/indicator/indicator.ts'
import { indicatorsPage } from './pages/indicators/indicators.ts'
import { jobsPage } from './pages/jobs/jobs.ts'
import { nearPage } from './pages/near/near.ts'
import { placePage } from './pages/place/place.ts'
import { privacyPage } from './pages/privacy/privacy.ts'
import { ownGroup } from './pages/provider/own-group.ts'
import { peersPage } from './pages/provider/peers.ts'
import { providerPage } from './pages/provider/provider.ts'
import { changesPage } from './pages/record/changes.ts'
import { checkpointsPage } from './pages/record/checkpoints.ts'
import { entryPage } from './pages/record/entry.ts'
import { recordPage } from './pages/record/record.ts'
import { releaseChangesPage } from './pages/release/changes.ts'
import { releasePage } from './pages/release/release.ts'
import { releasesPage } from './pages/release/releases.ts'
import { searchPage } from './pages/search/search.ts'
import { servicePage } from './pages/service/service.ts'
import { standardPage } from './pages/standards/standard.ts'
import { standardsPage } from './pages/standards/standards.ts'
import { moderationRulesPage } from './pages/stories/rules.ts'
import { storiesPage } from './pages/stories/stories.ts'
import { storyPage } from './pages/stories/story.ts'
import { providerValuePage } from './pages/value/provider-value.ts'
import { serviceValuePage } from './pages/value/service-value.ts'
import { yardstickPage } from './pages/yardstick/yardstick.ts'
import { indicatorQuery, type Query } from './query.ts'

/** What a page is asked: the codes in its address ('' where it has none), and the parsed query. */
export interface Asked {
  readonly code: string
  readonly indicator: string
  readonly query: Query
}

/** Makes a page; null where there is nothing at the address. */
export type Handler = (context: PageContext, asked: Asked) => Page | null | Promise<Page | null>

/** Rows of an indicator's table on one page. */
export const tableSize = 50

/** What the address asks, as it is put on links to other pages of the same table: parsed, not raw. */
function searchOf(q: Query): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(q)) {
    if (value !== undefined && name !== 'as-of') {
      search.set(name, Array.isArray(value) ? value.join(',') : String(value))
    }
  }
  return search
}

/** A number that the database can hold. */
const isNumber = (code: string): boolean => /^\d{1,9}$/.test(code)

const compare: Handler = (context, { query: q }) =>
  comparePage(
    {
      providers: q.providers ?? [],
      add: q.add ?? '',
      place: q.place ?? null,
      service: q.service ?? null,
      indicator: q.indicator ?? null,
      group: q.group ?? null,
      since: q.since || null,
      page: q.page ?? 1,
      search: searchOf(q),
    },
    context,
  )

/** Every address that has a page; each also answers as JSON. */
export const routes: readonly (readonly [path: string, handler: Handler])[] = [
  ['/', (c) => homePage(c)],
  ['/search', (c, { query: q }) => searchPage(q.q?.trim() ?? '', q.service ?? null, c)],
  ['/services/:code', (c, { code }) => servicePage(code, c)],
  [
    '/services/:code/cards',
    (c, { code, query: q }) =>
      cardsPage(
        code,
        {
          q: q.q ?? '',
          grade: q.grade ?? '',
          sort: q.sort === 'value' || q.sort === '-value' ? q.sort : 'name',
          page: q.page ?? 1,
          search: searchOf(q),
        },
        c,
      ),
  ],
  [
    '/providers/:code',
    (c, { code, query: q }) => providerPage(code, c, ownGroup(code, q.peers, q.group), q.page ?? 1),
  ],
  ['/providers/:code/peers', (c, { code }) => peersPage(code, c)],
  [
    '/providers/:code/card',
    (c, { code, query: q }) => cardPage(code, askedWeights(q.weights, q), c),
  ],
  ['/places/:code', (c, { code, query: q }) => placePage(code, q.page ?? 1, q, c)],
  [
    '/indicators',
    (c, { query: q }) =>
      indicatorsPage(
        {
          q: q.q?.trim() ?? '',
          service: q.service ?? '',
          page: q.page ?? 1,
          search: searchOf(q),
        },
        c,
      ),
  ],
  [
    '/indicators/:code',
    (c, { code, query: q }) => indicatorPage(code, indicatorQuery(q, tableSize), searchOf(q), c),
  ],
  [
    '/indicators/:code/fairness',
    (c, { code, query: q }) => indicatorFairnessPage(code, q.period ?? null, c),
  ],
  ['/services/:code/fairness', (c, { code }) => serviceFairnessPage(code, c)],
  ['/fairness', (c, { query: q }) => fairnessPage(q.service ?? '', c)],
  [
    '/releases',
    (c, { query: q }) =>
      releasesPage(
        {
          service: q.service ?? '',
          dataset: q.dataset ?? '',
          state: q.state ?? '',
          page: q.page ?? 1,
          search: searchOf(q),
        },
        c,
      ),
  ],
  [
    '/standards',
    (c, { query: q }) =>
      standardsPage({ kind: q.kind ?? '', service: q.service ?? '', page: q.page ?? 1 }, c),
  ],
  [
    '/standards/:code',
    (c, { code, query: q }) =>
      standardPage(
        code,
        {
          period: q.period ?? null,
          outcome: q.outcome ?? '',
          q: q.q ?? '',
          page: q.page ?? 1,
          search: searchOf(q),
        },
        c,
      ),
  ],
  [
    '/desk',
    (c, { query: q }) =>
      deskPage(
        {
          service: q.service ?? '',
          place: q.place ?? '',
          kind: q.what ?? '',
          answered: q.answered ?? '',
          standing: q.standing ?? '',
          regime: q.regime ?? '',
          about: q.about ?? '',
          q: q.q ?? '',
          order: q.order ?? 'gravity',
          page: q.page ?? 1,
          search: searchOf(q),
        },
        c,
      ),
  ],
  [
    '/corrections',
    (c, { query: q }) => correctionsPage({ page: q.page ?? 1, search: searchOf(q) }, c),
  ],
  [
    '/corrections/:code',
    (c, { code }) => (isNumber(code) ? correctionPage(Number(code), c) : null),
  ],
  [
    '/stories',
    (c, { query: q }) =>
      storiesPage(
        {
          provider: q.provider ?? '',
          service: q.service ?? '',
          place: q.place ?? '',
          theme: q.theme ?? '',
          feeling: q.feeling ?? '',
          became: q.became ?? '',
          q: q.q?.trim() ?? '',
          page: q.page ?? 1,
          search: searchOf(q),
        },
        c,
      ),
  ],
  ['/stories/rules', (c) => moderationRulesPage(c)],
  ['/stories/:code', (c, { code }) => (isNumber(code) ? storyPage(Number(code), c) : null)],
  [
    '/services/:code/value',
    (c, { code, query: q }) =>
      serviceValuePage(
        code,
        {
          period: q.period ?? null,
          show: q.show ?? 'frontier',
          sort: q.sort === 'value' || q.sort === '-value' ? q.sort : 'name',
          q: q.q ?? '',
          page: q.page ?? 1,
          search: searchOf(q),
        },
        c,
      ),
  ],
  [
    '/providers/:code/value',
    (c, { code, query: q }) => providerValuePage(code, q.period ?? null, c),
  ],
  ['/near', (c, { query: q }) => nearPage(q.postcode?.trim() ?? '', c)],
  ['/releases/:code', (c, { code }) => (isNumber(code) ? releasePage(Number(code), c) : null)],
  [
    '/releases/:code/changes',
    (c, { code, query: q }) =>
      isNumber(code)
        ? releaseChangesPage(
            Number(code),
            {
              q: q.q?.trim() ?? '',
              indicator: q.indicator ?? '',
              sort: q.sort ?? 'figure',
              page: q.page ?? 1,
              search: searchOf(q),
            },
            c,
          )
        : null,
  ],
  [
    '/record',
    (c, { query: q }) =>
      recordPage(
        {
          act: q.act ?? '',
          subject: q.subject ?? '',
          from: q.from ?? '',
          to: q.to ?? '',
          q: q.q ?? '',
          page: q.page ?? 1,
          search: searchOf(q),
        },
        c,
      ),
  ],
  ['/record/checkpoints', (c) => checkpointsPage(c)],
  ['/record/:code', (c, { code }) => (isNumber(code) ? entryPage(Number(code), c) : null)],
  [
    '/record/:code/changes',
    (c, { code, query: q }) =>
      isNumber(code)
        ? changesPage(Number(code), { q: q.q ?? '', page: q.page ?? 1, search: searchOf(q) }, c)
        : null,
  ],
  ['/compare', compare],
  ['/embed', (c, { query: q }) => snippetPage(q.of ?? '', c)],
  ['/downloads', (c) => downloadsPage(c)],
  ['/jobs', (c) => jobsPage(c)],
  ['/yardstick', (c) => yardstickPage(c)],
  ['/api', (c) => apiPage(c)],
  ['/privacy', () => privacyPage()],
  ['/about', () => aboutPage('about')],
  ['/about/words', () => aboutPage('words')],
  ['/about/cards', (c) => cardMethodPage(c)],
  ['/about/methods', () => aboutPage('methods')],
  ['/about/statistics', () => statisticsPage()],
]
