import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Queries } from '../../../database/database.ts'
import type { Viewer } from '../../../people/roles.ts'
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
import { fieldsOf } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { answerForm, type Fault, newForm, sendForm } from '../../sent-form.ts'
import * as words from '../../words.ts'
import { noSurvey, surveyAt } from '../run-surveys/survey-at.ts'

/** Surveys with words to read that somebody's role reaches, those first that may speak of a crisis. */
export async function surveysToRead(db: Pick<Queries, 'query'>, viewer: Viewer) {
  const all = new Map((await listSurveys(db)).map((s) => [s.id, s]))
  return (await unreadCounts(db)).flatMap(({ survey: id, unread, urgent }) => {
    const survey = all.get(id)
    const may = survey && allowed(viewer, 'moderate', { service: survey.service }).yes
    return survey && may ? [{ survey, unread, urgent }] : []
  })
}

const toQueue = { instead: [{ href: '/surveys/moderate', text: 'All that waits' }] }

/** Where moderators read what people wrote in surveys, and put it under themes. */
export function addSurveyModeration(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const { db } = door.people

  app.get('/surveys/moderate', { config: { act: 'moderate' } }, async ({ viewer }, reply) => {
    const mine = await surveysToRead(db, viewer)
    return page(reply, 'pages/survey-themes/queue', {
      title: 'What people wrote in surveys',
      rows: mine.map(({ survey: s, unread, urgent }) => [
        { text: s.title, href: `/surveys/moderate/${s.id}` },
        reader.service(s.service)?.name ?? s.service,
        words.number(unread, 0),
        urgent === 0 ? '' : words.number(urgent, 0),
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
