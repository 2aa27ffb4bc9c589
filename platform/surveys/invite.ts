import { randomInt } from 'node:crypto'
import {
  allocate,
  allocateReplies,
  categoriesOf,
  isRefused,
  stratifiedSample,
} from '@plumbline/weights'
import type { Queries } from '../database/database.ts'
import { append } from '../record/append.ts'
import { Unsaid } from '../replies/said.ts'
import { newOwnCode } from './code.ts'
import type { FrameRow } from './frame.ts'
import { holdPeace, keepAsked, whyLeftInPeace } from './peace.ts'
import type { Survey } from './survey.ts'

const invitedRule =
  'Whom a survey asks is drawn by lot among all who may be asked: nobody who has died, nobody who asked not to be, nobody who was asked within a stated time.'

/** How a sample is drawn. */
export interface InviteOptions {
  /** How many replies each provider should have. */
  readonly replies: number
  /** The share that is expected to answer, above 0 up to 1. */
  readonly rate: number
  /** For how many months nobody is asked twice. */
  readonly months: number
  readonly way: 'letter' | 'email'
  readonly day: string
  readonly role: string
  /** The number of who invites; left out where that is nobody who signed in. */
  readonly person?: string | null
  /** Of a person's address or number: under which they are known as asked. */
  readonly personHash: (person: string) => string
  /** Of a code. */
  readonly codeHash: (code: string) => string
  /** The code of a person who was drawn; left out where it is by chance. */
  readonly codeOf?: (person: string) => string
  /** Of the code by which a person is not asked again; left out where their letter has a link for that. */
  readonly stopHash?: (personHash: string) => string
  /** For tests; else drawn. */
  readonly seed?: number
}

/** Somebody who was drawn, with their own code, which is kept nowhere. */
export interface Invited {
  readonly person: string
  readonly provider: string
  readonly email: string
  readonly code: string
}

export interface InviteResult {
  readonly invited: readonly Invited[]
  readonly notAsked: Readonly<Record<'died' | 'do-not-ask' | 'asked-recently', number>>
  /** Providers of which fewer replies are to be expected than were wanted. */
  readonly short: readonly { readonly name: string; readonly expected: number }[]
  readonly seed: number
}

/** Whoever may be asked of a frame on a day. */
async function eligible(
  tx: Queries,
  frame: readonly FrameRow[],
  { day, months, personHash }: InviteOptions,
) {
  await holdPeace(tx)
  const people = frame.map(({ person, email, died }) => ({
    hashes: [person, email].filter(Boolean).map(personHash),
    died,
  }))
  const why = await whyLeftInPeace(tx, people, { months, day })
  const counts = { died: 0, 'do-not-ask': 0, 'asked-recently': 0 }
  for (const reason of why) if (reason) counts[reason] += 1
  return { rows: why.flatMap((reason, i) => (reason === null ? [i] : [])), counts, people }
}

/** How many to ask of each part of each provider, by its name `provider / part`. */
function sizesOf(frame: readonly FrameRow[], { replies, rate }: InviteOptions) {
  const providers = [...Map.groupBy(frame, (f) => f.provider)]
  const sized = allocateReplies(
    providers.map(([name, own]) => ({ name, size: own.length, responseRate: rate })),
    replies,
  )
  if (isRefused(sized)) throw new Unsaid('replies', sized.sentence)
  const sizes: Record<string, number> = {}
  for (const [i, [provider, own]] of providers.entries()) {
    const parts = [...Map.groupBy(own, (f) => f.stratum)]
    const strata = parts.map(([name, some]) => ({ name, size: some.length }))
    // One of each part at least, as far as there are as many: else nobody could speak for it.
    const total = Math.max(sized.sizes[i] ?? 0, Math.min(strata.length, own.length))
    const shared = allocate(strata, total, 'proportional', { least: 1 })
    if (isRefused(shared)) throw new Unsaid('frame', shared.sentence)
    for (const [h, { name }] of strata.entries()) {
      sizes[partName(provider, name)] = shared.sizes[h] ?? 0
    }
  }
  return { sizes, short: sized.short }
}

const partName = (provider: string, stratum: string): string => `${provider} / ${stratum}`

