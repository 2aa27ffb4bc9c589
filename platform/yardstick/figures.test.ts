import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { paperFigures, parts } from './figures.ts'

const paper = join(import.meta.dirname, '../../../shared/paper/excellence-and-fairness-2008.txt')

it('covers all four parts, and no figure stands twice', () => {
  expect(new Set(paperFigures.map((f) => f.part))).toEqual(new Set(parts))
  const keys = paperFigures.map((f) => [f.measure, f.who, f.period, f.where].join('|'))
  expect(new Set(keys).size).toBe(keys.length)
})

const ordinals = ['', 'first', 'second', 'third', 'fourth', 'fifth']

describe.skipIf(!existsSync(paper))('every figure', () => {
  const lines = existsSync(paper) ? readFileSync(paper, 'utf8').split('\n') : []

  it.each(paperFigures)('$measure, $who, $period: stands in the paper where it says', (f) => {
    const at = lines.findIndex((l) => l.replaceAll('’', "'").includes(f.quote.replaceAll('’', "'")))
    expect(at, f.quote).toBeGreaterThanOrEqual(0)
    const [kind, number] = f.where.split(' ')
    if (kind === 'endnote') expect(lines[at]).toMatch(new RegExp(`^- ${number} `))
    // A paragraph may run over several lines: the last number before it is its own.
    if (kind === 'para') {
      const starts = lines
        .slice(0, at + 1)
        .flatMap((l) => /^(?:- )?(\d+)\.(?:\*\*)? /.exec(l)?.[1] ?? [])
      expect(starts.at(-1)).toBe(number)
    }
    if (f.where.endsWith('box')) expect(lines[at]).toContain(f.who)
  })

  it.each(paperFigures.filter((f) => f.value !== undefined))(
    '$measure, $who, $period: its number is in the quotation',
    ({ value, quote, shown }) => {
      const words: Record<string, string> = { 'one in five': '20', half: '50' }
      const numbers = (words[shown] ? quote.replace(shown, words[shown]) : quote).match(
        /\d+(\.\d+)?/g,
      )
      expect(numbers).toContain(String(value))
    },
  )

  it.each(paperFigures.filter((f) => f.rank !== undefined))(
    '$measure, $who: its rank is in the quotation',
    ({ rank, quote }) => {
      const said = [`${rank}th`, `${rank}nd`, ordinals[rank ?? 0] ?? '']
      expect(
        said.some((s) => s !== '' && quote.includes(s)),
        quote,
      ).toBe(true)
    },
  )
})
