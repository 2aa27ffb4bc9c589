import type { Queries } from '../database/database.ts'
import { keyed } from '../people/secret.ts'
import type { Token } from '../tokens/token.ts'
import { type AfterAppointments, isDrawn, type Outcome } from './appointments.ts'
import { hashOf, letterCode, newOwnCode, personHashOf, stopCode, stopHashOf } from './code.ts'
import { holdPeace, keepAsked, whyLeftInPeace } from './peace.ts'

/** An appointment, as a booking system reports it. */
export interface Seen {
  /** The sender's own name for it: sent again, it is the same appointment. */
  readonly reference: string
  readonly provider: string
  /** Under which the sender knows who was seen, in small letters; their email address where that is all. */
  readonly person: string
  /** Empty for none. */
  readonly email: string
  /** ISO day. */
  readonly seenOn: string
  readonly died: boolean
}

/** For so many days after an appointment it can be reported. */
export const daysToReport = 28

/**
 * What a sender is told of each. It says no more than the sender may know: `not-asked` stands for all of "not drawn",
 * "asked not to be asked" and "was asked lately, after what somebody else reported".
 */
export const answers = {
  invited: 'They are invited; or were, where you reported this appointment before.',
  taken:
    'It is taken. Where everybody is asked by email, an answer that told who is not would give away who asked not to be.',
  'asked-lately':
    'You reported them before, they were invited then, and nobody is asked twice within some months.',
  'not-asked':
    'They are not asked: not drawn, or not to be asked for a reason that is theirs. Which of these is not told.',
  died: 'You said that they have died, and they are not asked.',
  'no-survey': 'No survey asks after appointments there now.',
  'no-address': 'The survey asks by email, and you sent no address. Send it again with one.',
  'too-old': `It is more than ${daysToReport} days old, and nobody is asked about it.`,
  'reference-used': 'You reported another appointment by this reference. Nothing was done.',
} as const
export type SeenAnswer = keyof typeof answers

/** A survey that asks after appointments at a provider. */
export interface Asking extends Omit<AfterAppointments, 'isStopped'> {
  readonly survey: number
  readonly provider: string
  readonly title: string
  /** Its last day, ISO. */
  readonly closes: string
}

/** What became of one appointment. */
export interface Reported {
  readonly reference: string
  readonly answer: SeenAnswer
  /** The survey, where one asks. */
  readonly asking: Asking | null
  /** For a letter to who was invited: the code that takes one answer, and the one not to be asked again. */
  readonly codes: { readonly own: string; readonly stop: string } | null
}

/** Somebody to write to. */
export interface ToWrite {
  readonly email: string
  readonly code: string
  readonly asking: Asking
  /** All that they are known by, as keyed hashes. */
  readonly hashes: readonly string[]
}

interface Kept {
  readonly reference: string
  readonly digest: string
  readonly told: SeenAnswer
  readonly survey: number
}

/** What is worked with, of one token on one day. */
interface Work {
  readonly tx: Queries
  readonly token: Pick<Token, 'id'>
  readonly secret: string
  readonly today: string
}

/** What is known while appointments are gone through, one after the other. */
interface Known {
  /** By provider. */
  readonly asking: ReadonlyMap<string, Asking>
  /** Appointments that were reported before, by the hash of their reference. */
  readonly before: Map<string, Kept>
  /** Those who were invited after what this token reported: of them it knows. */
  readonly own: Set<string>
  readonly letters: ToWrite[]
  readonly toKeep: (Kept & {
    readonly person: string
    readonly provider: string
    readonly outcome: Outcome
  })[]
}

/**
 * Invites those who were seen, as far as their survey asks them, each appointment once: sent again, it is answered as
 * before. The transaction is the caller's, and so are the letters, which go in it.
 */
