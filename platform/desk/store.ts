import type { PlaceLink } from '../comparison/figures.ts'
import { Kept } from '../comparison/kept.ts'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { areaLevels } from '../places/levels.ts'
import type { SubjectStore } from '../providers/store.ts'
import { ActsAbout } from '../record/acts-about.ts'
import type { Standard } from '../standards/standard.ts'
import type { StandardsReader } from '../standards/store.ts'
import type { Answer } from './answer.ts'
import type { SignalAct } from './handle.ts'
import { signalActs } from './holders.ts'
import {
  gravity,
  keyOf,
  type Seen,
  type SignalKind,
  type SignalRule,
  type StoredSignal,
  signalRules,
} from './signal.ts'

/** A provider or place that a signal is about. */
export interface SignalSubject {
  readonly kind: 'provider' | 'place'
  readonly code: string
  readonly name: string
  /** The areas that hold it, by code: what the desk is narrowed by. */
  readonly areas: readonly PlaceLink[]
}

/** A signal as the desk shows it. */
export interface Signal {
  readonly key: string
  readonly rule: SignalRule
  readonly kind: SignalKind
  /** Null where it is about a source. */
  readonly subject: SignalSubject | null
  /** A standard's or an indicator's code, or a dataset's. */
  readonly about: string
  readonly indicator: Indicator | null
  readonly standard: Standard | null
  readonly service: string | null
  /** The period in which it began. */
  readonly period: string
  readonly seen: Seen
  /** When it was first published. */
  readonly firstSeen: string
  /** Oldest first. */
  readonly answers: readonly Answer[]
  /** Who took it and who closed it, oldest first. */
  readonly acts: readonly SignalAct[]
}

/** Whether nobody has taken a signal, a steward looks after it, or it was closed. */
export const standingOf = ({ acts }: Pick<Signal, 'acts'>): 'open' | 'taken' | 'closed' =>
  acts.at(-1)?.lapsed ? 'open' : (acts.at(-1)?.act ?? 'open')

/** How much one rule watches, and how often it errs. */
export interface Watched {
  readonly rule: SignalRule
  readonly kind: SignalKind
  readonly series: number
  /** False alarms to expect in a year. */
  readonly falseAlarms: number
}

/** What pages may ask of the desk. All answers are stored results of one state. */
export interface DeskReader {
  /**
   * All signals of a state, the gravest first.
   * @param day the day on which it is looked at: what was not yet late then is left out.
   */
  all(state: State, day: string): Promise<readonly Signal[]>
  /** Those about one provider or place. */
  of(state: State, code: string, day: string): Promise<readonly Signal[]>
  watched(state: State): Promise<readonly Watched[]>
}

interface Row {
  readonly rule: SignalRule
  readonly about: string
  readonly body: string
  readonly watched: number
  readonly false_alarms: number
}

/** What was erased since: a name that stood beside an answer. */
const readingOf = ({ publication, answers, erased }: State): string =>
  `${publication} ${answers} ${erased}`

const shownOn = (day: string, signals: readonly Signal[]): readonly Signal[] =>
  signals.filter(({ seen }) => seen.due === undefined || seen.due <= day)

export class DeskStore implements DeskReader {
  readonly #db: Database
  readonly #about: ActsAbout
  readonly #subjects: SubjectStore
  readonly #standards: StandardsReader
  readonly #indicators: (state: State) => Promise<ReadonlyMap<string, Indicator>>
  readonly #rows = new Kept<readonly Row[]>(2)
  readonly #all = new Kept<readonly Signal[]>(2)
  readonly #byCode = new Kept<ReadonlyMap<string | undefined, readonly Signal[]>>(2)

  constructor(
    db: Database,
    subjects: SubjectStore,
    standards: StandardsReader,
    indicators: (state: State) => Promise<ReadonlyMap<string, Indicator>>,
    about = new ActsAbout(db),
  ) {
    this.#db = db
    this.#about = about
    this.#subjects = subjects
    this.#standards = standards
    this.#indicators = indicators
  }

  async all(state: State, day: string): Promise<readonly Signal[]> {
    return this.#withActs(state, shownOn(day, await this.#known(state)))
  }

  async of(state: State, code: string, day: string): Promise<readonly Signal[]> {
    const byCode = await this.#byCode.get(readingOf(state), async () =>
      Map.groupBy(await this.#known(state), (s) => s.subject?.code),
    )
    const own = shownOn(day, byCode.get(code) ?? [])
    for (const { key } of own) {
      if (await this.#about.has(state, 'signals', key)) return this.#withActs(state, own)
    }
    return own
  }

  #known(state: State): Promise<readonly Signal[]> {
    return this.#all.get(readingOf(state), () => this.#read(state))
  }

  async #withActs(state: State, signals: readonly Signal[]): Promise<readonly Signal[]> {
    const acts = await signalActs(this.#db, state)
    if (acts.size === 0) return signals
    return signals.map((s) => {
      const own = acts.get(s.key)
      return own ? { ...s, acts: own } : s
    })
  }

