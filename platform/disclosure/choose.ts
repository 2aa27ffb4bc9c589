import { withContained } from './contained-places.ts'
import { type Counted, LiesInNone, type Located, type PlaceSum } from './counts.ts'
import type { DisclosureDeclaration } from './declaration.ts'
import { earlierOfAll, joined } from './earlier-of-all.ts'
import type { FigurePart } from './figure-part.ts'
import { hideFigures, type Suppress, type Verdict } from './hide.ts'
import type { Earlier } from './history.ts'
import { nestedFigures } from './nested-figures.ts'
import { placeSumsOf } from './place-levels.ts'
import { withRenamed } from './renamed.ts'
import { type RoundedCounts, roundFigures } from './round.ts'
import { needsRoundable } from './roundable.ts'
import { PartsAboveTotal, plainGroup } from './sums.ts'
import { named } from './ties.ts'
import { hangingTogether, type Placed, type ReadsTies, told } from './together.ts'
import { leaked, UnsafeRelease } from './unsafe-release.ts'
import { countWithheld, mayWithhold } from './withheld.ts'

export interface ToChoose extends ReadsTies {
  /** What messages call it: "Release 12", or the file's name. */
  readonly what: string
  readonly dataset: string
  readonly locate: (subject: number) => Located | null
  /** All whom `locate` knows, listed or not; left out where what no file lists is not looked at. */
  readonly everyone?: () => Iterable<number>
  /** What messages call a provider or place. */
  readonly name: (subject: number) => string
  readonly code: (subject: number) => string
  /** What decides which way counts are rounded. */
  readonly secret: () => Promise<string>
  readonly suppress?: Suppress | undefined
  readonly signal?: AbortSignal | undefined
}

/** What is to become of each figure. */
export interface Choice<P extends FigurePart> {
  /** Whether it is shown, by its place in the part. */
  readonly verdicts: ReadonlyMap<P, readonly Verdict[]>
  /** The counts that are shown in place of its own; null where there are none, or nothing is rounded. */
  readonly rounded: ReadonlyMap<P, readonly (RoundedCounts | null)[]>
  readonly figures: number
  readonly hidden: number
}

/** What is decided of the figures of one indicator and period, in their order. */
interface Decided {
  readonly verdicts: readonly Verdict[]
  readonly rounded: readonly RoundedCounts[] | null
}

/**
 * Chooses what must not be shown of some figures, or how they are rounded, whether they are stored or only read:
 * stores nothing.
 * @throws UnsafeRelease where nothing makes them safe.
 */
export async function chooseShown<P extends FigurePart>(
  parts: readonly P[],
  to: ToChoose,
): Promise<Choice<P>> {
  const verdicts = new Map<P, Verdict[]>()
  const rounded = new Map<P, (RoundedCounts | null)[]>()
  let [figures, hidden] = [0, 0]
  needsKnown(to)
  for (const { some, placed, linked, renamed } of await hangingTogether(parts, to)) {
    to.signal?.throwIfAborted()
    // Those that were made safe before are none of these, and yet figures of the file.
    for (const p of some.filter((one) => mayWithhold(one, to.declared))) {
      const safe = countWithheld(p)
      figures += safe.figures
      hidden += safe.hidden
    }
    const found = await decide(withRenamed(to, renamed), (some[0] as P).period, placed, linked)
    placed.forEach(({ holder, at }, i) => {
      const own = verdicts.get(holder) ?? Array.from(holder.subjects, () => 'shown' as const)
      own[at] = found.verdicts[i] ?? 'shown'
      verdicts.set(holder, own)
      figures += 1
      if (own[at] !== 'shown') hidden += 1
      if (found.rounded === null) return
      const counts = rounded.get(holder) ?? Array.from(holder.subjects, () => null)
      counts[at] = found.rounded[i] ?? null
      rounded.set(holder, counts)
    })
  }
  return { verdicts, rounded, figures, hidden }
}

