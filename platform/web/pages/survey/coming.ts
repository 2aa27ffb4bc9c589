import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Queries } from '../../../database/database.ts'
import { isWithin, networkOf } from '../../../people/counts.ts'
import { keyed } from '../../../people/secret.ts'
import { type Draft, draftAt } from '../../../surveys/answering.ts'
import { hashOf, readCode } from '../../../surveys/code.ts'
import { dateIn } from '../../../surveys/date-in.ts'
import { type Language, languages } from '../../../surveys/question.ts'
import { findSurvey, type Survey, stateOn } from '../../../surveys/survey.ts'
import type { FormPlace } from '../../people-door.ts'
import { BadRequest } from '../../refusals.ts'
import { today } from '../../sent-form.ts'
import { doorWords } from './door-words.ts'
import { siteWords } from './site-words.ts'
import { languageOf, uiWords } from './ui-words.ts'

/** The permission of all pages on which people answer. */
export const answering = { config: { act: 'answer-survey' } } as const

/** One value of the query; twice the same name is no address of ours. */
export function asked(request: FastifyRequest, name: string): string {
  const { query } = request
  const value =
    query !== null && typeof query === 'object'
      ? Object.getOwnPropertyDescriptor(query, name)?.value
      : ''
  if (value !== undefined && typeof value !== 'string') {
    throw new BadRequest(`The address says “${name}” twice.`)
  }
  return value ?? ''
}

/** Every value of a field of a form, in the order in which they were sent. */
export function sentOf(request: FastifyRequest, name: string): string[] {
  const { body } = request
  if (body === null || typeof body !== 'object') return []
  const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value
  return [value].flat().filter((v) => typeof v === 'string')
}

/** An address in a language; English is what comes of itself. */
const inLanguage = (language: Language, path: string): string =>
  language === 'en' ? path : `${path}?lang=${language}`

/** The links to a page in the other languages. */
export const inOthers = (
  language: Language,
  path: string,
  query: Readonly<Record<string, string>> = {},
) =>
  languages
    .filter((l) => l !== language)
    .map((lang) => {
      const search = new URLSearchParams({ ...query, lang })
      return { lang, text: uiWords[lang].language, href: `${path}?${search}` }
    })

/** Somebody on their way through a survey. */
export interface Coming {
  /** The code to come back by, as it stands in addresses. */
  readonly code: string
  readonly hash: string
  readonly draft: Draft
  readonly survey: Survey
  readonly provider: string
  readonly language: Language
}

/** Names of providers that are kept. */
const mostNames = 10_000

/** What pages of a survey ask first: who comes, by which code, and whether it is open. */
export class Comers {
  readonly #place: FormPlace
  readonly #names = new Map<string, string>()
  /** Of which the names are. */
  #publication = -1

  constructor(place: FormPlace) {
    this.#place = place
  }

  #network(request: FastifyRequest): string {
    return keyed(this.#place.door.people.secret, 'network', networkOf(request.ip))
  }

