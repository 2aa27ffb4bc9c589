import type { FastifyInstance } from 'fastify'
import { unseal } from '../../../subscriptions/links.ts'
import { leaveInPeace } from '../../../surveys/invite.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { answering, asked, Comers } from './coming.ts'

const broken = 'Part of it is missing. Copy the whole line from the email.'

/** The page of a mailed link by which somebody is not asked any more; its button may be pressed twice. */
export function addSurveyStop(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const { db, secret } = door.people
  const comers = new Comers(place)
  const personOf = (token: string): string | null => unseal(secret, 'peace', token)?.[0] ?? null

  app.get('/surveys/stop', answering, (request, reply) => {
    const token = asked(request, 'token')
    if (personOf(token) === null) return refuse(reply, 400, 'This link does not work', broken)
    return page(reply, 'pages/survey/stop', { title: 'Do not ask me again', token, done: false })
  })

  app.post('/surveys/stop', answering, async (request, reply) => {
    const person = personOf(field(request, 'token'))
    if (person === null) return refuse(reply, 400, 'This link does not work', broken)
    const refused = await comers.tooOften(request, reply)
    if (refused) return refused
    await leaveInPeace(db, person)
    const title = 'No survey will ask you again'
    return page(reply, 'pages/survey/stop', { title, token: '', done: true })
  })
}
