import fc from 'fast-check'

/** Wards in districts, and in neighbourhoods that overlap these; people by sex and, where wanted, by age. */
export interface Visits {
  /** District and neighbourhood of each ward. */
  readonly wards: readonly { readonly district: number; readonly neighbourhood: number }[]
  readonly ages: readonly string[]
  /** For each ward, sex and age: how many were seen in time, and how many were not. */
  readonly counts: readonly (readonly [inTime: number, late: number])[]
}

const sexes = ['girls', 'boys'] as const
const count = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 2, arbitrary: fc.integer({ min: 5, max: 60 }) },
)

/** Random tables with many small counts: two dimensions (place, sex), or three with age. */
export const visits: fc.Arbitrary<Visits> = fc
  .record({
    wards: fc.array(
      fc.record({
        district: fc.integer({ min: 0, max: 1 }),
        neighbourhood: fc.integer({ min: 0, max: 1 }),
      }),
      { minLength: 3, maxLength: 4 },
    ),
    ages: fc.constantFrom<readonly string[]>([], [], [], [], [], ['under 5', '5 to 17']),
  })
  .chain(({ wards, ages }) => {
    const n = wards.length * sexes.length * Math.max(1, ages.length)
    return fc
      .array(fc.tuple(count, count), { minLength: n, maxLength: n })
      .map((counts) => ({ wards, ages, counts }))
  })

/** One year or two of the same places. */
export const years: fc.Arbitrary<readonly Visits[]> = visits.chain((first) => {
  const n = first.counts.length
  const more = fc.array(fc.tuple(count, count), { minLength: n, maxLength: n })
  return fc.oneof(
    fc.constant([first]),
    more.map((counts) => [first, { ...first, counts }]),
  )
})

/** A row as the file has it; '' for everyone. */
export interface VisitRow {
  readonly code: string
  readonly level: 'ward' | 'district' | 'neighbourhood' | 'county'
  readonly parents: readonly [district: string, neighbourhood: string]
  readonly sex: string
  readonly age: string
  readonly inTime: number
  readonly all: number
}

/** Every row with people in it: each place at each level, everyone and each group, and groups crossed. */
export function rowsOf({ wards, ages, counts }: Visits): VisitRow[] {
  const sums = new Map<string, VisitRow>()
  const add = (row: Omit<VisitRow, 'all'>, late: number): void => {
    const key = [row.code, row.sex, row.age].join('|')
    const old = sums.get(key)
    const inTime = (old?.inTime ?? 0) + row.inTime
    const all = (old?.all ?? 0) + row.inTime + late
    sums.set(key, { ...row, inTime, all })
  }
  let at = 0
  for (const [w, { district, neighbourhood }] of wards.entries()) {
    for (const sex of sexes) {
      for (const age of ages.length > 0 ? ages : ['']) {
        const [inTime, late] = counts[at++] as readonly [number, number]
        const ward = [`W${w}`, 'ward', [`D${district}`, `N${neighbourhood}`]] as const
        const places = [
          ward,
          [`D${district}`, 'district', ['', '']] as const,
          [`N${neighbourhood}`, 'neighbourhood', ['', '']] as const,
          ['C1', 'county', ['', '']] as const,
        ]
        for (const [code, level, parents] of places) {
          for (const s of new Set(['', sex])) {
            for (const a of new Set(['', age])) {
              add({ code, level, parents, sex: s, age: a, inTime }, late)
            }
          }
        }
      }
    }
  }
  return [...sums.values()].filter((row) => row.all > 0)
}

/** The group of a row as figures have it. */
export const groupOf = ({ sex, age }: Pick<VisitRow, 'sex' | 'age'>): string =>
  [age === '' ? '' : `age=${age}`, sex === '' ? '' : `sex=${sex}`].filter((x) => x).join(';')

export const header = 'code,level,district,neighbourhood,sex,age,in time,all'

/** The file of one year; a test may call the levels something else. */
export const csvOf = (
  rows: readonly (Omit<VisitRow, 'level'> & { readonly level: string })[],
): string =>
  [
    header,
    ...rows.map((r) => [r.code, r.level, ...r.parents, r.sex, r.age, r.inTime, r.all].join(',')),
  ].join('\n')

/** A release of a slot: its counts, and which of its rows the file leaves out. */
export interface Correction {
  readonly year: Visits
  readonly leavesOut: (row: VisitRow) => boolean
}

/**
 * A release and those that take its place: most counts stay, some change, some go back to what they were in the
 * first; rows are left out, and return.
 */
export const corrections: fc.Arbitrary<readonly Correction[]> = visits
  .filter(({ ages }) => ages.length === 0)
  .chain((first) => {
    const change = fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.tuple(count, count) },
    )
    const n = first.counts.length
    const changes = fc.array(change, { minLength: n, maxLength: n })
    const out = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 })
    const later = fc.record({ changes, out })
    return fc.array(later, { minLength: 1, maxLength: 3 }).map((all) => [
      { year: first, leavesOut: () => false },
      ...all.map(
        ({ changes, out }): Correction => ({
          year: { ...first, counts: first.counts.map((c, at) => changes[at] ?? c) },
          leavesOut: (row) => leftOutBy(out, row),
        }),
      ),
    ])
  })

/** Some rows of a file: of each place and group about one in four. */
const leftOutBy = (out: readonly boolean[], { code, sex }: VisitRow): boolean => {
  const place = code.charCodeAt(0) + Number(code.slice(1))
  const group = ['', ...sexes].indexOf(sex)
  return out[place % out.length] === true && out[(place * 3 + group) % out.length] === true
}
