import type { FastifyInstance, FastifyReply } from 'fastify'
import { type AnswerFault, readAnswers } from '../../../surveys/answer.ts'
import { savePage, submit } from '../../../surveys/answering.ts'
import { spelled } from '../../../surveys/code.ts'
import { languages } from '../../../surveys/question.ts'
import { asked as askedOf, onPage, pagesAsked } from '../../../surveys/routing.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { addressOf, answering, asked, Comers, type Coming, sentOf } from './coming.ts'
import { answerWords, fieldOf, questionView } from './question-view.ts'
import { uiWords } from './ui-words.ts'

/** Answering page by page, coming back, checking, and sending once. */
export function addSurveyAnswers(app: FastifyInstance, place: FormPlace): void {
  const { door, page } = place
  const { db } = door.people
  const comers = new Comers(place)

  const questions = (
    reply: FastifyReply,
    coming: Coming,
    at: number,
    again: {
      readonly typed: (code: string) => readonly string[]
      readonly faults: readonly AnswerFault[]
    } | null,
  ): FastifyReply => {
    const { draft, survey, language, provider, code } = coming
    const ui = uiWords[language]
    const pages = pagesAsked(survey.instrument, draft.answers)
    const place = pages.indexOf(at)
    const before = pages[place - 1]
    const views = onPage(survey.instrument, draft.answers, at).map((q) =>
      questionView(q, language, draft.answers, again?.typed ?? null, again?.faults ?? []),
    )
    const title = `${ui.page(place + 1, pages.length)} – ${ui.about(provider)}`
    const faulty = views.some((v) => v.error !== null)
    return page(reply, 'pages/survey/answer', {
      title: faulty ? `${ui.error}: ${title}` : title,
      mainLang: language,
      ui,
      about: ui.about(provider),
      pageText: ui.page(place + 1, pages.length),
      questions: views,
      faults: views.filter((v) => v.error !== null),
      hidden: { draft: code, page: String(at), language },
      back: before === undefined ? null : addressOf('answer', coming, before),
      others: languages
        .filter((l) => l !== language)
        .map((l) => ({
          lang: l,
          text: uiWords[l].language,
          href: addressOf('answer', { ...coming, language: l }, at),
        })),
    })
  }

  /** The page that was asked for; else the first on which anything is asked. */
  const pageAt = ({ survey, draft }: Coming, said: string): number => {
    const pages = pagesAsked(survey.instrument, draft.answers)
    return pages.find((p) => String(p) === said) ?? pages[0] ?? 1
  }

  app.get('/surveys/answer', answering, async (request, reply) => {
    const coming = await comers.at(asked(request, 'draft'), asked(request, 'lang'))
    if (!coming) return comers.unknown(request, reply)
    if (coming.draft.submittedAt !== null) return reply.redirect(addressOf('thanks', coming), 303)
    const closed = comers.closed(coming.survey, reply)
    return closed ?? questions(reply, coming, pageAt(coming, asked(request, 'page')), null)
  })

  app.post('/surveys/answer', answering, async (request, reply) => {
    const coming = await comers.at(field(request, 'draft'), field(request, 'language'))
    if (!coming) return comers.unknown(request, reply)
    const { survey, draft, hash, language } = coming
    if (draft.submittedAt !== null) return reply.redirect(addressOf('thanks', coming), 303)
    const refused = comers.closed(survey, reply) ?? (await comers.tooOften(request, reply))
    if (refused) return refused
    const at = pageAt(coming, field(request, 'page'))
    // Meanwhile, on another page, they answered so that this one is not asked: nothing of it is kept.
    if (String(at) !== field(request, 'page')) {
      return reply.redirect(addressOf('answer', coming, at), 303)
    }
    const typed = (code: string): string[] => sentOf(request, fieldOf(code))
    const shown = onPage(survey.instrument, draft.answers, at)
    const { answers, empty, faults } = readAnswers(shown, typed)
    const isLater = field(request, 'go') === 'later'
    const wrong = isLater ? faults.filter((f) => f.kind !== 'missing') : faults
    if (wrong.length > 0) return questions(reply.code(400), coming, at, { typed, faults: wrong })
    await savePage(db, hash, { answers, empty, language })
    const kept = { ...coming, draft: { ...draft, language } }
    if (isLater) return reply.redirect(addressOf('later', kept), 303)
    const left = Object.entries(draft.answers).filter(([code]) => !empty.includes(code))
    const now = { ...Object.fromEntries(left), ...answers }
    const next = pagesAsked(survey.instrument, now).find((p) => p > at)
    return reply.redirect(
      next === undefined ? addressOf('check', kept) : addressOf('answer', kept, next),
      303,
    )
  })

  app.get('/surveys/check', answering, async (request, reply) => {
    const coming = await comers.at(asked(request, 'draft'), asked(request, 'lang'))
    if (!coming) return comers.unknown(request, reply)
    const { draft, survey, language } = coming
    if (draft.submittedAt !== null) return reply.redirect(addressOf('thanks', coming), 303)
    const closed = comers.closed(survey, reply)
    if (closed) return closed
    const ui = uiWords[language]
    const { instrument } = survey
    const pages = pagesAsked(instrument, draft.answers)
    const pageOf = (code: string): number =>
      instrument.pages.findIndex((p) => p.some((q) => q.code === code)) + 1
    return page(reply, 'pages/survey/check', {
      title: ui.checkTitle,
      mainLang: language,
      ui,
      rows: askedOf(instrument, draft.answers).map((q) => ({
        question: q.words[language],
        answer: answerWords(q, language, draft.answers),
        href: `${addressOf('answer', coming, pageOf(q.code))}#${fieldOf(q.code)}`,
      })),
      back: addressOf('answer', coming, pages.at(-1) ?? 1),
      hidden: { draft: coming.code, language },
    })
  })

  app.post('/surveys/send', answering, async (request, reply) => {
    const coming = await comers.at(field(request, 'draft'), field(request, 'language'))
    if (!coming) return comers.unknown(request, reply)
    if (coming.draft.submittedAt !== null) return reply.redirect(addressOf('thanks', coming), 303)
    const refused = comers.closed(coming.survey, reply) ?? (await comers.tooOften(request, reply))
    if (refused) return refused
    const sent = await submit(db, coming.hash, coming.survey.instrument)
    if (typeof sent === 'string') return reply.redirect(addressOf('thanks', coming), 303)
    const [first] = sent
    const { pages } = coming.survey.instrument
    const at = pages.findIndex((p) => p.some((q) => q.code === first?.code)) + 1
    const faults = sent.map((question) => ({ question, kind: 'missing' as const }))
    return questions(reply.code(400), coming, at, { typed: () => [], faults })
  })

  app.get('/surveys/thanks', answering, async (request, reply) => {
    const coming = await comers.at(asked(request, 'draft'), asked(request, 'lang'))
    if (!coming) return comers.unknown(request, reply)
    const { draft, language, provider } = coming
    if (draft.submittedAt === null) return reply.redirect(addressOf('check', coming), 303)
    const ui = uiWords[language]
    const next = draft.way === 'kiosk' ? await kioskHref(draft.survey, draft.provider) : null
    return page(reply, 'pages/survey/thanks', {
      title: ui.thanksTitle,
      mainLang: language,
      ui,
      provider,
      href: `/providers/${encodeURIComponent(draft.provider)}`,
      // A kiosk is for whoever comes next, and has no email.
      tell: next === null ? `/stories/tell?provider=${encodeURIComponent(draft.provider)}` : null,
      next,
    })
  })

  async function kioskHref(survey: number, provider: string): Promise<string | null> {
    const [link] = await db.query<{ code: string }>(
      'select code from survey_link where survey = $1 and provider = $2',
      [survey, provider],
    )
    return link ? `/surveys/${link.code}?way=kiosk` : null
  }

  app.get('/surveys/later', answering, async (request, reply) => {
    const coming = await comers.at(asked(request, 'draft'), asked(request, 'lang'))
    if (!coming) return comers.unknown(request, reply)
    if (coming.draft.submittedAt !== null) return reply.redirect(addressOf('thanks', coming), 303)
    const ui = uiWords[coming.language]
    return page(reply, 'pages/survey/later', {
      title: ui.laterTitle,
      mainLang: coming.language,
      ui,
      spelled: spelled(coming.code),
      goOn: addressOf('answer', coming),
    })
  })
}
