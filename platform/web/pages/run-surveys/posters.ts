import type { FastifyInstance } from 'fastify'
import { spelled } from '../../../surveys/code.ts'
import { dateIn } from '../../../surveys/date-in.ts'
import { linksOf, stateOn } from '../../../surveys/survey.ts'
import { qrSvg } from '../../components/qr.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import { today } from '../../sent-form.ts'
import { asked } from '../survey/coming.ts'
import { uiWords } from '../survey/ui-words.ts'
import { namesOf, noSurvey, running, surveyAt, toList } from './survey-at.ts'

/** Posters on one page. */
const perPage = 20

/** Posters to print: one for each provider, with a QR code and a code to type. */
export function addPosters(app: FastifyInstance, place: FormPlace): void {
  const { door, refuse, page } = place

  app.get('/surveys/run/:id/posters', running(place), async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    if (stateOn(survey, today()) === 'ended') {
      const sentence = 'Its addresses take no more answers. Take down the posters that still hang.'
      return refuse(reply, 410, 'This survey has ended', sentence, toList)
    }
    const at = Math.min(1000, Math.max(1, Number.parseInt(asked(request, 'page'), 10) || 1))
    const from = (at - 1) * perPage
    const links = await linksOf(door.people.db, survey.id, { from, size: perPage + 1 })
    const names = await namesOf(place, survey.service)
    const home = homeForLetters(request, door)
    const address = `/surveys/run/${survey.id}/posters`
    return page(reply, 'pages/run-surveys/posters', {
      title: `Posters: ${survey.title}`,
      survey: survey.title,
      back: `/surveys/run/${survey.id}`,
      posters: links.slice(0, perPage).map(({ code, provider }) => {
        const name = names.get(provider) ?? provider
        const href = `${home}/surveys/${code}`
        return {
          name,
          href,
          en: uiWords.en.about(name),
          cy: uiWords.cy.about(name),
          qr: qrSvg(href, `QR code of ${href}`),
          site: `${home}/surveys`,
          code: spelled(code),
          untilEn: uiWords.en.until(dateIn('en', survey.closes)),
          untilCy: uiWords.cy.until(dateIn('cy', survey.closes)),
          kiosk: `${href}?way=kiosk`,
        }
      }),
      before: at > 1 ? `${address}?page=${at - 1}` : null,
      after: links.length > perPage ? `${address}?page=${at + 1}` : null,
    })
  })
}
