/**
 * An attacker on weighted shares, for tests: tries all numbers of answers and of satisfied people of each part of a
 * sample, and keeps those of which everything that is public comes. Shares no code with the search of `part-audit.ts`.
 */

/** What an attacker sees of a question. */
export interface Seen {
  readonly key: string
  /** Questions of the same name were answered by the same people, as far as the attacker knows or guesses. */
  readonly group: string
  /** Between which shares, from 0 to 1, the true one lies. */
  readonly low: number
  readonly high: number
  /** Whether so many answers can be behind it, whatever they were. */
  readonly mayAnswer: (answered: readonly number[]) => boolean
  /** Whether exactly what is public comes of these. */
  readonly fits: (answered: readonly number[], satisfied: readonly number[]) => boolean
}

/** What an attacker knows of the sample: how many people each part has, and how many of them were invited. */
export interface KnownPart {
  readonly people: number
  readonly invited: number
}

/** The least and the most that a count can be. */
export interface Ends {
  readonly least: number
  readonly most: number
}

/** What an attacker makes of the figures of one provider: by `answered GROUP PART`, `satisfied KEY PART` and so on. */
export type Found = ReadonlyMap<string, Ends>

type Numbers = readonly number[]

function* allUpTo(most: Numbers, least: number, from: Numbers = []): Generator<Numbers> {
  const limit = most[from.length]
  if (limit === undefined) {
    yield from
    return
  }
  for (let n = least; n <= limit; n++) yield* allUpTo(most, least, [...from, n])
}

/** All numbers of satisfied people of each part that fit, by the parts' ends; null where none do. */
function satisfiedEnds(weights: Numbers, seen: Seen, answered: Numbers): Ends[] | null {
  const last = weights.length - 1
  const step = weights.map((w, h) => w / (answered[h] as number))
  const ends = weights.map(() => ({
    least: Number.POSITIVE_INFINITY,
    most: Number.NEGATIVE_INFINITY,
  }))
  for (const first of allUpTo(answered.slice(0, last), 0)) {
    const share = first.reduce((sum, x, h) => sum + x * (step[h] as number), 0)
    const own = step[last] as number
    const to = Math.min(answered[last] as number, Math.floor((seen.high - share) / own + 1e-6))
    for (let x = Math.max(0, Math.ceil((seen.low - share) / own - 1e-6)); x <= to; x++) {
      const satisfied = [...first, x]
      if (!seen.fits(answered, satisfied)) continue
      for (const [h, end] of ends.entries()) {
        end.least = Math.min(end.least, satisfied[h] as number)
        end.most = Math.max(end.most, satisfied[h] as number)
      }
    }
  }
  return Number.isFinite(ends[0]?.least) ? ends : null
}

/** Some numbers of answers that fit, and the ends of the satisfied of each question then. */
interface Fit {
  readonly answered: Numbers
  readonly ends: readonly (readonly Ends[])[]
}

const within = (smaller: Numbers, larger: Numbers): boolean =>
  smaller.every((n, h) => n <= (larger[h] as number))

/**
 * Everything that an attacker can say of the parts of one provider's sample.
 * @param whole the group that whoever answered any other question is in.
 */
export function attackParts(
  parts: readonly KnownPart[],
  seen: readonly Seen[],
  whole?: string,
): Found {
  const people = parts.reduce((n, p) => n + p.people, 0)
  const weights = parts.map((p) => p.people / people)
  const groups = Map.groupBy(seen, (s) => s.group)
  const fits = new Map<string, Fit[]>()
  for (const [group, some] of groups) {
    const own: Fit[] = []
    for (const answered of allUpTo(
      parts.map((p) => p.invited),
      1,
    )) {
      if (!some.every((s) => s.mayAnswer(answered))) continue
      const ends: Ends[][] = []
      for (const one of some) {
        const found = satisfiedEnds(weights, one, answered)
        if (!found) break
        ends.push(found)
      }
      if (ends.length === some.length) own.push({ answered, ends })
    }
    fits.set(group, own)
  }
  return endsOf(groups, nested(fits, whole), whole)
}

/** Leaves out what cannot be, since nobody answered one question who did not answer that of the whole. */
function nested(
  fits: ReadonlyMap<string, readonly Fit[]>,
  whole: string | undefined,
): Map<string, readonly Fit[]> {
  if (whole === undefined) return new Map(fits)
  const others = [...fits].filter(([group]) => group !== whole)
  const larger = (fits.get(whole) ?? []).filter(({ answered }) =>
    others.every(([, some]) => some.some((s) => within(s.answered, answered))),
  )
  return new Map([
    [whole, larger],
    ...others.map(([group, some]): [string, readonly Fit[]] => [
      group,
      some.filter((s) => larger.some((l) => within(s.answered, l.answered))),
    ]),
  ])
}

function endsOf(
  groups: ReadonlyMap<string, readonly Seen[]>,
  fits: ReadonlyMap<string, readonly Fit[]>,
  whole: string | undefined,
): Found {
  const found = new Map<string, { least: number; most: number }>()
  const see = (name: string, least: number, most: number): void => {
    const known = found.get(name)
    if (!known) found.set(name, { least, most })
    else {
      known.least = Math.min(known.least, least)
      known.most = Math.max(known.most, most)
    }
  }
  for (const [group, some] of groups) {
    for (const { answered, ends } of fits.get(group) ?? []) {
      for (const [h, n] of answered.entries()) {
        see(`answered ${group} ${h}`, n, n)
        for (const [i, { key }] of some.entries()) {
          const { least, most } = ends[i]?.[h] as Ends
          see(`satisfied ${key} ${h}`, least, most)
          see(`others ${key} ${h}`, n - most, n - least)
        }
      }
      if (whole === undefined || group === whole) continue
      for (const { answered: all } of fits.get(whole) ?? []) {
        if (!within(answered, all)) continue
        for (const [h, n] of all.entries()) {
          const left = n - (answered[h] as number)
          see(`left out ${group} ${h}`, left, left)
        }
      }
    }
  }
  return found
}
