import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { allowed } from '../../../people/rules.ts'
import { isReadFrom } from '../../../publishing/same-bytes.ts'
import type { Replies } from '../../../surveys/counts.ts'
import { questionsOf } from '../../../surveys/instrument.ts'
import { partReplies, type Response, responseOf } from '../../../surveys/response.ts'
import { countSurvey } from '../../../surveys/results.ts'
import { type ResultsFile, resultsFile } from '../../../surveys/results-file.ts'
import { type Neighbour, neighboursOf } from '../../../surveys/same-month.ts'
import { endSurvey, listSurveys, openSurvey, type Survey } from '../../../surveys/survey.ts'
import type { Uploads } from '../../../uploads/uploads.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import { answerForm, type Fault, newForm, sendForm, today } from '../../sent-form.ts'
import { releaseOf } from '../../survey-release.ts'
import * as words from '../../words.ts'
import { choices } from '../context.ts'
import { asked } from '../survey/coming.ts'
import { ownFields, ownKinds, ownQuestions } from './own-questions.ts'
import { addResultsOrder } from './results-order.ts'
import { namesOf, noSurvey, running, standingOf, surveyAt, toList, totalsOf } from './survey-at.ts'
import { figuresShown } from './survey-releases.ts'

const open = { config: { act: 'run-survey' } } as const
const fields = ['title', 'service', 'opens', 'closes', 'providers'] as const
type Typed = Readonly<Record<string, string>>

/** Rows of a table of providers on one page. */
const perPage = 50

