import { kindApart } from '../evidence/indicator.ts'
import { periodKinds } from '../evidence/period-kinds.ts'
import { knownDefinitions } from '../publishing/definitions.ts'
import type { Dependent, PublicationAtHand } from '../publishing/dependents.ts'
import { type Card, indicatorsOf, itemsOf } from './card.ts'
import { type Standing, standingOf } from './doubt.ts'
import { type Circle, type MarkedCards, type MarkedItem, markCards, markItem } from './mark.ts'
import { gapCredits, measuredPeriods, type Wanted } from './measured.ts'
import { states } from './score.ts'
import { cardTables, storeCards, storeGone } from './write.ts'

/** Report cards: every provider of a service by its card, once, at publish. */
export const reportCards: Dependent = {
  label: 'Report cards',
  tables: cardTables,
  async compute(publication) {
    const known = await knownDefinitions(publication, 'report_card')
    const { cards } = publication.catalogue
    for (const card of cards.values()) {
      publication.signal?.throwIfAborted()
      const changed = known.get(card.code) !== JSON.stringify(card)
      const touched = [...indicatorsOf(card)].some((code) => publication.touched.has(code))
      if (changed || touched) await gradeService(publication, card)
    }
    for (const [code, text] of known) {
      if (text !== null && !cards.has(code)) await storeGone(publication, code)
    }
  },
}

/** All that is stored of one card: columns over the providers that have a figure in it. */
export interface GradedService {
  readonly card: Card
  readonly subjects: Int32Array
  readonly periods: readonly (readonly string[])[]
  readonly marked: MarkedCards
  readonly standing: Standing
  /** How many providers each is ranked among. */
  readonly among: Int32Array
}

async function gradeService(publication: PublicationAtHand, card: Card): Promise<void> {
  const { db, number, catalogue, listings, indicators } = publication
  const service = catalogue.services.find((s) => s.code === card.service)
  const providers = [...listings.values()]
    .filter((l) => l.kind === 'provider' && l.service === card.service)
    .sort((a, b) => a.id - b.id)
  const place = new Map(providers.map((l, i) => [l.id, i]))
  const kinds = Map.groupBy(providers.keys(), (i) =>
    kindApart(service, providers[i]?.body.facts ?? {}),
  )
  const circles: Circle[] = [...kinds.values()].map((members) => ({
    members,
    peers: (i) =>
      Array.from(publication.peers.get(providers[i]?.id ?? -1) ?? []).flatMap(
        (id) => place.get(id) ?? [],
      ),
  }))
  const items = itemsOf(card)
  const scored: MarkedItem[] = []
  const periods: string[][] = []
  const credit = new Float64Array(providers.length)
  const wanted: Wanted = { db, number, place, kindOf: periodKinds(catalogue.descriptors) }
  for (const item of items) {
    publication.signal?.throwIfAborted()
    const polarity = indicators.get(item.indicator)?.polarity === 'lower' ? 'low' : 'high'
    const takes = item.part === 'value' ? card.value.takes : []
    const figures = await measuredPeriods(wanted, item, polarity, card.periods, takes)
    scored.push(markItem(item, figures, circles, polarity, providers.length))
    periods.push(figures.map((f) => f.period))
    if (!card.fairness.credit) continue
    const earned = await gapCredits(wanted, item, figures, card.fairness.credit)
    credit.forEach((before, i) => {
      credit[i] = Math.max(before, earned[i] as number)
    })
  }
  const marked = markCards(card, items, scored, credit)
  const found = { card, periods, marked, ...rankKinds(card, marked, circles) }
  const subjects = Int32Array.from(providers, (l) => l.id)
  await storeCards(publication, { ...found, subjects }, someFigure(scored, providers.length))
}

function rankKinds(
  card: Card,
  { marks, overall, grades }: MarkedCards,
  circles: readonly Circle[],
) {
  const n = overall.score.length
  const column = (): Float64Array => new Float64Array(n).fill(Number.NaN)
  const standing = {
    lowest: column(),
    highest: column(),
    steady: column(),
    weightedLowest: column(),
    weightedHighest: column(),
  }
  const among = new Int32Array(n)
  for (const { members } of circles) {
    const found = standingOf(marks, overall, card.weights, grades.overall.grade, members)
    const ranked = members.filter((i) => !Number.isNaN(overall.score[i] as number))
    for (const i of ranked) {
      among[i] = ranked.length
      for (const name of Object.keys(standing) as (keyof Standing)[]) {
        standing[name][i] = found[name][i] as number
      }
    }
  }
  return { standing, among }
}

/** The places of those of whom anything is known that counts. */
function someFigure(scored: readonly MarkedItem[], n: number): number[] {
  const nothing = states.indexOf('no figure')
  return Array.from({ length: n }, (_, i) => i).filter((i) =>
    scored.some((s) => s.state[i] !== nothing),
  )
}
