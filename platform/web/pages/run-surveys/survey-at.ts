import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Thing } from '../../../people/rules.ts'
import { type Replies, repliesOf } from '../../../surveys/counts.ts'
import { findSurvey, mostProviders, type Survey, stateOn } from '../../../surveys/survey.ts'
import { partOf } from '../../matter-address.ts'
import type { FormPlace } from '../../people-door.ts'
import type { Refuse } from '../../refusals.ts'
import { today } from '../../sent-form.ts'
import * as words from '../../words.ts'

/** The survey that an address names; null where there is none. */
export async function surveyAt(request: FastifyRequest, place: FormPlace): Promise<Survey | null> {
  const id = partOf(request, 'id')
  return /^[1-9]\d{0,8}$/.test(id) ? findSurvey(place.door.people.db, Number(id)) : null
}

/** The setting of a route about one survey: for roles that reach its service. */
export const running = (place: FormPlace) => ({
  config: {
    act: 'run-survey' as const,
    thing: async (request: FastifyRequest): Promise<Thing | null> => {
      const survey = await surveyAt(request, place)
      return survey && { service: survey.service }
    },
  },
})

export const noSurvey = 'The list has all surveys that there are.'
export const toList = { instead: [{ href: '/surveys/run', text: 'All surveys' }] }

/** Refuses to invite anybody to a survey that is not open; null where it is. */
export function notOpen(reply: FastifyReply, survey: Survey, refuse: Refuse): FastifyReply | null {
  const state = stateOn(survey, today())
  if (state === 'open') return null
  const back = { instead: [{ href: `/surveys/run/${survey.id}`, text: 'The survey' }] }
  return state === 'ended'
    ? refuse(
        reply,
        410,
        'This survey has ended',
        'It takes no more answers: nobody can be invited to it.',
        back,
      )
    : refuse(
        reply,
        409,
        'This survey is not open yet',
        `It opens on ${words.date(survey.opens)}. People can be invited from then on.`,
        back,
      )
}

/** The names of a service's providers, by their codes. */
export async function namesOf(
  { reader }: Pick<FormPlace, 'reader'>,
  service: string,
): Promise<ReadonlyMap<string, string>> {
  const all = await reader.providersOf(await reader.state(), service, mostProviders)
  return new Map(all.map((p) => [p.code, p.name]))
}

/** How a survey stands, in words. */
export function standingOf(survey: Survey): string {
  const state = stateOn(survey, today())
  if (state === 'not-yet') return `Opens on ${words.date(survey.opens)}`
  return state === 'open' ? `Open until ${words.date(survey.closes)}` : 'Ended'
}

/** All answers of a survey, added up. */
export async function totalsOf({ door }: FormPlace, survey: number) {
  const all = await repliesOf(door.people.db, survey)
  const sum = (of: Exclude<keyof Replies, 'provider'>): number =>
    all.reduce((total, r) => total + r[of], 0)
  return {
    all,
    ...{ sampled: sum('sampled'), appointment: sum('appointment'), open: sum('open') },
    ...{ begun: sum('begun'), invited: sum('invited'), invitedAfter: sum('invitedAfter') },
  }
}
