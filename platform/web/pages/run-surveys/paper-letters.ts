import type { FastifyInstance, FastifyReply } from 'fastify'
import { allowed } from '../../../people/rules.ts'
import { Unsaid } from '../../../replies/said.ts'
import { drawNumber, inviteByLetter, lettersOf, readDraw } from '../../../surveys/draw.ts'
import { type PaperRow, readPaperFrame } from '../../../surveys/frame.ts'
import type { PaperLetter } from '../../../surveys/paper.ts'
import type { Survey } from '../../../surveys/survey.ts'
import { field } from '../../forms.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import { answerForm, type Fault, newForm, personOf, sendForm, today } from '../../sent-form.ts'
import * as words from '../../words.ts'
import { atList, listOf, type Typed, takingLists, typedOf, untyped } from './draw-form.ts'
import { lettersShown } from './letters-shown.ts'
import { namesOf, noSurvey, notOpen, running, surveyAt, toList } from './survey-at.ts'

/** The most letters on one page: each has a picture of its code. */
const mostLetters = 1000
const tooMany = (n: number): string =>
  `${words.number(n, 0)} people would be drawn, and a page holds ${words.number(mostLetters, 0)} letters. Nobody was drawn. Whoever runs this Plumbline can make them as a file: plumbline surveys letters.`

/** Inviting a sample by letters of paper, each with a code that takes one answer. */
export function addPaperLetters(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place
  const { db, secret } = door.people
  const one = running(place)

  const show = (
    reply: FastifyReply,
    survey: Survey,
    typed: Typed,
    draw: string,
    fault: Fault | null,
  ): FastifyReply =>
    page(reply, 'pages/run-surveys/invite', {
      title: fault ? 'Error: Invite a sample by letter' : 'Invite a sample by letter',
      ...{ survey: survey.title, id: survey.id, way: 'letters', canPost: true },
      ...{ fault, typed, draw, form: newForm() },
    })

  app.get('/surveys/run/:id/letters', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    return notOpen(reply, survey, refuse) ?? show(reply, survey, untyped, newForm(), null)
  })

  app.post('/surveys/run/:id/letters', takingLists(place), async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    const typed = typedOf(request)
    const sentNumber = drawNumber.safeParse(field(request, 'draw'))
    const number = sentNumber.success ? sentNumber.data : newForm()
    const again = (fault: Fault) => show(reply, survey, typed, number, atList(request, fault))
    const list = await listOf(request)
    const frame = typeof list === 'string' ? peopleOf(list) : list
    if ('sentence' in frame) return answerForm(reply, frame, again)
    const sent = await sendForm(place, request, async (tx) => {
      if (!sentNumber.success) throw new Unsaid('', 'The form was not whole. Please send it again.')
      const { grant } = allowed(request.viewer, 'run-survey', { service: survey.service })
      const by = { secret, role: grant?.role ?? 'steward', person: personOf(request) }
      const draw = readDraw(survey, typed, today())
      const how = { ...by, draw, number }
      const { invited } = await inviteByLetter(tx, survey, frame.rows, how)
      if (invited.length > mostLetters) throw new Unsaid('replies', tooMany(invited.length))
      return `/surveys/run/${survey.id}`
    })
    if (typeof sent !== 'string') return answerForm(reply, sent, again)
    // The codes are kept nowhere, so the letters are the answer to the form itself; sent again, the same.
    const letters = await lettersOf(db, survey, frame.rows, { secret, number })
    if (letters.length === 0) return reply.redirect(sent, 303)
    return page(reply, 'pages/run-surveys/paper-letters', {
      title: `Letters: ${survey.title}`,
      ...(await lettersView(survey, letters, homeForLetters(request, door))),
    })
  })

  async function lettersView(survey: Survey, letters: readonly PaperLetter[], home: string) {
    const nameOf = await namesOf(place, survey.service)
    return {
      lead:
        letters.length === 1
          ? 'One person was drawn.'
          : `${letters.length} people were drawn, and have a letter each.`,
      back: `/surveys/run/${survey.id}`,
      ...lettersShown(survey, letters, nameOf, home),
    }
  }
}

/** The people of a list, or what is wrong with it. */
function peopleOf(list: string): { readonly rows: readonly PaperRow[] } | Fault {
  try {
    return { rows: readPaperFrame(list) }
  } catch (error) {
    if (!(error instanceof Unsaid)) throw error
    return { field: error.field, sentence: error.message, status: 400 }
  }
}
