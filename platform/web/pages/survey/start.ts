import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { begin, draftAt, invitationAt, openWays, type Way } from '../../../surveys/answering.ts'
import { hashOf, readCode, returnCode } from '../../../surveys/code.ts'
import { dateIn } from '../../../surveys/date-in.ts'
import { type Language, languages } from '../../../surveys/question.ts'
import { findSurvey, linkAt, listSurveys, type Survey, stateOn } from '../../../surveys/survey.ts'
import { field } from '../../forms.ts'
import { partOf } from '../../matter-address.ts'
import type { FormPlace } from '../../people-door.ts'
import { newForm, today } from '../../sent-form.ts'
import { answering, asked, Comers, inOthers } from './coming.ts'
import { doorWords } from './door-words.ts'
import { languageOf, uiWords } from './ui-words.ts'

const wayOf = (said: string): Way => openWays.find((w) => w === said) ?? 'poster'

/** Results of surveys that are linked, the newest first. */
const mostEnded = 50

/** Where people come in: by the address on a poster, or by typing a code. */
export function addSurveyStart(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse } = place
  const { db, secret } = door.people
  const comers = new Comers(place)

  app.get('/surveys', answering, async (request, reply) => {
    const language = languageOf(asked(request, 'lang'))
    const words = doorWords[language]
    const known = await listSurveys(db)
    const all = known.filter((s) => stateOn(s, today()) === 'open')
    const ended = known.filter((s) => stateOn(s, today()) === 'ended').slice(0, mostEnded)
    const values = {
      ...{ title: words.enterTitle, description: words.enterLead, words },
      others: inOthers(language, '/surveys'),
      surveys: all.map((s) => ({
        title: s.title,
        service: reader.service(s.service)?.name ?? s.service,
        until: words.openUntil(dateIn(language, s.closes)),
      })),
      ended: ended.map((s) => ({ title: s.title, href: `/surveys/results/${s.id}` })),
    }
    return comers.page(reply, 'pages/survey/enter', { language }, values)
  })

  const begins = (reply: FastifyReply, to: Begins): FastifyReply => {
    const ui = uiWords[to.language]
    const isKiosk = to.fields.way === 'kiosk'
    return comers.page(
      reply,
      'pages/survey/start',
      { language: to.language, isKiosk },
      {
        title: ui.about(to.provider),
        until: ui.until(dateIn(to.language, to.survey.closes)),
        others: languages
          .filter((l) => l !== to.language)
          .map((l) => ({ lang: l, text: uiWords[l].language, href: to.inLanguage(l) })),
        form: newForm(),
        language: to.language,
        ...to.fields,
        surveyTitle: to.survey.title,
        action: to.action,
      },
    )
  }

  app.get('/surveys/enter', answering, async (request, reply) => {
    const code = readCode(asked(request, 'code'))
    const lang = asked(request, 'lang')
    if (code === null) return comers.unknown(request, reply, languageOf(lang))
    // Answers that were begun go on in their own language, unless another is asked for.
    const chosen = languages.find((l) => l === lang)
    if (code.kind === 'open') {
      const more = chosen === undefined ? '' : `?lang=${chosen}`
      return reply.redirect(`/surveys/${code.code}${more}`, 303)
    }
    const hash = hashOf(secret, code.code)
    if (await draftAt(db, hash)) {
      const more = chosen === undefined ? '' : `&lang=${chosen}`
      return reply.redirect(`/surveys/answer?draft=${code.code}${more}`, 303)
    }
    const invitation = await invitationAt(db, hash)
    const survey = invitation && (await findSurvey(db, invitation.survey))
    if (!invitation || !survey) return comers.unknown(request, reply, languageOf(lang))
    const closed = comers.closed(survey, reply, languageOf(lang))
    if (closed) return closed
    return begins(reply, {
      survey,
      provider: await comers.nameOf(invitation.provider),
      language: languageOf(lang),
      inLanguage: (l) => `/surveys/enter?code=${code.code}&lang=${l}`,
      action: '/surveys/enter',
      fields: { code: code.code, way: invitation.way },
    })
  })

  app.post('/surveys/enter', answering, async (request, reply) => {
    const code = readCode(field(request, 'code'))
    const hash = code?.kind === 'own' ? hashOf(secret, code.code) : null
    const invitation = hash === null ? null : await invitationAt(db, hash)
    const survey = invitation && (await findSurvey(db, invitation.survey))
    const language = languageOf(field(request, 'language'))
    if (!code || hash === null || !invitation || !survey) {
      return comers.unknown(request, reply, language)
    }
    const refused =
      comers.closed(survey, reply, language) ?? (await comers.tooOften(request, reply, language))
    if (refused) return refused
    const { id, provider, way } = invitation
    await begin(db, { survey: survey.id, provider, invitation: id, way, language, hash })
    return reply.redirect(`/surveys/answer?draft=${code.code}&page=1`, 303)
  })

  /** The link and the survey that the address on a poster names. */
  async function posterAt(request: FastifyRequest) {
    const code = readCode(partOf(request, 'code'))
    const link = code?.kind === 'open' ? await linkAt(db, code.code) : null
    const survey = link && (await findSurvey(db, link.survey))
    return link && survey ? { link, survey } : null
  }

  app.get('/surveys/:code', answering, async (request, reply) => {
    const found = await posterAt(request)
    if (!found) return comers.unknown(request, reply)
    const { link, survey } = found
    const closed = comers.closed(survey, reply, languageOf(asked(request, 'lang')))
    if (closed) return closed
    const way = wayOf(asked(request, 'way'))
    const at = `/surveys/${link.code}`
    return begins(reply, {
      survey,
      provider: await comers.nameOf(link.provider),
      language: languageOf(asked(request, 'lang')),
      inLanguage: (l) => `${at}?lang=${l}${way === 'poster' ? '' : `&way=${way}`}`,
      action: at,
      fields: { way },
    })
  })

  app.post('/surveys/:code', answering, async (request, reply) => {
    const found = await posterAt(request)
    if (!found) return comers.unknown(request, reply)
    const { link, survey } = found
    const language = languageOf(field(request, 'language'))
    const refused =
      comers.closed(survey, reply, language) ?? (await comers.tooOften(request, reply, language))
    if (refused) return refused
    const form = z.uuid().safeParse(field(request, 'form'))
    if (!form.success) {
      return refuse(reply, 400, 'The form was not whole', 'Go back and press Start once more.')
    }
    const code = returnCode(secret, form.data)
    await begin(db, {
      ...{ id: form.data, survey: survey.id, provider: link.provider, invitation: null },
      way: wayOf(field(request, 'way')),
      language,
      hash: hashOf(secret, code),
    })
    return reply.redirect(`/surveys/answer?draft=${code}&page=1`, 303)
  })
}

/** What the first page of a survey is made from. */
interface Begins {
  readonly survey: Survey
  readonly provider: string
  readonly language: Language
  readonly inLanguage: (language: Language) => string
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}
