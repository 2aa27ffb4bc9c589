import { loadStoredSeries, type StoredSeries, storedKeys } from '../comparison/stored-series.ts'
import { periodKinds } from '../evidence/period-kinds.ts'
import type { PublicationAtHand } from '../publishing/dependents.ts'
import { gapFalseAlarms } from './false-alarms.ts'
import { isWatched, usualProviders } from './find-figures.ts'
import type { Found, StoredSignal } from './signal.ts'
import { type TwoGroups, widerGaps } from './widening.ts'

/** How many periods back a gap is held against, where there are so many. */
const periodsBack = 3

/** Two groups that divide everyone by one thing: `sex=boys` and `sex=girls`. */
function pairsOf(breakdowns: readonly string[]): [string, string][] {
  const single = breakdowns.filter((b) => b.includes('=') && !b.includes(';')).sort()
  const byThing = Map.groupBy(single, (b) => b.split('=')[0])
  return [...byThing.values()].flatMap(([a, b, ...more]): [string, string][] =>
    a !== undefined && b !== undefined && more.length === 0 ? [[a, b]] : [],
  )
}

interface Candidate extends TwoGroups {
  readonly subject: number
  readonly earlier: string
  readonly pair: readonly [string, string]
}

/** One pair of groups at all providers of the usual kind, or at all places, in its newest period. */
interface Family {
  readonly last: string
  readonly candidates: readonly Candidate[]
}

/** Gaps between two groups that have widened, of every open provider and place with both. */
export async function findGaps(publication: PublicationAtHand, code: string): Promise<Found[]> {
  const { db, number, catalogue, indicators, listings } = publication
  const indicator = indicators.get(code)
  if (!indicator || !isWatched(indicator)) return []
  const keys = await storedKeys(db, number, code)
  const families: Family[] = []
  for (const pair of pairsOf([...new Set(keys.map((k) => k.breakdown))])) {
    const [of, other] = pair.map((b) => keys.filter((k) => k.breakdown === b).map((k) => k.period))
    const both = (of ?? []).filter((p) => other?.includes(p))
    const [early, late] = [both[Math.max(0, both.length - 1 - periodsBack)], both.at(-1)]
    if (early === undefined || late === undefined || early === late) continue
    const load = async (breakdown: string, period: string) =>
      (await loadStoredSeries(db, number, code, { breakdown, period }))[0]
    const [a0, b0] = [await load(pair[0], early), await load(pair[1], early)]
    const [a1, b1] = [await load(pair[0], late), await load(pair[1], late)]
    if (!a0 || !b0 || !a1 || !b1) continue
    const candidates = Array.from(
      a1.subjects,
      (subject): Candidate => ({
        subject,
        pair,
        earlier: early,
        before: [estimate(a0, subject), estimate(b0, subject)],
        now: [estimate(a1, subject), estimate(b1, subject)],
      }),
    )
    const isUsual = usualProviders(publication, indicator)
    const kinds = [isUsual, (subject: number) => listings.get(subject)?.kind === 'place']
    for (const isOne of kinds) {
      families.push({ last: late, candidates: candidates.filter((c) => isOne(c.subject)) })
    }
  }
  // Gaps of different years are not said in one breath: the newest year alone.
  const last =
    families
      .map((f) => f.last)
      .sort()
      .at(-1) ?? ''
  const kind = periodKinds(catalogue.descriptors)(code)
  const found = families
    .filter((f) => f.last === last)
    .map(({ candidates }) => {
      const { wider, watched } = widerGaps(candidates)
      const signals = wider.flatMap(({ at, before, now }): Omit<StoredSignal, 'first'>[] => {
        const { subject, pair, earlier } = candidates[at] as Candidate
        if (listings.get(subject)?.body.closed === true) return []
        const gap = { groups: pair, before, earlier, now }
        return [{ subject, period: last, seen: { gap, until: last } }]
      })
      return { signals, watched, falseAlarms: gapFalseAlarms(signals.length, watched, kind) }
    })
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0)
  return [
    {
      rule: 'widening-gap',
      about: code,
      signals: widestOfEach(found.flatMap((f) => f.signals)),
      watched: sum(found.map((f) => f.watched)),
      falseAlarms: sum(found.map((f) => f.falseAlarms)),
    },
  ]
}

/** One signal for each subject: its widest gap. */
function widestOfEach<S extends Omit<StoredSignal, 'first'>>(signals: readonly S[]): S[] {
  const width = ({ seen }: S): number => Math.abs(seen.gap?.now.value ?? 0)
  return [...Map.groupBy(signals, (s) => s.subject).values()].flatMap(
    (some) => some.sort((a, b) => width(b) - width(a))[0] ?? [],
  )
}

function estimate(series: StoredSeries, subject: number) {
  const at = placesOf(series).get(subject) ?? -1
  return {
    value: series.value[at] ?? Number.NaN,
    lower: series.lower95[at] ?? Number.NaN,
    upper: series.upper95[at] ?? Number.NaN,
  }
}

const places = new WeakMap<StoredSeries, ReadonlyMap<number, number>>()

/** Where each subject stands in a series; worked out once for each series. */
function placesOf(series: StoredSeries): ReadonlyMap<number, number> {
  const known = places.get(series)
  if (known) return known
  const made = new Map(Array.from(series.subjects, (subject, i) => [subject, i]))
  places.set(series, made)
  return made
}