async function decide<P extends FigurePart>(
  to: ToChoose,
  period: string,
  listed: readonly Placed<P>[],
  indicators: readonly string[],
): Promise<Decided> {
  const { declared, locate, name } = to
  const what = `${to.what}, ${indicators.join(' and ')} in ${period}`
  const found = await earlierOfAll(to, indicators, period)
  for (const one of found) needsSameWay(what, one, declared)
  const held = heldAgainst(listed, to.alone ? [] : joined(found), to)
  const [figures, earlier] = nestedFigures(what, ...held, declared)
  const all = [...figures, ...earlier.flatMap((one) => one.figures)]
  const subjects = new Set(all.map((f) => f.subject))
  try {
    const located = withContained(locate, subjects, to.everyone?.() ?? [])
    const places = placeSumsOf([...subjects], located, declared.chains)
    return declared.rules
      ? await hide(to, what, figures, places, earlier)
      : await round(to, what, period, figures, places, earlier)
  } catch (error) {
    if (error instanceof LiesInNone) throw liesInNone(what, error, name)
    if (error instanceof PartsAboveTotal)
      throw new UnsafeRelease(`${what}: ${error.message}`, `${what}: ${error.unnamed}`)
    throw error
  }
}

/** The figures, and what was public before, as far as their counts tell of anybody. */
function heldAgainst<F extends Counted>(
  figures: readonly F[],
  earlier: readonly Earlier[],
  to: ToChoose,
): [readonly F[], readonly Earlier[]] {
  const all = [...figures, ...earlier.flatMap((one) => one.figures)]
  return [
    told(figures, all, to),
    earlier.map((one) => ({ ...one, figures: told(one.figures, all, to) })),
  ]
}

async function hide(
  { declared, suppress, name }: ToChoose,
  what: string,
  figures: readonly Counted[],
  places: readonly PlaceSum[],
  earlier: readonly Earlier[],
): Promise<Decided> {
  const { rules, links, bases } = declared
  if (!rules) throw new Error(`${what} is hidden by no rules.`)
  const { verdicts, audit } = await hideFigures(
    { figures, places, rules, earlier, links, bases },
    suppress,
  )
  const { leaks } = audit
  if (leaks[0]) throw leaked(what, leaks[0].key, leaks.length, name)
  return { verdicts, rounded: null }
}

async function round<P extends FigurePart>(
  to: ToChoose,
  what: string,
  period: string,
  figures: readonly Placed<P>[],
  places: readonly PlaceSum[],
  earlier: readonly Earlier[],
): Promise<Decided> {
  const { declared, name, code, dataset } = to
  if (!declared.round) throw new Error(`${what} is rounded to nothing.`)
  for (const [indicator, some] of Map.groupBy(figures, (f) => f.indicator))
    needsRoundable(what, some, to.indicators.get(indicator), name)
  const { rounded, audit } = await roundFigures({
    figures,
    places,
    round: declared.round,
    secret: await to.secret(),
    nameOf: (f) => `${dataset}|${f.indicator}|${period}|${code(f.subject)}|${plainGroup(f.group)}`,
    links: declared.links,
    earlier: earlier.flatMap(({ figures, rounding }) =>
      rounding ? [{ figures, rounded: rounding.counts }] : [],
    ),
  })
  const { leaks } = audit
  if (leaks[0]) throw leaked(what, leaks[0].key, leaks.length, name)
  return { verdicts: figures.map(() => 'shown' as const), rounded }
}

/** Figures that were public in one way tell, held against another, what neither shows. */
function needsSameWay(what: string, { rounding }: Earlier, { round }: DisclosureDeclaration): void {
  const [was, is] = [rounding?.base ?? null, round?.base ?? null]
  if (was === is) return
  const way = (base: number | null): string =>
    base === null ? 'hides small counts' : `rounds counts to ${base}`
  throw new UnsafeRelease(
    `${what}: the release before ${way(was)}, and this one ${way(is)}: held against each other they would tell counts that neither shows. Nothing was published. Leave the descriptor as it was for these figures; a new period may have another way.`,
  )
}

/** A link that names no indicator protects nothing, and nobody would see that. */
function needsKnown({ what, declared, indicators }: ToChoose): void {
  const unknown = [...named(declared), ...declared.withheld].find((code) => !indicators.has(code))
  if (unknown === undefined) return
  throw new UnsafeRelease(
    `${what}: its descriptor links ${unknown}, and no indicator has this code. Nothing was published. Correct the links of the descriptor.`,
  )
}

function liesInNone(what: string, error: LiesInNone, name: ToChoose['name']): UnsafeRelease {
  const rest = (who: string, its: string): string =>
    `${what}: ${who} lies in no ${error.levels.join(' or ')} that is known, so nobody can say what ${its} figures add up to. Import the register of places first, or correct the chains of the descriptor.`
  return new UnsafeRelease(rest(name(error.subject), 'its'), rest('a place', 'its'))
}
