import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { AnswerRefused } from '../desk/answer.ts'
import { NotHandled } from '../desk/handle.ts'
import { isWithin } from '../people/counts.ts'
import { GrantRefused } from '../people/grants.ts'
import { once, type SentForm, SentOtherwise } from '../people/once.ts'
import { keyed } from '../people/secret.ts'
import { AheadOfRecord, Overtaken } from '../record/append-after.ts'
import { Unsaid } from '../replies/said.ts'
import { field, wholeForm } from './forms.ts'
import type { FormPlace } from './people-door.ts'

/** What was wrong with a form that was sent: which field (empty for none), and a sentence. */
export interface Fault {
  readonly field: string
  readonly sentence: string
  /** 409 where somebody else was faster or the form is none of ours, 429 where too many forms were sent, else 400. */
  readonly status: 400 | 409 | 429
  /** Where what was saved stands: of a form that was sent before, with other words. */
  readonly saved?: string
}

/** The number of a form, which every form carries in the field `form`: sent twice, it acts once. */
export const newForm = (): string => randomUUID()

/** The last entry about its subject that the form was made with, in the field `seen`. */
export function seenOf(request: FastifyRequest): number {
  const seen = field(request, 'seen')
  return /^\d{1,9}$/.test(seen) ? Number(seen) : 0
}

const overtaken =
  'Somebody else has done something about this since you opened the page. Read what stands there now, and send yours again if it still fits.'
const notOurs =
  'This form was not made here, or is too old. Read what stands there now, and send yours again if it still fits.'
const sentOtherwise =
  'What you wrote now is below, and is not saved yet. Send it only if it is to count as well.'
const tooOften = 'You have sent many forms within an hour. Please go on in an hour.'
const noForm = 'The form was not whole. Please send it again.'

/** A form as it was sent, to be done once; null where it carries no number of its own. */
export function sentFormOf({ door }: FormPlace, request: FastifyRequest): SentForm | null {
  const person = request.viewer.person?.id
  const form = z.uuid().safeParse(field(request, 'form'))
  if (person === undefined || !form.success) return null
  const words = `${request.url}\0${wholeForm(request)}`
  return { person, form: form.data, digest: keyed(door.people.secret, 'sent form', words) }
}

/**
 * Does what a form asks, once, in one transaction, and says where its sender is led; or what is wrong, so
 * that the form is shown again with all that was typed.
 */
export async function sendForm(
  place: FormPlace,
  request: FastifyRequest,
  act: (tx: Queries) => Promise<string>,
): Promise<string | Fault> {
  const sent = sentFormOf(place, request)
  if (sent === null) return { field: '', sentence: noForm, status: 400 }
  const { db, secret } = place.door.people
  if (!(await isWithin(db, 'form-by', keyed(secret, 'forms', sent.person)))) {
    return { field: '', sentence: tooOften, status: 429 }
  }
  try {
    return await db.transaction((tx) => once(tx, sent, () => act(tx)))
  } catch (error) {
    if (error instanceof SentOtherwise) {
      const sentence = `${error.message} ${sentOtherwise}`
      return { field: '', sentence, status: 409, saved: error.saved }
    }
    if (error instanceof Overtaken) return { field: '', sentence: overtaken, status: 409 }
    if (error instanceof AheadOfRecord) return { field: '', sentence: notOurs, status: 409 }
    const isFault =
      error instanceof Unsaid ||
      error instanceof AnswerRefused ||
      error instanceof GrantRefused ||
      error instanceof NotHandled
    if (isFault) {
      return { field: error.field, sentence: error.message, status: 400 }
    }
    throw error
  }
}

/** Leads on, or shows the form again. */
export function answerForm(
  reply: FastifyReply,
  found: string | Fault,
  again: (fault: Fault) => FastifyReply | Promise<FastifyReply>,
): FastifyReply | Promise<FastifyReply> {
  if (typeof found === 'string') return reply.redirect(found, 303)
  reply.code(found.status)
  return again(found)
}

/** The number of whoever sent a form, as their acts are kept: for them alone. */
export const personOf = ({ viewer }: FastifyRequest): string | null => viewer.person?.id ?? null

/** A day of today, as acts are dated. */
export const today = (): string => new Date().toISOString().slice(0, 10)
