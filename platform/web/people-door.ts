import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Reader } from '../comparison/reader.ts'
import type { People } from '../people/people.ts'
import type { Refuse } from './refusals.ts'

/** How people come in. */
export interface PeopleDoor {
  readonly people: People
  /** Where visitors find this Plumbline, for links in letters; null on a machine of one's own. */
  readonly address: string | null
  /** Is called after a letter was posted. */
  readonly posted: () => void
  /** Whether a letter would come anywhere; where not, nobody can sign in by one. */
  readonly canPost: boolean
  /** Letters can be read at `/dev/mail`, by anyone. */
  readonly showsLetters: boolean
  /** Visitors may walk in as somebody of the example area, as long as that is what is shown. */
  readonly hasWalkIn: boolean
}

/** What pages with forms are made from. */
export interface FormPlace {
  readonly reader: Reader
  readonly door: PeopleDoor
  readonly refuse: Refuse
  readonly page: (
    reply: FastifyReply,
    view: string,
    values: Record<string, unknown>,
  ) => FastifyReply
}

/**
 * Where this Plumbline is found, without a slash at the end. Where nobody has said, only a name of this very
 * machine is believed: a letter must not lead to wherever a request pretends to have been sent.
 */
export function homeOf(request: FastifyRequest, { address }: PeopleDoor): string {
  if (address !== null) return address
  if (/^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/.test(request.host)) {
    return `http://${request.host}`
  }
  return `http://localhost:${request.socket.localPort ?? 80}`
}
