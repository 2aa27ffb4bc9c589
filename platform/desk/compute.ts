import type { Dependent, PublicationAtHand } from '../publishing/dependents.ts'
import { findInFigures } from './find-figures.ts'
import { findGaps } from './find-gaps.ts'
import { findJudged, inForce, judgedStandards } from './find-judged.ts'
import { currentSources, findLate } from './find-late.ts'
import { type Found, type SignalRule, type StoredSignal } from './signal.ts'

/** The rules that each step applies to one standard, indicator or source. */
const judgedRules: readonly SignalRule[] = ['below-floor', 'below-entitlement', 'above-excellence']
const figureRules: readonly SignalRule[] = [
  'sudden-worsening',
  'sudden-improvement',
  'far-worse',
  'far-better',
  'widening-gap',
]
const sourceRules: readonly SignalRule[] = ['late-release', 'missing-period', 'silent-provider']

/** Rules whose signals keep the period in which they were first seen, for as long as they stand. */
const lasting = figureRules

/** Signals: what needs a steward, found once, at publish, after the judgements. */
export const signals: Dependent = {
  label: 'Looking for what needs attention',
  tables: ['signal'],
  async compute(publication) {
    const desk = await Desk.open(publication)
    const { catalogue, touched, signal } = publication
    const asks = inForce(catalogue, new Date().toISOString().slice(0, 10))
    for (const code of await judgedStandards(publication)) {
      const standard = asks.get(code)
      await desk.put(code, judgedRules, standard ? await findJudged(publication, standard) : [])
    }
    for (const code of [...touched].sort()) {
      signal?.throwIfAborted()
      await desk.put(code, figureRules, [
        ...(await findInFigures(publication, code)),
        ...(await findGaps(publication, code)),
      ])
    }
    const sources = await currentSources(publication)
    for (const source of sources) {
      if (!source.indicators?.some((code) => touched.has(code))) continue
      await desk.put(source.dataset, sourceRules, await findLate(publication, source))
    }
    for (const dataset of desk.sources()) {
      if (!sources.some((s) => s.dataset === dataset)) await desk.put(dataset, sourceRules, [])
    }
  },
}

interface Row {
  readonly rule: SignalRule
  readonly about: string
  readonly body: string
}

/** What stood until now, and the rows of this publication. */
class Desk {
  readonly #publication: PublicationAtHand
  /** By what it is about, then by rule. */
  readonly #before: ReadonlyMap<string, ReadonlyMap<SignalRule, readonly StoredSignal[]>>

  private constructor(publication: PublicationAtHand, rows: readonly Row[]) {
    this.#publication = publication
    const read = (row: Row): [SignalRule, StoredSignal[]] => [row.rule, JSON.parse(row.body)]
    this.#before = new Map(
      [...Map.groupBy(rows, (r) => r.about)].map(([about, some]) => [
        about,
        new Map(some.map(read)),
      ]),
    )
  }

  static async open(publication: PublicationAtHand): Promise<Desk> {
    const rows = await publication.db.query<Row>(
      `select rule, about, body from (
         select distinct on (rule, about) * from signal where publication < $1
         order by rule, about, publication desc) newest
       where body <> '[]' or watched > 0`,
      [publication.number],
    )
    return new Desk(publication, rows)
  }

  /** The datasets of which something stood until now. */
  sources(): string[] {
    return [...this.#before].flatMap(([about, rules]) =>
      sourceRules.some((rule) => rules.has(rule)) ? [about] : [],
    )
  }

  /** Stores what some rules found about one thing; one that found nothing any more ends its signals. */
  async put(about: string, rules: readonly SignalRule[], found: readonly Found[]): Promise<void> {
    const before = this.#before.get(about)
    const gone = rules.filter((rule) => before?.has(rule) && found.every((f) => f.rule !== rule))
    const none = { about, signals: [], watched: 0, falseAlarms: 0 }
    for (const f of [...found, ...gone.map((rule): Found => ({ ...none, rule }))]) {
      const stood = before?.get(f.rule)
      if (!stood && f.signals.length === 0 && f.watched === 0) continue
      const stored = f.signals.map((s) => this.#dated(f.rule, s, stood ?? []))
      await this.#publication.db.query(
        `insert into signal (rule, about, publication, body, watched, false_alarms)
         values ($1, $2, $3, $4, $5, $6)`,
        [f.rule, about, this.#publication.number, JSON.stringify(stored), f.watched, f.falseAlarms],
      )
    }
  }

  /** With the publication that first had it. */
  #dated(
    rule: SignalRule,
    signal: Omit<StoredSignal, 'first'>,
    stood: readonly StoredSignal[],
  ): StoredSignal {
    const same = stood.find(
      (s) => s.subject === signal.subject && (lasting.includes(rule) || s.period === signal.period),
    )
    const first = same?.first ?? this.#publication.number
    return { ...signal, period: same?.period ?? signal.period, first }
  }
}
