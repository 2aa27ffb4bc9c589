import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownPart, Seen } from './attack-parts.ts'
import {
  attackProvider,
  seenAsTold,
  seenExactly,
  seenWithCounts,
  type TrueAnswers,
} from './attack-parts-seen.ts'
import { safeToShow } from './part-audit.ts'
import { type Told, told } from './published-share.ts'

/** A small survey of one provider. */
interface Small {
  readonly parts: readonly KnownPart[]
  readonly truth: readonly TrueAnswers[]
}

const upTo = (most: number, share: number): number => Math.min(most, Math.floor(share * (most + 1)))
const share = fc.noBias(fc.integer({ min: 0, max: 100 })).map((x) => x / 100)
const invitedOf: Readonly<Record<number, { min: number; max: number }>> = {
  2: { min: 8, max: 40 },
  3: { min: 6, max: 14 },
}

/** A part of some tens, as there are of a clinic; smaller where there are more of them to try. */
const part = (parts: number) =>
  fc.record({
    invited: fc.noBias(fc.integer(invitedOf[parts] ?? { min: 4, max: 8 })),
    people: fc.noBias(fc.integer({ min: 40, max: 300 })),
    answers: share,
  })

const small = (parts: number): fc.Arbitrary<Small> =>
  fc
    .record({
      parts: fc.array(part(parts), { minLength: parts, maxLength: parts }),
      questions: fc.array(
        fc.record({
          satisfied: fc.array(share, { minLength: parts, maxLength: parts }),
          // Some leave a question out.
          left: fc.array(fc.constantFrom(0, 0, 0, 1, 2), { minLength: parts, maxLength: parts }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    })
    .map(({ parts: drawn, questions }) => {
      const all = drawn.map((p) => Math.max(1, upTo(p.invited, 0.3 + 0.7 * p.answers)))
      const truth = questions.map(({ satisfied, left }, q): TrueAnswers => {
        const answered = all.map((n, h) => (q === 0 ? n : Math.max(1, n - (left[h] ?? 0))))
        return {
          key: `question-${q}`,
          answered,
          satisfied: answered.map((n, h) => upTo(n, satisfied[h] ?? 0)),
        }
      })
      return { parts: drawn, truth }
    })

const weightsOf = ({ parts }: Small): number[] => {
  const people = parts.reduce((n, p) => n + p.people, 0)
  return parts.map((p) => p.people / people)
}

/** Whether it is shown, were it a figure like any other. */
function hasMany({ answered, satisfied }: TrueAnswers): boolean {
  const [all, those] = [answered, satisfied].map((c) => c.reduce((a, b) => a + b, 0)) as [
    number,
    number,
  ]
  return all >= 5 && [those, all - those].every((n) => n === 0 || n >= 5)
}

/** What is shown of a survey, and what an attacker sees of it. */
const seenOf = (
  { parts, truth }: Small,
  shown: ReadonlyMap<string, Told>,
  see: (parts: readonly KnownPart[], truth: TrueAnswers, shown: Told) => Seen,
): Seen[] =>
  truth.flatMap((one) => {
    const own = shown.get(one.key)
    return own ? [see(parts, one, own)] : []
  })

/** The same where it is public how many answered at all, rounded down to 5. */
function seenAlone(of: Small, shown: ReadonlyMap<string, Told>): Seen[] {
  const all = of.truth.filter((t) => shown.has(t.key))
  const sumOf = (n: readonly number[]): number => n.reduce((a, b) => a + b, 0)
  const most = Math.max(...all.map((t) => sumOf(t.answered)))
  return seenOf(of, shown, (parts, truth, own) => {
    const seen = seenAsTold(parts, truth, own)
    if (sumOf(truth.answered) < most) return seen
    const isRight = (n: readonly number[]): boolean =>
      Math.floor(sumOf(n) / 5) === Math.floor(most / 5)
    return { ...seen, mayAnswer: (n) => isRight(n) && seen.mayAnswer(n) }
  })
}

const leaksOf = (of: Small, seen: readonly Seen[]): readonly string[] =>
  attackProvider(of.parts, of.truth, seen).leaks

/** Samples whose leaks are counted: the same at each run. */
const samples = (parts: number, many: number): Small[] =>
  fc.sample(small(parts), { numRuns: many, seed: 8 })

describe('what is shown of a sample that was drawn in parts', () => {
  // Of many small parts little is shown, about one question in ten: these are tried more often.
  it.each([
    [2, 300, 300],
    [3, 100, 50],
    [4, 200, 20],
  ])(
    'tells of no 1 to 4 people of %i parts, whoever tries all that may be',
    {
      timeout: 240_000,
    },
    (parts, numRuns, least) => {
      let [shownInAll, smallInAll] = [0, 0]
      fc.assert(
        fc.property(small(parts), (of) => {
          const shown = safeToShow(of.parts, of.truth)
          const found = attackProvider(of.parts, of.truth, seenOf(of, shown, seenAsTold))
          expect(found.leaks).toEqual([])
          shownInAll += shown.size
          smallInAll += found.small
        }),
        { numRuns },
      )
      expect(shownInAll, 'something is shown').toBeGreaterThan(least)
      expect(smallInAll, 'small counts stand behind it').toBeGreaterThan(least)
    },
  )

  it('tells of none where it is public how many answered the survey', () => {
    const all = samples(2, 200)
    expect(
      all.flatMap((of) => leaksOf(of, seenAlone(of, safeToShow(of.parts, of.truth, true)))),
    ).toEqual([])
    const careless = all.flatMap((of) => leaksOf(of, seenAlone(of, safeToShow(of.parts, of.truth))))
    expect(careless.length).toBeGreaterThan(0)
  })

  it('would tell of them with its counts left beside it', () => {
    const leaks = samples(2, 60).flatMap((of) =>
      leaksOf(of, seenOf(of, safeToShow(of.parts, of.truth), seenWithCounts)),
    )
    expect(leaks.length).toBeGreaterThan(20)
  })

  it('would tell of them without looking for what else could be', () => {
    const leaks = samples(2, 60).flatMap((of) => {
      const weights = weightsOf(of)
      const all = of.truth.filter(hasMany).map((t) => [t.key, told(weights, t)] as const)
      return leaksOf(of, seenOf(of, new Map(all), seenAsTold))
    })
    expect(leaks.length).toBeGreaterThan(5)
  })

  it('told all, as it was shown once: counts beside a share of four decimals', () => {
    const all = samples(2, 60).map((of) =>
      attackProvider(
        of.parts,
        of.truth,
        of.truth.filter(hasMany).map((t) => seenExactly(of.parts, t)),
      ),
    )
    expect(all.filter((a) => a.knowsAll).length).toBeGreaterThan(20)
  })

  it('is hidden where fewer than five of all are behind it, and where the answers are worth too little', () => {
    const parts = [
      { people: 500, invited: 40 },
      { people: 500, invited: 40 },
    ]
    const question = (answered: number[], satisfied: number[]) => ({
      ...{ key: 'overall', answered, satisfied },
    })
    const isShown = (answered: number[], satisfied: number[]): boolean =>
      safeToShow(parts, [question(answered, satisfied)]).has('overall')
    expect(isShown([20, 20], [10, 12])).toBe(true)
    expect(isShown([20, 20], [1, 2])).toBe(false)
    expect(isShown([20, 20], [19, 18])).toBe(false)
    expect(isShown([1, 40], [1, 20])).toBe(false)
    // Nobody, and everybody, are as they are for any other figure.
    expect(isShown([20, 20], [0, 0])).toBe(true)
    expect(isShown([20, 20], [20, 20])).toBe(true)
  })

  it('keeps the first question rather than the others', () => {
    const parts = [
      { people: 400, invited: 30 },
      { people: 100, invited: 12 },
    ]
    const answers = { answered: [20, 9], satisfied: [12, 5] }
    const fewer = { answered: [20, 8], satisfied: [11, 5] }
    const shown = [
      ...safeToShow(parts, [
        { key: 'a', ...answers },
        { key: 'b', ...fewer },
      ]).keys(),
    ]
    expect(shown[0]).toBe('a')
  })
})