/**
 * Draws a sample and invites it, once for each survey, on the record too with the seed of the draw. The
 * transaction is the caller's, and so is what becomes of the codes: they are kept as hashes alone.
 * @throws Unsaid that names what is wrong with the frame.
 */
export async function inviteSample(
  tx: Queries,
  survey: Survey,
  frame: readonly FrameRow[],
  options: InviteOptions,
): Promise<InviteResult> {
  const links = await tx.query<{ provider: string }>(
    'select provider from survey_link where survey = $1',
    [survey.id],
  )
  const ours = new Set(links.map((l) => l.provider))
  const stranger = frame.find((f) => !ours.has(f.provider))
  if (stranger) throw new Unsaid('frame', `The survey is not about ${stranger.provider}.`)
  await tx.query('select id from survey where id = $1 for update', [survey.id])
  const before = await tx.query('select 1 from survey_frame where survey = $1 limit 1', [survey.id])
  if (before.length > 0) {
    throw new Unsaid(
      '',
      'A sample was invited to this survey already. A second draw would ask some twice.',
    )
  }
  // By person: the draw hangs on the order, and anybody who has the frame can draw again.
  const sorted = [...frame].sort((a, b) => (a.person < b.person ? -1 : 1))
  const { rows, counts, people } = await eligible(tx, sorted, options)
  const open = rows.map((row) => sorted[row] as FrameRow)
  if (open.length === 0) throw new Unsaid('frame', 'Nobody of the list may be asked now.')
  const { sizes, short } = sizesOf(open, options)
  const seed = options.seed ?? randomInt(2 ** 47)
  const parts = categoriesOf(open.map((f) => partName(f.provider, f.stratum)))
  const drawn = stratifiedSample(parts, sizes, seed)
  if (isRefused(drawn)) throw new Unsaid('frame', drawn.sentence)
  const chosen = [...drawn.rows].map((row) => ({
    ...(open[row] as FrameRow),
    hashes: people[rows[row] ?? 0]?.hashes ?? [],
    code: options.codeOf?.((open[row] as FrameRow).person) ?? newOwnCode(),
  }))
  await keep(tx, survey.id, chosen, open, sizes, options)
  await append(tx, [
    {
      ...{ act: 'survey-invited', role: options.role, subject: `survey:${survey.service}` },
      ...{ why: null, rule: invitedRule, person: options.person ?? null },
      details: {
        ...{ survey: survey.id, title: survey.title, people: chosen.length, frame: frame.length },
        ...{ replies: options.replies, rate: options.rate, months: options.months, seed },
      },
    },
  ])
  const invited = chosen.map(({ person, provider, email, code }) => ({
    ...{ person, provider, email, code },
  }))
  return { invited, notAsked: counts, short, seed }
}

/** Keeps invitations by the hash of their code, the parts with their sizes, and that people were asked. */
async function keep(
  tx: Queries,
  survey: number,
  chosen: readonly (FrameRow & { readonly hashes: readonly string[]; readonly code: string })[],
  open: readonly FrameRow[],
  sizes: Readonly<Record<string, number>>,
  { codeHash, way, day, stopHash }: InviteOptions,
): Promise<void> {
  await tx.query(
    `insert into survey_invitation (survey, provider, code_hash, stratum, way)
     select $1, p, c, s, $5 from unnest($2::text[], $3::text[], $4::text[]) as i (p, c, s)`,
    [
      survey,
      chosen.map((c) => c.provider),
      chosen.map((c) => codeHash(c.code)),
      chosen.map((c) => c.stratum),
      way,
    ],
  )
  const parts = [...Map.groupBy(open, (f) => partName(f.provider, f.stratum))]
  await tx.query(
    `insert into survey_frame (survey, provider, stratum, people, invited)
     select $1, p, s, n, i from unnest($2::text[], $3::text[], $4::int[], $5::int[]) as f (p, s, n, i)`,
    [
      survey,
      parts.map(([, some]) => some[0]?.provider ?? ''),
      parts.map(([, some]) => some[0]?.stratum ?? ''),
      parts.map(([, some]) => some.length),
      parts.map(([name]) => sizes[name] ?? 0),
    ],
  )
  const asked = chosen.map(({ hashes }) => ({
    hashes,
    stopHash: stopHash?.(hashes[0] ?? '') ?? null,
  }))
  await keepAsked(tx, asked, day)
}
