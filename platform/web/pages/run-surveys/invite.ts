import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { post } from '../../../mail/post.ts'
import { allowed } from '../../../people/rules.ts'
import { keyed } from '../../../people/secret.ts'
import { Unsaid } from '../../../replies/said.ts'
import { seal } from '../../../subscriptions/links.ts'
import { hashOf, spelled } from '../../../surveys/code.ts'
import { readFrame } from '../../../surveys/frame.ts'
import { type Invited, inviteSample } from '../../../surveys/invite.ts'
import { invitationLetter } from '../../../surveys/letters.ts'
import { type Survey, stateOn } from '../../../surveys/survey.ts'
import { field } from '../../forms.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import { answerForm, type Fault, newForm, sendForm, today } from '../../sent-form.ts'
import * as words from '../../words.ts'
import { namesOf, noSurvey, running, surveyAt, toList } from './survey-at.ts'

const names = ['frame', 'replies', 'rate', 'months'] as const
type Typed = Readonly<Record<(typeof names)[number], string>>

/** What a person is known by: nobody who reads the database alone can tell who it is. */
export const personHashOf = (secret: string, person: string): string =>
  keyed(secret, 'survey person', person)

/** A number of a form within its ends, or a refusal beside its field. */
function numberOf(typed: Typed, name: keyof Typed, least: number, most: number): number {
  const text = typed[name].trim()
  const found = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (found >= least && found <= most) return found
  throw new Unsaid(name, `Type a whole number from ${least} to ${most}.`)
}

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
      canPost: door.canPost,
      fault,
      typed,
      form: newForm(),
    })

  app.get('/surveys/run/:id/invite', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    return show(reply, survey, { frame: '', replies: '100', rate: '30', months: '6' }, null)
  })

  app.post('/surveys/run/:id/invite', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    const typed = Object.fromEntries(names.map((n) => [n, field(request, n)])) as Typed
    const sent = await sendForm(place, request, async (tx) => {
      if (stateOn(survey, today()) !== 'open') {
        throw new Unsaid('', 'People can be invited while the survey is open.')
      }
      const replies = numberOf(typed, 'replies', 1, 10_000)
      const rate = numberOf(typed, 'rate', 1, 100) / 100
      const months = numberOf(typed, 'months', 1, 60)
      const { grant } = allowed(request.viewer, 'run-survey', { service: survey.service })
      const { invited } = await inviteSample(tx, survey, readFrame(typed.frame, true), {
        ...{ replies, rate, months, way: 'email', day: today(), role: grant?.role ?? 'steward' },
        person: request.viewer.person?.id ?? null,
        personHash: (person) => personHashOf(secret, person),
        codeHash: (code) => hashOf(secret, code),
      })
      const nameOf = await namesOf(place, survey.service)
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
