import {
  analyseFrontier,
  type FrontierData,
  FrontierError,
  malmquist,
  type SolvedUnit,
  subsampleScores,
} from '@plumbline/frontier'
import type { Taken } from './columns.ts'
import type { Study } from './study.ts'

export const returnsToScale = ['increasing', 'constant', 'decreasing'] as const
export const efficiencies = ['no', 'weak', 'strong'] as const

/** How many parts are drawn for an interval: as many as a publication has time for. */
export const replicates = 60

/** What a study found of one provider. */
export interface Found {
  /**
   * The share of its inputs with which it could do what it does, if it did as well as the best seen
   * that are like it and of its size (variable returns). 1: none seen does it with less.
   */
  readonly score: number
  /** Limits at 95% of the score against the best possible; null where nobody can say. */
  readonly limits: { readonly lower95: number; readonly upper95: number } | null
  /** The score where size counts as a choice too (constant returns). */
  readonly constant: number
  readonly returns: (typeof returnsToScale)[number]
  readonly efficient: (typeof efficiencies)[number]
  /** What it would use and achieve on the frontier, by column. */
  readonly targets: readonly number[]
  /** Places among those taken. */
  readonly peers: readonly { readonly unit: number; readonly weight: number }[]
}

export interface YearFound {
  /** Why there is no frontier, in a sentence; null where there is one. */
  readonly refused: string | null
  readonly units: readonly (Found | null)[]
  /** Providers drawn for each part. */
  readonly part: number
}

/** The columns of those taken as a frontier takes them: what makes work harder is a fixed output. */
export function frontierData(study: Study, { columns }: Taken): FrontierData {
  const inputs = columns.slice(0, study.inputs.length)
  const outputs = columns.slice(inputs.length, inputs.length + study.outputs.length)
  const fixed = columns.slice(inputs.length + outputs.length)
  const easier = fixed.filter((_, c) => study.fixed[c]?.makes === 'easier')
  const harder = fixed.filter((_, c) => study.fixed[c]?.makes === 'harder')
  return {
    inputs: [...inputs, ...easier],
    outputs: [...outputs, ...harder],
    fixed: {
      inputs: easier.map((_, c) => inputs.length + c),
      outputs: harder.map((_, c) => outputs.length + c),
    },
  }
}

/** Who gets the most from each pound in one year. Fewer than three times its columns are refused. */
export function analyseYear(study: Study, taken: Taken): YearFound {
  const columns = taken.columns.length
  const units = taken.subjects.length
  if (units < 3 * columns) {
    return {
      refused: `Only ${units} have all the figures, and ${3 * columns} are needed for ${columns} columns: with fewer, nearly all would look as good as the best.`,
      units: [],
      part: 0,
    }
  }
  const data = frontierData(study, taken)
  try {
    const { units: solved } = analyseFrontier(data)
    const sure = subsampleScores(data, { seed: study.seed, replicates })
    return {
      refused: null,
      part: sure.size,
      units: solved.map((unit, at) =>
        unit.kind === 'solved'
          ? foundOf(study, unit, [sure.lower[at] as number, sure.upper[at] as number], taken, at)
          : null,
      ),
    }
  } catch (error) {
    if (!(error instanceof FrontierError)) throw error
    return { refused: `${error.message}.`, units: [], part: 0 }
  }
}

function foundOf(
  study: Study,
  unit: SolvedUnit,
  [lower, upper]: readonly [number, number],
  taken: Taken,
  at: number,
): Found {
  const fixed = taken.columns.slice(study.inputs.length + study.outputs.length)
  return {
    score: unit.score,
    limits: Number.isNaN(lower + upper) ? null : { lower95: lower, upper95: Math.min(1, upper) },
    constant: unit.constantScore,
    returns: unit.returnsToScale,
    efficient: unit.efficient,
    targets: [
      ...unit.inputTargets.subarray(0, study.inputs.length),
      ...unit.outputTargets.subarray(0, study.outputs.length),
      ...fixed.map((column) => column[at] as number),
    ],
    peers: unit.peers,
  }
}

/** How productivity changed from one year to the next, by provider in both; above 1 is better. */
export interface Change {
  /** Whether the provider came nearer to the best. */
  readonly caughtUp: number
  /** Whether the best themselves moved where the provider is. */
  readonly bestMoved: number
}

/** The Malmquist index of those in both years, by subject; empty where too few are in both. */
export function changeBetween(study: Study, before: Taken, after: Taken): Map<number, Change> {
  const places = new Map(before.subjects.map((subject, at) => [subject, at]))
  const both = after.subjects.filter((subject) => places.has(subject))
  if (both.length < 3 * after.columns.length) return new Map()
  const nowAt = new Map(after.subjects.map((subject, at) => [subject, at]))
  const only = (taken: Taken, at: ReadonlyMap<number, number>): Taken => ({
    ...taken,
    subjects: both,
    columns: taken.columns.map((column) =>
      Float64Array.from(both, (subject) => column[at.get(subject) as number] as number),
    ),
  })
  const found = malmquist(
    frontierData(study, only(before, places)),
    frontierData(study, only(after, nowAt)),
  )
  return new Map(
    both.flatMap((subject, at): [number, Change][] => {
      const caughtUp = found.efficiencyChange[at] as number
      const bestMoved = found.technicalChange[at] as number
      return Number.isFinite(caughtUp * bestMoved) ? [[subject, { caughtUp, bestMoved }]] : []
    }),
  )
}
