import { statuses } from '../evidence/descriptor.ts'
import type { Indicator } from '../evidence/indicator.ts'
import { PartsAboveTotal } from './cells.ts'
import { type Counted, LiesInNone, type Located, placeSums } from './counts.ts'
import type { DisclosureDeclaration } from './declaration.ts'
import { type Earlier, hideFigures, type Suppress, type Verdict } from './hide.ts'

/** A release cannot be made safe, or its counts cannot be true; the message names the figures. */
export class UnsafeRelease extends Error {
  override name = 'UnsafeRelease'
  /** The same in counts alone: for whoever may not know which figures are small. */
  readonly unnamed: string
  /** How many counts could be worked out; 0 where something else is wrong. */
  readonly leaks: number

  constructor(message: string, unnamed = message, leaks = 0) {
    super(message)
    this.unnamed = unnamed
    this.leaks = leaks
  }
}

/** Figures of one indicator, period and group, a column each, as a draft or a file in hand has them. */
export interface FigurePart {
  readonly indicator: string
  readonly breakdown: string
  readonly period: string
  readonly subjects: ArrayLike<number>
  readonly value: ArrayLike<number | null>
  readonly status: ArrayLike<number> | null
  readonly numerator: ArrayLike<number | null> | null
  readonly denominator: ArrayLike<number | null> | null
}

export interface ToChoose {
  /** What messages call it: "Release 12", or the file's name. */
  readonly what: string
  readonly declared: DisclosureDeclaration
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly locate: (subject: number) => Located | null
  /** What messages call a provider or place. */
  readonly name: (subject: number) => string
  /** What the release before said and hid of an indicator and period. */
  readonly earlier: (indicator: string, period: string) => Promise<Earlier | null>
  readonly suppress?: Suppress | undefined
  readonly signal?: AbortSignal | undefined
}

/** Which figures are not to be shown, and how many of how many that is. */
export interface Choice<P extends FigurePart> {
  readonly verdicts: ReadonlyMap<P, readonly Verdict[]>
  readonly figures: number
  readonly hidden: number
}

/** A figure, and where it stands. */
interface Placed<P> extends Counted {
  readonly holder: P
  readonly at: number
}

/**
 * Chooses what must not be shown of some figures, whether they are stored or only read: stores nothing.
 * @throws UnsafeRelease where no pattern is safe.
 */
export async function chooseHidden<P extends FigurePart>(
  parts: readonly P[],
  to: ToChoose,
): Promise<Choice<P>> {
  const verdicts = new Map<P, Verdict[]>()
  let [figures, hidden] = [0, 0]
  for (const [, some] of Map.groupBy(parts, (p) => `${p.indicator}\n${p.period}`)) {
    to.signal?.throwIfAborted()
    const placed = some.flatMap((p) => counted(p, to.indicators.get(p.indicator)))
    const found = await hide(to, some[0] as P, placed)
    placed.forEach(({ holder, at }, i) => {
      const own = verdicts.get(holder) ?? Array.from(holder.subjects, () => 'shown' as const)
      own[at] = found[i] ?? 'shown'
      verdicts.set(holder, own)
      figures += 1
      if (found[i] !== 'shown') hidden += 1
    })
  }
  return { verdicts, figures, hidden }
}

/** The counts behind the figures of a part; those without a value tell nothing. */
function counted<P extends FigurePart>(part: P, indicator: Indicator | undefined): Placed<P>[] {
  return Array.from(part.subjects, (subject, at): Placed<P>[] => {
    const status = statuses[part.status?.[at] ?? 0]
    const value = part.value[at] ?? Number.NaN
    if (status !== 'value' || Number.isNaN(value)) return []
    const isCount = indicator?.kind === 'count'
    const count = part.numerator?.[at] ?? (isCount ? value : Number.NaN)
    if (Number.isNaN(count)) {
      throw new UnsafeRelease(
        `${part.indicator} has no counts: a descriptor that asks for disclosure control names the numerator of every figure.`,
      )
    }
    const base = indicator?.kind === 'proportion' ? (part.denominator?.[at] ?? null) : null
    return [{ subject, group: part.breakdown, part: count, base, holder: part, at }]
  }).flat()
}

async function hide<P extends FigurePart>(
  to: ToChoose,
  { indicator, period }: P,
  figures: readonly Placed<P>[],
): Promise<readonly Verdict[]> {
  const { declared, locate, name, suppress } = to
  const earlier = ofKind(await to.earlier(indicator, period), to.indicators.get(indicator))
  const what = `${to.what}, ${indicator} in ${period}`
  const subjects = new Set([...figures, ...(earlier?.figures ?? [])].map((f) => f.subject))
  try {
    const places = placeSums([...subjects], locate, declared.chains)
    const found = await hideFigures({ figures, places, rules: declared.rules, earlier }, suppress)
    const { leaks } = found.audit
    if (leaks[0]) throw leaked(what, leaks[0].key, leaks.length, name)
    return found.verdicts
  } catch (error) {
    if (error instanceof LiesInNone) throw liesInNone(what, error, name)
    if (error instanceof PartsAboveTotal)
      throw new UnsafeRelease(`${what}: ${error.message}`, `${what}: ${error.unnamed}`)
    throw error
  }
}

/** A rate's population is no base of people: it is kept beside its counts, and is none of them. */
function ofKind(earlier: Earlier | null, indicator: Indicator | undefined): Earlier | null {
  if (!earlier || indicator?.kind === 'proportion') return earlier
  return { ...earlier, figures: earlier.figures.map((f) => ({ ...f, base: null })) }
}

function leaked(what: string, key: string, all: number, name: ToChoose['name']): UnsafeRelease {
  const parts = decodeURIComponent(key.replace(/\?$/, '')).split('|')
  const [, , subject = '', group = ''] = parts
  const whose = /^\d+$/.test(subject) ? name(Number(subject)) : 'what is left of a place'
  const could =
    'could be worked out from what is public, whatever is hidden now. Nothing was published.'
  return new UnsafeRelease(
    `${what}: the figure of ${whose}${group === '' ? '' : ` (${group})`} ${could} Leave this part out of the file, or correct it.`,
    `${what}: ${all === 1 ? '1 count' : `${all} counts`} ${could} A steward can see which: plumbline check names them.`,
    all,
  )
}

function liesInNone(what: string, error: LiesInNone, name: ToChoose['name']): UnsafeRelease {
  const rest = (who: string, its: string): string =>
    `${what}: ${who} lies in no ${error.levels.join(' or ')} that is known, so nobody can say what ${its} figures add up to. Import the register of places first, or correct the chains of the descriptor.`
  return new UnsafeRelease(rest(name(error.subject), 'its'), rest('a place', 'its'))
}