/** Stewards' and analysts' pages: opening a survey, seeing its replies, ending it. */
export function addRunSurveys(
  app: FastifyInstance,
  place: FormPlace,
  uploads: Uploads | undefined,
): void {
  const { reader, door, refuse, page } = place
  const { db } = door.people

  /** Surveys that the viewer's role reaches. */
  async function within({ viewer }: FastifyRequest): Promise<Survey[]> {
    const all = await listSurveys(db)
    return all.filter((s) => allowed(viewer, 'run-survey', { service: s.service }).yes)
  }
  const serviceName = (code: string): string => reader.service(code)?.name ?? code

  app.get('/surveys/run', open, async (request, reply) => {
    const all = await within(request)
    return page(reply, 'pages/run-surveys/list', {
      title: 'Ask people by a survey',
      surveys: all.map((s) => [
        { text: s.title, href: `/surveys/run/${s.id}` },
        serviceName(s.service),
        standingOf(s),
      ]),
    })
  })

  app.get('/surveys/run.json', open, async (request) => ({
    surveys: (await within(request)).map(({ instrument, ...s }) => ({
      ...s,
      instrument: instrument.code,
    })),
  }))

  const form = async (
    request: FastifyRequest,
    reply: FastifyReply,
    typed: Typed,
    fault: Fault | null,
  ): Promise<FastifyReply> => {
    const services = reader
      .services(await reader.state())
      .filter((s) => allowed(request.viewer, 'run-survey', { service: s.code }).yes)
    const nameOfKind = new Map<string, string>(Object.entries(ownKinds))
    return page(reply, 'pages/run-surveys/new', {
      title: fault ? 'Error: Open a survey' : 'Open a survey',
      fault,
      typed,
      form: newForm(),
      services: choices(
        services.map((s) => s.code),
        typed.service ?? '',
        serviceName,
      ),
      own: ownFields.map((n) => ({
        n,
        kinds: choices(
          [...nameOfKind.keys()],
          typed[`own-${n}-kind`] ?? 'agree',
          (k) => nameOfKind.get(k) ?? k,
        ),
        en: typed[`own-${n}-en`],
        cy: typed[`own-${n}-cy`],
      })),
    })
  }

  app.get('/surveys/run/new', open, (request, reply) => {
    const day = new Date(Date.now() + 27 * 86_400_000).toISOString().slice(0, 10)
    return form(request, reply, { opens: today(), closes: day }, null)
  })

  app.post('/surveys/run/new', open, async (request, reply) => {
    const own = ownFields.flatMap((n) => [`own-${n}-kind`, `own-${n}-en`, `own-${n}-cy`])
    const names = [...fields, ...own]
    const typed: Typed = Object.fromEntries(names.map((name) => [name, field(request, name)]))
    const again = (fault: Fault) => form(request, reply, typed, fault)
    const wrong = (name: string, sentence: string) => {
      reply.code(400)
      return again({ field: name, sentence, status: 400 })
    }
    const service = reader.service(typed.service ?? '')
    if (!service) return wrong('service', 'Choose a service.')
    const may = allowed(request.viewer, 'run-survey', { service: service.code })
    if (!may.yes) return wrong('service', may.why)
    const providers = await chosen(service.code, typed.providers ?? '')
    if (typeof providers === 'string') return wrong('providers', providers)
    const questions = ownQuestions(
      ownFields.map((n) => ({
        kind: typed[`own-${n}-kind`] ?? '',
        en: typed[`own-${n}-en`] ?? '',
        cy: typed[`own-${n}-cy`] ?? '',
      })),
    )
    if (!Array.isArray(questions)) return wrong(questions.field, questions.sentence)
    const { invented } = await reader.state()
    const sent = await sendForm(place, request, async (tx) => {
      const { title, opens, closes } = typed
      const role = may.grant?.role ?? 'steward'
      const of = { title, opens, closes, service: service.code, providers, own: questions }
      const who = request.viewer.person?.id
      return `/surveys/run/${await openSurvey(tx, { ...of, invented, role }, who)}`
    })
    return answerForm(reply, sent, again)
  })

  /** The providers that were listed, or all of the service; or a sentence. */
  async function chosen(service: string, list: string): Promise<string[] | string> {
    const names = await namesOf(place, service)
    const codes = list.split(/[\s,;]+/).filter(Boolean)
    const stranger = codes.find((c) => !names.has(c))
    if (stranger !== undefined) {
      const shown = stranger.replace(/\p{C}/gu, '').slice(0, 40)
      return `No provider of this service has the code ${shown}.`
    }
    if (codes.length > 0) return codes
    return names.size > 0 ? [...names.keys()] : 'This service has no providers yet.'
  }

  addResultsOrder(app, place)
  const one = running(place)

  /** Whether the answers can be counted, and where they were, what stands. */
  async function countingOf(
    survey: Survey,
    { sampled, appointment, open }: Readonly<Record<'sampled' | 'appointment' | 'open', number>>,
  ) {
    if (standingOf(survey) !== 'Ended') return {}
    const isAnswered = sampled + appointment + open > 0
    const release = await releaseOf(reader, survey)
    const text = release && (await resultsFile(db, survey)).text
    const isSame = text !== null && release !== null && (await isReadFrom(db, release.id, text))
    return {
      isAnswered,
      figures: release && (await figuresShown(reader, survey, release)),
      mayPublish: uploads !== undefined && isAnswered && !isSame,
    }
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    survey: Survey,
    more: { readonly why: string; readonly fault: Fault | null },
  ): Promise<FastifyReply> {
    const names = await namesOf(place, survey.service)
    const { all, ...totals } = await totalsOf(place, survey.id)
    const busy = all.filter((r) => r.open + r.invited + r.invitedAfter > 0)
    const pages = Math.max(1, Math.ceil(busy.length / perPage))
    const at = Math.min(pages, Math.max(1, Number(asked(request, 'page')) || 1))
    const number = (n: number): string => words.number(n, 0)
    return page(reply, 'pages/run-surveys/one', {
      title: more.fault ? `Error: ${survey.title}` : survey.title,
      heading: survey.title,
      id: survey.id,
      service: serviceName(survey.service),
      standing: standingOf(survey),
      isEnded: standingOf(survey) === 'Ended',
      ...(await countingOf(survey, totals)),
      questions: questionsOf(survey.instrument).length,
      lead: leadOf(totals),
      neighbours: (await neighboursOf(db, survey)).map(neighbourWords),
      response: responseWords(responseOf(await partReplies(db, survey.id))),
      begun: number(totals.begun),
      silent: silentWords(all.length - busy.length, all.length),
      rows: busy
        .slice((at - 1) * perPage, at * perPage)
        .map((r) => [
          names.get(r.provider) ?? r.provider,
          number(r.open),
          number(r.invited),
          number(r.sampled),
          r.invited === 0 ? '' : share(r.sampled / r.invited),
          ...(totals.invitedAfter === 0 ? [] : [number(r.invitedAfter), number(r.appointment)]),
        ]),
      hasAfter: totals.invitedAfter > 0,
      pageText: pages > 1 ? `Page ${at} of ${pages}` : '',
      before: at > 1 ? `/surveys/run/${survey.id}?page=${at - 1}` : null,
      after: at < pages ? `/surveys/run/${survey.id}?page=${at + 1}` : null,
      form: newForm(),
      ...more,
    })
  }

  app.get('/surveys/run/:id', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    return show(request, reply, survey, { why: '', fault: null })
  })

  app.post('/surveys/run/:id/end', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    if (!survey) return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    const why = field(request, 'why')
    const sent = await sendForm(place, request, async (tx) => {
      const { grant } = allowed(request.viewer, 'run-survey', { service: survey.service })
      const who = request.viewer.person?.id
      await endSurvey(tx, survey.id, { why, role: grant?.role ?? 'steward' }, who)
      return `/surveys/run/${survey.id}`
    })
    return answerForm(reply, sent, (fault) => show(request, reply, survey, { why, fault }))
  })

  /** Counts it, and hands the counts in as a file: it is checked, looked at and published as any other. */
  app.post('/surveys/run/:id/publish', one, async (request, reply) => {
    const survey = await surveyAt(request, place)
    const person = request.viewer.person?.id
    if (!survey || !uploads || person === undefined) {
      return refuse(reply, 404, 'There is no such survey', noSurvey, toList)
    }
    const { grant } = allowed(request.viewer, 'run-survey', { service: survey.service })
    const form = field(request, 'form')
    const sent = await sendForm(place, request, async (tx) => {
      const leaveOut = field(request, 'leave-out') === 'yes'
      const role = grant?.role ?? 'steward'
      await countSurvey(tx, survey, { role, day: today(), leaveOut, person })
      return `/publish/${form}`
    })
    // The second press, after a server that died in between, hands it in as the first would have.
    if (typeof sent === 'string' && (await uploads.find(form)) === null) {
      await handIn(uploads, form, person, await resultsFile(db, survey))
    }
    return answerForm(reply, sent, (fault) => show(request, reply, survey, { why: '', fault }))
  })
}

