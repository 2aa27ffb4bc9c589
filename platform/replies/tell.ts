import type { Queries } from '../database/database.ts'
import { oneLine, subjectLine } from '../mail/one-line.ts'
import { post } from '../mail/post.ts'
import { addressesReaching, addressFor } from '../people/reaching.ts'
import type { Thing } from '../people/rules.ts'

/** Seconds for which these letters are of use. */
const useful = 14 * 86_400

/** A letter's body: paragraphs with an empty line between them. */
const paragraphs = (...all: readonly string[]): string => `${all.join('\n\n')}\n`

/** A request for a correction, as letters name it: never by its words, which may tell something of a person. */
export interface ToldCorrection {
  readonly id: number
  /** What it asks to be corrected: "the figure “Reading”, 2024-25". */
  readonly about: string
  /** What the provider is called. */
  readonly provider: string
  /** Where this Plumbline is found, without a slash at the end. */
  readonly home: string
}

export interface AskedCorrection extends ToldCorrection {
  /** Who asks: "the head teacher of Ansty School". */
  readonly by: string
  /** By when it is to be answered, in words. */
  readonly due: string
  readonly isPrivate: boolean
}

/**
 * Tells those who answer that a correction is asked for, at once, since the time to answer runs: the stewards whose
 * role reaches the provider, and the analysts where no steward's does. In the transaction of the request.
 * @param thing the provider, as far as a role's reach depends on it.
 * @param asker the number of who asks, who is not told; null where that is nobody who signed in.
 */
export async function tellWhoAnswers(
  tx: Queries,
  asked: AskedCorrection,
  thing: Thing,
  asker: string | null,
): Promise<void> {
  const stewards = await addressesReaching(tx, ['steward'], thing, asker)
  const role = stewards.length > 0 ? 'steward' : 'analyst'
  const all = role === 'steward' ? stewards : await addressesReaching(tx, [role], thing, asker)
  const { id, about, provider, home, by, due, isPrivate } = asked
  const who = oneLine(by)
  const body = paragraphs(
    `${who.charAt(0).toUpperCase()}${who.slice(1)} asks for a correction of ${oneLine(about)}.`,
    ...(isPrivate
      ? ['The words are not public: they tell something of a person. Keep them to yourself.']
      : []),
    `It is to be answered by ${due}. Sign in to read it and to answer:`,
    `${home}/corrections/${id}/answer`,
    `You get this because you are ${role === 'steward' ? 'a steward' : 'an analyst'} on Plumbline, and your role reaches ${oneLine(provider)}.`,
  )
  const subject = subjectLine(`A correction is asked for: ${provider}, by ${due}`)
  await post(tx, ...all.map((to) => ({ to, subject, useful, body })))
}

/**
 * Tells whoever asked for a correction that it is answered, in the transaction of the answer. Nobody where they
 * have left, asked on another way, or answer themselves.
 * @param outcome what the answer is; why, the page says.
 * @param answerer the number of who answers; null where that is nobody who signed in.
 */
export async function tellWhoAsked(
  tx: Queries,
  { id, about, provider, home }: ToldCorrection,
  outcome: 'accepted' | 'refused',
  answerer: string | null,
): Promise<void> {
  const [asked] = await tx.query<{ person: string }>(
    `select p.person_id as person from correction_act a join act_person p on p.entry = a.entry
     where a.correction = $1 and a.act = 'asked' and p.person_id is distinct from $2::uuid`,
    [id, answerer],
  )
  const to = asked ? await addressFor(tx, asked.person) : null
  if (to === null) return
  const answer =
    outcome === 'accepted'
      ? 'It is accepted: a release corrects it.'
      : 'It is refused: nothing is corrected, and the page says why.'
  await post(tx, {
    ...{ to, useful },
    subject: 'Your request for a correction is answered',
    body: paragraphs(
      `You asked for a correction of ${oneLine(about)} (${oneLine(provider)}).`,
      answer,
      `${home}/corrections/${id}`,
      'You get this because you asked for it on Plumbline.',
    ),
  })
}
