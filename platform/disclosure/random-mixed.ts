import fc from 'fast-check'
import {
  cellsOfWhom,
  countOfCells,
  everyone,
  type MixedCell,
  type MixedHistory,
  type MixedIndicator,
  type MixedRelease,
  type MixedRow,
  type MixedWorld,
} from './mixed-truth.ts'

/** Values of a column, those that hold others, and those that releases list: each one way or another. */
interface Column {
  readonly name: string
  readonly values: readonly string[]
  readonly wider: Readonly<Record<string, readonly string[]>>
  readonly ways: readonly (readonly string[])[]
}

const sex: Column = {
  ...{ name: 'sex', values: ['boys', 'girls'], wider: {} },
  ways: [['boys', 'girls']],
}
const apart: Column = {
  ...{ name: 'age', values: ['0-15', '16+'], wider: {} },
  ways: [['0-15', '16+']],
}
const nested: Column = {
  ...{ name: 'age', values: ['0-4', '5-15', '16+'], wider: { '0-15': ['0-4', '5-15'] } },
  ways: [['0-4', '5-15', '0-15', '16+']],
}
/** Up to 14 in one release, up to 15 in another. */
const cut: Column = {
  ...{ name: 'age', values: ['0-14', '15', '16+'] },
  wider: { '0-15': ['0-14', '15'], '15+': ['15', '16+'] },
  ways: [
    ['0-14', '15+'],
    ['0-15', '16+'],
  ],
}
const columns = fc.oneof(
  { weight: 1, arbitrary: fc.constant<readonly Column[]>([]) },
  { weight: 6, arbitrary: fc.constantFrom<readonly Column[]>([sex], [apart], [nested], [cut]) },
  { weight: 3, arbitrary: fc.constantFrom<readonly Column[]>([sex, apart], [sex, nested]) },
  { weight: 1, arbitrary: fc.constant<readonly Column[]>([sex, cut]) },
)

/** Indicators of one file, and what is known of what they count. */
interface File extends Pick<MixedWorld, 'answers' | 'within'> {
  readonly indicators: readonly MixedIndicator[]
  readonly declared?: object
}

const people: MixedIndicator = { code: 'people', kind: 'count' }
const wait: MixedIndicator = { code: 'wait', kind: 'mean' }
const share = (counts: string, code = counts): MixedIndicator => {
  return { code, kind: 'proportion', counts }
}
const number = (counts: string, code = counts): MixedIndicator => ({ code, kind: 'count', counts })
const alone = { answers: ['yes', 'no'], within: {} }
const three = { answers: ['yes', 'no', 'unknown'], within: {} }
const link = {
  ...{ answers: [], within: { broken: 'yes' } },
  declared: { links: [{ part: 'broken', of: 'yes' }] },
}
const single = fc.constantFrom<File>(
  { ...alone, indicators: [people] },
  { ...alone, indicators: [share('yes')] },
)
const several = fc.constantFrom<File>(
  { ...alone, indicators: [people, share('yes')] },
  { ...alone, indicators: [wait, share('yes')] },
  { ...alone, indicators: [people, wait, share('yes')] },
  { ...alone, indicators: [share('yes'), share('no')] },
  { ...alone, indicators: [people, number('yes'), number('no')] },
  { ...three, indicators: [share('yes'), share('no'), share('unknown')] },
  { ...three, indicators: [people, number('yes'), number('no'), number('unknown')] },
  { ...three, indicators: [wait, share('yes'), share('no'), share('unknown')] },
  // Two who are counted apart: of the same people, and nothing more.
  { ...alone, indicators: [share('yes'), share('smokers')] },
  { ...alone, indicators: [people, share('yes'), share('smokers')] },
  // The same under two codes, also one after the other.
  { ...alone, indicators: [share('yes'), share('yes', 'again')] },
  { ...alone, indicators: [people, { ...people, code: 'visitors' }, share('yes')] },
  { ...link, indicators: [share('yes'), share('broken')] },
  { ...link, indicators: [number('yes'), number('broken')] },
)
const files = fc.oneof({ weight: 2, arbitrary: single }, { weight: 3, arbitrary: several })