  /**
   * Refuses a code that is nowhere; whoever tries many is kept waiting.
   * @param door where it can be typed once more.
   */
  async unknown(
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language = 'en',
    door = '/surveys',
  ): Promise<FastifyReply> {
    const words = doorWords[language]
    const { db } = this.#place.door.people
    if (!(await isWithin(db, 'survey-try', this.#network(request)))) {
      return this.refused(reply, language, 429, words.tooManyCodes, words.tooManyCodesLead, [])
    }
    const again = [{ href: inLanguage(language, door), text: words.typeAgain }]
    return this.refused(reply, language, 404, words.unknown, words.unknownLead, again)
  }

  /** Counts a page that is sent; null where there may be more, else the refusal. */
  async tooOften(
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language = 'en',
  ): Promise<FastifyReply | null> {
    const { db } = this.#place.door.people
    if (await isWithin(db, 'survey-from', this.#network(request))) return null
    const { tooMany, tooManyLead } = uiWords[language]
    return this.refused(reply, language, 429, tooMany, tooManyLead)
  }

  /** A page on which people answer, in their language all around. */
  page(
    reply: FastifyReply,
    view: string,
    { language, isKiosk = false }: { readonly language: Language; readonly isKiosk?: boolean },
    values: Readonly<Record<string, unknown>>,
  ): FastifyReply {
    const ui = uiWords[language]
    return this.#place.page(reply, view, {
      ...{ ui, site: siteWords[language], isKiosk, description: ui.lead },
      ...{ mainLang: language, pageLang: language === 'en' ? '' : language },
      ...values,
    })
  }

  /** Says no, in the language of the answers. */
  refused(
    reply: FastifyReply,
    language: Language,
    status: number,
    title: string,
    sentence: string,
    links: readonly { readonly href: string; readonly text: string }[] = [
      { href: inLanguage(language, '/surveys'), text: uiWords[language].surveys },
    ],
  ): FastifyReply {
    if (language === 'en') {
      return this.#place.refuse(reply, status, title, sentence, { instead: links })
    }
    const values = { title, sentence, links }
    return this.page(reply.code(status), 'pages/survey/refused', { language }, values)
  }

  /** Refuses where a survey takes no answers today; null where it does. */
  closed(survey: Survey, reply: FastifyReply, language: Language = 'en'): FastifyReply | null {
    const state = stateOn(survey, today())
    if (state === 'open') return null
    if (state === 'ended') return this.ended(reply, language)
    const { notYet, opensOn } = uiWords[language]
    return this.refused(reply, language, 404, notYet, opensOn(dateIn(language, survey.opens)))
  }

  /** Says that the survey takes no answers any more. */
  ended(reply: FastifyReply, language: Language): FastifyReply {
    const { ended, endedLead } = uiWords[language]
    return this.refused(reply, language, 410, ended, endedLead)
  }

  /** Whose answers a code leads to; null where there are none. */
  async at(typed: string, language: string): Promise<Coming | null> {
    const { db, secret } = this.#place.door.people
    const read = readCode(typed)
    if (read?.kind !== 'own') return null
    const hash = hashOf(secret, read.code)
    const draft = await draftAt(db, hash)
    const survey = draft && (await findSurvey(db, draft.survey))
    if (!draft || !survey || isLeft(draft)) return null
    const provider = await this.nameOf(draft.provider)
    const chosen = languageOf(language, draft.language)
    return { code: read.code, hash, draft, survey, provider, language: chosen }
  }

  /** A provider's name; its code where it is not shown any more. Kept, since every page asks for it. */
  async nameOf(code: string): Promise<string> {
    const { reader } = this.#place
    const state = await reader.state()
    if (state.publication !== this.#publication || this.#names.size >= mostNames) {
      this.#names.clear()
      this.#publication = state.publication
    }
    const known = this.#names.get(code)
    if (known !== undefined) return known
    const name = (await reader.subject(state, code))?.name ?? code
    this.#names.set(code, name)
    return name
  }
}

/** How long answers that were begun at a kiosk can be gone on with: whoever comes next must not see them. */
const kioskMinutes = 30

/** Whether somebody left a kiosk before they had sent their answers. */
const isLeft = ({ way, submittedAt, savedAt }: Draft): boolean =>
  way === 'kiosk' &&
  submittedAt === null &&
  Date.now() - new Date(savedAt).getTime() > kioskMinutes * 60_000

/** Where a kiosk begins anew; null where its survey has no link of the provider any more. */
export async function kioskHref(
  db: Pick<Queries, 'query'>,
  { survey, provider, way }: Draft,
): Promise<string | null> {
  if (way !== 'kiosk') return null
  const [link] = await db.query<{ code: string }>(
    'select code from survey_link where survey = $1 and provider = $2',
    [survey, provider],
  )
  return link ? `/surveys/${link.code}?way=kiosk` : null
}

/** The address of a page of somebody's answers. */
export function addressOf(
  page: 'answer' | 'check' | 'send' | 'thanks' | 'later' | 'idle',
  { code, language, draft }: Pick<Coming, 'code' | 'language' | 'draft'>,
  at?: number,
): string {
  const query = new URLSearchParams({ draft: code })
  if (at !== undefined) query.set('page', String(at))
  if (language !== draft.language) query.set('lang', language)
  return `/surveys/${page}?${query}`
}
