import type { FastifyInstance, FastifyReply } from 'fastify'
import { post } from '../../../mail/post.ts'
import { allowed } from '../../../people/rules.ts'
import { hashOf, personHashOf } from '../../../surveys/code.ts'
import { readFrame } from '../../../surveys/frame.ts'
import { inviteSample } from '../../../surveys/invite.ts'
import { invitationLetter } from '../../../surveys/letters.ts'
import type { Survey } from '../../../surveys/survey.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import { answerForm, type Fault, newForm, sendForm } from '../../sent-form.ts'
import { drawOf, type Typed, typedOf, untyped } from './draw-form.ts'
import { namesOf, noSurvey, notOpen, running, surveyAt, toList } from './survey-at.ts'

/** Inviting a sample by email, drawn by lot from a list. */
export function addInvite(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const { secret } = door.people
  const one = running(place)

  const show = (
    reply: FastifyReply,
    survey: Survey,
    typed: Typed,
    fault: Fault | null,
  ): FastifyReply =>
    page(reply, 'pages/run-surveys/invite', {
      title: fault ? 'Error: Invite a sample' : 'Invite a sample',
      survey: survey.title,
      id: survey.id,
      way: 'invite',
      canPost: door.canPost,
      fault,
      typed,
      form: newForm(),
    })

  app.get('/surveys/run/:id/invite', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    return notOpen(reply, survey, refuse) ?? show(reply, survey, untyped, null)
  })

  app.post('/surveys/run/:id/invite', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    const typed = typedOf(request)
    // The reader has a connection of its own, which waits for the transaction of the form.
    const nameOf = await namesOf(place, survey.service)
    const sent = await sendForm(place, request, async (tx) => {
      const draw = drawOf(survey, typed)
      const { grant } = allowed(request.viewer, 'run-survey', { service: survey.service })
      const { invited } = await inviteSample(tx, survey, readFrame(typed.frame, true), {
        ...draw,
        ...{ way: 'email', role: grant?.role ?? 'steward' },
        person: request.viewer.person?.id ?? null,
        personHash: (person) => personHashOf(secret, person),
        codeHash: (code) => hashOf(secret, code),
      })
      const site = { home: homeForLetters(request, door), secret }
      for (const { person, provider, email, code } of invited) {
        const hashes = [...new Set([person, email])].map((p) => personHashOf(secret, p))
        const name = nameOf.get(provider) ?? provider
        const letter = { provider: name, survey, code, hashes, share: null }
        await post(tx, { ...invitationLetter(letter, site), to: email })
      }
      return `/surveys/run/${survey.id}`
    })
    if (typeof sent === 'string') door.posted()
    return answerForm(reply, sent, (fault) => show(reply, survey, typed, fault))
  })
}