const few = fc.integer({ min: 0, max: 6 })
const count = fc.oneof(
  { weight: 3, arbitrary: few },
  { weight: 2, arbitrary: fc.integer({ min: 5, max: 40 }) },
)
/** Of one cell those of each answer, and of 100 how many are counted elsewhere too. */
const cellCounts = fc.record({ yes: count, no: count, unknown: few, rest: fc.nat(100) })
type CellCounts = typeof cellCounts extends fc.Arbitrary<infer T> ? T : never

/** What a release leaves out: all rows of which everything is true that it says. */
const leftOut = fc.record(
  {
    indicator: fc.nat(3),
    level: fc.constantFrom('ward', 'district', 'neighbourhood'),
    place: fc.nat(6),
    columns: fc.constantFrom('', 'sex', 'age', 'age sex'),
    value: fc.nat(8),
  },
  { requiredKeys: [] },
)
type LeftOut = typeof leftOut extends fc.Arbitrary<infer T> ? T : never

const listing = fc.record({
  leavesOut: fc.array(
    leftOut.filter((out) => Object.keys(out).length > 0),
    { maxLength: 3 },
  ),
  /** Of a hundred other rows so many are left out, at random. */
  scattered: fc.constantFrom(0, 10, 30, 50, 70),
  salt: fc.nat(),
  way: fc.nat(1),
  changes: fc.array(fc.tuple(fc.nat(99), cellCounts), { minLength: 1, maxLength: 3 }),
})
type Listing = typeof listing extends fc.Arbitrary<infer T> ? T : never

const wards = fc.array(fc.record({ district: fc.nat(1), neighbourhood: fc.nat(1) }), {
  minLength: 2,
  maxLength: 5,
})
const chains = { districts: ['ward', 'district'], neighbourhoods: ['ward', 'neighbourhood'] }

const drawn = fc
  .record({ wards, columns, file: files })
  .chain(({ wards: all, columns: own, file }) => {
    const n = all.length * own.reduce((k, c) => k * c.values.length, 1)
    return fc.record({
      ...{ wards: fc.constant(all), columns: fc.constant(own), file: fc.constant(file) },
      counts: fc.array(cellCounts, { minLength: n, maxLength: n }),
      larger: fc.constantFrom('districts', 'districts', 'both', 'none'),
      /** The register of places says it where the descriptor does not. */
      isDeclared: fc.boolean(),
      releases: fc.array(listing, { minLength: 2, maxLength: 4 }),
    })
  })
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never

/** Random releases of one slot: of the same people in all of them, or where a few cells change. */
export const mixedHistories = (people_: 'same' | 'changed'): fc.Arbitrary<MixedHistory> =>
  drawn.map((all) => historyOf(all, people_))

function historyOf(all: Drawn, mode: 'same' | 'changed'): MixedHistory {
  const { columns: own, file, larger, isDeclared } = all
  const levels = { districts: ['district'], both: ['district', 'neighbourhood'], none: [] }[
    larger as 'districts'
  ] as ('district' | 'neighbourhood')[]
  const above = levels.flatMap((level) =>
    [0, 1].flatMap((n) => {
      const inside = all.wards.flatMap((w, at) => (w[level] === n ? [`W${at}`] : []))
      const code = `${level === 'district' ? 'D' : 'N'}${n}`
      return inside.length > 0 ? [[code, { level, wards: inside }] as const] : []
    }),
  )
  const world: MixedWorld = {
    ...{ above: Object.fromEntries(above), answers: file.answers, within: file.within },
    wider: Object.fromEntries(own.map((c) => [c.name, c.wider])),
  }
  const declared = {
    ...{ rules: { threshold: 5 }, ...file.declared },
    chains: isDeclared ? levels.map((l) => chains[`${l}s`]) : [],
  }
  let cells = cellsOf(all)
  const releases = all.releases.map((one, at): MixedRelease => {
    if (mode === 'changed' && at > 0) cells = changed(cells, one.changes, file)
    return { cells, rows: rowsOf(all, world, cells, one) }
  })
  return { world, indicators: file.indicators, declared, releases }
}

