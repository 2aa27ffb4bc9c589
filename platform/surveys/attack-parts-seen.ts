import type { Ends, Found, KnownPart, Seen } from './attack-parts.ts'
import { attackParts } from './attack-parts.ts'
import { stratifiedShare, type Told, told } from './published-share.ts'

/** What people of one provider really answered, for tests. */
export interface TrueAnswers {
  readonly key: string
  readonly answered: readonly number[]
  readonly satisfied: readonly number[]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
const few = (n: number): boolean => n > 0 && n < 5
const weightsOf = (parts: readonly KnownPart[]): number[] =>
  parts.map((p) => p.people / sum(parts.map((one) => one.people)))

/** A figure whose counts are small altogether is never shown, as everybody knows. */
const isShown = (answered: readonly number[], satisfied: readonly number[]): boolean =>
  sum(answered) >= 5 && !few(sum(satisfied)) && !few(sum(answered) - sum(satisfied))

/** A question as it is shown: a share in whole per cent, and what its answers are worth. */
export function seenAsTold(
  parts: readonly KnownPart[],
  { key, answered }: TrueAnswers,
  { percent, worth }: Told,
): Seen {
  const weights = weightsOf(parts)
  const effective = (n: readonly number[]): number =>
    1 / sum(weights.map((w, h) => w ** 2 / (n[h] as number)))
  return {
    ...{ key, group: String(answered) },
    low: (percent - 0.5) / 100,
    high: (percent + 0.5) / 100,
    mayAnswer: (n) => effective(n) >= worth - 1e-6,
    fits(n, x) {
      if (!isShown(n, x)) return false
      const own = told(weights, { answered: n, satisfied: x })
      return own.percent === percent && own.worth === worth
    },
  }
}

/** A question as it was shown once: exact counts, and a share of four decimals. */
export function seenExactly(parts: readonly KnownPart[], truth: TrueAnswers): Seen {
  const weights = weightsOf(parts)
  const [all, those] = [sum(truth.answered), sum(truth.satisfied)]
  const { share, variance } = stratifiedShare(weights, truth)
  const isAlike = (one: number, other: number): boolean => Math.abs(one - other) < 1e-6
  return {
    ...{ key: truth.key, group: String(truth.answered), low: share - 1e-6, high: share + 1e-6 },
    mayAnswer: (n) => sum(n) === all,
    fits(n, x) {
      if (sum(x) !== those) return false
      const own = stratifiedShare(weights, { answered: n, satisfied: x })
      // Its limits told its error.
      return isAlike(own.share, share) && isAlike(Math.sqrt(own.variance), Math.sqrt(variance))
    },
  }
}

/** A question as a careless mend would show it: the share is rounded, and its counts are left beside it. */
export function seenWithCounts(parts: readonly KnownPart[], truth: TrueAnswers, shown: Told): Seen {
  const seen = seenAsTold(parts, truth, shown)
  const [all, those] = [sum(truth.answered), sum(truth.satisfied)]
  return {
    ...seen,
    mayAnswer: (n) => sum(n) === all && seen.mayAnswer(n),
    fits: (n, x) => sum(x) === those && seen.fits(n, x),
  }
}

/** What came of an attack: how many small counts there were, and which are known too well. */
export interface Attacked {
  readonly small: number
  /** `satisfied overall 1 is 3: 2 to 4`. */
  readonly leaks: readonly string[]
  /** Whether every count of every part is known exactly. */
  readonly knowsAll: boolean
}

/**
 * Attacks what is shown of one provider. The attacker is told which questions were answered by the same people, and
 * which of them whoever answered any other answered too.
 * @throws Error where it finds what is not so: then the attack is wrong.
 */
export function attackProvider(
  parts: readonly KnownPart[],
  truth: readonly TrueAnswers[],
  seen: readonly Seen[],
): Attacked {
  const shown = truth.filter(({ key }) => seen.some((s) => s.key === key))
  const whole = shown.find((one) =>
    shown.every((other) => other.answered.every((n, h) => n <= (one.answered[h] as number))),
  )
  const found = attackParts(parts, seen, whole && String(whole.answered))
  const counts = new Map(
    shown.flatMap(({ key, answered, satisfied }) =>
      answered.flatMap((n, h): [string, number][] => {
        const x = satisfied[h] as number
        const group = String(answered)
        const left = whole ? (whole.answered[h] as number) - n : 0
        return [
          [`answered ${group} ${h}`, n],
          [`satisfied ${key} ${h}`, x],
          [`others ${key} ${h}`, n - x],
          ...(left > 0 ? ([[`left out ${group} ${h}`, left]] as [string, number][]) : []),
        ]
      }),
    ),
  )
  return judge(counts, found)
}

function judge(counts: ReadonlyMap<string, number>, found: Found): Attacked {
  const leaks: string[] = []
  let [small, knowsAll] = [0, counts.size > 0]
  for (const [name, count] of counts) {
    const { least, most } = found.get(name) as Ends
    if (count < least || count > most) throw new Error(`The attack is wrong: ${name} is ${count}.`)
    if (least !== most) knowsAll = false
    if (!few(count)) continue
    small += 1
    if (most - least < 4) leaks.push(`${name} is ${count}: ${least} to ${most}`)
  }
  return { small, leaks, knowsAll }
}
