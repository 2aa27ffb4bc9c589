import { closest, distance } from 'fastest-levenshtein'
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
  'not-signed-in': 'Sign in first',
  'not-allowed': 'You may not do that',
  'refused-figures': 'The figures are refused',
  'key-used': 'The idempotency key was used for something else',
  'under-way': 'It is under way already',
  'unreadable-appointments': 'The appointments cannot be read',
  'too-large': 'More was sent than is taken',
  'wrong-type': 'What was sent is not taken in this form',
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

/** Letters that a slip of the hand may get wrong: one of a short word, a third of a long one. */
const slips = (length: number): number => (length <= 3 ? 1 : Math.max(2, Math.floor(length / 3)))

/**
 * The known word that was most likely meant; undefined where none is truly like it.
 * @param most letters that may differ. Default: as many as a slip of the hand may get wrong.
 * @example nearest('proviers', ['places', 'providers']) // 'providers'
 * @example nearest('value', ['group', 'period']) // undefined
 */
export function nearest(
  sent: string,
  known: readonly string[],
  most = slips(sent.length),
): string | undefined {
  if (known.length === 0) return undefined
  const typed = sent.slice(0, 200).toLowerCase()
  const plain = known.map((word) => word.toLowerCase())
  const near = closest(typed, plain)
  return distance(typed, near) <= most ? known[plain.indexOf(near)] : undefined
}

/** "Did you mean “group”?", or what there is where nothing is like what was sent. */
function insteadOf(near: string | undefined, known: readonly string[]): string {
  if (near !== undefined) return `Did you mean “${near}”?`
  if (known.length === 0) return 'Nothing is published yet.'
  if (known.length > mostNamed)
    return `It is like none of the ${known.length.toLocaleString('en-GB')} that are known.`
  return `Known are: ${known.map((word) => `“${word}”`).join(', ')}.`
}

/** What a problem says of a parameter that is not there. */
export function unknownParameter(sent: string, known: readonly string[]): Refused {
  const parameter = sent.slice(0, 200)
  const near = nearest(parameter, known)
  const detail = `There is no parameter “${parameter}” here. ${insteadOf(near, known)}`
  const more = { parameter, allowed: known, ...(near === undefined ? {} : { nearest: near }) }
  return new Refused('unknown-parameter', 400, detail, more)
}

/** What a problem says of a value that is not among those known. */
export function unknownValue(parameter: string, sent: string, known: readonly string[]): Refused {
  const near = nearest(sent, known)
  return new Refused(
    'unknown-value',
    400,
    `The parameter “${parameter}” names “${sent.slice(0, 200)}”, which is not known. ${insteadOf(near, known)}`,
    {
      parameter,
      sent: sent.slice(0, 200),
      ...(known.length <= mostNamed ? { allowed: known } : {}),
      ...(near === undefined ? {} : { nearest: near }),
    },
  )
}
