import type { Counted } from './counts.ts'
import type { Earlier } from './history.ts'
import { countsOfFigure, type PeopleKnown } from './people.ts'

/** Where what each release before said is read, of an indicator and period; the oldest first. */
export interface ReadsEarlier extends PeopleKnown {
  readonly earlier: (indicator: string, period: string) => Promise<readonly Earlier[]>
}

/** What each release before said of each of some indicators, as its cells are keyed. */
export async function earlierOfAll(
  to: ReadsEarlier,
  indicators: readonly string[],
  period: string,
): Promise<Earlier[]> {
  const all = await Promise.all(
    indicators.map((indicator) => earlierAs(to, indicator, indicator, period)),
  )
  return all.flat()
}

/** What each release before said of an indicator that is another now. */
export async function earlierAs(
  to: ReadsEarlier,
  indicator: string,
  now: string,
  period: string,
): Promise<Earlier[]> {
  const own = await to.earlier(indicator, period)
  return own.map((one) => ofKind(one, now, to))
}

/** What each release before said of several indicators, as one; the oldest first. */
export function joined(all: readonly Earlier[]): Earlier[] {
  const releases = Map.groupBy(all, (one) => one.release)
  return [...releases]
    .map(([release, some]): Earlier => {
      const hidden = some.flatMap(({ figures, hidden: is }) => figures.map((_, at) => is(at)))
      const counts = some.flatMap((one) => one.rounding?.counts ?? [])
      const base = some[0]?.rounding?.base
      return {
        release,
        order: some[0]?.order ?? 0,
        figures: some.flatMap((one) => one.figures),
        hidden: (at) => hidden[at] === true,
        rounding: base === undefined ? undefined : { base, counts },
      }
    })
    .sort((a, b) => a.order - b.order || a.release - b.release)
}

/** What a release before said of an indicator: its counts are kept as its numerators and denominators. */
function ofKind(earlier: Earlier, code: string, { declared, indicators }: PeopleKnown): Earlier {
  const counted = ({ part, base }: Counted) =>
    countsOfFigure(declared, indicators.get(code), part, base)
  return {
    ...earlier,
    figures: earlier.figures.map((f) => ({ ...f, indicator: code, ...counted(f) })),
  }
}
