import type { FastifyInstance, FastifyReply } from 'fastify'
import { tellOfSurveyCrisis } from '../../../stories/tell.ts'
import { type AnswerFault, readAnswers } from '../../../surveys/answer.ts'
import { savePage, speaksOfCrisis, submit } from '../../../surveys/answering.ts'
import { spelled } from '../../../surveys/code.ts'
import { dateIn } from '../../../surveys/date-in.ts'
import { languages } from '../../../surveys/question.ts'
import { asked as askedOf, leftAt, onPage, pagesAsked } from '../../../surveys/routing.ts'
import { field } from '../../forms.ts'
import { type FormPlace, homeForLetters } from '../../people-door.ts'
import { thingOf } from '../../thing.ts'
import { helpShown } from '../stories/story-words.ts'
import { addressOf, answering, asked, Comers, type Coming, kioskHref, sentOf } from './coming.ts'
import { answerWords, fieldOf, questionView } from './question-view.ts'
import { uiWords } from './ui-words.ts'

/** Seconds for which a kiosk waits for whoever answers, then for a sign of them, and shows its thanks. */
const idleSeconds = 300
/** What is being typed then is saved so long before. */
const keptBefore = 15
const stillThereSeconds = 60
const thanksSeconds = 60

/** Answering page by page, coming back, checking, and sending once. */
export function addSurveyAnswers(app: FastifyInstance, place: FormPlace): void {
  const { door, reader } = place
  const { db } = door.people
  const comers = new Comers(place)

  /** What every page on which somebody answers holds: help where they may need it, and the way back of a kiosk. */
  async function around(reply: FastifyReply, { draft, survey }: Coming) {
    const anew = await kioskHref(db, draft)
    if (anew !== null && draft.submittedAt !== null) {
      reply.header('refresh', `${thanksSeconds}; url=${anew}`)
    }
    const isCrisis = await speaksOfCrisis(db, draft, survey.instrument)
    return { anew, isKiosk: draft.way === 'kiosk', help: isCrisis ? helpShown(reader) : [] }
  }

  /** Whoever leaves a kiosk is asked whether they are there before it starts anew. */
  const untilIdle = (reply: FastifyReply, coming: Coming, at?: number): void => {
    if (coming.draft.way !== 'kiosk') return
    reply.header('refresh', `${idleSeconds}; url=${addressOf('idle', coming, at)}`)
  }

  const questions = async (
    reply: FastifyReply,
    coming: Coming,
    at: number,
    again: {
      readonly typed: (code: string) => readonly string[]
      readonly faults: readonly AnswerFault[]
    } | null,
  ): Promise<FastifyReply> => {
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
    const { isKiosk, ...more } = await around(reply, coming)
    untilIdle(reply, coming, at)
    return comers.page(
      reply,
      'pages/survey/answer',
      { language, isKiosk },
      {
        ...more,
        keepsTyped: isKiosk ? idleSeconds - keptBefore : null,
        title: faulty ? `${ui.error}: ${title}` : title,
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
      },
    )
  }

  /** The page that was asked for; else the one where they left off. */
  const pageAt = ({ survey: { instrument }, draft: { answers } }: Coming, said: string): number =>
    pagesAsked(instrument, answers).find((p) => String(p) === said) ?? leftAt(instrument, answers)

  app.get('/surveys/answer', answering, async (request, reply) => {
    const coming = await comers.at(asked(request, 'draft'), asked(request, 'lang'))
    if (!coming) return comers.unknown(request, reply)
    if (coming.draft.submittedAt !== null) return reply.redirect(addressOf('thanks', coming), 303)
    const closed = comers.closed(coming.survey, reply, coming.language)
    return closed ?? questions(reply, coming, pageAt(coming, asked(request, 'page')), null)
  })

  app.post('/surveys/answer', answering, async (request, reply) => {
    const coming = await comers.at(field(request, 'draft'), field(request, 'language'))
    if (!coming) return comers.unknown(request, reply)
    const { survey, draft, hash, language } = coming
    if (draft.submittedAt !== null) return reply.redirect(addressOf('thanks', coming), 303)
    const refused =
      comers.closed(survey, reply, language) ?? (await comers.tooOften(request, reply, language))
    if (refused) return refused
    const at = pageAt(coming, field(request, 'page'))
    // Meanwhile, on another page, they answered so that this one is not asked: nothing of it is kept.
    if (String(at) !== field(request, 'page')) {
      return reply.redirect(addressOf('answer', coming, at), 303)
    }
    const typed = (code: string): string[] => sentOf(request, fieldOf(code))
    const shown = onPage(survey.instrument, draft.answers, at)
    const { answers, empty, faults } = readAnswers(shown, typed)
    // A kiosk is for whoever comes next: nothing is saved there for later.
    const isLater = field(request, 'go') === 'later' && draft.way !== 'kiosk'
    const isStay = field(request, 'go') === 'stay' && draft.way === 'kiosk'
    const wrong = isLater || isStay ? faults.filter((f) => f.kind !== 'missing') : faults
    if (wrong.length > 0) return questions(reply.code(400), coming, at, { typed, faults: wrong })
    await savePage(db, hash, { answers, empty, language })
    const kept = { ...coming, draft: { ...draft, language } }
    if (isLater) return reply.redirect(addressOf('later', kept, at), 303)
    if (isStay) return reply.redirect(addressOf('answer', kept, at), 303)
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
    const closed = comers.closed(survey, reply, language)
    if (closed) return closed
    const ui = uiWords[language]
    const { isKiosk, ...more } = await around(reply, coming)
    untilIdle(reply, coming)
    const { instrument } = survey
    const pages = pagesAsked(instrument, draft.answers)
    const pageOf = (code: string): number =>
      instrument.pages.findIndex((p) => p.some((q) => q.code === code)) + 1
    return comers.page(
      reply,
      'pages/survey/check',
      { language, isKiosk },
      {
        ...more,
        title: ui.checkTitle,
        rows: askedOf(instrument, draft.answers).map((q) => ({
          question: q.words[language],
          answer: answerWords(q, language, draft.answers),
          href: `${addressOf('answer', coming, pageOf(q.code))}#${fieldOf(q.code)}`,
        })),
        back: addressOf('answer', coming, pages.at(-1) ?? 1),
        hidden: { draft: coming.code, language },
      },
    )
  })

  app.post('/surveys/send', answering, async (request, reply) => {
    const coming = await comers.at(field(request, 'draft'), field(request, 'language'))
    if (!coming) return comers.unknown(request, reply)
    if (coming.draft.submittedAt !== null) return reply.redirect(addressOf('thanks', coming), 303)
    const { survey, language } = coming
    const refused =
      comers.closed(survey, reply, language) ?? (await comers.tooOften(request, reply, language))
    if (refused) return refused
    const isCrisis = await speaksOfCrisis(db, coming.draft, survey.instrument)
    // Read before: within the transaction nothing else may ask the database.
    const thing = isCrisis
      ? await thingOf(reader, await reader.state(), coming.draft.provider)
      : null
    const home = homeForLetters(request, door)
    const about = { service: survey.service, ...thing }
    const sent = await submit(db, coming.hash, survey.instrument, (tx) =>
      tellOfSurveyCrisis(tx, { home }, survey.id, about),
    )
    if (isCrisis) door.posted()
    if (sent === 'ended') return comers.ended(reply, language)
    if (typeof sent === 'string') return reply.redirect(addressOf('thanks', coming), 303)
    const [first] = sent
    const { pages } = survey.instrument
    const at = pages.findIndex((p) => p.some((q) => q.code === first?.code)) + 1
    const faults = sent.map((question) => ({ question, kind: 'missing' as const }))
    return questions(reply.code(400), coming, at, { typed: () => [], faults })
  })

  app.get('/surveys/thanks', answering, async (request, reply) => {
    const coming = await comers.at(asked(request, 'draft'), asked(request, 'lang'))
    if (!coming) return comers.unknown(request, reply)
    const { draft, survey, language, provider } = coming
    if (draft.submittedAt === null) return reply.redirect(addressOf('check', coming), 303)
    const ui = uiWords[language]
    const { isKiosk, ...more } = await around(reply, coming)
    return comers.page(
      reply,
      'pages/survey/thanks',
      { language, isKiosk },
      {
        ...more,
        title: ui.thanksTitle,
        thanks: ui.thanks(dateIn(language, survey.closes)),
        provider,
        href: `/providers/${encodeURIComponent(draft.provider)}`,
        // A kiosk is for whoever comes next, and has no email.
        tell: isKiosk ? null : `/stories/tell?provider=${encodeURIComponent(draft.provider)}`,
        next: more.anew,
      },
    )
  })

  app.get('/surveys/later', answering, async (request, reply) => {
    const coming = await comers.at(asked(request, 'draft'), asked(request, 'lang'))
    if (!coming) return comers.unknown(request, reply)
    if (coming.draft.submittedAt !== null) return reply.redirect(addressOf('thanks', coming), 303)
    const { language, draft } = coming
    if (draft.way === 'kiosk') return reply.redirect(addressOf('answer', coming), 303)
    const ui = uiWords[language]
    return comers.page(
      reply,
      'pages/survey/later',
      { language },
      {
        ...(await around(reply, coming)),
        title: ui.laterTitle,
        spelled: spelled(coming.code),
        how: ui.laterHow(`${homeForLetters(request, door)}/surveys`),
        goOn: addressOf('answer', coming, Number(asked(request, 'page')) || undefined),
      },
    )
  })

  app.get('/surveys/idle', answering, async (request, reply) => {
    const coming = await comers.at(asked(request, 'draft'), asked(request, 'lang'))
    const anew = coming && (await kioskHref(db, coming.draft))
    if (!coming || !anew) return comers.unknown(request, reply)
    reply.header('refresh', `${stillThereSeconds}; url=${anew}`)
    const { language } = coming
    const at = Number(asked(request, 'page')) || undefined
    const goOn = at === undefined ? addressOf('check', coming) : addressOf('answer', coming, at)
    return comers.page(
      reply,
      'pages/survey/idle',
      { language, isKiosk: true },
      {
        ...{ title: uiWords[language].stillThere, anew, goOn },
      },
    )
  })
}
