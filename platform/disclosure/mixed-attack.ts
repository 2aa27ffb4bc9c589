import { createRequire } from 'node:module'
import type { Highs } from 'highs'
import type { Knowledge } from './mixed-knowledge.ts'
import { Programme, type Wanted } from './mixed-programme.ts'
import type { PublishedMixed } from './mixed-releases.ts'
import type { MixedHistory } from './mixed-truth.ts'

// The package's types describe a CommonJS module, which `require` gives.
const load: () => Promise<Highs> = createRequire(import.meta.url)('highs')

const threshold = 5
const nearly = 1e-6

/** A count that an attacker narrows down, and what he holds together to find its least and its most. */
export interface MixedLeak {
  readonly what: string
  readonly count: number
  readonly low: number
  readonly high: number
  readonly by: readonly [least: readonly string[], most: readonly string[]]
}

/** What releases tell: each a list of counts. */
export interface MixedLeaks {
  /** Counts from 1 to 4 of hidden figures that are told exactly, or that some release shows. */
  readonly hard: readonly MixedLeak[]
  /** Such counts that are told from fewer than 5 others, and not exactly. */
  readonly soft: readonly MixedLeak[]
  /** Other counts of hidden figures that are told exactly, but for how many people a mean or a share is of. */
  readonly large: readonly MixedLeak[]
  /** Counts from 1 to 4 of rows that no release lists and that are told exactly. */
  readonly unlisted: readonly MixedLeak[]
}

/**
 * An attacker who shares no code with what hides, and kept all releases: a linear programme over all people. He
 * knows whose groups and places they are, which of them changed between two releases, and where nobody is, so that
 * all else that is hidden is somebody.
 */
export async function attackMixed(
  history: MixedHistory,
  published: readonly PublishedMixed[],
  knowledge: Knowledge,
): Promise<MixedLeaks> {
  const leaks = { hard: [], soft: [], large: [], unlisted: [] } as Record<
    keyof MixedLeaks,
    MixedLeak[]
  >
  if (published.length === 0) return leaks
  const programme = new Programme(history, published, knowledge)
  const ends = new Ends(await load(), programme, programme.wanted())
  for (const w of ends.wanted) {
    const isFew = w.count < threshold
    const least = isFew && w.isListed ? threshold - 1 : 1
    if (!w.isShown && ends.seen(w) > least - nearly) continue
    const { low, high, by } = ends.of(w)
    const width = Math.floor(high + nearly) - Math.ceil(low - nearly)
    if (width >= least) continue
    const kind = !w.isListed ? 'unlisted' : !isFew ? 'large' : width === 0 ? 'hard' : 'soft'
    leaks[kind].push({ what: w.what, count: w.count, low, high, by })
  }
  return leaks
}

/** How few and how many some counts may be. */
class Ends {
  readonly wanted: readonly Wanted[]
  readonly #solver: Highs
  readonly #text: string
  readonly #variables: readonly string[]
  readonly #reasons: ReadonlyMap<string, string>
  readonly #seen: Map<Wanted, [low: number, high: number]>

  constructor(solver: Highs, programme: Programme, wanted: readonly Wanted[]) {
    this.wanted = wanted
    this.#solver = solver
    this.#text = programme.text
    this.#variables = programme.variables
    this.#reasons = programme.reasons
    this.#seen = new Map(wanted.map((w) => [w, [w.count, w.count]]))
  }

  /** How far apart the counts are that it had in what was found so far. */
  seen(wanted: Wanted): number {
    const [low, high] = this.#seen.get(wanted) ?? [0, 0]
    return high - low
  }

  of({ what, count, sum }: Wanted) {
    const [min, max] = [this.#solve('minimize', sum), this.#solve('maximize', sum)]
    const [low, high] = [min.value, max.value]
    if (!(low - nearly <= count && count <= high + nearly))
      throw new Error(`The attack is wrong: ${what} is ${count}, not ${low} to ${high}.`)
    return { low, high, by: [min.by, max.by] as const }
  }

  #solve(way: 'minimize' | 'maximize', objective: string) {
    const found = this.#solver.solve(`${way}\n obj: ${objective}\n${this.#text}`)
    if (found.Status !== 'Optimal') throw new Error(`The attack found nothing: ${found.Status}.`)
    const columns = found.Columns as Record<string, { readonly Primal?: number }>
    const values = this.#variables.map((name) => columns[name]?.Primal ?? 0)
    // Each of them might be true: what is not the same in two of them is not told.
    for (const [{ form }, range] of this.#seen) {
      let value = 0
      for (const [at, sign] of form) value += sign * (values[at] ?? 0)
      range[0] = Math.min(range[0], value)
      range[1] = Math.max(range[1], value)
    }
    const rows = found.Rows as readonly { readonly Name: string; readonly Dual?: number }[]
    const by = rows.flatMap(({ Name, Dual = 0 }) =>
      Math.abs(Dual) > nearly
        ? [`${Math.round(Dual * 1000) / 1000} x ${this.#reasons.get(Name)}`]
        : [],
    )
    return { value: Math.round(found.ObjectiveValue / nearly) * nearly, by }
  }
}
