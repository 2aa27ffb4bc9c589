import type { Indicator } from '../../../evidence/indicator.ts'
import type { NewFigure } from '../../../publishing/new-figures.ts'
import type { Preview } from '../../../publishing/preview.ts'
import * as words from '../../words.ts'

type Someone = NewFigure['first'][number]

const plural = (count: number, one: string, many: string): string =>
  `${words.number(count, 0)} ${count === 1 ? one : many}`

/** Codes may be mistyped: what is not known yet is said out loud, by its name. */
function unknownWords({ providers, places, first }: Preview['unknown']): string | null {
  const some = [
    ...(providers > 0 ? [plural(providers, 'provider', 'providers')] : []),
    ...(places > 0 ? [plural(places, 'place', 'places')] : []),
  ]
  if (some.length === 0) return null
  const named = first.map(({ code, name }) => (name === code ? code : `${name} (${code})`))
  const left = providers + places - first.length
  const all = left > 0 ? [...named, `${words.number(left, 0)} more`] : named
  const who = first.length === 0 ? '' : `: ${words.list(all)}`
  return `Not known here before: ${words.list(some)}${who}. Look whether their codes are right, since each gets a page.`
}

/** Whose pages show something else, and whose only hold the same figures against others. */
function pagesWords({ providers, places, heldAgainst, indicators }: Preview): string {
  const who = (of: { readonly providers: number; readonly places: number }): string[] => [
    ...(of.providers > 0 ? [plural(of.providers, 'provider', 'providers')] : []),
    ...(of.places > 0 ? [plural(of.places, 'place', 'places')] : []),
  ]
  const own = [
    ...who({ providers, places }),
    ...(indicators.length > 0 ? [plural(indicators.length, 'indicator', 'indicators')] : []),
  ]
  const held = who(heldAgainst)
  const first =
    own.length === 0
      ? 'No page shows other figures.'
      : `Other figures stand on the pages of ${words.list(own)}.`
  if (held.length === 0) return first
  return `${first} Those of ${words.list(held)} keep their own and are held against other ones.`
}

/** How much of it nobody will see. */
function hiddenWords({ hidden, figures, roundedTo }: NonNullable<Preview['hidden']>): string {
  if (roundedTo !== null)
    return `Its counts are rounded to ${roundedTo}, and no small count could be worked out from them.`
  const of = `its ${plural(figures, 'figure', 'figures')}`
  return hidden === 0
    ? `It is safe: none of ${of} had to be hidden, since no small count could be worked out from them.`
    : `${words.number(hidden, 0)} of ${of} will not be shown, so that nobody can work out a small count.`
}

type Value = (code: string, x: number) => string

const pageOf = ({ kind, code }: Someone): string =>
  `/${kind === 'provider' ? 'providers' : 'places'}/${encodeURIComponent(code)}`

/** "All 90: 54.9%. The lowest is 40.0% (Surgery 0), the highest 89.0% (Surgery 29)." */
/** "Fennickley and 2 others" */
const whose = ({ name }: Someone, also: number): string =>
  also === 0 ? name : `${name} and ${plural(also, 'other', 'others')}`

function newFigureWords(f: NewFigure, value: Value, isPublished: boolean) {
  const of = (x: number): string => value(f.indicator, x)
  const group = f.breakdown ? ` (${words.group(f.breakdown)})` : ''
  const all = f.whole === null ? '' : `All ${words.number(f.count, 0)}: ${of(f.whole)}. `
  const ends =
    f.lowest && f.highest
      ? `The lowest is ${of(f.lowest.value)} (${whose(f.lowest, f.alsoLowest)}), the highest ${of(f.highest.value)} (${whose(f.highest, f.alsoHighest)}).`
      : 'No value of it may be shown.'
  return {
    title: `${f.name}, ${words.period(f.period)}${group}`,
    sentence: all + ends,
    name: `The first figures of: ${f.name}`,
    rows: f.first.map((s) => [
      { text: s.name, ...(isPublished || s.isKnown ? { href: pageOf(s) } : {}) },
      s.code,
      of(s.value),
    ]),
    more:
      f.count > f.first.length
        ? `The first ${f.first.length} of ${words.number(f.count, 0)} are listed.`
        : '',
  }
}

/**
 * What a publication would change, as the page sets it.
 * @param isPublished whether all its pages are there now.
 */
export function previewWords(
  found: Preview,
  indicators: ReadonlyMap<string, Indicator>,
  isPublished = false,
) {
  const { figures, biggest, judgements, superseded, gaveWay } = found
  const value: Value = (code, x) => {
    const indicator = indicators.get(code)
    return indicator ? words.value(indicator, x) : words.number(x, Number.isInteger(x) ? 0 : 2)
  }
  const lost =
    found.withoutValue > 0
      ? ` (${words.number(found.withoutValue, 0)} of them then suppressed or missing)`
      : ''
  return {
    first: `${plural(figures.new, 'figure is', 'figures are')} new, ${plural(figures.changed, 'changes', 'change')}${lost}, ${words.number(figures.gone, 0)} ${figures.gone === 1 ? 'goes' : 'go'}.`,
    places: pagesWords(found),
    hidden: found.hidden ? hiddenWords(found.hidden) : null,
    unknown: unknownWords(found.unknown),
    superseded: superseded.map((id) => ({ href: `/releases/${id}`, text: `Release ${id}` })),
    gaveWay:
      gaveWay === 0
        ? null
        : `Your figures are real, and all figures here are invented: ${plural(gaveWay, 'invented release gives', 'invented releases give')} way, and the invented area goes.`,
    newFigures: found.newFigures.map((f) => newFigureWords(f, value, isPublished)),
    indicators: found.indicators.map((i) => ({
      name: i.name,
      href: i.isNew ? null : `/indicators/${i.code}`,
      about: i.isNew ? 'a new page' : '',
    })),
    biggest: biggest.map((b) => [
      { text: b.name },
      `${b.indicatorName}, ${words.period(b.period)}${b.breakdown ? ` (${words.group(b.breakdown)})` : ''}`,
      value(b.indicator, b.before),
      value(b.indicator, b.after),
    ]),
    judgements: judgements.map((j) => ({
      title: j.name,
      sentence: `${plural(j.providers, 'is', 'are')} judged otherwise.`,
      name: `Judged otherwise by: ${j.name}`,
      rows: j.first.map((f) => [
        f.name,
        words.period(f.period),
        f.before ?? 'not judged by it',
        f.after ?? 'not judged by it',
      ]),
      more: j.providers > j.first.length ? `The first ${j.first.length} are listed.` : '',
    })),
  }
}
