import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { post } from '../mail/post.ts'
import { Unsaid } from '../replies/said.ts'
import { hashOf, letterCode, personHashOf, stopCode, stopHashOf } from './code.ts'
import type { FrameRow, PaperRow } from './frame.ts'
import { type InviteResult, inviteSample } from './invite.ts'
import { invitationLetter } from './letters.ts'
import { type PaperLetter, paperLetters } from './paper.ts'
import { type Survey, stateOn } from './survey.ts'

/** How many are drawn, as somebody types it: per cent, months, people. */
export interface DrawTyped {
  readonly replies: string
  readonly rate: string
  readonly months: string
}

export const usualDraw: DrawTyped = { replies: '100', rate: '30', months: '6' }

/** How many are drawn, read. */
export interface Draw {
  readonly replies: number
  /** Above 0 up to 1. */
  readonly rate: number
  readonly months: number
  readonly day: string
}

function numberOf(typed: DrawTyped, name: keyof DrawTyped, least: number, most: number): number {
  const text = typed[name].trim()
  const found = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (found >= least && found <= most) return found
  throw new Unsaid(name, `Type a whole number from ${least} to ${most}.`)
}

/**
 * How many are to be drawn of a survey on a day.
 * @throws Unsaid beside a field, and where the survey takes no answers on that day.
 */
export function readDraw(survey: Survey, typed: DrawTyped, day: string): Draw {
  if (stateOn(survey, day) !== 'open') {
    throw new Unsaid('', 'People can be invited while the survey is open.')
  }
  return {
    replies: numberOf(typed, 'replies', 1, 10_000),
    rate: numberOf(typed, 'rate', 1, 100) / 100,
    months: numberOf(typed, 'months', 1, 60),
    day,
  }
}

/** Who draws, and by which secret codes are made. */
export interface DrawnBy {
  readonly secret: string
  readonly role: string
  /** The number of who draws; null where that is nobody who signed in. */
  readonly person: string | null
}

/**
 * Draws a sample of a list and writes to it by email. The transaction is the caller's.
 * @param site where this Plumbline is found, without a slash at the end, and the names of providers by their codes.
 * @throws Unsaid that names what is wrong with the list.
 */
export async function inviteByEmail(
  tx: Queries,
  survey: Survey,
  frame: readonly FrameRow[],
  { secret, ...by }: DrawnBy & { readonly draw: Draw },
  site: { readonly home: string; readonly nameOf: ReadonlyMap<string, string> },
): Promise<InviteResult> {
  const personHash = (person: string): string => personHashOf(secret, person)
  const found = await inviteSample(tx, survey, frame, {
    ...by.draw,
    ...{ way: 'email', role: by.role, person: by.person },
    ...{ personHash, codeHash: (code) => hashOf(secret, code) },
  })
  const letters = found.invited.map(({ person, provider, email, code }) => {
    const name = site.nameOf.get(provider) ?? provider
    const hashes = [...new Set([person, email])].map(personHash)
    const of = { provider: name, survey, code, hashes, share: null }
    return { ...invitationLetter(of, { home: site.home, secret }), to: email }
  })
  await post(tx, ...letters)
  return found
}

/** A number of a draw of letters: whoever has it and the list can make the same letters again. */
export const drawNumber = z.uuid().transform((text) => text.toLowerCase())

/**
 * Draws a sample of a list that is asked by letters of paper. The transaction is the caller's.
 * @param number of the draw, which is kept nowhere.
 * @throws Unsaid that names what is wrong with the list.
 */
export function inviteByLetter(
  tx: Queries,
  survey: Survey,
  frame: readonly PaperRow[],
  { secret, number, ...by }: DrawnBy & { readonly draw: Draw; readonly number: string },
): Promise<InviteResult> {
  return inviteSample(tx, survey, frame, {
    ...by.draw,
    ...{ way: 'letter', role: by.role, person: by.person },
    personHash: (person) => personHashOf(secret, person),
    ...{ codeHash: (code) => hashOf(secret, code) },
    codeOf: (person) => letterCode(secret, number, person),
    stopHash: (person) => stopHashOf(secret, stopCode(secret, person)),
  })
}

/** The letters of a draw; none where the number or the list is another. */
export const lettersOf = (
  db: Pick<Queries, 'query'>,
  survey: Pick<Survey, 'id'>,
  frame: readonly PaperRow[],
  { secret, number }: { readonly secret: string; readonly number: string },
): Promise<PaperLetter[]> =>
  paperLetters(db, survey, frame, {
    code: (person) => letterCode(secret, number, person),
    hash: (code) => hashOf(secret, code),
    stop: (person) => stopCode(secret, personHashOf(secret, person)),
  })
