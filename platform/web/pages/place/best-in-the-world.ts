import { isStanding, parts, sideOf, type YardstickFigure } from '../../../yardstick/standing.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'
import { type Measure, standingText } from '../yardstick/measure.ts'
import { measures } from '../yardstick/yardstick.ts'

/** One thing that the yardstick measures: what it says of the place, and of others. */
interface WorldLine {
  readonly name: string
  readonly href: string
  /** Empty where it has no figure of the place. */
  readonly own: string
  /** Empty where it has a figure of the place alone. */
  readonly others: string
}

/** The place by itself, and next to it the latest of every other country. */
function lineOf(
  { indicator, figures }: Measure,
  code: string,
  isOwn: (f: YardstickFigure) => boolean,
): WorldLine {
  const own = figures.filter(isOwn)
  const others = figures.filter((f) => !isOwn(f))
  return {
    name: indicator.name,
    href: `/yardstick#${indicator.code}`,
    own: standingText(own, indicator, code),
    others: standingText(others, indicator),
  }
}

/** Whether a measure says something of the world: of another country, or of a rank among several. */
const isOfTheWorld = ({ indicator, figures }: Measure): boolean =>
  isStanding(indicator) || figures.some((f) => sideOf(f.place) === 'abroad')

/** "The paper of 2008 has figures of this place in 3 of the 4 parts by which services are measured." */
function leadSentence(found: readonly { lines: readonly WorldLine[] }[]): string {
  const some = found.filter((f) => f.lines.length > 0)
  const against = some.filter((f) => f.lines.some((l) => l.others !== ''))
  const beside = `It gives the same measure of another country in ${against.length || 'none'} of them.`
  return `The paper of 2008 has figures of this place in ${some.length} of the ${found.length} parts by which services are measured. ${beside}`
}

/** What a part lacks, said plainly. */
function gapSentence(own: number, others: number): string {
  if (own === 0 && others === 0) return 'The paper gives nothing here.'
  if (own === 0) return 'The paper gives nothing here of this place.'
  return others === 0 ? 'The paper gives nothing here of any other country.' : ''
}

/**
 * A country in the four parts by which services are measured, each against the best that is known;
 * null for places that no yardstick knows. A country also shows the figures of its own provinces and
 * cities, which `within` names by their codes.
 */
export async function bestInTheWorld(
  code: string,
  within: readonly string[],
  context: PageContext,
) {
  const own = new Set([code, ...within])
  const isOwn = (f: YardstickFigure): boolean => own.has(f.place.code)
  const all = await measures(context)
  if (!all.some((m) => m.figures.some(isOwn))) return null
  const found = parts.map((part) => {
    const some = all.filter((m) => m.part === part)
    const lines = some.filter((m) => m.figures.some(isOwn)).map((m) => lineOf(m, code, isOwn))
    const elsewhere = some
      .filter((m) => !m.figures.some(isOwn) && isOfTheWorld(m))
      .map((m) => lineOf(m, code, isOwn))
    const against = elsewhere.length + lines.filter((l) => l.others !== '').length
    return {
      part,
      title: words.sentenceCase(part),
      lines,
      elsewhere,
      gap: gapSentence(lines.length, against),
    }
  })
  return { sentence: leadSentence(found), parts: found }
}