export async function inviteSeen(
  work: Work,
  all: readonly Seen[],
): Promise<{ readonly reported: readonly Reported[]; readonly letters: readonly ToWrite[] }> {
  // Of two who report at once, the second sees what became of the first.
  await holdPeace(work.tx)
  const known: Known = {
    asking: await askingAt(work, all),
    before: await keptBefore(work, all),
    own: await invitedBy(work, all),
    ...{ letters: [], toKeep: [] },
  }
  const reported: Reported[] = []
  for (const seen of all) {
    const kept = known.before.get(referenceHash(work, seen))
    reported.push(kept ? asBefore(work, seen, kept, known.asking) : await takeOn(work, seen, known))
  }
  await keepReported(work, known.toKeep)
  return { reported, letters: known.letters }
}

/** Takes an appointment on that was not reported before. */
async function takeOn(work: Work, seen: Seen, known: Known): Promise<Reported> {
  const at = known.asking.get(seen.provider) ?? null
  const refused = refusalOf(seen, at, work.today)
  if (refused !== null || at === null) {
    return { ...plain(seen, refused ?? 'no-survey'), asking: at }
  }
  const hashes = hashesOf(work.secret, seen)
  const person = personKey(work, seen)
  const outcome = await outcomeOf(work, at, hashes, seen)
  const told = toldOf(outcome, at, known.own.has(person))
  if (outcome === 'invited') {
    const code = at.way === 'letter' ? codeOf(work, seen, at.survey) : newOwnCode()
    await keepInvited(work, at, hashes, code)
    if (at.way === 'email') known.letters.push({ email: seen.email, code, asking: at, hashes })
    if (told === 'invited') known.own.add(person)
  }
  const kept = {
    ...{ reference: referenceHash(work, seen), digest: digestOf(work, seen) },
    ...{ told, survey: at.survey },
  }
  known.before.set(kept.reference, kept)
  known.toKeep.push({ ...kept, person, provider: seen.provider, outcome })
  return { ...plain(seen, told), asking: at, codes: codesOf(work, seen, at, told) }
}

/** Keeps what was told of each appointment, and what became of all, apart. */
async function keepReported({ tx, token, today }: Work, all: Known['toKeep']): Promise<void> {
  const of = <K extends keyof Known['toKeep'][number]>(name: K) => all.map((k) => k[name])
  await tx.query(
    `insert into survey_seen (token_id, reference_hash, digest, person_hash, survey, told, reported_on)
     select $1, r, d, p, s, t, $2::date
     from unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::text[]) as k (r, d, p, s, t)`,
    [token.id, today, of('reference'), of('digest'), of('person'), of('survey'), of('told')],
  )
  await tx.query(
    `insert into survey_seen_count (survey, provider, outcome, n)
     select s, p, o, count(*)::int from unnest($1::int[], $2::text[], $3::text[]) as k (s, p, o)
     group by 1, 2, 3
     on conflict (survey, provider, outcome) do update set n = survey_seen_count.n + excluded.n`,
    [of('survey'), of('provider'), of('outcome')],
  )
}

const plain = ({ reference }: Seen, answer: SeenAnswer): Reported => ({
  ...{ reference, answer, asking: null, codes: null },
})

/** By provider, the survey that asks there after appointments today; of several the one that was opened first. */
async function askingAt({ tx, today }: Work, all: readonly Seen[]): Promise<Map<string, Asking>> {
  const rows = await tx.query<Asking>(
    `select distinct on (l.provider) l.provider, s.id as survey, s.title, s.closes::text as closes,
       a.way, a.share, a.months, a.seed
     from survey_link l join survey s on s.id = l.survey join survey_after a on a.survey = s.id
     where l.provider = any($1::text[]) and s.ended_at is null and a.stopped is null
       and $2::date between s.opens and s.closes
     order by l.provider, s.id`,
    [[...new Set(all.map((s) => s.provider))], today],
  )
  return new Map(rows.map((r) => [r.provider, r]))
}

async function keptBefore(work: Work, all: readonly Seen[]): Promise<Map<string, Kept>> {
  const rows = await work.tx.query<Kept>(
    `select reference_hash as reference, digest, told, survey from survey_seen
     where token_id = $1 and reference_hash = any($2::text[])`,
    [work.token.id, all.map((s) => referenceHash(work, s))],
  )
  return new Map(rows.map((r) => [r.reference, r]))
}

