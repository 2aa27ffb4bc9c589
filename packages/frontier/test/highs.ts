import type { LegacyHighs } from 'highs'
import type { FrontierData, Returns } from '../src/data.ts'

// The package's types describe a CommonJS module, where Node gets an ES module.
const loaded: { readonly default: unknown } = await import('highs')
if (typeof loaded.default !== 'function') throw new Error('highs has no loader')
const solver: LegacyHighs = await loaded.default()

/**
 * The second opinion: the textbook's envelopment programmes, written from the raw data and solved by HiGHS.
 * Nothing of it is shared with the package but the data.
 */
export interface Asked {
  readonly data: FrontierData
  /** The unit whose inputs should shrink. */
  readonly unit: number
  readonly returns: Returns
  /** Left out of the reference points. */
  readonly except?: number
  /** The reference points, where they are another period's. */
  readonly reference?: FrontierData
}

/** The radial score, or undefined where no mix achieves what the unit does. */
export function highsScore(asked: Asked): number | undefined {
  return solve(`Minimize\n obj: t\nSubject To\n${rowsOf(asked, undefined)}End\n`)
}

/** The greatest sum of slacks, each as a share of the unit's own value, at this score. */
export function highsSlack(asked: Asked, score: number): number | undefined {
  const { data } = asked
  const names = [
    ...data.inputs.map((_, c) => ({ name: `si${c}`, fixed: data.fixed?.inputs?.includes(c) })),
    ...data.outputs.map((_, c) => ({ name: `so${c}`, fixed: data.fixed?.outputs?.includes(c) })),
  ]
  const own = [...data.inputs, ...data.outputs].map((column) => column[asked.unit] as number)
  const sum = names.flatMap(({ name, fixed }, at) =>
    fixed ? [] : [`${1 / (own[at] as number)} ${name}`],
  )
  return solve(`Maximize\n obj: ${sum.join('\n + ')}\nSubject To\n${rowsOf(asked, score)}End\n`)
}

function rowsOf(
  { data, unit, returns, except, reference = data }: Asked,
  score: number | undefined,
): string {
  const others = Array.from((reference.inputs[0] as Float64Array).keys()).filter(
    (j) => j !== except,
  )
  const average = data.fixed?.as !== 'amount'
  const lines: string[] = []
  const add = (
    terms: readonly (readonly [number, string])[],
    relation: string,
    right: number,
  ): void => {
    const scale = Math.max(...terms.map(([by]) => Math.abs(by))) || 1
    const text = terms.map(([by, name]) => `${by < 0 ? '-' : '+'} ${Math.abs(by) / scale} ${name}`)
    lines.push(` c${lines.length}: ${text.join('\n ')} ${relation} ${right / scale}\n`)
  }
  for (const side of ['inputs', 'outputs'] as const) {
    data[side].forEach((column, c) => {
      const own = column[unit] as number
      const fixed = data.fixed?.[side]?.includes(c) ?? false
      const shift = fixed && average ? own : 0
      const mix = others.map(
        (j) => [((reference[side][c] as Float64Array)[j] as number) - shift, `l${j}`] as const,
      )
      const wanted = fixed && average ? 0 : own
      const slack =
        score === undefined ? [] : [[side === 'inputs' ? 1 : -1, `s${side[0]}${c}`] as const]
      const relation = score === undefined ? (side === 'inputs' ? '<=' : '>=') : '='
      if (side === 'inputs' && !fixed && score === undefined)
        add([...mix, [-own, 't']], relation, 0)
      else
        add(
          [...mix, ...slack],
          relation,
          side === 'inputs' && !fixed ? (score as number) * own : wanted,
        )
    })
  }
  const weights = others.map((j) => [1, `l${j}`] as const)
  const sums = { variable: '=', 'non-increasing': '<=', 'non-decreasing': '>=' } as const
  if (returns !== 'constant') add(weights, sums[returns], 1)
  return lines.join('')
}

/**
 * By default HiGHS lets a price be wrong by 1e-7, which can move a score by 1e-3. Where it cannot come to an
 * end at the finest tolerance, it may at the next.
 */
const tolerances = [1e-10, 1e-9, 1e-8]

function solve(text: string): number | undefined {
  let infeasible = false
  for (const tolerance of tolerances) {
    const answer = solver.solve(text, {
      primal_feasibility_tolerance: tolerance,
      dual_feasibility_tolerance: tolerance,
    })
    if (answer.Status === 'Optimal') return answer.ObjectiveValue
    infeasible = answer.Status === 'Infeasible'
  }
  if (infeasible) return undefined
  throw new Error('HiGHS finds no answer')
}
