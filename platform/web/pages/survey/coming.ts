import type { FastifyReply, FastifyRequest } from 'fastify'
import { isWithin, networkOf } from '../../../people/counts.ts'
import { keyed } from '../../../people/secret.ts'
import { type Draft, draftAt } from '../../../surveys/answering.ts'
import { hashOf, readCode } from '../../../surveys/code.ts'
import type { Language } from '../../../surveys/question.ts'
import { findSurvey, type Survey, stateOn } from '../../../surveys/survey.ts'
import type { FormPlace } from '../../people-door.ts'
import { BadRequest } from '../../refusals.ts'
import { today } from '../../sent-form.ts'
import * as words from '../../words.ts'
import { languageOf } from './ui-words.ts'

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

const noSuch =
  'The code may have been mistyped, or its answers were kept for 30 days and nobody went on with them.'
const tooMany = 'Too many codes were tried from your network within an hour. Try again in an hour.'
const tooManyPages =
  'Too many pages were sent from your network within an hour. Your answers so far are kept. Go on in an hour.'

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

  /** Refuses a code that is nowhere; whoever tries many is kept waiting. */
  async unknown(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { door, refuse } = this.#place
    const instead = { instead: [{ href: '/surveys', text: 'Type the code once more' }] }
    if (!(await isWithin(door.people.db, 'survey-try', this.#network(request)))) {
      return refuse(reply, 429, 'Too many codes', tooMany)
    }
    return refuse(reply, 404, 'We do not know this code', noSuch, instead)
  }

  /** Counts a page that is sent; null where there may be more, else the refusal. */
  async tooOften(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | null> {
    const { door, refuse } = this.#place
    if (await isWithin(door.people.db, 'survey-from', this.#network(request))) return null
    return refuse(reply, 429, 'Too many pages', tooManyPages)
  }

  /** Refuses where a survey takes no answers today; null where it does. */
  closed(survey: Survey, reply: FastifyReply): FastifyReply | null {
    const { refuse } = this.#place
    const state = stateOn(survey, today())
    if (state === 'open') return null
    const instead = { instead: [{ href: '/surveys', text: 'Surveys that are open' }] }
    return state === 'not-yet'
      ? refuse(
          reply,
          404,
          'This survey is not open yet',
          `It opens on ${words.date(survey.opens)}.`,
          instead,
        )
      : refuse(
          reply,
          410,
          'This survey has ended',
          'Answers that were sent before are counted. It takes no more.',
          instead,
        )
  }

  /** Whose answers a code leads to; null where there are none. */
  async at(typed: string, language: string): Promise<Coming | null> {
    const { db, secret } = this.#place.door.people
    const read = readCode(typed)
    if (read?.kind !== 'own') return null
    const hash = hashOf(secret, read.code)
    const draft = await draftAt(db, hash)
    const survey = draft && (await findSurvey(db, draft.survey))
    if (!draft || !survey) return null
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

/** The address of a page of somebody's answers. */
export function addressOf(
  page: 'answer' | 'check' | 'send' | 'thanks' | 'later',
  { code, language, draft }: Pick<Coming, 'code' | 'language' | 'draft'>,
  at?: number,
): string {
  const query = new URLSearchParams({ draft: code })
  if (at !== undefined) query.set('page', String(at))
  if (language !== draft.language) query.set('lang', language)
  return `/surveys/${page}?${query}`
}
