import type { Reader, State } from '../comparison/reader.ts'

/** What something may be said of: a report card, a figure, a judgement, a signal on the desk. */
export const matterKinds = ['card', 'figure', 'judgement', 'signal'] as const
export type MatterKind = (typeof matterKinds)[number]

/** What is said of one provider, to which it may reply. */
export interface Matter {
  /** The provider's code. */
  readonly provider: string
  readonly kind: MatterKind
  /** The code of the service whose card it is, of the indicator or the standard; or the signal's key. */
  readonly about: string
}

/** The same for what is said of one provider again and again. */
export const matterKey = ({ kind, about }: Pick<Matter, 'kind' | 'about'>): string =>
  `${kind}:${about}`

/** A matter that is there: something is said of this provider now. */
export interface KnownMatter extends Matter {
  readonly providerName: string
  /** The indicator's or standard's name; empty for a card, and for a signal that is about neither. */
  readonly name: string
  /** The period of what stands now; empty where it has none. */
  readonly period: string
  readonly service: string | null
}

/** The matter, if something of that kind is said of the provider; else null. */
export async function knownMatter(
  reader: Reader,
  state: State,
  { provider, kind, about }: Matter,
): Promise<KnownMatter | null> {
  const subject = await reader.subject(state, provider)
  if (subject?.kind !== 'provider') return null
  const matter = { provider, kind, about, providerName: subject.name, service: subject.service }
  if (kind === 'figure') {
    const series = subject.series.find((s) => s.indicator === about)
    const indicator = (await reader.indicators(state)).get(about)
    if (!series || !indicator) return null
    return { ...matter, name: indicator.name, period: series.figures.at(-1)?.period ?? '' }
  }
  if (kind === 'judgement') {
    const judged = await reader.standards.of(state, provider)
    const found = judged.find((j) => j.standard.code === about)
    return found ? { ...matter, name: found.standard.name, period: found.period } : null
  }
  if (kind === 'signal') {
    const signals = await reader.desk.of(state, provider, new Date().toISOString().slice(0, 10))
    const found = signals.find((s) => s.key === about)
    const name = found?.standard?.name ?? found?.indicator?.name ?? ''
    return found ? { ...matter, name, period: found.period } : null
  }
  if (subject.service === null || subject.service !== about) return null
  const card = await reader.cards.of(state, subject.service, provider)
  return card ? { ...matter, name: '', period: '' } : null
}