const handIn = (
  uploads: Uploads,
  id: string,
  person: string,
  { name, text }: ResultsFile,
): Promise<void> => uploads.take({ id, person, fileName: name }, Readable.from([Buffer.from(text)]))

const share = (x: number): string => `${words.number(100 * x, 0)}%`

/** Of how many providers there is nothing to list yet, as a sentence. */
function silentWords(silent: number, all: number): string {
  if (silent === 0) return ''
  const whose =
    silent === all
      ? all === 1
        ? 'its provider'
        : `its ${words.number(all, 0)} providers`
      : `${words.number(silent, 0)} other${silent === 1 ? '' : 's'}`
  return `Of ${whose} nobody has answered, and nobody was invited.`
}

/** Response rates in sentences; empty where nobody was invited. */
function responseWords(found: Response | null): string[] {
  if (!found) return []
  const { invited, sent, plain, weighted, weightedWithBegun, missing } = found
  return [
    `${words.number(sent, 0)} of ${words.number(invited, 0)} who were invited have answered: ${share(plain)}. Counted by how many people each stands for it is ${share(weighted)}, and ${share(weightedWithBegun)} with those who began and did not send.`,
    missing,
  ]
}

/** That another survey asks for the figures of the same month, as a sentence. */
const neighbourWords = ({ survey: { id, title }, providers }: Neighbour) => ({
  href: `/surveys/run/${id}`,
  name: `Survey ${id}, “${title}”,`,
  text: `asks of ${words.number(providers, 0)} of the same providers and closes in the same month. A provider has one figure for a month: whichever is counted first has it, and counting the other is refused.`,
})

function leadOf(all: Omit<Replies, 'provider'>) {
  const { sampled, appointment, open, invited, invitedAfter } = all
  const came = `${words.number(open, 0)} ${open === 1 ? 'person' : 'people'} answered by the open links.`
  const sample = `${words.number(sampled, 0)} of ${words.number(invited, 0)} who were invited have answered. `
  const after = `${words.number(appointment, 0)} of ${words.number(invitedAfter, 0)} who were asked after an appointment have answered. `
  return `${invited > 0 ? sample : ''}${invitedAfter > 0 ? after : ''}${came}`
}