  async watched(state: State): Promise<Watched[]> {
    const byRule = Map.groupBy(await this.#newest(state), (r) => r.rule)
    return [...byRule]
      .map(([rule, rows]) => ({
        rule,
        kind: signalRules[rule],
        series: rows.reduce((sum, r) => sum + r.watched, 0),
        falseAlarms: rows.reduce((sum, r) => sum + r.false_alarms, 0),
      }))
      .sort((a, b) => gravity(a.rule) - gravity(b.rule))
  }

  #newest(state: State): Promise<readonly Row[]> {
    return this.#rows.get(String(state.publication), async () => {
      const rows = await this.#db.query<Row>(
        `select distinct on (rule, about) rule, about, body, watched, false_alarms from signal
         where publication <= $1 order by rule, about, publication desc`,
        [state.publication],
      )
      // A rule of a later version, in data that this one reads.
      return rows.filter((r) => Object.hasOwn(signalRules, r.rule))
    })
  }

  async #read(state: State): Promise<readonly Signal[]> {
    const rows = (await this.#newest(state)).map((row) => ({
      ...row,
      signals: JSON.parse(row.body) as readonly StoredSignal[],
    }))
    const ids = new Set(rows.flatMap((r) => r.signals.flatMap((s) => s.subject ?? [])))
    const subjects = await this.#subjectsOf(state, [...ids])
    const indicators = await this.#indicators(state)
    const standards = await this.#standards.all(state)
    const answers = await this.#answers(state)
    const dates = await this.#dates(state)
    const services = await this.#servicesOfSources(state)
    const read = rows.flatMap(({ rule, about, signals }) =>
      signals.flatMap(({ subject: id, period, seen, first }): Signal[] => {
        const subject = id === null ? null : subjects.get(id)
        if (subject === undefined) return []
        const kind = signalRules[rule]
        const standard = kind === 'late' ? null : (standards.get(about)?.standard ?? null)
        const indicator = kind === 'late' ? null : indicators.get(standard?.indicator ?? about)
        const key = keyOf(rule, subject?.code ?? null, about, period)
        return [
          {
            key,
            rule,
            kind,
            subject,
            about,
            indicator: indicator ?? null,
            standard,
            service: standard?.service ?? indicator?.service ?? services.get(about) ?? null,
            period,
            seen,
            firstSeen: dates.get(first) ?? '',
            answers: answers.get(key) ?? [],
            acts: [],
          },
        ]
      }),
    )
    return inOrder(read)
  }

  async #subjectsOf(state: State, ids: readonly number[]) {
    const listed = await this.#subjects.listings(state, ids)
    const parents = new Set([...listed.values()].flatMap((l) => l.parents))
    const areas = await this.#subjects.listings(state, [...parents])
    return new Map(
      [...listed].map(([id, { kind, code, name, parents: within }]): [number, SignalSubject] => [
        id,
        {
          kind,
          code,
          name,
          areas: within.flatMap((parent) => {
            const area = areas.get(parent)
            const level = area?.level ?? ''
            return area && (areaLevels as readonly string[]).includes(level)
              ? [{ code: area.code, name: area.name, level }]
              : []
          }),
        },
      ]),
    )
  }

  async #answers(state: State): Promise<ReadonlyMap<string, Answer[]>> {
    const rows = await this.#db.query<Answer & { signal: string }>(
      `select id, signal, kind, text, role, name, given_on::text as "givenOn",
         by_when::text as "byWhen", indicator, recorded_at as "recordedAt"
       from signal_answer where id <= $1 order by id`,
      [state.answers],
    )
    return Map.groupBy(rows, (r) => r.signal)
  }

  async #dates(state: State): Promise<ReadonlyMap<number, string>> {
    const rows = await this.#db.query<{ id: number; at: string }>(
      'select id, published_at as at from publication where id <= $1',
      [state.publication],
    )
    return new Map(rows.map((r) => [r.id, r.at]))
  }

  async #servicesOfSources(state: State): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#db.query<{ dataset: string; service: string }>(
      `select distinct on (dataset) dataset, service from release
       where published_in <= $1 and service is not null order by dataset, id desc`,
      [state.publication],
    )
    return new Map(rows.map((r) => [r.dataset, r.service]))
  }
}

/**
 * By rule; within it by what they are about, that with the most signals first; there the farthest off
 * first, the surest, and by name, so that equal ones keep one order.
 */
export function inOrder(signals: readonly Signal[]): Signal[] {
  const group = (s: Signal): string => `${s.rule} ${s.about}`
  const sizes = new Map([...Map.groupBy(signals, group)].map(([key, some]) => [key, some.length]))
  const size = (s: Signal): number => sizes.get(group(s)) ?? 0
  return [...signals].sort(
    (a, b) =>
      gravity(a.rule) - gravity(b.rule) ||
      size(b) - size(a) ||
      compare(a.about, b.about) ||
      distance(b) - distance(a) ||
      (a.seen.wrong ?? 0) - (b.seen.wrong ?? 0) ||
      compare(a.subject?.name ?? '', b.subject?.name ?? '') ||
      compare(a.key, b.key),
  )
}

/** How far off a value is from what is asked, or from the whole, or a group from another; 0 for none. */
function distance({ seen, rule }: Signal): number {
  if (seen.gap) return Math.abs(seen.gap.now.value)
  const far = rule === 'far-worse' || rule === 'far-better' ? seen.whole?.value : undefined
  const from = seen.threshold ?? far
  return seen.value === undefined || from === undefined ? 0 : Math.abs(seen.value - from)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
