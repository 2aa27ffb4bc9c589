import { type FrontierData, isFixed } from './data.ts'
import type { Place } from './place.ts'
import type { Mix } from './programme/mix.ts'

/** A unit on the frontier with which another is compared, and its weight in the mix. */
export interface Peer {
  readonly unit: number
  readonly weight: number
}

export interface SolvedUnit {
  readonly kind: 'solved'
  /** Under the returns asked for. */
  readonly score: number
  readonly constantScore: number
  readonly variableScore: number
  /** `constantScore / variableScore`: what is lost by being of the wrong size. */
  readonly scaleEfficiency: number
  /**
   * Whether output would grow more than (`increasing`), as much as, or less than (`decreasing`) input at
   * the unit's place on the frontier. Unlike the sum of weights, it does not hang on which of
   * several best mixes the solver met (Färe, Grosskopf and Lovell 1985).
   */
  readonly returnsToScale: 'increasing' | 'constant' | 'decreasing'
  /** `weak`: no input can shrink in proportion with all others, yet some can shrink or an output grow. */
  readonly efficient: 'strong' | 'weak' | 'no'
  /** The greatest share of the mix first; a strongly efficient unit is its own and only peer. */
  readonly peers: readonly Peer[]
  /** What could still be saved of each input after the shrinking; 0 for what is fixed. */
  readonly inputSlacks: Float64Array
  /** What more of each output could be had; 0 for what is fixed. */
  readonly outputSlacks: Float64Array
  /** What the unit would use and achieve on the frontier, in the data's own units. */
  readonly inputTargets: Float64Array
  readonly outputTargets: Float64Array
}

/** The solver's answers for this unit did not pass the checks, so there is none. */
export interface UnsolvedUnit {
  readonly kind: 'unsolved'
}

/** Slacks below this part of the unit's own value are rounding. */
const rounding = 1e-6

/** A unit's place and mix in the data's own units. */
export function resultOf(
  data: FrontierData,
  unit: number,
  score: number,
  place: Place,
  mix: Mix,
): SolvedUnit {
  const sides = {
    inputs: sideOf('inputs', data, unit, score, mix),
    outputs: sideOf('outputs', data, unit, 1, mix),
  }
  const spare = [...sides.inputs.slacks, ...sides.outputs.slacks].some((slack) => slack > 0)
  const efficient = score < 1 ? 'no' : spare ? 'weak' : 'strong'
  return {
    kind: 'solved',
    score,
    ...place,
    efficient,
    peers: efficient === 'strong' ? [{ unit, weight: 1 }] : peersOf(mix),
    inputSlacks: sides.inputs.slacks,
    outputSlacks: sides.outputs.slacks,
    inputTargets: sides.inputs.targets,
    outputTargets: sides.outputs.targets,
  }
}

const peersOf = (mix: Mix): Peer[] =>
  mix.parts.toSorted((a, b) => b.share - a.share).map(({ unit, weight }) => ({ unit, weight }))

function sideOf(
  side: 'inputs' | 'outputs',
  data: FrontierData,
  unit: number,
  score: number,
  mix: Mix,
): { readonly slacks: Float64Array; readonly targets: Float64Array } {
  const columns = data[side]
  const first = side === 'inputs' ? 0 : data.inputs.length
  const slacks = new Float64Array(columns.length)
  const targets = Float64Array.from(columns, (column) => column[unit] as number)
  columns.forEach((_, c) => {
    if (isFixed(data, side, c)) return
    const share = mix.slack[first + c] as number
    const slack = share > rounding ? share * (mix.scale[first + c] as number) : 0
    slacks[c] = slack
    const own = targets[c] as number
    targets[c] = side === 'inputs' ? own * score - slack : own + slack
  })
  return { slacks, targets }
}
