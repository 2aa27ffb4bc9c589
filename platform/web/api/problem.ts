import { closest } from 'fastest-levenshtein'
import type { PushResult } from '../../pushes/result.ts'

/** What can be wrong with a request: the last part of a problem's `type`. */
export const problemKinds = {
  'unknown-parameter': 'There is no such parameter',
  'unreadable-value': 'A parameter cannot be read',
  'unknown-value': 'A parameter names what is not known',
  'stale-cursor': 'The cursor does not fit this request',
  'nothing-here': 'There is nothing at this address',
  gone: 'What stood here has ended',
  'read-only': 'This address can only be read',
  'no-token': 'A token is needed here',
  'not-yours': 'This token may not do that',
  'refused-figures': 'The figures are refused',
  'key-used': 'The idempotency key was used for something else',
  'under-way': 'It is under way already',
  'too-large': 'More was sent than is taken',
  'wrong-type': 'Figures are not taken in this form',
  busy: 'Too much is under way',
  'not-in-range': 'The file has no such part',
  'too-many-requests': 'Too many requests',
  'unreadable-request': 'The request cannot be read',
  'our-fault': 'Something went wrong on our side',
} as const
export type ProblemKind = keyof typeof problemKinds

/** Allowed values named in a problem; more are counted. */
const mostNamed = 50

/**
 * A refusal as RFC 9457 has it, with members of our own: which parameter, what was sent, what is
 * allowed, and the allowed value that is nearest to what was sent.
 */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance?: string
  readonly parameter?: string
  readonly sent?: string
  readonly allowed?: readonly string[]
  readonly nearest?: string
  /** Who came after what has ended. */
  readonly successors?: readonly { code: string; name: string; page: string }[]
  /** Cells that were refused: the first of each rule. */
  readonly errors?: readonly RefusedCell[]
  /** What came of a push. */
  readonly push?: PushResult
}

export interface RefusedCell {
  /** Of the file that was sent; 1 is the header's, or the first object's. */
  readonly line: number
  readonly column: string | null
  readonly value: string | null
  readonly rule: string
  readonly detail: string
}

/** A refusal on its way to the answer. */
export class Refused extends Error {
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>

  constructor(
    kind: ProblemKind,
    status: number,
    detail: string,
    more: Partial<Problem> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail)
    this.problem = problem(kind, status, detail, more)
    this.headers = headers
  }
}

export function problem(
  kind: ProblemKind,
  status: number,
  detail: string,
  more: Partial<Problem> = {},
): Problem {
  return { type: `/api#${kind}`, title: problemKinds[kind], status, detail, ...more }
}

/**
 * The known word that is most like another; undefined where none is known.
 * @example nearest('proviers', ['places', 'providers']) // 'providers'
 */
export function nearest(sent: string, known: readonly string[]): string | undefined {
  return known.length === 0 ? undefined : closest(sent.slice(0, 200), [...known])
}

/** What a problem says of a value that is not among those known. */
export function unknownValue(parameter: string, sent: string, known: readonly string[]): Refused {
  const near = nearest(sent, known)
  const instead = near === undefined ? 'Nothing is published yet.' : `Did you mean “${near}”?`
  return new Refused(
    'unknown-value',
    400,
    `The parameter “${parameter}” names “${sent.slice(0, 200)}”, which is not known. ${instead}`,
    {
      parameter,
      sent: sent.slice(0, 200),
      ...(known.length <= mostNamed ? { allowed: known } : {}),
      ...(near === undefined ? {} : { nearest: near }),
    },
  )
}
