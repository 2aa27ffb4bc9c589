import type { FastifyRequest } from 'fastify'
import { isWithin, networkOf } from '../../../people/counts.ts'
import { keyed } from '../../../people/secret.ts'
import type { PeopleDoor } from '../../people-door.ts'

export const tooOften =
  'Too many emails were asked for from your network within an hour. Please try again in an hour.'

export const changesTooOften =
  'You have changed what you follow many times within an hour. Please go on in an hour. You can stop all of it at once at any time.'

/**
 * Counts a change of what somebody follows; false where there are too many.
 * @param who the number of whoever has signed in, or under which an address is told things.
 */
export const mayChange = (who: string, { people }: PeopleDoor): Promise<boolean> =>
  isWithin(people.db, 'follow-by', keyed(people.secret, 'follow', who))

/** Counts a letter that a network asks for; false where it asks too often. */
export const mayAsk = (request: FastifyRequest, { people }: PeopleDoor): Promise<boolean> =>
  isWithin(people.db, 'subscribe-from', keyed(people.secret, 'network', networkOf(request.ip)))

/** Counts a letter to an address; one too many is left out without a word: nobody learns who follows what. */
export const mayReach = (email: string, { people }: PeopleDoor): Promise<boolean> =>
  isWithin(people.db, 'subscribe-to', keyed(people.secret, 'to', email))
