import { type Letter, letters } from '../../../cards/grade.ts'
import { at, label, line, svg } from '../svg.ts'

/** What each letter says, after "It does". */
export const gradeMeanings: Readonly<Record<Letter, string>> = {
  A: 'far better than most like it',
  B: 'better than most like it',
  C: 'about the same as others like it',
  D: 'worse than most like it',
  F: 'far worse than most like it',
}

const size = [220, 58] as const
const step = size[0] / letters.length
const [top, floor] = [4, 38]

/** "Less than 1%", "75%", "more than 99%": of a chance nobody is ever told that it is nothing or all. */
export function chance(p: number): string {
  if (p < 0.01) return 'less than 1%'
  return p > 0.99 ? 'more than 99%' : `${Math.round(100 * p)}%`
}

/** "B is 75% likely, A 25%": the letters from the likeliest down, without those below 1 in 100. */
export function likelyText(likely: readonly number[]): string {
  const known = letters
    .map((letter, i) => ({ letter, p: likely[i] ?? 0 }))
    .filter(({ p }) => p >= 0.01)
    .sort((a, b) => b.p - a.p)
  return known
    .map(({ letter, p }, i) =>
      i === 0 ? `${letter} is ${chance(p)} likely` : `${letter} ${chance(p)}`,
    )
    .join(', ')
}

/**
 * How likely each letter is: a column for each, A first, the letter that is given in dark.
 * @param likely the probability of each letter, in the order of `letters`.
 * @param given its place in `letters`.
 */
export function gradeBar(likely: readonly number[], given: number): string {
  const columns = [...letters.keys()].reverse().map((i, column) => {
    const height = (likely[i] ?? 0) * (floor - top)
    const x = column * step
    const own = i === given
    return [
      `<rect class="${own ? 'pl-grade-own' : 'pl-grade-other'}" x="${at(x + 4)}" y="${at(floor - height)}" width="${at(step - 8)}" height="${at(height)}"/>`,
      label(
        own ? 'pl-grade-letter' : 'pl-tick',
        x + step / 2,
        size[1] - 5,
        letters[i] ?? '',
        'middle',
      ),
    ].join('')
  })
  return svg('grade', size, `How likely each grade is: ${likelyText(likely)}`, [
    line('pl-axis', 0, floor, size[0], floor),
    ...columns,
  ])
}
