import type { ProgressEvent } from '../control/verb.ts'
import { type Asked, readAsked } from './asked.ts'

/** The verbs' own exit codes, documented in docs/operations.md. */
export const verbCodes = { refused: 2, wrongWords: 3 } as const

export type Emit = (event: ProgressEvent) => void

/** Says a line, to whoever reads or to whoever looks for what went wrong. */
export const line = (emit: Emit, text: string, stream: 'stdout' | 'stderr' = 'stdout'): void =>
  emit({ kind: 'line', stream, text })

/** The words after a verb; null where they make no sense, which has been said then. */
export function parse(args: string[], emit: Emit): Asked | null {
  try {
    return readAsked(args)
  } catch (error) {
    line(emit, (error as Error).message, 'stderr')
    return null
  }
}
