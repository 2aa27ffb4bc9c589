import type { FastifyInstance, FastifyReply } from 'fastify'
import { allowed } from '../../../people/rules.ts'
import {
  orderResults,
  type ResultsDone,
  type ResultsOrder,
  resultsDone,
  resultsOrder,
} from '../../../surveys/by-themselves.ts'
import type { Survey } from '../../../surveys/survey.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { answerForm, type Fault, newForm, personOf, sendForm, today } from '../../sent-form.ts'
import * as words from '../../words.ts'
import { noSurvey, running, surveyAt, toList } from './survey-at.ts'

interface Typed {
  readonly leaveOut: boolean
  readonly why: string
}

/** Where it is ordered that a survey's results are published by themselves when it has ended, or no longer. */
export function addResultsOrder(app: FastifyInstance, place: FormPlace): void {
  const { door, page, refuse } = place
  const { db } = door.people
  const one = running(place)

  async function form(
    reply: FastifyReply,
    { id, title: name }: Survey,
    typed: Typed | null,
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const [order, done] = [await resultsOrder(db, id), await resultsDone(db, id)]
    const title = 'Publish the results by themselves'
    return page(reply, 'pages/run-surveys/results-order', {
      title: fault ? `Error: ${title}` : title,
      heading: title,
      ...{ id, name, fault, form: newForm(), why: typed?.why ?? '' },
      lead: leadOf(order, done),
      // Met by a problem, it is not in force any more: it can be given again.
      isOn: done === null && (order?.isOn ?? false),
      isDone: done?.problem === null,
      isAgain: done !== null && done.problem !== null,
      leaveOut: typed?.leaveOut ?? order?.leaveOut ?? false,
    })
  }

  app.get('/surveys/run/:id/order', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    return form(reply, survey, null, null)
  })

  app.post('/surveys/run/:id/order', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    const typed = { leaveOut: field(request, 'leave-out') === 'yes', why: field(request, 'why') }
    const sent = await sendForm(place, request, async (tx) => {
      const { grant } = allowed(request.viewer, 'run-survey', { service: survey.service })
      const isOn = field(request, 'do') !== 'stop'
      const order = { ...typed, isOn, role: grant?.role ?? 'steward', on: today() }
      await orderResults(tx, survey, order, personOf(request))
      return `/surveys/run/${survey.id}/order`
    })
    return answerForm(reply, sent, (fault) => form(reply, survey, typed, fault))
  })
}

/** How it stands, in a sentence. */
function leadOf(order: ResultsOrder | null, done: ResultsDone | null): string {
  if (done) {
    const { on, problem } = done
    if (problem === null) return `They were published by themselves on ${words.date(on)}.`
    return `They could not be published on ${words.date(on)}. ${problem} Order it again, and it is tried again in the night.`
  }
  if (!order) return 'Nobody has ordered yet that they are published by themselves.'
  const { isOn, role, on, leaveOut } = order
  const by = `so ordered by ${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role} on ${words.date(on)}.`
  if (!isOn) return `They are not published by themselves: ${by}`
  const without = leaveOut ? ' Figures that cannot be weighted are left out.' : ''
  return `They are published in the night after the survey ends: ${by}${without}`
}
