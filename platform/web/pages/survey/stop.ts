import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { unseal } from '../../../subscriptions/links.ts'
import { readCode, stopHashOf } from '../../../surveys/code.ts'
import { leaveInPeace, personOfStop } from '../../../surveys/peace.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { answering, asked, Comers, inOthers } from './coming.ts'
import { doorWords } from './door-words.ts'
import { languageOf } from './ui-words.ts'

/**
 * Where somebody asks not to be asked any more, by the link of an email or the code on a letter of paper; its button
 * may be pressed twice.
 */
export function addSurveyStop(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse } = place
  const { db, secret } = door.people
  const comers = new Comers(place)
  /** All that the reader of an email is known by, as keyed hashes. */
  const personOf = (token: string): readonly string[] | null => unseal(secret, 'peace', token)

  /** The link of an email that was not copied whole. */
  function broken(reply: FastifyReply, lang: string): FastifyReply {
    const language = languageOf(lang)
    const words = doorWords[language]
    // In English nobody is sent on: there is nothing to be typed instead.
    if (language === 'en') return refuse(reply, 400, words.broken, words.brokenLead)
    return comers.refused(reply, language, 400, words.broken, words.brokenLead)
  }

  app.get('/surveys/stop', answering, (request, reply) => {
    const token = asked(request, 'token')
    const language = languageOf(asked(request, 'lang'))
    if (token !== '' && personOf(token) === null) return broken(reply, language)
    const words = doorWords[language]
    const others = inOthers(language, '/surveys/stop', token === '' ? {} : { token })
    const how = token === '' ? { asksCode: true } : { token, done: false }
    const values = { title: words.stopTitle, description: words.stopLead, words, others, ...how }
    return comers.page(reply, 'pages/survey/stop', { language }, values)
  })

  /** Who asks to be left in peace: by the link of an email, or by the code on a letter of paper. */
  async function whoAsks(request: FastifyRequest): Promise<readonly string[] | null> {
    const code = readCode(field(request, 'code'))
    if (code?.kind === 'own') {
      const person = await personOfStop(db, stopHashOf(secret, code.code))
      return person === null ? null : [person]
    }
    return personOf(field(request, 'token'))
  }

  app.post('/surveys/stop', answering, async (request, reply) => {
    const language = languageOf(field(request, 'lang'))
    const person = await whoAsks(request)
    if (person === null) {
      if (field(request, 'token') !== '') return broken(reply, language)
      return comers.unknown(request, reply, language, '/surveys/stop')
    }
    const refused = await comers.tooOften(request, reply, language)
    if (refused) return refused
    await leaveInPeace(db, ...person)
    const words = doorWords[language]
    const values = { title: words.stopped, words, token: '', done: true }
    return comers.page(reply, 'pages/survey/stop', { language }, values)
  })
}
