import type { FastifyRequest } from 'fastify'
import { isWithin, networkOf } from '../../../people/counts.ts'
import { keyed } from '../../../people/secret.ts'
import type { PeopleDoor } from '../../people-door.ts'

export const tooOften =
  'Too many emails were asked for from your network within an hour. Please try again in an hour.'

/** Counts a letter that a network asks for; false where it asks too often. */
export const mayAsk = (request: FastifyRequest, { people }: PeopleDoor): Promise<boolean> =>
  isWithin(people.db, 'subscribe-from', keyed(people.secret, 'network', networkOf(request.ip)))

/** Counts a letter to an address; one too many is left out without a word: nobody learns who follows what. */
export const mayReach = (email: string, { people }: PeopleDoor): Promise<boolean> =>
  isWithin(people.db, 'subscribe-to', keyed(people.secret, 'to', email))