function cellsOf({ wards: all, columns: own, file, counts }: Drawn): MixedCell[] {
  const values = own.reduce<Record<string, string>[]>(
    (some, c) => some.flatMap((v) => c.values.map((value) => ({ ...v, [c.name]: value }))),
    [{}],
  )
  return all.flatMap((_, w) =>
    values.map((v, i): MixedCell => {
      const drawnCounts = counts[w * values.length + i] as CellCounts
      return { place: `W${w}`, values: v, ...countsOf(drawnCounts, file) }
    }),
  )
}

function countsOf({ yes, no, unknown, rest }: CellCounts, { answers, indicators }: File) {
  const others = answers.includes('unknown') ? unknown : 0
  const all = yes + no + others
  const [broken, smokers] = [yes, all].map((n) => Math.round((n * rest) / 100))
  const every: Record<string, number> = {
    ...{ yes, no, unknown: others, broken: broken as number, smokers: smokers as number },
  }
  const used = new Set([...answers, ...indicators.flatMap((i) => i.counts ?? [])])
  return { all, counts: Object.fromEntries([...used].map((u) => [u, every[u] ?? 0])) }
}

const changed = (cells: readonly MixedCell[], changes: Listing['changes'], file: File) =>
  cells.map((cell, at) => {
    const own = changes.find(([n]) => n % cells.length === at)
    return own ? { ...cell, ...countsOf(own[1], file) } : cell
  })

/** The rows of a release, in any order. */
function rowsOf(
  { columns: own, file }: Drawn,
  world: MixedWorld,
  cells: readonly MixedCell[],
  { leavesOut, scattered, salt, way }: Listing,
): MixedRow[] {
  const listed = own.flatMap((c) =>
    (c.ways[way % c.ways.length] ?? []).map((v) => `${c.name}=${v}`),
  )
  const rows = file.indicators.flatMap(({ code: indicator }) =>
    everyone({ world, releases: [{ cells, rows: [] }] }).flatMap((whom): MixedRow[] => {
      const isListed = whom.group === '' || whom.group.split(';').every((g) => listed.includes(g))
      const isAnybody = countOfCells(cells, cellsOfWhom(cells, whom, world), undefined) > 0
      return isListed && isAnybody ? [{ indicator, ...whom }] : []
    }),
  )
  const places = [...new Set(rows.map((r) => r.place))]
  const isLeftOut = (row: MixedRow, out: LeftOut): boolean =>
    (out.indicator === undefined || file.indicators[out.indicator]?.code === row.indicator) &&
    (out.level === undefined || (world.above[row.place]?.level ?? 'ward') === out.level) &&
    (out.place === undefined || places[out.place] === row.place) &&
    (out.columns === undefined || columnsOf(row) === out.columns) &&
    (out.value === undefined || row.group.split(';').includes(listed[out.value] ?? 'none'))
  const draw = (row: MixedRow): number =>
    scrambled(`${salt}|${row.indicator}|${row.place}|${row.group}`)
  return rows
    .filter((row) => !leavesOut.some((out) => isLeftOut(row, out)) && draw(row) % 100 >= scattered)
    .sort((a, b) => draw(a) - draw(b))
}

const columnsOf = ({ group }: MixedRow): string =>
  group
    .split(';')
    .map((g) => g.split('=')[0])
    .join(' ')

/** A number that looks drawn at random, for each text the same. */
function scrambled(text: string): number {
  let n = 2166136261
  for (const letter of text) n = Math.imul(n ^ (letter.codePointAt(0) ?? 0), 16777619)
  for (const shift of [15, 13, 16]) n = Math.imul(n ^ (n >>> shift), 2246822519)
  return n >>> 0
}
