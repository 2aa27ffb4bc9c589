import type { Question } from './alternatives.ts'
import type { Counted } from './count-answers.ts'
import { safeToShow } from './part-audit.ts'
import { publishedShare, type Told } from './published-share.ts'
import { type Part, parts as partsAsked } from './question.ts'

import { resultColumns } from './results-descriptor.ts'
import { type ToldBefore, toldKey } from './told-shares.ts'
import { type FramePart, partCounts, plainShare, type Share } from './weighted.ts'
import type { Answerers } from './who.ts'

/** A figure of a survey, as it is handed in: without a share where it is hidden before. */
export interface Result extends Nullable<Share> {
  readonly provider: string
  readonly who: Answerers
  readonly part: Part
  /** Null where it is weighted: then it has no counts, and is safe as it stands. */
  readonly satisfied: number | null
  readonly answered: number | null
  readonly weighted: boolean
  /** Of a weighted share, how many answers of a simple sample it is worth, rounded down. */
  readonly worth: number | null
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null }

/** Figures, and why some could not be weighted, in a sentence each. */
interface Results {
  readonly results: readonly Result[]
  readonly refused: readonly string[]
}

/**
 * The figures of a survey. Where the sample of any provider was drawn in parts, all of the sample are weighted and
 * made safe here, since nobody knows later how many of each part answered.
 * @param before weighted shares that were told of this survey: they stay as they are.
 */
export async function resultsOf(
  counted: readonly Counted[],
  frames: readonly FramePart[],
  before: ToldBefore | null = null,
): Promise<Results> {
  const byProvider = Map.groupBy(frames, (f) => f.provider)
  const hasParts = [...byProvider.values()].some((own) => own.length > 1)
  const groups = Map.groupBy(counted, ({ provider, who }) => JSON.stringify([provider, who]))
  const isAlone = new Set(counted.filter((c) => c.who === 'sample').map((c) => c.provider)).size < 2
  const all: Results[] = []
  for (const own of groups.values()) {
    const { provider, who } = own[0] as Counted
    if (who === 'sample' && hasParts) {
      // To look for what else could be takes a while: others are answered in between.
      await new Promise(setImmediate)
      all.push(weighted(own, { parts: byProvider.get(provider) ?? [], before, isAlone }))
    } else all.push({ results: own.map(plain), refused: [] })
  }
  return { results: all.flatMap((a) => a.results), refused: all.flatMap((a) => a.refused) }
}

const plain = ({ strata: _, ...counted }: Counted): Result => ({
  ...{ ...counted, ...plainShare(counted.satisfied, counted.answered) },
  ...{ weighted: false, worth: null },
})

/** What takes the place of a share that is hidden. */
const nothing = { percent: null, lower95: null, upper95: null, worth: null } as const

/** The weighted figures of one provider. */
function weighted(
  counted: readonly Counted[],
  {
    parts,
    before,
    isAlone,
  }: {
    readonly parts: readonly FramePart[]
    readonly before: ToldBefore | null
    readonly isAlone: boolean
  },
): Results {
  const refused: string[] = []
  const questions = counted
    // The answer overall is shown rather than the others.
    .toSorted((a, b) => partsAsked.indexOf(a.part) - partsAsked.indexOf(b.part))
    .flatMap(({ provider, part, strata }): (Question & { readonly key: Part })[] => {
      const counts = partCounts(parts, strata)
      if (typeof counts !== 'string') return [{ key: part, ...counts }]
      refused.push(`${provider}, ${part}: ${counts}`)
      return []
    })
  const { provider = '' } = counted[0] ?? {}
  const now = before === null ? safeToShow(parts, questions, isAlone) : null
  const told = ({ key }: Question): Told | null =>
    (now?.get(key) ?? before?.get(toldKey({ provider, part: key }))) || null
  const results = questions.map((q): Result => {
    const found = told(q)
    return {
      ...{ provider, who: 'sample', part: q.key, weighted: true, satisfied: null, answered: null },
      ...(found ? publishedShare(found) : nothing),
    }
  })
  return { results, refused }
}

/** A cell that no comma splits. */
const cell = (value: string | number): string => {
  const text = String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const cellsOf = (result: Result) => ({
  ...result,
  weighted: result.weighted ? 'yes' : 'no',
  status: result.percent === null ? 'suppressed' : 'value',
})

export function resultsCsv(results: readonly Result[]): string {
  const lines = results.map((r) => {
    const cells = cellsOf(r)
    return resultColumns.map((c) => cell(cells[c] ?? '')).join(',')
  })
  return `${[resultColumns.join(','), ...lines].join('\n')}\n`
}
