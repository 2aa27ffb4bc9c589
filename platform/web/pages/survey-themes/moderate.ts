import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { allowed } from '../../../people/rules.ts'
import { marked } from '../../../stories/notice.ts'
import { themes } from '../../../stories/story.ts'
import { listSurveys, type Survey } from '../../../surveys/survey.ts'
import {
  nextTexts,
  noTheme,
  readTexts,
  surveyThemes,
  unreadCounts,
} from '../../../surveys/themes.ts'
import type { FormPlace } from '../../people-door.ts'
import { answerForm, type Fault, newForm, sendForm } from '../../sent-form.ts'
import * as words from '../../words.ts'
import { noSurvey, surveyAt } from '../run-surveys/survey-at.ts'
import { fieldsOf } from '../stories/tell.ts'

const toQueue = { instead: [{ href: '/surveys/moderate', text: 'All that waits' }] }

/** Where moderators read what people wrote in surveys, and put it under themes. */
export function addSurveyModeration(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const { db } = door.people

  app.get('/surveys/moderate', { config: { act: 'moderate' } }, async ({ viewer }, reply) => {
    const waiting = new Map((await unreadCounts(db)).map((w) => [w.survey, w.unread]))
    const mine = (await listSurveys(db)).filter(
      (s) => waiting.has(s.id) && allowed(viewer, 'moderate', { service: s.service }).yes,
    )
    return page(reply, 'pages/survey-themes/queue', {
      title: 'What people wrote in surveys',
      rows: mine.map((s) => [
        { text: s.title, href: `/surveys/moderate/${s.id}` },
        reader.service(s.service)?.name ?? s.service,
        words.number(waiting.get(s.id) ?? 0, 0),
      ]),
    })
  })

  const route = {
    config: {
      act: 'moderate' as const,
      thing: async (request: FastifyRequest) => {
        const survey = await surveyAt(request, place)
        return survey && { service: survey.service }
      },
    },
  }

  async function show(
    reply: FastifyReply,
    survey: Survey,
    chosen: readonly string[],
    fault: Fault | null,
  ): Promise<FastifyReply> {
    const texts = await nextTexts(db, survey.id)
    const title = `What people wrote: ${survey.title}`
    return page(reply, 'pages/survey-themes/moderate', {
      title: fault ? `Error: ${title}` : title,
      heading: title,
      ...{ fault, action: `/surveys/moderate/${survey.id}`, form: newForm() },
      texts: texts.map(({ response, question, text, crisis }, i) => ({
        ...{ n: i + 1, crisis, marked: marked(text) },
        items: [...surveyThemes, noTheme].map((theme) => {
          const value = `${response}/${question}/${theme}`
          const name = new Map<string, string>(Object.entries(themes)).get(theme) ?? 'none of these'
          return { value, text: words.sentenceCase(name), checked: chosen.includes(value) }
        }),
      })),
    })
  }

  app.get('/surveys/moderate/:id', route, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toQueue)
    return show(reply, survey, [], null)
  })

  app.post('/surveys/moderate/:id', route, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toQueue)
    const chosen = fieldsOf(request, 'themes')
    const rows = chosen.map((value) => {
      const [response, question, theme] = value.split('/')
      return { response, question, theme }
    })
    const { grant } = allowed(request.viewer, 'moderate', { service: survey.service })
    const sent = await sendForm(place, request, async (tx) => {
      const who = request.viewer.person?.id
      await readTexts(tx, survey, rows, grant?.role ?? 'moderator', who)
      return `/surveys/moderate/${survey.id}`
    })
    return answerForm(reply, sent, (fault) => show(reply, survey, chosen, fault))
  })
}
