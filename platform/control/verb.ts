import { closest, distance } from 'fastest-levenshtein'
import type { Database } from '../database/database.ts'

/** How far a long piece of work is. */
export interface Progress {
  readonly kind: 'progress'
  /** What is being done: "Reading england-ks2.csv". */
  readonly label: string
  readonly done: number
  /** Null when it is not known how much there is. */
  readonly total: number | null
  /** How many a second. */
  readonly rate: number | null
  readonly secondsLeft: number | null
}

/** A line for the terminal or for whoever reads the output. */
export interface Line {
  readonly kind: 'line'
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/** What a verb says while it works. */
export type ProgressEvent = Progress | Line

/** What a verb is given to work with. */
export interface VerbContext {
  readonly db: Database
  /** The folder that the user stands in: paths in the arguments are relative to it. */
  readonly cwd: string
  /** Is told of a publication just before it counts; done when pages that rest on it can be made at once. */
  readonly ahead?: ((publication: number) => Promise<void>) | undefined
}

/**
 * One thing that the command line does, such as `import`. Gives the exit code; stops soon after
 * `signal` is aborted.
 */
export type Verb = (
  args: string[],
  context: VerbContext,
  emit: (event: ProgressEvent) => void,
  signal: AbortSignal,
) => Promise<number>

/** The verbs by their names. */
export type Verbs = ReadonlyMap<string, Verb>

/** Exit codes that every verb shares; a verb's own lie between 2 and 63. */
export const exitCodes = {
  done: 0,
  failed: 1,
  unknownVerb: 64,
  folderOwned: 73,
  serverGone: 75,
  cancelled: 130,
} as const

/** What the program does by itself, without a database: whoever mistypes it looks for it in the same list. */
const ofProgram = ['help', 'start'] as const

/** Runs a verb; a failure becomes a line and an exit code. */
export async function runVerb(
  verbs: Verbs,
  name: string,
  args: string[],
  context: VerbContext,
  emit: (event: ProgressEvent) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  const say = (text: string): void => emit({ kind: 'line', stream: 'stderr', text })
  const verb = verbs.get(name)
  if (!verb) {
    const known = [...verbs.keys(), ...ofProgram].sort()
    const near = closest(name, known)
    const meant = distance(name, near) <= 2 ? ` Did you mean "${near}"?` : ''
    say(`There is no "${name}".${meant} Plumbline knows: ${known.join(', ')}.`)
    return exitCodes.unknownVerb
  }
  try {
    const code = await verb(args, context, emit, signal)
    return signal.aborted && code === exitCodes.done ? exitCodes.cancelled : code
  } catch (error) {
    if (signal.aborted) {
      say('Cancelled.')
      return exitCodes.cancelled
    }
    say(error instanceof Error ? error.message : String(error))
    return exitCodes.failed
  }
}
