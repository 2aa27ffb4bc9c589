import {
  categoriesOf,
  isRefused,
  type ResponseRates,
  responseRates,
  sampleDesign,
  whoIsMissing,
} from '@plumbline/weights'
import type { Queries } from '../database/database.ts'

/** How many were invited of one part of a sample at one provider, and what became of them. */
export interface PartReplies {
  readonly provider: string
  /** Empty where the sample has no parts. */
  readonly stratum: string
  /** How many people the part has. */
  readonly people: number
  readonly invited: number
  readonly sent: number
  /** Begun and not sent. */
  readonly begun: number
}

/** The parts of a survey's sample with their replies, as of now. */
export const partReplies = (db: Pick<Queries, 'query'>, survey: number): Promise<PartReplies[]> =>
  db.query<PartReplies>(
    `select f.provider, f.stratum, f.people, count(i.id)::int as invited,
       count(r.id) filter (where r.submitted_at is not null)::int as sent,
       count(r.id) filter (where r.submitted_at is null)::int as begun
     from survey_frame f
     join survey_invitation i on i.survey = f.survey and i.provider = f.provider and i.stratum = f.stratum
       and i.way <> 'appointment'
     left join survey_response r on r.invitation = i.id
     where f.survey = $1 group by f.survey, f.provider, f.stratum, f.people
     order by f.provider, f.stratum`,
    [survey],
  )

/** How many of a sample answered; shares from 0 to 1. */
export interface Response {
  readonly invited: number
  readonly sent: number
  /** Of all who were invited (AAPOR RR1). */
  readonly plain: number
  /** Each by how many people they stand for. */
  readonly weighted: number
  /** As `weighted`, with those who began and did not send (RR2). */
  readonly weightedWithBegun: number
  /** Who is missing among those who answered, or why nothing can be said. */
  readonly missing: string
}

const words = { sent: 'complete', begun: 'partial', silent: 'no-contact' } as const
type Status = keyof typeof words
const statuses = Object.keys(words) as Status[]

/** How the parts of a sample are called in a sentence. */
const variable = 'part of the sample'

/** Response rates and who is missing; null where nobody was invited. */
export function responseOf(parts: readonly PartReplies[]): Response | null {
  const invited = sum(parts, (p) => p.invited)
  if (invited === 0) return null
  const plain = ratesBy(parts, () => 1)
  const weighted = ratesBy(parts, weightOf)
  return {
    ...{ invited, sent: sum(parts, (p) => p.sent), plain: plain.rr1 },
    ...{ weighted: weighted.rr1, weightedWithBegun: weighted.rr2, missing: missingOf(parts) },
  }
}

/** How many people one who was invited stands for. */
const weightOf = ({ people, invited }: PartReplies): number => people / invited

/** A row for each part and status, which weighs as much as all in it: the sums are those of single people. */
function ratesBy(
  parts: readonly PartReplies[],
  weight: (part: PartReplies) => number,
): ResponseRates {
  const rows = parts.flatMap((part) => {
    const { sent, begun, invited } = part
    const of: Readonly<Record<Status, number>> = { sent, begun, silent: invited - sent - begun }
    return statuses.map((status) => ({ status, weight: of[status] * weight(part) }))
  })
  const rates = responseRates(
    categoriesOf(rows.map((r) => r.status)),
    { words },
    { weights: Float64Array.from(rows, (r) => r.weight) },
  )
  // Each status has a row, and somebody was invited.
  if (isRefused(rates)) throw new Error(rates.sentence)
  return rates
}

function missingOf(parts: readonly PartReplies[]): string {
  const strata = [...new Set(parts.map((p) => p.stratum))]
  if (strata.length < 2) {
    return 'The sample has no parts, so that nobody can tell who is missing among those who answered.'
  }
  const each = parts.flatMap((p) => Array.from({ length: p.sent }, () => p))
  if (each.length === 0) return 'Nobody who was invited has answered yet.'
  const design = sampleDesign({ weights: Float64Array.from(each, weightOf) })
  if (isRefused(design)) return design.sentence
  const totals = Object.fromEntries(
    strata.map((s) => [named(s), sum(parts, (p) => (p.stratum === s ? p.people : 0))]),
  )
  const categories = categoriesOf(each.map((p) => named(p.stratum)))
  const found = whoIsMissing(design, [{ variable, categories, totals }])
  return found.sentence
}

const named = (stratum: string): string => (stratum === '' ? 'no part named' : stratum)

const sum = <T>(things: readonly T[], of: (thing: T) => number): number =>
  things.reduce((total, thing) => total + of(thing), 0)
