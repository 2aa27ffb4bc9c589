import type { IndicatorRow } from '../../comparison/figures.ts'
import { boundsOf, type Indicator } from '../../evidence/indicator.ts'
import { intervalBar } from '../components/interval-bar/interval-bar.ts'
import { commonScale, type Domain, spreadScale } from '../components/scale.ts'
import * as words from '../words.ts'
import { subjectHref } from './context.ts'

type Valued = Pick<IndicatorRow, 'value' | 'limits'>

/** The ends of a row's thin line, or its value alone. */
const ends = (r: Valued): number[] =>
  r.value === null ? [] : [r.value, r.limits?.lower998 ?? r.value, r.limits?.upper998 ?? r.value]

/**
 * One scale for all rows of a table. Where everyone's values are known it is theirs, so that it stays
 * the same from page to page of the table; else it holds the rows.
 * @param all everyone's values, ascending; empty where they are not known.
 */
export function barScale(
  indicator: Indicator,
  rows: readonly Valued[],
  all: Float64Array,
  whole: number | null,
): Domain {
  const bounds = boundsOf(indicator)
  const include = whole === null ? [] : [whole]
  if (all.length >= 5) return spreadScale(all, include, bounds)
  return commonScale([...rows.flatMap(ends), ...include], bounds)
}

/** Where it lies, and what sets it apart from the other rows. */
const aboutRow = (r: IndicatorRow): string =>
  [r.area, r.closed ? 'closed' : '', r.apart === null ? '' : `one of the ${r.apart}`]
    .filter((x) => x)
    .join(' · ')

/** Rows of a table with an interval bar each, as `barTable` takes them. */
export function barRows(
  indicator: Indicator,
  rows: readonly IndicatorRow[],
  whole: number | null,
  domain: Domain,
) {
  return rows.map((r) => ({
    href: subjectHref(r),
    name: r.name,
    about: aboutRow(r),
    text: words.noted(indicator, r),
    bar:
      r.value === null || indicator.labels
        ? ''
        : intervalBar(r.value, r.limits, whole, domain, words.figure(indicator, r)),
    word: words.word(indicator, r.direction),
  }))
}
