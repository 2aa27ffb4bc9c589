import { type SignalKind, signalKinds } from '../../../desk/signal.ts'
import { type Signal, standingOf } from '../../../desk/store.ts'
import { nameFilter } from '../../../providers/name-filter.ts'
import { kindWords, whoWords } from './signal-words.ts'

/** In which order the desk lists signals: the gravest, the newest or by name. */
export const deskOrders = ['gravity', 'newest', 'name'] as const
export type DeskOrder = (typeof deskOrders)[number]

/** What the desk is narrowed to; an empty text narrows nothing. */
export interface DeskQuery {
  readonly service: string
  /** The code of an area. */
  readonly place: string
  readonly kind: SignalKind | ''
  readonly answered: 'yes' | 'no' | ''
  /** Whether a steward looks after it: `open` for nobody yet. Empty for all that are not closed. */
  readonly standing: 'open' | 'taken' | 'closed' | 'all' | ''
  /** Who set the standard. */
  readonly regime: string
  /** The code of a standard, an indicator or a source. */
  readonly about: string
  /** Part of a name, or a code. */
  readonly q: string
  readonly order: DeskOrder
  readonly page: number
  readonly search: URLSearchParams
}

function fits(s: Signal, q: DeskQuery, isNamed: (text: string) => boolean): boolean {
  const standing = standingOf(s)
  return (
    (q.standing === '' ? standing !== 'closed' : q.standing === 'all' || q.standing === standing) &&
    (q.service === '' || s.service === q.service) &&
    (q.place === '' || (s.subject?.areas.some((a) => a.code === q.place) ?? false)) &&
    (q.kind === '' || s.kind === q.kind) &&
    (q.answered === '' || s.answers.length > 0 === (q.answered === 'yes')) &&
    (q.regime === '' || s.standard?.setBy === q.regime) &&
    (q.about === '' || s.about === q.about) &&
    isNamed(`${whoWords(s)} ${s.subject?.code ?? ''}`)
  )
}

/** The signals that fit, in the order asked for; `all` is in the order of gravity. */
export function narrow(all: readonly Signal[], q: DeskQuery): readonly Signal[] {
  const isNamed = nameFilter(q.q)
  const some = all.filter((s) => fits(s, q, isNamed))
  if (q.order === 'name') {
    return some.sort((a, b) => whoWords(a).localeCompare(whoWords(b), 'en-GB'))
  }
  return q.order === 'newest'
    ? some.sort((a, b) => (a.firstSeen < b.firstSeen ? 1 : a.firstSeen > b.firstSeen ? -1 : 0))
    : some
}

/** "2 floors missed, 1 late or missing figure": those kinds that there are, the gravest first. */
export function countsText(some: readonly Signal[], kinds: readonly SignalKind[]): string[] {
  return kinds.flatMap((kind) => {
    const n = some.filter((s) => s.kind === kind).length
    const { one, many } = kindWords[kind]
    return n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]
  })
}

/** Kinds that need somebody to act. */
export const needing: readonly SignalKind[] = signalKinds.filter(
  (k) => k !== 'success' && k !== 'improving',
)
