import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Reader } from '../comparison/reader.ts'
import type { People } from '../people/people.ts'
import type { Opening } from '../settings.ts'
import type { Refuse } from './refusals.ts'

/** How people come in. */
export interface PeopleDoor {
  readonly people: People
  /** Where visitors find this Plumbline, for links in letters; null on a machine of one's own. */
  readonly address: string | null
  /** Is told by which name of its own this machine was asked, so that letters of jobs lead there too. */
  readonly askedAt?: (home: string) => void
  /** Is called after a letter was posted. */
  readonly posted: () => void
  /** Whether a letter would come anywhere; where not, nobody can sign in by one. */
  readonly canPost: boolean
  /** Who can read letters at `/dev/mail`. */
  readonly letters: Opening
  /** Who may walk in as somebody of the example area, as long as that is what is shown. */
  readonly walkIn: Opening
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

/** Names by which a machine asks itself. */
const ownNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/

/** What web servers in front add to a request that they hand on. */
const handedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/**
 * Whether a request comes from this very machine, by a name of its own, and was not handed on by a web
 * server: nobody has said that there is one (PLUMBLINE_ADDRESS), and whoever comes through it is a stranger.
 */
export function isFromHere({ host, headers, socket }: FastifyRequest): boolean {
  const from = socket.remoteAddress ?? ''
  const isLoopback = /^(::ffff:)?127\.|^::1$/.test(from)
  return isLoopback && ownNames.test(host) && !handedOn.some((name) => name in headers)
}

/** Whether a door is open to who asks. */
export const isOpenTo = (opening: Opening, request: FastifyRequest): boolean =>
  opening === 'all' || (opening === 'this-machine' && isFromHere(request))

/** Lets in whom a door is open to; it is not there for the others. */
export const letIn = (opening: Opening) => ({
  onRequest: async (request: FastifyRequest, reply: FastifyReply) =>
    isOpenTo(opening, request) ? undefined : reply.callNotFound(),
})

/**
 * Where this Plumbline is found, without a slash at the end. Where nobody has said, only a name of this very
 * machine is believed: a letter must not lead to wherever a request pretends to have been sent.
 */
export function homeForLetters(
  request: Pick<FastifyRequest, 'host' | 'socket'>,
  { address, askedAt }: Pick<PeopleDoor, 'address' | 'askedAt'>,
): string {
  if (address !== null) return address
  if (ownNames.test(request.host)) {
    const home = `http://${request.host}`
    askedAt?.(home)
    return home
  }
  return `http://localhost:${request.socket.localPort ?? 80}`
}
