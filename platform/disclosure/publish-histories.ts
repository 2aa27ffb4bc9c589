import { attackKept, type KeptRelease } from './attack-served.ts'
import { type Counted, LiesInNone, type PlaceSum, placeSums } from './counts.ts'
import { disclosureSchema } from './declaration.ts'
import { hideFigures, type Suppress } from './hide.ts'
import type { Earlier } from './history.ts'
import { type Correction, groupOf, rowsOf, type VisitRow } from './random-visits.ts'

const { rules, chains } = disclosureSchema.parse({
  rules: { threshold: 5 },
  chains: [
    ['ward', 'district', 'county'],
    ['ward', 'neighbourhood', 'county'],
  ],
})
if (!rules) throw new Error('The rules are gone.')
const declared = { rules, chains }

/** How a history is published, where a test does it wrong on purpose. */
export interface How {
  readonly suppress?: Suppress
  /** Which of the earlier releases are remembered; all of them. */
  readonly remembered?: (all: readonly Earlier[]) => readonly Earlier[]
  /** Whether what cannot be made safe is published all the same. */
  readonly careless?: boolean
  /** The order of each file's rows. */
  readonly inOrder?: (rows: readonly VisitRow[]) => readonly VisitRow[]
}

/**
 * Publishes releases one after the other, each in the place of the one before, and attacks all of them. Tests alone
 * use it.
 */
export async function publishAll(all: readonly Correction[], how: How = {}) {
  const codes = [...new Set(all.flatMap(({ year }) => rowsOf(year)).map((r) => r.code))].sort()
  const rowOf = new Map(all.flatMap(({ year }) => rowsOf(year)).map((r) => [r.code, r]))
  const locate = (subject: number) => {
    const row = rowOf.get(codes[subject] ?? '')
    const above = row?.level === 'county' ? [] : [...(row?.parents ?? []), 'C1']
    return row ? { level: row.level, parents: above.map((c) => codes.indexOf(c)) } : null
  }
  const earlier: Earlier[] = []
  const kept: KeptRelease[] = []
  let [refused, hidden] = [0, 0]
  for (const [at, { year, leavesOut }] of all.entries()) {
    const truth = rowsOf(year)
    const listed = truth.filter((row) => !leavesOut(row))
    const rows = how.inOrder?.(listed) ?? listed
    const figures = rows.map((r): Counted => {
      return { subject: codes.indexOf(r.code), group: groupOf(r), part: r.inTime, base: r.all }
    })
    const held = how.remembered?.(earlier) ?? earlier
    const subjects = new Set([...figures, ...held.flatMap((e) => e.figures)].map((f) => f.subject))
    let places: PlaceSum[]
    try {
      places = placeSums([...subjects], locate, declared.chains)
    } catch (error) {
      // Such a file is refused with a sentence: a district is left out, and its wards are not.
      if (!(error instanceof LiesInNone)) throw error
      refused += 1
      continue
    }
    const of = { figures, places, rules: declared.rules, earlier: held }
    const { verdicts, audit } = await hideFigures(of, how.suppress)
    if (!audit.safe && !how.careless) {
      refused += 1
      continue
    }
    const dark = (i: number) => verdicts[i] !== 'shown'
    earlier.push({ release: at + 1, order: at + 1, figures, hidden: dark })
    hidden += verdicts.filter((v) => v !== 'shown').length
    const served = rows.map((r, i) => ({
      code: r.code,
      group: groupOf(r),
      numerator: dark(i) ? null : r.inTime,
      denominator: dark(i) ? null : r.all,
    }))
    kept.push({ truth, served })
  }
  return { refused, hidden, published: kept.length, leaks: await attackKept(kept, 5) }
}
