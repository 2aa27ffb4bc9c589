import { describe, expect, it } from 'vitest'
import { clinics } from '../publishing/testing.ts'
import { attackServed, type Served } from './attack-served.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import { groupOf, rowsOf, type VisitRow, type Visits } from './random-visits.ts'
import { sameCounts } from './same-counts.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const indicators = new Map([
  ['seen-in-time', seen],
  ['seen-again', { ...seen, code: 'seen-again' }],
  ['visits', { ...seen, code: 'visits', kind: 'count' as const }],
  ['visits-in-time', { ...seen, code: 'visits-in-time', kind: 'count' as const }],
])

/** Places of a county, as a file numbers them. */
function asking(rows: readonly VisitRow[], disclosure: object): ToChoose {
  const codes = [...new Set(rows.map((r) => r.code))]
  const of = (subject: number) => rows.find((r) => r.code === codes[subject]) as VisitRow
  return {
    what: 'Release 2',
    dataset: 'visits',
    declared: disclosureSchema.parse({
      ...disclosure,
      chains: [
        ['ward', 'district', 'county'],
        ['ward', 'neighbourhood', 'county'],
      ],
    }),
    indicators,
    locate(subject) {
      const { level, parents } = of(subject)
      const above = level === 'county' ? [] : [...parents, 'C1']
      return { level, parents: above.map((c) => codes.indexOf(c)) }
    },
    name: (subject) => `Place ${codes[subject]}`,
    code: (subject) => codes[subject] ?? '',
    earlier: async () => [],
    tiedBefore: async () => [],
    secret: async () => 'a secret of the tests',
  }
}

/** What a file gives of the visits as one indicator. */
function partsOf(
  rows: readonly VisitRow[],
  indicator: string,
  counts: (row: VisitRow) => readonly [numerator: number, denominator: number | null],
): FigurePart[] {
  const codes = [...new Set(rows.map((r) => r.code))]
  return [...Map.groupBy(rows, groupOf)].map(([breakdown, own]) => {
    const all = own.map(counts)
    const isCount = all.every(([, of]) => of === null)
    return {
      ...{ indicator, breakdown, period: '2024', status: null },
      subjects: own.map((r) => codes.indexOf(r.code)),
      value: all.map(([n, of]) => (of === null ? n : (100 * n) / of)),
      numerator: isCount ? null : all.map(([n]) => n),
      denominator: isCount ? null : all.map(([, of]) => of ?? 0),
    }
  })
}

const inTime = (rows: readonly VisitRow[]) =>
  partsOf(rows, 'seen-in-time', (r) => [r.inTime, r.all])
/** Wards of a district, of which in the first few were seen at all, or few in time. */
function districtOf(...counts: Visits['counts']): VisitRow[] {
  const wards = counts.map(() => ({ district: 0, neighbourhood: 0 }))
  const nobody = [0, 0] as const
  const rows = rowsOf({ wards, ages: [], counts: counts.flatMap((c) => [c, nobody]) })
  return rows.filter(({ level, sex }) => sex === '' && (level === 'ward' || level === 'district'))
}
const fewSeen = districtOf([1, 3], [9, 20], [13, 16], [25, 43])
const fewAsked = districtOf([3, 1], [20, 11], [24, 18], [43, 12])
const fewInTime = districtOf([1, 2], [13, 12], [9, 28], [44, 40])

/** Those of each ward who came again, and of the district. */
const again = [3, 31, 27, 42]
const cameAgain = ({ code, level }: VisitRow): number =>
  level === 'ward' ? (again[Number(code.slice(1))] ?? 0) : again.reduce((a, b) => a + b, 0)

interface Other {
  readonly rows: readonly VisitRow[]
  readonly indicator: string
  readonly counts: Parameters<typeof partsOf>[2]
}
/** Other indicators of the same people. */
const others: Record<string, Other> = {
  'how many visits there were': {
    ...{ rows: fewSeen, indicator: 'visits' },
    counts: (r) => [r.all, null],
  },
  'how many were in time': {
    ...{ rows: fewInTime, indicator: 'visits-in-time' },
    counts: (r) => [r.inTime, null],
  },
  'of how many another share is': {
    ...{ rows: fewAsked, indicator: 'seen-again' },
    counts: (r) => [cameAgain(r), r.all],
  },
}

/** What anybody may read off two indicators together, row by row. */
async function servedOf(rows: readonly VisitRow[], all: readonly FigurePart[], apart: boolean) {
  const to = asking(rows, { rules: { threshold: 5 } })
  const sheets = apart ? [...Map.groupBy(all, (p) => p.indicator).values()] : [all]
  const found = await Promise.all(sheets.map((some) => chooseShown(some, to)))
  const seen = new Map<string, { part?: number; base?: number }>()
  for (const { verdicts } of found)
    for (const [{ indicator, breakdown, subjects, value, numerator, denominator }, own] of verdicts)
      own.forEach((verdict, at) => {
        const key = `${to.code(subjects[at] as number)}|${breakdown}`
        const known = seen.get(key) ?? {}
        seen.set(key, known)
        if (verdict !== 'shown') return
        const [n, of] = [numerator?.[at] ?? (value[at] as number), denominator?.[at] ?? undefined]
        if (of !== undefined) known.base = of
        if (indicator === 'visits') known.base = n
        else if (indicator !== 'seen-again') known.part = n
      })
  return rows.map((r) => ({ ...seen.get(`${r.code}|${groupOf(r)}`), row: r }))
}

describe('counts that two indicators of a file share', () => {
  it.each(Object.entries(others))(
    'tell nothing together that neither shows: %s',
    async (_, { rows, indicator, counts }) => {
      const all = [...inTime(rows), ...partsOf(rows, indicator, counts)]
      const toldOf = async (apart: boolean) => {
        const known = await servedOf(rows, all, apart)
        const served = known.map(
          ({ row, part = null, base = null }): Served => ({
            ...{ code: row.code, group: groupOf(row) },
            ...{ numerator: part, denominator: base },
          }),
        )
        expect(served.filter((s) => s.numerator !== null).length).toBeGreaterThan(0)
        return (await attackServed(rows, served, 5)).filter((l) => / is [1-4]:/.test(l))
      }
      expect(await toldOf(true), 'each for itself some are told').not.toEqual([])
      expect(await toldOf(false)).toEqual([])
    },
  )

  it('are rounded alike', async () => {
    const rows = fewSeen
    const to = asking(rows, { round: { base: 5 } })
    const [share, visits] = [inTime(rows)[0], partsOf(rows, 'visits', (r) => [r.all, null])[0]]
    if (!share || !visits) throw new Error('There are no figures.')
    const { rounded } = await chooseShown([share, visits], to)
    const bases = rounded.get(share)?.map((c) => (c?.part ?? 0) + (c?.others ?? 0))
    expect(rounded.get(visits)?.map((c) => c?.part)).toEqual(bases)
  })

  it('are found wherever both are listed, and not where one differs, or few are listed', () => {
    const of = (indicator: string, counts: readonly (readonly [number, number])[]) =>
      counts.map(([part, base], subject) => ({ indicator, subject, group: '', part, base }))
    const first = [3, 4, 5].map((n) => [n, 10 * n] as const)
    const same = (other: readonly (readonly [number, number])[]) =>
      sameCounts([...of('a', first), ...of('b', other)]).map(
        ({ one, other }) => `${one.measure} ${other.measure}`,
      )
    const again = first.map(([, base]) => [9, base] as const)
    expect(same([...again, [8, 70]])).toEqual(['base base'])
    const others = first.map(([part, base]) => [base - part, base] as const)
    expect(same(others)).toEqual(['part others', 'others part', 'base base'])
    expect(same([...again.slice(1), [8, 70]])).toEqual([])
    expect(same(again.slice(1))).toEqual([])
  })
})
