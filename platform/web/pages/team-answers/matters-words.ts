import type { DriverResult, Priority } from '@plumbline/weights'
import type { Matters } from '../../../surveys/matters.ts'
import { parts } from '../../../surveys/question.ts'
import * as words from '../../words.ts'
import { partNames } from './part-names.ts'

/** From which share of the redraws on a priority is called sure. */
const sure = 0.9

/** What matters most, in words and rows for the team's page. */
export interface MattersWords {
  /** Sentences: what to improve first, what to keep up, how what came compares with what was expected. */
  readonly sentences: readonly string[]
  /** Name, importance, satisfaction, what follows; what matters most first. */
  readonly rows: readonly (readonly string[])[]
}

export function mattersWords({ analysis, gap, rows }: Matters): MattersWords {
  if (typeof analysis === 'string') return { sentences: [analysis], rows: [] }
  const sorted = analysis.drivers.toSorted((a, b) => b.importance.value - a.importance.value)
  const explained = words.number(100 * analysis.explained.value, 0)
  return {
    sentences: [
      said(sorted, 'improve first', 'It would help people most if this were better'),
      said(sorted, 'keep up', 'This matters much to people and is done well, so go on as now'),
      gap === null ? '' : gapWords(gap),
      `From ${words.number(rows, 0)} people who answered every question. Together these parts explain ${explained}% of how they differ overall.`,
    ].filter((s) => s !== ''),
    rows: sorted.map((d) => [
      nameOf(d),
      withLimits(d.importance, (x) => `${words.number(100 * x, 0)}%`),
      withLimits(d.satisfaction, (x) => words.number(x, 1)),
      d.certainty >= sure
        ? words.sentenceCase(plain[d.priority])
        : `Not sure; perhaps ${plain[d.priority]}`,
    ]),
  }
}

/** What follows, in plain words. */
const plain: Readonly<Record<Priority, string>> = {
  'improve first': 'make this better first',
  'keep up': 'go on as now',
  'improve later': 'make this better later',
  'leave as it is': 'leave it as it is',
}

const nameOf = ({ name }: DriverResult): string => {
  const part = parts.find((p) => p === name)
  return part ? partNames[part] : name
}

const withLimits = (
  {
    value,
    lower,
    upper,
  }: { readonly value: number; readonly lower: number; readonly upper: number },
  format: (x: number) => string,
): string => `${format(value)} (${format(lower)} to ${format(upper)})`

function said(all: readonly DriverResult[], priority: Priority, how: string): string {
  const of = all.filter((d) => d.priority === priority)
  const certain = of.filter((d) => d.certainty >= sure).map((d) => `\u201c${nameOf(d)}\u201d`)
  const perhaps = of.filter((d) => d.certainty < sure).map((d) => `\u201c${nameOf(d)}\u201d`)
  if (of.length === 0) return `${how}: nothing stands out.`
  if (certain.length === 0) return `${how}: perhaps ${words.list(perhaps)}, which is not sure.`
  const more =
    perhaps.length === 0 ? '' : ` Perhaps also ${words.list(perhaps)}, which is not sure.`
  return `${how}: ${words.list(certain)}.${more}`
}

function gapWords(gap: NonNullable<Matters['gap']>): string {
  const size = words.number(Math.abs(gap.value), 1)
  const scale = 'on a scale from 1 (very poor) to 5 (very good)'
  if (gap.upper < 0) return `They found it worse than they had expected: by ${size} ${scale}.`
  if (gap.lower > 0) return `They found it better than they had expected: by ${size} ${scale}.`
  return 'They found it as they had expected, as far as can be told.'
}
