import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { allowed } from '../../../people/rules.ts'
import { Unsaid } from '../../../replies/said.ts'
import {
  type AfterAppointments,
  afterOf,
  afterSentence,
  askAfter,
  invitedSentence,
  type Outcome,
  outcomes,
  outcomesOf,
  stopAfter,
} from '../../../surveys/appointments.ts'
import { linksOf, type Survey } from '../../../surveys/survey.ts'
import { listTokens } from '../../../tokens/store.ts'
import { reportsOf, whyInvalid } from '../../../tokens/token.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { answerForm, type Fault, newForm, personOf, sendForm, today } from '../../sent-form.ts'
import * as words from '../../words.ts'
import { choices } from '../context.ts'
import { noSurvey, running, standingOf, surveyAt, toList } from './survey-at.ts'

const ways: Readonly<Record<AfterAppointments['way'], string>> = {
  email: 'By email from this Plumbline',
  letter: 'By a code that the service puts into a letter of its own',
}
const names = ['way', 'share', 'months', 'why'] as const
type Typed = Readonly<Record<(typeof names)[number], string>>
const untyped: Typed = { way: 'email', share: '100', months: '6', why: '' }

const noMail = 'This Plumbline cannot send emails: let the service put codes into letters.'

const outcomeWords: Readonly<Record<Outcome, string>> = {
  invited: 'Invited',
  'not-drawn': 'Not drawn',
  'asked-recently': 'Asked a short time ago',
  'do-not-ask': 'Asked not to be asked',
  died: 'Died, as the service said',
}

/** Where it is said that a survey asks people after their appointments, and how. */
export function addAfterAppointments(app: FastifyInstance, place: FormPlace): void {
  const { door, page, refuse } = place
  const { db } = door.people
  const one = running(place)

  async function form(
    reply: FastifyReply,
    survey: Survey,
    typed: Typed,
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const after = await afterOf(db, survey.id)
    const title = 'Ask people after an appointment'
    return page(reply, 'pages/run-surveys/appointments', {
      title: fault ? `Error: ${title}` : title,
      ...{ heading: title, id: survey.id, name: survey.title, fault, typed, form: newForm() },
      ways: choices(Object.keys(ways), typed.way, (w) => ways[w as keyof typeof ways]),
      lead: after ? afterSentence(after) : 'It asks nobody after an appointment.',
      isEnded: standingOf(survey) === 'Ended',
      ...{ isAsking: after !== null && !after.isStopped, isStopped: after?.isStopped ?? false },
      seed: after?.seed ?? '',
      ...(await outcomesShown(survey.id)),
      senders: after ? await sendersOf(survey.id) : [],
      canPost: door.canPost,
    })
  }

  /** What became of all appointments that were reported, and what share of them led to an invitation. */
  async function outcomesShown(survey: number) {
    const all = await outcomesOf(db, survey)
    const asked = invitedSentence(all)
    if (asked === null) return { rows: [], asked: '' }
    const count = (outcome: Outcome): number =>
      all.reduce((sum, o) => (o.outcome === outcome ? sum + o.n : sum), 0)
    return {
      asked,
      rows: outcomes.map((outcome) => [outcomeWords[outcome], words.number(count(outcome), 0)]),
    }
  }

  /** The programs that may report of its providers now, by name. */
  async function sendersOf(survey: number): Promise<string[]> {
    const ours = new Set((await linksOf(db, survey)).map((l) => l.provider))
    return (await listTokens(db))
      .filter((t) => whyInvalid(t, new Date()) === null && reportsOf(t).some((p) => ours.has(p)))
      .map((t) => t.name)
  }

  app.get('/surveys/run/:id/appointments', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    return form(reply, survey, untyped, null)
  })

  app.post('/surveys/run/:id/appointments', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    const typed = typedOf(request)
    const sent = await sendForm(place, request, async (tx) => {
      const { grant } = allowed(request.viewer, 'run-survey', { service: survey.service })
      const [role, person] = [grant?.role ?? 'steward', personOf(request)]
      const { way, share, months, why } = typed
      if (field(request, 'do') === 'stop') await stopAfter(tx, survey, { why, role }, person)
      else {
        if (way === 'email' && !door.canPost) throw new Unsaid('way', noMail)
        const asked = { way, share: numberIn(share), months: numberIn(months), role, on: today() }
        await askAfter(tx, survey, asked, person)
      }
      return `/surveys/run/${survey.id}/appointments`
    })
    const again = (fault: Fault) => form(reply, survey, typed, fault)
    return answerForm(reply, sent, again)
  })
}

const typedOf = (request: FastifyRequest): Typed =>
  Object.fromEntries(names.map((n) => [n, field(request, n)])) as Typed

/** A whole number as it was typed; NaN for anything else. */
const numberIn = (text: string): number =>
  /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN
