import type { Column } from './same-counts.ts'

/** In fewer places it might be chance. */
const least = 3
/** So many sums of three parts, and of more, are taken of one total: in few small places there are many by chance. */
const mostSums = 64
/** So many counts are looked at for one total, so that hundreds of indicators come to an end. */
const mostLooked = 1_000_000

/** A column beside a total: its counts where the total has some, NaN where it is not listed. */
interface Candidate {
  readonly column: Column
  readonly counts: readonly number[]
}

/** A total with the columns of which some may come to it. */
interface Whole {
  readonly counts: readonly number[]
  readonly candidates: readonly Candidate[]
}

/**
 * The sets of two columns or more that come to a total in all places that list all of them, and these are three with
 * anybody in them at least. All pairs are found; of triples all but among more than a thousand columns, or where more
 * than {@link mostSums} fit; of larger sets as many as are found in a bounded search.
 */
export function partsOfTotal(total: Column, all: readonly Column[]): Column[][] {
  const rows = [...total.counts]
  const counts = rows.map(([, { count }]) => count)
  const candidates = all
    .map((column): Candidate => {
      return { column, counts: rows.map(([at]) => column.counts.get(at)?.count ?? Number.NaN) }
    })
    .filter((c) => !c.counts.some((n, row) => n > (counts[row] as number)))
    .filter((c) => c.counts.some((n) => n > 0) && isEnough(c.counts, counts))
  const whole = { counts, candidates }
  return [...pairsOf(whole), ...triplesOf(whole), ...largerOf(whole)]
}

const isEnough = (left: readonly number[], whole: readonly number[]): boolean =>
  left.filter((n, row) => !Number.isNaN(n) && (whole[row] as number) > 0).length >= least

/** Whether some columns come to the total wherever all of them are listed. */
function comeTo(whole: readonly number[], some: readonly Candidate[]): boolean {
  let somebody = 0
  for (let row = 0; row < whole.length; row++) {
    const all = whole[row] as number
    let left = all
    for (const { counts } of some) left -= counts[row] as number
    if (Number.isNaN(left)) continue
    if (left !== 0) return false
    if (all > 0) somebody += 1
  }
  return somebody >= least
}

function pairsOf({ counts, candidates }: Whole): Column[][] {
  return candidates.flatMap((one, at) =>
    candidates
      .slice(at + 1)
      .filter((other) => comeTo(counts, [one, other]))
      .map((other) => [one.column, other.column]),
  )
}

/** Of two columns the third that is missing is looked up, not tried: by what it counts in rows that all three list. */
function triplesOf({ counts, candidates }: Whole): Column[][] {
  const lookUp = thirdsOf(counts, candidates)
  const found: Column[][] = []
  let looked = 0
  for (const [i, one] of candidates.entries())
    for (let j = i + 1; j < candidates.length; j++) {
      looked += 1
      if (found.length >= mostSums || looked > mostLooked) return found
      for (const k of lookUp(i, j)) {
        if (k <= j) continue
        looked += 1
        const some = [one, candidates[j] as Candidate, candidates[k] as Candidate]
        if (comeTo(counts, some)) found.push(some.map((c) => c.column))
      }
    }
  return found
}

/** So many sets of rows are made to look columns up by. */
const mostSets = 8
/** So few columns are tried sooner than looked up. */
const fewColumns = 2

/** Looks up which columns may be left of the total without two others, by their places; none of them twice. */
function thirdsOf(
  whole: readonly number[],
  candidates: readonly Candidate[],
): (one: number, other: number) => number[] {
  const sets = setsOfRows(whole, candidates).map((rows, at) => {
    const sums = candidates.map((c) => sumAt(rows, c.counts))
    const bySum = Map.groupBy(candidates.keys(), (c) => sums[c] as number)
    return { bit: 1 << at, total: sumAt(rows, whole), sums, bySum }
  })
  // Which of the sets of rows each column lists all of.
  const listed = candidates.map((_, c) =>
    sets.reduce((bits, { bit, sums }) => (Number.isNaN(sums[c]) ? bits : bits | bit), 0),
  )
  /** Of two columns that list some sets of rows: by which of these to look up, and what none of them finds. */
  const waysOf = (bits: number) => {
    let loose = [...candidates.keys()]
    const by: { readonly set: (typeof sets)[number]; readonly before: number }[] = []
    let before = 0
    for (const set of sets) {
      if ((bits & set.bit) === 0 || loose.length <= fewColumns) continue
      by.push({ set, before })
      before |= set.bit
      loose = loose.filter((c) => ((listed[c] as number) & set.bit) === 0)
    }
    return { by, loose }
  }
  const ways = new Map<number, ReturnType<typeof waysOf>>()
  return (one, other) => {
    const bits = (listed[one] as number) & (listed[other] as number)
    const { by, loose } = ways.get(bits) ?? waysOf(bits)
    if (!ways.has(bits)) ways.set(bits, { by, loose })
    const found = [...loose]
    for (const { set, before } of by) {
      const left = set.total - (set.sums[one] as number) - (set.sums[other] as number)
      for (const c of set.bySum.get(modulo(left)) ?? [])
        if (((listed[c] as number) & before) === 0) found.push(c)
    }
    return found
  }
}

/** Sets of some rows each, those that the most columns list first. */
function setsOfRows(whole: readonly number[], candidates: readonly Candidate[]): number[][] {
  const listed = whole.map((_, row) =>
    candidates.reduce((n, c) => (Number.isNaN(c.counts[row]) ? n : n + 1), 0),
  )
  const rows = [...whole.keys()].sort((a, b) => (listed[b] as number) - (listed[a] as number))
  const size = 3
  return Array.from({ length: Math.min(mostSets, Math.ceil(rows.length / size)) }, (_, at) =>
    rows.slice(at * size, at * size + size),
  )
}

/** A prime below 2^31, so that products with what is below 2^21 are whole. */
const prime = 2_147_483_647
const modulo = (n: number): number => ((n % prime) + prime) % prime

/** A number that adds up where the counts of some rows do; NaN where one of them is not listed. */
const sumAt = (rows: readonly number[], counts: readonly number[]): number =>
  rows.reduce(
    (sum, row, at) => modulo(sum + modulo(counts[row] as number) * (7919 + 131_071 * at)),
    0,
  )

/** Sets of four columns and more. */
function largerOf({ counts: whole, candidates }: Whole): Column[][] {
  const ahead = sumsFromEachOn(candidates)
  const found: Column[][] = []
  let looked = 0
  /** @param left what is left of the total in each place; NaN where not all that are chosen are listed. */
  const look = (at: number, left: Float64Array, chosen: readonly Column[]): void => {
    looked += whole.length
    const come = ahead[at]
    let [somewhere, isLeft, isTooMuch] = [0, false, false]
    for (let row = 0; row < left.length; row++) {
      const n = left[row] as number
      if (n < 0) return
      if (n > 0) isLeft = true
      if (n > (come?.[row] ?? 0)) isTooMuch = true
      if (!Number.isNaN(n) && (whole[row] as number) > 0) somewhere += 1
    }
    if (somewhere < least) return
    if (chosen.length > 1 && !isLeft) {
      if (chosen.length > 3) found.push([...chosen])
      return
    }
    const next = candidates[at]
    if (next === undefined || found.length >= mostSums || looked > mostLooked || isTooMuch) return
    const after = left.map((n, row) => n - (next.counts[row] as number))
    look(at + 1, after, [...chosen, next.column])
    look(at + 1, left, chosen)
  }
  look(0, Float64Array.from(whole), [])
  return found
}

/** What all candidates from each one on come to; NaN where some are not listed. */
function sumsFromEachOn(candidates: readonly Candidate[]): number[][] {
  const ahead = candidates.map(({ counts }) => [...counts])
  for (let i = ahead.length - 2; i >= 0; i--)
    ahead[i] = (ahead[i] as number[]).map((n, row) => n + (ahead[i + 1]?.[row] as number))
  return ahead
}
