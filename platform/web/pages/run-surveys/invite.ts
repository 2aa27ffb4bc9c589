import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { post } from '../../../mail/post.ts'
import { allowed } from '../../../people/rules.ts'
import { seal } from '../../../subscriptions/links.ts'
import { hashOf, spelled } from '../../../surveys/code.ts'
import { readFrame } from '../../../surveys/frame.ts'
import { type Invited, inviteSample } from '../../../surveys/invite.ts'
import { invitationLetter } from '../../../surveys/letters.ts'
import type { Survey } from '../../../surveys/survey.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import { answerForm, type Fault, newForm, sendForm } from '../../sent-form.ts'
import * as words from '../../words.ts'
import { drawOf, personHashOf, type Typed, typedOf, untyped } from './draw-form.ts'
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
      for (const to of invited)
        await post(tx, { ...letterTo(request, survey, nameOf, to), to: to.email })
      return `/surveys/run/${survey.id}`
    })
    if (typeof sent === 'string') door.posted()
    return answerForm(reply, sent, (fault) => show(reply, survey, typed, fault))
  })

  function letterTo(
    request: FastifyRequest,
    survey: Survey,
    nameOf: ReadonlyMap<string, string>,
    { person, provider, code }: Invited,
  ) {
    const home = homeForLetters(request, door)
    const token = seal(secret, 'peace', [personHashOf(secret, person)], null)
    return invitationLetter({
      provider: nameOf.get(provider) ?? provider,
      title: survey.title,
      until: words.date(survey.closes),
      link: `${home}/surveys/enter?code=${spelled(code)}`,
      stop: `${home}/surveys/stop?token=${token}`,
    })
  }
}
