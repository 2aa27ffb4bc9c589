import type { FastifyRequest } from 'fastify'
import { type Token, whyInvalid } from '../../tokens/token.ts'
import { Refused } from './problem.ts'

const challenge = { 'www-authenticate': 'Bearer realm="Plumbline"' }

/**
 * The token that a program sends.
 * @param find gives what is known of it; null for none of ours.
 * @throws Refused where there is none, or it is not valid now.
 */
export async function tokenOf(
  { headers }: Pick<FastifyRequest, 'headers'>,
  find: (sent: string) => Promise<Token | null>,
): Promise<Token> {
  const sent = /^Bearer +(\S{1,200})$/i.exec(headers.authorization ?? '')?.[1]
  if (sent === undefined) {
    const detail = 'Send your token in the header “authorization: Bearer TOKEN”.'
    throw new Refused('no-token', 401, detail, {}, challenge)
  }
  const token = await find(sent)
  const why = token === null ? 'This token is none of ours.' : whyInvalid(token, new Date())
  if (token === null || why !== null) {
    throw new Refused('no-token', 401, why ?? '', {}, challenge)
  }
  return token
}
