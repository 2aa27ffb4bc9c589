import { z } from 'zod'
import type { Catalogue } from '../evidence/catalogue.ts'
import { boundsOf, chosenBy, type Indicator } from '../evidence/indicator.ts'
import { problemOf, type Standard, standardSchema } from './standard.ts'

/** What was found in a file of standards. */
export interface Checked {
  /** Those that could be read; with a problem among them the file counts for nothing. */
  readonly standards: readonly Standard[]
  /** What is wrong, a sentence each: empty where the file can be taken. */
  readonly problems: readonly string[]
  /** What is allowed and may not be meant. */
  readonly notes: readonly string[]
}

/**
 * Reads the text of a file of standards, a list or a single one, and says all that is wrong with it.
 * @param indicators all that are described or drafted, by code.
 */
export function checkStandards(
  text: string,
  catalogue: Pick<Catalogue, 'services' | 'standards'>,
  indicators: ReadonlyMap<string, Indicator>,
): Checked {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    const problems = [`It is no JSON: ${(error as Error).message}.`]
    return { standards: [], problems, notes: [] }
  }
  const items: unknown[] = Array.isArray(content) ? content : [content]
  if (items.length === 0) return { standards: [], problems: ['It holds no standard.'], notes: [] }
  const standards: Standard[] = []
  const problems: string[] = []
  for (const [at, item] of items.entries()) {
    const { data, error } = standardSchema.safeParse(item)
    if (data) standards.push(data)
    for (const { path, message } of error?.issues ?? []) {
      problems.push(`${nameOf(item, at)}: ${path.join('.') || 'it'}: ${message}`)
    }
  }
  const known = new Map([...catalogue.standards, ...standards.map((s) => [s.code, s] as const)])
  const notes: string[] = []
  for (const [at, s] of standards.entries()) {
    const say = (sentence: string | null): void => {
      if (sentence !== null) problems.push(`${s.code} ${sentence}.`)
    }
    if (standards.findIndex((other) => other.code === s.code) < at) say('stands there twice')
    if (!catalogue.services.some((service) => service.code === s.service)) {
      say(`is of the service "${s.service}", which no services.json describes`)
    }
    const indicator = indicators.get(s.indicator)
    say(
      indicator
        ? thresholdProblem(s, indicator)
        : `is about the indicator "${s.indicator}", which nobody describes`,
    )
    say(problemOf(s, known))
    notes.push(...notesOn(s, indicator, catalogue.standards).map((note) => `${s.code} ${note}.`))
  }
  return { standards, problems, notes }
}

const codeSchema = z.looseObject({ code: z.string() })

/** A standard by its code, or by its place in the file. */
const nameOf = (item: unknown, at: number): string =>
  codeSchema.safeParse(item).data?.code ?? `Standard ${at + 1}`

function thresholdProblem({ threshold }: Standard, indicator: Indicator): string | null {
  if (indicator.selected !== undefined) {
    return `judges by ${chosenBy[indicator.selected]}, who are not like the others: nobody is judged by them`
  }
  const [least, most] = boundsOf(indicator) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  if (!('fixed' in threshold) || (threshold.fixed >= least && threshold.fixed <= most)) return null
  return `asks for ${threshold.fixed}, and its indicator runs from ${least} to ${most === Number.POSITIVE_INFINITY ? 'any height' : most}`
}

function notesOn(
  s: Standard,
  indicator: Indicator | undefined,
  known: ReadonlyMap<string, Standard>,
): string[] {
  const before = known.get(s.code)
  const other = before !== undefined && JSON.stringify(before) !== JSON.stringify(s)
  const asked = { higher: 'at least', lower: 'at most', neither: s.side }
  const turned = indicator !== undefined && asked[indicator.polarity] !== s.side
  return [
    ...(other ? ['is described otherwise in the catalogue: a code may stand there once'] : []),
    ...(turned
      ? [`asks for "${s.side}", where ${indicator.polarity} is better (is that meant?)`]
      : []),
  ]
}
