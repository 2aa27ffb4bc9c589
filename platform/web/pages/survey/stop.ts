import type { FastifyInstance, FastifyRequest } from 'fastify'
import { unseal } from '../../../subscriptions/links.ts'
import { readCode, stopHashOf } from '../../../surveys/code.ts'
import { leaveInPeace, personOfStop } from '../../../surveys/invite.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { answering, asked, Comers } from './coming.ts'

const broken = 'Part of it is missing. Copy the whole line from the email.'

/**
 * Where somebody asks not to be asked any more, by the link of an email or the code on a letter of paper; its button
 * may be pressed twice.
 */
export function addSurveyStop(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const { db, secret } = door.people
  const comers = new Comers(place)
  const personOf = (token: string): string | null => unseal(secret, 'peace', token)?.[0] ?? null

  app.get('/surveys/stop', answering, (request, reply) => {
    const token = asked(request, 'token')
    const title = 'Do not ask me again'
    if (token === '') return page(reply, 'pages/survey/stop', { title, asksCode: true })
    if (personOf(token) === null) return refuse(reply, 400, 'This link does not work', broken)
    return page(reply, 'pages/survey/stop', { title, token, done: false })
  })

  /** Who asks to be left in peace: by the link of an email, or by the code on a letter of paper. */
  async function whoAsks(request: FastifyRequest): Promise<string | null> {
    const code = readCode(field(request, 'code'))
    if (code?.kind === 'own') return personOfStop(db, stopHashOf(secret, code.code))
    return personOf(field(request, 'token'))
  }

  app.post('/surveys/stop', answering, async (request, reply) => {
    const person = await whoAsks(request)
    if (person === null) {
      if (field(request, 'token') === '') return comers.unknown(request, reply)
      return refuse(reply, 400, 'This link does not work', broken)
    }
    const refused = await comers.tooOften(request, reply)
    if (refused) return refused
    await leaveInPeace(db, person)
    const title = 'No survey will ask you again'
    return page(reply, 'pages/survey/stop', { title, token: '', done: true })
  })
}
