import type { FastifyInstance, FastifyReply } from 'fastify'
import { allowed } from '../../../people/rules.ts'
import { inviteByEmail, readDraw } from '../../../surveys/draw.ts'
import { readFrame } from '../../../surveys/frame.ts'
import type { Survey } from '../../../surveys/survey.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import { answerForm, type Fault, newForm, personOf, sendForm, today } from '../../sent-form.ts'
import { atList, listOf, type Typed, takingLists, typedOf, untyped } from './draw-form.ts'
import { namesOf, noSurvey, notOpen, running, surveyAt, toList } from './survey-at.ts'

/** Inviting a sample by email, drawn by lot from a list. */
export function addInvite(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const { secret } = door.people

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

  app.get('/surveys/run/:id/invite', running(place), async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    return notOpen(reply, survey, refuse) ?? show(reply, survey, untyped, null)
  })

  app.post('/surveys/run/:id/invite', takingLists(place), async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    // What was pasted, and not what is in a file, is shown again.
    const typed = typedOf(request)
    const again = (fault: Fault) => show(reply, survey, typed, atList(request, fault))
    const list = await listOf(request)
    if (typeof list !== 'string') return answerForm(reply, list, again)
    // The reader has a connection of its own, which waits for the transaction of the form.
    const nameOf = await namesOf(place, survey.service)
    const sent = await sendForm(place, request, async (tx) => {
      const { grant } = allowed(request.viewer, 'run-survey', { service: survey.service })
      const by = { secret, role: grant?.role ?? 'steward', person: personOf(request) }
      const draw = readDraw(survey, typed, today())
      const site = { home: homeForLetters(request, door), nameOf }
      await inviteByEmail(tx, survey, readFrame(list, true), { ...by, draw }, site)
      return `/surveys/run/${survey.id}`
    })
    if (typeof sent === 'string') door.posted()
    return answerForm(reply, sent, again)
  })
}
