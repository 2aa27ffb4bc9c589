import {
  analyseDrivers,
  type DriverAnalysis,
  expectationGap,
  isRefused,
  sampleDesign,
} from '@plumbline/weights'
import type { Queries } from '../database/database.ts'
import { questionsOf, standard } from './instrument.ts'
import { type Part, parts } from './question.ts'
import { type Answerers, answerers, whoAnswered } from './who.ts'

/** Fewer answers are not looked into: too little could be told, and too much about each. */
export const fewestForDrivers = 30
/** The most answers that are looked into, the newest: more would make the page slow and say no more. */
const mostRows = 1000
/** The weeks that are looked at, back from today. */
const weeksBack = 104
/** The same answers give the same doubt each time. */
const seed = 1
/** How often the answers are drawn again to tell the doubt. */
export const replicates = 300

/** What may matter: every part but the whole. */
export const drivers = parts.filter((p) => p !== 'overall')
export type DriverPart = (typeof drivers)[number]

/** A mean of scores from 1 to 5, or of their differences, with its 95% limits. */
interface Mean {
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** What matters most to those who answered about a provider. */
export interface Matters {
  readonly who: Answerers
  /** Answers that were looked into. */
  readonly rows: number
  /** In the order of `drivers`, by the part's code; or why nothing can be said. */
  readonly analysis: DriverAnalysis | string
  /** What they found overall less what they had expected; null where it cannot be told. */
  readonly gap: Mean | null
}

/** The scores of one person's answers, by part; NaN where there is none. */
type Scores = Readonly<Record<Part | 'expected', number>>

const scored = questionsOf(standard).flatMap((q) => {
  const name = q.part ?? (q.code === 'expected' ? q.code : null)
  return name === null ? [] : [{ name, code: q.code, options: q.options }]
})

function scoresOf(answers: Readonly<Record<string, unknown>>): Scores {
  return Object.fromEntries(
    scored.map(({ name, code, options }) => {
      const score = options.find((o) => o.code === answers[code])?.score
      return [name, score ?? Number.NaN]
    }),
  ) as Record<Part | 'expected', number>
}

/** What matters most to those who answered of a provider in two years, by who answered. */
export async function mattersOf(db: Pick<Queries, 'query'>, provider: string): Promise<Matters[]> {
  const found: Matters[] = []
  for (const who of answerers) {
    const rows = await db.query<{ answers: Record<string, unknown> }>(
      `select r.answers from survey_response r
       where survey = any (select survey from survey_link where provider = $1) and provider = $1
         and submitted_at > now() - make_interval(weeks => $2) and ${whoAnswered} = $3
       order by submitted_at desc, id limit ${mostRows}`,
      [provider, weeksBack, who],
    )
    if (rows.length > 0)
      found.push(
        whatMatters(
          who,
          rows.map((r) => scoresOf(r.answers)),
        ),
      )
  }
  return found
}

/** What matters most by some scores; each answer counts the same. */
export function whatMatters(who: Answerers, all: readonly Scores[]): Matters {
  const of = (name: keyof Scores): Float64Array => Float64Array.from(all, (s) => s[name])
  const whole = all.filter((s) => [...drivers, 'overall' as const].every((p) => s[p] > 0)).length
  if (whole < fewestForDrivers) {
    const analysis = `${whole} ${whole === 1 ? 'person has' : 'people have'} answered every question, fewer than the ${fewestForDrivers} that it takes to tell what matters most.`
    return { who, rows: whole, analysis, gap: null }
  }
  const design = sampleDesign({ weights: new Float64Array(all.length).fill(1) })
  if (isRefused(design)) return { who, rows: whole, analysis: design.sentence, gap: null }
  const columns = drivers.map((name) => ({ name, values: of(name) }))
  const found = analyseDrivers(design, of('overall'), columns, { seed, replicates })
  return { who, rows: whole, analysis: isRefused(found) ? found.sentence : found, gap: gapOf(all) }
}

function gapOf(all: readonly Scores[]): Mean | null {
  const both = all.filter((s) => s.expected > 0 && s.overall > 0)
  if (both.length < fewestForDrivers) return null
  const design = sampleDesign({ weights: new Float64Array(both.length).fill(1) })
  if (isRefused(design)) return null
  const column = (name: keyof Scores): Float64Array => Float64Array.from(both, (s) => s[name])
  const found = expectationGap(design, column('expected'), column('overall'))
  if (isRefused(found)) return null
  const { value, lower, upper } = found
  return { value, lower, upper }
}