/** Those who were invited after what this token reported: of them it knows. */
async function invitedBy(work: Work, all: readonly Seen[]): Promise<Set<string>> {
  const rows = await work.tx.query<{ person: string }>(
    `select distinct person_hash as person from survey_seen
     where token_id = $1 and told = 'invited' and person_hash = any($2::text[])`,
    [work.token.id, all.map((s) => personKey(work, s))],
  )
  return new Set(rows.map((r) => r.person))
}

const referenceHash = ({ secret, token }: Work, { reference }: Seen): string =>
  keyed(secret, 'appointment', `${token.id}\0${reference}`)
const digestOf = ({ secret, token }: Work, { provider, person, email, seenOn, died }: Seen) =>
  keyed(
    secret,
    'appointment sent',
    JSON.stringify([token.id, provider, person, email, seenOn, died]),
  )
const personKey = ({ secret, token }: Work, { person }: Seen): string =>
  keyed(secret, 'appointment of', `${token.id}\0${person}`)
const hashesOf = (secret: string, { person, email }: Seen): string[] => [
  ...new Set([person, email].filter(Boolean).map((p) => personHashOf(secret, p))),
]

/** The answer of before; a letter’s codes again, as long as the survey asks. */
function asBefore(
  work: Work,
  seen: Seen,
  { digest, told, survey }: Kept,
  asking: ReadonlyMap<string, Asking>,
): Reported {
  if (digest !== digestOf(work, seen)) return plain(seen, 'reference-used')
  const at = asking.get(seen.provider)
  if (at?.survey !== survey) return plain(seen, told)
  return { ...plain(seen, told), asking: at, codes: codesOf(work, seen, at, told) }
}

/** Why an appointment is not taken at all, and may be sent again; null where it is. */
function refusalOf(seen: Seen, at: Asking | null, today: string): SeenAnswer | null {
  const age = (Date.parse(today) - Date.parse(seen.seenOn)) / 86_400_000
  if (age > daysToReport) return 'too-old'
  if (at === null) return 'no-survey'
  return at.way === 'email' && seen.email === '' && !seen.died ? 'no-address' : null
}

async function outcomeOf(
  { tx, today }: Work,
  at: Asking,
  hashes: readonly string[],
  { died }: Seen,
): Promise<Outcome> {
  const person = { hashes, died: died ? 'yes' : '' }
  const [why] = await whyLeftInPeace(tx, [person], { months: at.months, day: today })
  if (why) return why
  return isDrawn(at, hashes[0] ?? '') ? 'invited' : 'not-drawn'
}

/** What the sender is told of an outcome. It never hangs on whether somebody asked not to be asked. */
function toldOf(outcome: Outcome, { way, share }: Asking, wasInvited: boolean): SeenAnswer {
  if (outcome === 'died') return 'died'
  if (way === 'email' && share === 100) return 'taken'
  if (outcome === 'invited') return 'invited'
  return wasInvited ? 'asked-lately' : 'not-asked'
}

const codeOf = ({ secret, token }: Work, { reference, person }: Seen, survey: number): string =>
  letterCode(secret, `appointment ${token.id} ${survey} ${reference}`, person)

/** The codes of a letter: told again from what was sent, and kept nowhere. */
function codesOf(work: Work, seen: Seen, at: Asking, answer: SeenAnswer): Reported['codes'] {
  if (at.way !== 'letter' || answer !== 'invited') return null
  const [hash = ''] = hashesOf(work.secret, seen)
  return { own: codeOf(work, seen, at.survey), stop: stopCode(work.secret, hash) }
}

async function keepInvited(
  { tx, secret, today }: Work,
  at: Asking,
  hashes: readonly string[],
  code: string,
): Promise<void> {
  // A time would tell whose it is, beside the letter or the report.
  await tx.query(
    `insert into survey_invitation (survey, provider, code_hash, way, made_at)
     values ($1, $2, $3, 'appointment', $4::date)`,
    [at.survey, at.provider, hashOf(secret, code), today],
  )
  const stopHash =
    at.way === 'letter' ? stopHashOf(secret, stopCode(secret, hashes[0] ?? '')) : null
  await keepAsked(tx, [{ hashes, stopHash }], today)
}
